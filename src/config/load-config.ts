import type { ResolvedConfig } from '../core/config.ts';
import { UsageError } from '../core/errors.ts';
import type { RepoPath } from '../core/place.ts';
import { defaultConfig } from './default-config.ts';
import type { ConfigRequest } from './resolve-config.ts';

export { defaultConfig };

/** Finds, reads and checks the config. Throws a `UsageError` that names file, line and column of every mistake. */
export async function loadConfig(request: ConfigRequest): Promise<ResolvedConfig> {
  const path = request.path ?? findConfig(request.read);
  if (path === undefined) return defaultConfig(request.preset);
  const { resolveConfig } = await import('./resolve-config.ts');
  return resolveConfig(path, request);
}

/** The names that a config may have at the root. */
const configNames = ['gitops-lint.yaml', 'gitops-lint.yml', '.gitops-lint.yaml', '.gitops-lint.yml'];

function findConfig(read: ConfigRequest['read']): RepoPath | undefined {
  const [found, second] = configNames.filter(name => read(name) !== undefined);
  if (found === undefined || second === undefined) return found;
  throw new UsageError(`${second}:1:1: there is a config "${found}" as well`, { hint: 'keep one of them' });
}
