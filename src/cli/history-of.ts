import type { History } from '../workspace/workspace.ts';
import type { OpenRepository } from './open-repository.ts';

/** The commits that `--history` asks for, if it does; without a range of its own those of `--since`. */
export async function historyOf(
  { history: range, since }: { readonly history?: string; readonly since?: string },
  { root, config }: OpenRepository,
): Promise<History | undefined> {
  if (range === undefined) return undefined;
  const { gitHistory } = await import('../workspace/git-history.ts');
  const { protectedBranch } = config.repository;
  return gitHistory(root, {
    ...(range !== '' && { range }),
    ...(since !== undefined && { since }),
    ...(protectedBranch !== undefined && { protectedBranch }),
  });
}
