import type { ReaderContext } from './reader-context.ts';
import type { PathMention, RecogniseRepository } from './repository-url.ts';

/**
 * What stands here is the content of the current branch, the default one and HEAD. Where the branch is not known,
 * the revision that nearly everything takes from this repository is it.
 */
export function currentRevisions(
  mentions: readonly PathMention[],
  recognise: RecogniseRepository,
  branch: string | undefined,
): ReaderContext['isHere'] {
  const current = new Set<string | undefined>([undefined, '', 'HEAD', 'main', 'master', branch]);
  if (branch === undefined) {
    const own = mentions.filter(({ url }) => recognise(url) === 'this');
    const counts = new Map<string, number>();
    for (const { revision } of own) if (revision !== undefined) counts.set(revision, (counts.get(revision) ?? 0) + 1);
    for (const [revision, count] of counts) if (count >= own.length * 0.8) current.add(revision);
  }
  return revision => current.has(revision?.replace(/^refs\/heads\//, ''));
}
