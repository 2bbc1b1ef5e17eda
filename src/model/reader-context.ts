import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import { matchOpenPath } from './open-path.ts';
import type { PatchedRepository } from './patched-resources.ts';
import type { RecogniseRepository } from './repository-url.ts';
import { type Paths, type Resolution, resolvePath } from './resolve-path.ts';
import { hole, openUp } from './template-marks.ts';
import type { UnitIdOf } from './unit-ids.ts';

/** What the readers of the controllers' objects share. */
export interface ReaderContext extends Paths {
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  readonly recognise: RecogniseRepository;
  /** Whether the content of this repository at a revision is what stands here. */
  readonly isHere: (revision: string | undefined) => boolean;
  readonly idOf: UnitIdOf;
  readonly isStandIn: PatchedRepository['isStandIn'];
}

/** How far what stands here answers for a source: `no` where it is another repository. */
export type Trust = 'yes' | 'maybe' | 'no';

/** How far the tree answers for a repository at a revision. */
export function trustIn({ recognise, isHere }: ReaderContext, url: string | undefined, revision: string | undefined): Trust {
  const repository = recognise(url);
  if (repository === 'other') return 'no';
  return repository === 'this' && isHere(revision) ? 'yes' : 'maybe';
}

/**
 * The answers to a path that may have holes, from `folder`: one where it is known, one for each match where it is
 * open. What stands at another revision, or in a repository that may be this one, is a `maybe`.
 */
export function resolveText(
  context: ReaderContext,
  from: RepoPath,
  folder: RepoPath,
  text: string,
  kind: 'file' | 'folder',
  trust: Trust,
): readonly Resolution[] {
  if (trust === 'no') return [{ state: 'external' }];
  const open = openUp(text);
  if (open.includes(hole)) {
    const path = folder === '' || open.startsWith('/') ? open : `${folder}/${open}`;
    const matches = matchOpenPath(context.tree, path, kind);
    const reason = 'a part of it is filled in later';
    return matches.length === 0 ? [{ state: 'unknown', reason }] : matches.map(to => ({ state: 'maybe', to, path: to, reason }));
  }
  const resolution = resolvePath(context, from, folder, text);
  if (trust === 'yes' || resolution.state === 'unknown') return [resolution];
  const reason = 'another revision, or a repository that may not be this one';
  return [{ ...resolution, state: resolution.state === 'resolved' ? 'maybe' : 'unknown', reason }];
}
