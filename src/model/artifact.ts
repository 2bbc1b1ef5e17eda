import { type Fields, fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import type { Resource } from '../core/repo.ts';
import { isWithin, joinPath } from '../core/repo-path.ts';
import { nearest, type ObjectIndex } from './objects.ts';
import { type ReaderContext, resolveText, type Trust, trustIn } from './reader-context.ts';
import { undefinedSource } from './repository-url.ts';
import type { Resolution } from './resolve-path.ts';

/** What a Flux source hands on: how far this repository answers for the paths in it. */
export interface Artifact {
  readonly trust: Trust;
  readonly url?: string;
  readonly revision?: string;
  /** The folders of this repository that were copied into the artifact, where it is put together from some. */
  readonly copies?: readonly Copy[];
  /** Paths count from something that is not known. */
  readonly reason?: string;
}

/** `from`, a folder of this repository, is the folder `to` of the artifact. */
interface Copy {
  readonly from: RepoPath;
  readonly to: RepoPath;
}

type ArtifactContext = ReaderContext & { readonly objects: ObjectIndex };

/** The artifact behind the `sourceRef` of an object. */
export function artifactOf(ref: Fields, resource: Resource, context: ArtifactContext): Artifact {
  const name = textAt(ref, 'name');
  if (ref.kind === 'GitRepository') {
    const source = gitSourceOf(ref, resource, context.objects);
    return source ? { ...source, trust: trustIn(context, source.url, source.revision) } : { trust: 'maybe', reason: 'the source has no name' };
  }
  if (ref.kind === 'ExternalArtifact' && name !== undefined) {
    const copies = copiesInto(name, resource, context);
    return copies ? { trust: 'yes', copies } : { trust: 'maybe', reason: 'counts from an artifact that is made elsewhere' };
  }
  if (ref.kind === 'HelmRepository' || ref.kind === 'HelmChart') return { trust: 'no' };
  return { trust: 'maybe', reason: 'counts from an artifact that is made elsewhere' };
}

/** The URL and revision of a GitRepository; a stand-in for the URL where the repository does not define it. */
export function gitSourceOf(ref: Fields, from: Resource, objects: ObjectIndex): { readonly url: string; readonly revision?: string } | undefined {
  const name = textAt(ref, 'name');
  if (name === undefined || ref.kind !== 'GitRepository') return undefined;
  const definition = nearest(objects.get('GitRepository', name), from.document.path);
  const spec = definition ? fieldsAt(definition.value, 'spec') : {};
  const url = textAt(spec, 'url');
  if (url === undefined) return { url: `${undefinedSource}${name}` };
  const reference = fieldsAt(spec, 'ref');
  const revision = ['commit', 'name', 'semver', 'tag', 'branch'].map(key => textAt(reference, key)).find(text => text !== undefined);
  return { url, ...(revision !== undefined && { revision: revision.replace(/^refs\/heads\//, '') }) };
}

/** Resolves a path that counts from the root of an artifact. */
export function resolveInArtifact(
  path: string,
  kind: 'file' | 'folder',
  { trust, copies, reason }: Artifact,
  resource: Resource,
  context: ArtifactContext,
): readonly Resolution[] {
  const from = resource.document.path;
  const relative = path.replace(/^\/+/, '');
  if (copies) {
    const inArtifact = joinPath('', relative);
    for (const copy of copies) {
      if (inArtifact === undefined || !isWithin(inArtifact, copy.to)) continue;
      const to = context.tree.find(joinPath(copy.from, inArtifact.slice(copy.to.length).replace(/^\/+/, '')) ?? '');
      if (to !== undefined) return [{ state: 'resolved', to, path: to }];
    }
    return [{ state: 'unknown', reason: 'counts from an artifact that is put together from several folders' }];
  }
  if (reason !== undefined && /^\.?\/*$/.test(path)) return [{ state: 'unknown', reason }];
  const found = resolveText(context, from, '', relative, kind, trust);
  return reason === undefined ? found : found.map(resolution => ({ ...resolution, reason }));
}

/** What an ArtifactGenerator copies from this repository into the artifact of a name. */
function copiesInto(name: string, resource: Resource, context: ArtifactContext): readonly Copy[] | undefined {
  const generators = [...context.objects.named('ArtifactGenerator')].flatMap(generator => context.objects.get('ArtifactGenerator', generator));
  const makers = generators.filter(generator => artifactNamed(generator, name) !== undefined);
  const generator = nearest(makers, resource.document.path);
  if (!generator) return undefined;
  const spec = fieldsAt(generator.value, 'spec');
  const own = new Set<string>();
  for (const source of listAt(spec, 'sources')) {
    const alias = isFields(source) ? textAt(source, 'alias') : undefined;
    const git = isFields(source) ? gitSourceOf(source, generator, context.objects) : undefined;
    if (alias !== undefined && git && context.recognise(git.url) !== 'other') own.add(alias);
  }
  return listAt(artifactNamed(generator, name) ?? {}, 'copy').flatMap(copy => {
    const from = /^@([^/]+)\/(.*?)(\/?\*{1,2})?$/.exec(isFields(copy) ? (textAt(copy, 'from') ?? '') : '');
    const to = /^@artifact\/?(.*?)\/?$/.exec(isFields(copy) ? (textAt(copy, 'to') ?? '') : '');
    return from?.[1] !== undefined && to && own.has(from[1]) ? [{ from: (from[2] ?? '').replace(/\/$/, ''), to: to[1] ?? '' }] : [];
  });
}

function artifactNamed(generator: Resource, name: string): Fields | undefined {
  return listAt(fieldsAt(generator.value, 'spec'), 'artifacts')
    .filter(isFields)
    .find(artifact => artifact.name === name);
}
