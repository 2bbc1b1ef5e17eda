import { type Fields, fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import { at, type FieldPath, type RepoPath } from '../core/place.ts';
import type { Reference, ReferenceKind, Resource, UnitSource } from '../core/repo.ts';
import { joinPath } from '../core/repo-path.ts';
import { expandGenerators, type Parameters, renderTemplate } from './application-set.ts';
import { type Delivery, type DirectoryOptions, type DraftUnit, deliveriesOf } from './draft-unit.ts';
import { matchGlob } from './match-glob.ts';
import { asResolved } from './open-path.ts';
import { type ReaderContext, resolveText, type Trust, trustIn } from './reader-context.ts';
import type { PathMention } from './repository-url.ts';
import { forgiveAbsence, type Resolution } from './resolve-path.ts';
import { hole, openUp } from './template-marks.ts';
import { filesBelow } from './tree.ts';

/** Every Application, as written and as ApplicationSets make them, with what it delivers and mentions. */
export function readArgoCd(resources: readonly Resource[], context: ReaderContext): DraftUnit[] {
  const units: DraftUnit[] = [];
  for (const resource of resources) {
    if (resource.group !== 'argoproj.io') continue;
    if (resource.kind === 'Application') units.push(readApplication(resource, context));
    else if (resource.kind === 'ApplicationSet') units.push(...readApplicationSet(resource, context));
  }
  return units;
}

/** The paths that Argo CD objects take from each repository, before it is known which one this is. */
export function* argoCdMentions(resources: readonly Resource[]): Generator<PathMention> {
  for (const { group, kind, value } of resources) {
    if (group !== 'argoproj.io') continue;
    if (kind === 'Application') yield* mentionsOf(fieldsAt(value, 'spec'));
    if (kind !== 'ApplicationSet') continue;
    const spec = fieldsAt(value, 'spec');
    yield* mentionsOf(fieldsAt(fieldsAt(spec, 'template'), 'spec'));
    for (const generator of listAt(spec, 'generators')) {
      const git = isFields(generator) ? fieldsAt(generator, 'git') : {};
      const url = textAt(git, 'repoURL');
      if (url === undefined) continue;
      for (const item of [...listAt(git, 'directories'), ...listAt(git, 'files')]) {
        const path = isFields(item) ? textAt(item, 'path') : undefined;
        const fixed = path?.replace(/\/?[^/]*[*?[{].*$/, '');
        if (fixed) yield { url, path: fixed };
      }
    }
  }
}

/** Where the sources of an Application's spec stand in it: `source` counts only without `sources`. */
export function sourcesOf(spec: Fields): readonly { readonly field: FieldPath; readonly source: Fields }[] {
  const several = listAt(spec, 'sources');
  if (several.length > 0) return several.flatMap((source, index) => (isFields(source) ? [{ field: ['sources', index], source }] : []));
  const dry = fieldsAt(fieldsAt(spec, 'sourceHydrator'), 'drySource');
  if (Object.keys(dry).length > 0) return [{ field: ['sourceHydrator', 'drySource'], source: dry }];
  return isFields(spec.source) ? [{ field: ['source'], source: spec.source }] : [];
}

function* mentionsOf(spec: Fields): Generator<PathMention> {
  for (const { source } of sourcesOf(spec)) {
    const url = textAt(source, 'repoURL');
    const path = textAt(source, 'path')?.replace(/^(\.?\/)+|\/+$/g, '');
    if (url === undefined || source.chart !== undefined || !path || path === '.' || openUp(path).includes(hole)) continue;
    yield { url, path, ...revisionOf(source) };
  }
}

function revisionOf(source: Fields): { readonly revision?: string } {
  const revision = textAt(source, 'targetRevision');
  return revision === undefined ? {} : { revision };
}

function readApplication(resource: Resource, context: ReaderContext): DraftUnit {
  const { name = '', namespace } = resource;
  return readSpec({
    id: context.idOf('argocd-application', resource),
    name,
    ...(namespace !== undefined && { namespace }),
    resource,
    field: [...resource.field, 'spec'],
    spec: fieldsAt(resource.value, 'spec'),
    context,
  });
}

function readApplicationSet(resource: Resource, context: ReaderContext): DraftUnit[] {
  const { name = '', namespace } = resource;
  const id = context.idOf('argocd-application-set', resource);
  const spec = fieldsAt(resource.value, 'spec');
  const { sets, references } = expandGenerators(spec, resource, id, context);
  const set: DraftUnit = {
    id,
    kind: 'argocd-application-set',
    name,
    ...(namespace !== undefined && { namespace }),
    at: at(resource.document, ...resource.field),
    resource,
    sources: [],
    deliveries: references.flatMap(({ to }) => (to !== undefined && context.tree.entries.get(to) === 'file' ? [asFile(to)] : [])),
    references,
  };
  const made = new Map<string, DraftUnit>();
  for (const parameters of sets) {
    const unit = readGenerated(resource, spec, id, parameters, context);
    if (!made.has(unit.id)) made.set(unit.id, unit);
  }
  return [set, ...made.values()];
}

function readGenerated(resource: Resource, spec: Fields, madeBy: string, parameters: Parameters, context: ReaderContext): DraftUnit {
  const template = fieldsAt(spec, 'template');
  const render = (value: unknown): unknown => renderTemplate(value, parameters, spec.goTemplate === true);
  const metadata = fieldsAt(template, 'metadata');
  const rendered = render(metadata.name);
  const name = typeof rendered === 'string' ? rendered.replaceAll(hole, '*') : '';
  const namespace = textAt(metadata, 'namespace') ?? resource.namespace;
  const renderedSpec = render(fieldsAt(template, 'spec'));
  const unit = readSpec({
    id: `argocd-application/${namespace ?? ''}/${name}`,
    name,
    ...(namespace !== undefined && { namespace }),
    madeBy,
    resource,
    field: [...resource.field, 'spec', 'template', 'spec'],
    spec: isFields(renderedSpec) ? renderedSpec : {},
    context,
  });
  return parameters.isOpen ? { ...unit, references: unit.references.map(asPossibility) } : unit;
}

/** What stands for any number of Applications stands for none, too: nothing is missing then. */
function asPossibility(reference: Reference): Reference {
  return reference.state === 'missing'
    ? { ...reference, state: 'unknown', reason: 'only the cluster knows which Applications there are' }
    : reference;
}

interface SpecToRead {
  readonly id: string;
  readonly name: string;
  readonly namespace?: string;
  readonly madeBy?: string;
  readonly resource: Resource;
  /** Where the spec stands in the document. */
  readonly field: FieldPath;
  readonly spec: Fields;
  readonly context: ReaderContext;
}

function readSpec({ id, name, namespace, madeBy, resource, field, spec, context }: SpecToRead): DraftUnit {
  const all = sourcesOf(spec);
  const refs = new Map<string, Fields>();
  for (const { source } of all) if (typeof source.ref === 'string') refs.set(source.ref, source);
  const references: Reference[] = [];
  const deliveries: Delivery[] = [];
  const sources: UnitSource[] = [];
  for (const { field: inSpec, source } of all) {
    const read = readSource({ source, field: [...field, ...inSpec], refs, resource, unit: id, context });
    sources.push(read.unitSource);
    for (const reference of read.references) {
      references.push(reference);
      if (reference.to === undefined || reference.kind === 'argocd-source') continue;
      const certainty = reference.state === 'resolved' ? 'yes' : 'maybe';
      deliveries.push({ path: reference.to, certainty, how: reference.kind === 'argocd-component' ? 'kustomization' : 'file' });
    }
    deliveries.push(...read.deliveries);
  }
  const destination = fieldsAt(spec, 'destination');
  const cluster = known(textAt(destination, 'name') ?? textAt(destination, 'server'));
  const target = known(textAt(destination, 'namespace'));
  return {
    id,
    kind: 'argocd-application',
    name,
    ...(namespace !== undefined && { namespace }),
    at: at(resource.document, ...resource.field),
    resource,
    sources,
    destination: { ...(cluster !== undefined && { cluster }), ...(target !== undefined && { namespace: target }) },
    ...(madeBy !== undefined && { madeBy }),
    deliveries: context.isStandIn(resource) ? [] : deliveries,
    references,
  };
}

interface SourceToRead {
  readonly source: Fields;
  readonly field: FieldPath;
  /** The sources that values files can name, by their `ref`. */
  readonly refs: ReadonlyMap<string, Fields>;
  readonly resource: Resource;
  readonly unit: string;
  readonly context: ReaderContext;
}

interface ReadSource {
  readonly unitSource: UnitSource;
  readonly references: readonly Reference[];
  readonly deliveries: readonly Delivery[];
}

function readSource({ source, field, refs, resource, unit, context }: SourceToRead): ReadSource {
  const { document } = resource;
  const from = document.path;
  const url = textAt(source, 'repoURL');
  const revision = textAt(source, 'targetRevision');
  const chart = textAt(source, 'chart');
  const trust = chart === undefined ? trustIn(context, url, revision) : 'no';
  const references: Reference[] = [];
  const add = (kind: ReferenceKind, inSource: FieldPath, target: string, resolutions: readonly Resolution[]): void => {
    for (const resolution of resolutions) {
      references.push({ kind, from: at(document, ...field, ...inSource), target: target.replaceAll(hole, '*'), ...resolution, unit });
    }
  };

  const path = textAt(source, 'path');
  const folders = path === undefined || chart !== undefined ? [] : resolveText(context, from, '', path, 'folder', trust).map(only('folder', context));
  if (path !== undefined && chart === undefined) add('argocd-source', ['path'], path, folders);
  const folder = folders.length === 1 && folders[0]?.state !== 'maybe' ? folders[0]?.to : folders[0]?.path;

  const helm = fieldsAt(source, 'helm');
  const resolveInSource = (target: string): readonly Resolution[] => {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) return [{ state: 'external' }];
    const ref = /^\$([\w-]+)\/(.*)$/.exec(target);
    if (ref) {
      const named = refs.get(ref[1] ?? '');
      if (!named) return [{ state: 'unknown', reason: `no source has the ref "${ref[1]}"` }];
      return resolveFiles(context, from, '', ref[2] ?? '', trustIn(context, textAt(named, 'repoURL'), textAt(named, 'targetRevision')));
    }
    if (target.startsWith('/')) return resolveFiles(context, from, '', target.replace(/^\/+/, ''), trust);
    if (chart !== undefined || trust === 'no') return [{ state: 'external' }];
    if (folder === undefined || folders.length > 1) return [{ state: 'unknown', reason: 'the path of the source is not known' }];
    return resolveFiles(context, from, folder, target, trust);
  };
  for (const [index, item] of listAt(helm, 'valueFiles').entries()) {
    if (typeof item === 'string')
      add(
        'argocd-values',
        ['helm', 'valueFiles', index],
        item,
        forgiveAbsence(resolveInSource(item), helm.ignoreMissingValueFiles, 'ignoreMissingValueFiles'),
      );
  }
  for (const [index, item] of listAt(helm, 'fileParameters').entries()) {
    const target = isFields(item) ? textAt(item, 'path') : undefined;
    if (target !== undefined) add('argocd-file-parameter', ['helm', 'fileParameters', index, 'path'], target, resolveInSource(target));
  }
  const kustomize = fieldsAt(source, 'kustomize');
  for (const [index, item] of listAt(kustomize, 'components').entries()) {
    if (typeof item !== 'string' || folder === undefined || folders.length > 1) continue;
    const found = resolveText(context, from, folder, item, 'folder', trust).map(only('folder', context));
    add(
      'argocd-component',
      ['kustomize', 'components', index],
      item,
      forgiveAbsence(found, kustomize.ignoreMissingComponents, 'ignoreMissingComponents'),
    );
  }

  const directory = directoryOptions(source);
  return {
    unitSource: {
      at: at(document, ...field),
      repository: chart === undefined ? context.recognise(url) : 'other',
      ...(url !== undefined && { url: url.replaceAll(hole, '*') }),
      ...(revision !== undefined && { revision: revision.replaceAll(hole, '*') }),
      ...(chart !== undefined && { chart: chart.replaceAll(hole, '*') }),
      ...(path !== undefined && { path: asResolved(path, folders, context.recognise(url) === 'this') }),
      valueFiles: references.filter(({ kind }) => kind === 'argocd-values'),
    },
    references,
    deliveries: deliveriesOf(folders, 'argocd', directory),
  };
}

/** A values file may be a glob; each file that it matches is an answer. */
function resolveFiles(context: ReaderContext, from: RepoPath, folder: RepoPath, target: string, trust: Trust): readonly Resolution[] {
  const open = openUp(target);
  if (trust === 'no' || open.includes(hole) || !/[*?[{]/.test(open)) return resolveText(context, from, folder, target, 'file', trust);
  const pattern = joinPath(folder, target) ?? target;
  const fixed = pattern.slice(0, pattern.search(/[*?[{]/));
  const matches: Resolution[] = [];
  for (const path of filesBelow(context.tree, fixed.slice(0, Math.max(0, fixed.lastIndexOf('/'))))) {
    if (matchGlob(path, pattern)) matches.push({ state: trust === 'yes' ? 'resolved' : 'maybe', to: path, path });
  }
  return matches.length > 0 ? matches : [{ state: 'unknown', reason: 'a pattern that matches nothing here' }];
}

function only(kind: 'folder', { tree }: ReaderContext): (resolution: Resolution) => Resolution {
  return resolution => {
    if (resolution.to === undefined || tree.entries.get(resolution.to) === kind) return resolution;
    return { state: resolution.state === 'resolved' ? 'missing' : 'unknown', path: resolution.to, reason: 'it is a file, and a folder is needed' };
  };
}

function directoryOptions(source: Fields): DirectoryOptions {
  const directory = fieldsAt(source, 'directory');
  const tool = isFields(source.plugin)
    ? 'plugin'
    : isFields(source.helm)
      ? 'helm'
      : isFields(source.kustomize)
        ? 'kustomize'
        : isFields(source.directory)
          ? 'directory'
          : undefined;
  const include = textAt(directory, 'include');
  const exclude = textAt(directory, 'exclude');
  return {
    recurse: directory.recurse === true,
    ...(include !== undefined && { include }),
    ...(exclude !== undefined && { exclude }),
    ...(tool !== undefined && { tool }),
  };
}

function asFile(path: RepoPath): Delivery {
  return { path, certainty: 'yes', how: 'file' };
}

function known(text: string | undefined): string | undefined {
  return text === undefined || openUp(text).includes(hole) ? undefined : text;
}
