import type { Document, SourceFile } from '../core/document.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import { at, type FieldPath } from '../core/place.ts';
import type { Reference, ReferenceKind } from '../core/repo.ts';
import { folderOf, joinPath, nameOf } from '../core/repo-path.ts';
import { type Delivery, type DraftUnit, deliveriesOf } from './draft-unit.ts';
import { matchGlob } from './match-glob.ts';
import { type Paths, type Resolution, resolvePath } from './resolve-path.ts';
import { filesBelow } from './tree.ts';

export interface HelmfileModel {
  readonly units: readonly DraftUnit[];
  /** What helmfiles mention outside of their releases. */
  readonly references: readonly Reference[];
}

/** The releases of helmfiles that are YAML as they stand; what needs Go's templates is not read. */
export function readHelmfiles(files: readonly SourceFile[], paths: Paths): HelmfileModel {
  const units: DraftUnit[] = [];
  const references: Reference[] = [];
  for (const { documents } of files) {
    for (const document of documents) {
      if (!isHelmfile(document)) continue;
      references.push(...readIncludes(document, document.value as Fields, paths));
      units.push(...readReleases(document, document.value as Fields, paths));
    }
  }
  return { units, references };
}

/** Helmfiles need no name: a list of releases with charts, or one of other helmfiles, makes one. */
function isHelmfile({ path, value }: Document): boolean {
  if (!isFields(value) || 'apiVersion' in value || 'kind' in value) return false;
  if (Array.isArray(value.releases)) return value.releases.some(release => isFields(release) && 'chart' in release && 'name' in release);
  return Array.isArray(value.helmfiles) && /^helmfile/.test(nameOf(path));
}

function readIncludes(document: Document, helmfile: Fields, paths: Paths): Reference[] {
  const references: Reference[] = [];
  const add = (kind: ReferenceKind, field: FieldPath, target: unknown): void => {
    if (typeof target !== 'string') return;
    for (const resolution of resolveEntryOrGlob(paths, document, target))
      references.push({ kind, from: at(document, ...field), target, ...resolution });
  };
  for (const [index, item] of listAt(helmfile, 'helmfiles').entries()) {
    if (isFields(item)) add('helmfile-include', ['helmfiles', index, 'path'], item.path);
    else add('helmfile-include', ['helmfiles', index], item);
  }
  for (const [index, item] of listAt(helmfile, 'bases').entries()) add('helmfile-include', ['bases', index], item);
  const environments = fieldsAt(helmfile, 'environments');
  for (const name of Object.keys(environments)) {
    const environment = fieldsAt(environments, name);
    for (const key of ['values', 'secrets']) {
      for (const [index, item] of listAt(environment, key).entries()) add('helmfile-values', ['environments', name, key, index], item);
    }
  }
  return references;
}

function readReleases(document: Document, helmfile: Fields, paths: Paths): DraftUnit[] {
  return listAt(helmfile, 'releases').flatMap((release, index) => {
    const name = isFields(release) ? textAt(release, 'name') : undefined;
    if (!isFields(release) || name === undefined) return [];
    const field = ['releases', index];
    const namespace = textAt(release, 'namespace');
    const id = `helmfile-release/${document.path}/${namespace ?? ''}/${name}`;
    const references: Reference[] = [];
    const deliveries: Delivery[] = [{ path: document.path, certainty: 'yes', how: 'file' }];
    const add = (kind: ReferenceKind, inRelease: FieldPath, target: string, resolutions: readonly Resolution[]): void => {
      for (const resolution of resolutions) references.push({ kind, from: at(document, ...field, ...inRelease), target, ...resolution, unit: id });
      deliveries.push(...deliveriesOf(resolutions, kind === 'helmfile-chart' ? 'chart' : 'file'));
    };
    const isForgiving = /^(warn|info|debug)$/i.test(textAt(release, 'missingFileHandler') ?? textAt(helmfile, 'missingFileHandler') ?? '');
    for (const key of ['values', 'secrets']) {
      for (const [item, target] of listAt(release, key).entries()) {
        if (typeof target !== 'string') continue;
        const found = resolveEntryOrGlob(paths, document, target);
        const excuse = isForgiving ? '"missingFileHandler" allows it to be absent' : undefined;
        add(
          'helmfile-values',
          [key, item],
          target,
          excuse === undefined
            ? found
            : found.map(resolution => ({ ...resolution, ...(resolution.state === 'missing' && ({ state: 'unknown', reason: excuse } as const)) })),
        );
      }
    }
    const chart = textAt(release, 'chart');
    const isLocal = chart !== undefined && /^\.{0,2}\//.test(chart);
    if (chart !== undefined && isLocal) add('helmfile-chart', ['chart'], chart, [resolvePath(paths, document.path, folderOf(document.path), chart)]);
    const context = textAt(release, 'kubeContext') ?? textAt(fieldsAt(helmfile, 'helmDefaults'), 'kubeContext');
    const version = textAt(release, 'version');
    return [
      {
        id,
        kind: 'helmfile-release',
        name,
        ...(namespace !== undefined && { namespace }),
        at: at(document, ...field),
        sources: [
          {
            at: at(document, ...field, 'chart'),
            repository: isLocal ? 'this' : 'other',
            ...(chart !== undefined && !isLocal && { chart }),
            ...(version !== undefined && { revision: version }),
            valueFiles: references.filter(({ kind }) => kind === 'helmfile-values'),
          },
        ],
        destination: { ...(context !== undefined && { cluster: context }), ...(namespace !== undefined && { namespace }) },
        deliveries,
        references,
      },
    ];
  });
}

/** Paths count from the helmfile and may be globs, folders of helmfiles or URLs. */
function resolveEntryOrGlob(paths: Paths, document: Document, target: string): Resolution[] {
  if (/^[a-z][a-z0-9+.-]*:\/\/|^git::/i.test(target)) return [{ state: 'external' }];
  const folder = folderOf(document.path);
  if (!/[*?[]/.test(target)) return [excuseSecrets(paths, resolvePath(paths, document.path, folder, target))];
  const pattern = joinPath(folder, target);
  if (pattern === undefined) return [{ state: 'outside', reason: 'leaves the repository' }];
  const fixed = pattern.slice(0, Math.max(0, pattern.lastIndexOf('/', pattern.search(/[*?[]/))));
  const matches: Resolution[] = [];
  for (const path of filesBelow(paths.tree, fixed)) if (matchGlob(path, pattern)) matches.push({ state: 'resolved', to: path, path });
  return matches.length > 0 ? matches : [{ state: 'unknown', reason: 'a pattern that matches nothing here' }];
}

/** A whole folder at the root that is not here is another checkout, such as the private repository of the secrets. */
function excuseSecrets({ tree }: Paths, resolution: Resolution): Resolution {
  if (resolution.state !== 'missing' || resolution.path === undefined) return resolution;
  const [top = ''] = resolution.path.split('/', 1);
  if (top === resolution.path || tree.entries.has(top)) return resolution;
  return { ...resolution, state: 'unknown', reason: `nothing of "${top}" is in this repository: it may be checked out in CI` };
}
