import type { ConfiguredEnvironment } from '../../../src/core/config.ts';
import type { RepoPath } from '../../../src/core/place.ts';
import { type DeclaredEnvironment, type EnvironmentModel, inferEnvironments } from '../../../src/model/environments/infer-environments.ts';
import { buildTree } from '../../../src/model/tree.ts';

/** The environments of a repository that has these files and says nothing else. */
export function inferFrom(
  files: readonly RepoPath[],
  more: {
    readonly config?: readonly Partial<ConfiguredEnvironment>[];
    readonly inherits?: Readonly<Record<string, readonly string[]>>;
    readonly declared?: readonly DeclaredEnvironment[];
  } = {},
): EnvironmentModel {
  const environments = (more.config ?? []).map(environment => ({
    id: '',
    matchesPath: () => false,
    matchesCluster: () => false,
    matchesNamespace: () => false,
    ...environment,
  }));
  const tree = buildTree({ files, skipped: [], links: new Map() });
  return inferEnvironments({ tree, config: { environments, inherits: new Map(Object.entries(more.inherits ?? {})) }, declared: more.declared ?? [] });
}

/** The owner of a path in one word: the environment's or group's id, `shared` or `unknown`. */
export function ownerIn(model: EnvironmentModel, path: RepoPath): string {
  const owner = model.ownerOf(path);
  return owner.kind === 'environment' || owner.kind === 'group' ? owner.id : owner.kind;
}
