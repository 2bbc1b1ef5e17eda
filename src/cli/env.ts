import type { Environment, EnvironmentId, EnvironmentOwner, Evidence } from '../core/environment.ts';
import type { RepoPath } from '../core/place.ts';
import type { Repo } from '../core/repo.ts';
import { folderOf } from '../core/repo-path.ts';
import { describeVersion, type RunningVersion, type VersionedTool } from '../core/running-versions.ts';
import { understand } from '../lint.ts';
import { printable } from '../report/printable.ts';
import { exitCodes } from './exit-codes.ts';
import { openRepository } from './open-repository.ts';
import type { CommonOptions } from './parse-arguments.ts';
import { print, table } from './print.ts';
import type { CommandProcess } from './streams.ts';

/** What text shows of a longer list. */
const shown = 5;

/** `gitops-lint env`: the environments in the order of promotion, why they are believed in, and what belongs to none. */
export async function listEnvironments(options: CommonOptions, process: CommandProcess): Promise<number> {
  const { workspace, config, facts } = await openRepository(options, process.cwd());
  const repo = understand({ workspace, config, repository: facts }, await workspace.list());
  const environments = repo.environments.toSorted((a, b) => a.rank - b.rank);
  const unclassified = unclassifiedIn(repo);
  const versions = describeVersions(repo);
  const data = { version: 1, environments: environments.map(describeEnvironment), layouts: repo.layouts, unclassified, versions };
  await print(data, describe(environments, repo, unclassified), options, process);
  return exitCodes.clean;
}

/** Evidence as data. */
export function describeEvidence({ kind, at, says }: Evidence) {
  return { kind, path: at.path, says };
}

function describeEnvironment({ id, tier, rank, group, evidence }: Environment) {
  return { id, tier, rank, ...(group && { group }), evidence: evidence.map(describeEvidence) };
}

function describe(environments: readonly Environment[], repo: Repo, unclassified: readonly Unclassified[]): string {
  const sections = environments.map(({ id, tier, rank, group, evidence }) => {
    const members = group ? `, stands for ${group.join(' and ')}` : '';
    return `${id} (tier ${tier}, rank ${rank}${members})\n${list([...new Set(evidence.map(({ says }) => says))])}`;
  });
  if (environments.length === 0) sections.push('no environment was found: name them under "environments" in gitops-lint.yaml\n');
  const versions = describeVersions(repo);
  if (versions.length > 0) sections.push(`versions\n${table(versions.map(versionRow))}`);
  if (repo.layouts.length > 0)
    sections.push(`layout\n${table(repo.layouts.map(({ id, folder, because }) => [`  ${id}`, printable(folder || '.'), printable(because)]))}`);
  if (unclassified.length > 0)
    sections.push(`belongs to no environment that is known\n${list(unclassified.map(({ path, why }) => `${path}: ${why}`))}`);
  return sections.join('\n');
}

/** What is known of the versions that run, environment by environment; those without one hold for the rest of the repository. */
function describeVersions({ versions, environments }: Repo) {
  return [...versions].flatMap(([tool, { byEnvironment, everywhere }]) => {
    const own = environments.flatMap(({ id }) => describeRunning(tool, [id], byEnvironment.get(id) ?? []));
    return [...own, ...describeRunning(tool, [], everywhere)];
  });
}

/** The versions of a tool in some environments as data. */
export function describeRunning(tool: VersionedTool, environments: readonly EnvironmentId[], versions: readonly RunningVersion[]) {
  return versions.length === 0
    ? []
    : [{ tool, environments, versions: versions.map(describeVersion), evidence: versions.flatMap(({ evidence }) => evidence.map(describeEvidence)) }];
}

/** A line of a table, the last column without the tool. */
export function versionRow({ tool, environments, versions, evidence: [first] }: ReturnType<typeof describeRunning>[number]): string[] {
  const where = environments.length === 0 ? '' : ` in ${environments.join(', ')}`;
  return [`  ${tool}`, printable(`${versions.join(' or ')}${where}: ${first?.says ?? ''}${first ? ` (${first.path})` : ''}`)];
}

function list(items: readonly string[]): string {
  const more = items.length > shown ? [`and ${items.length - shown} more (-f json)`] : [];
  return [...items.slice(0, shown).map(printable), ...more].map(item => `  ${item}\n`).join('');
}

interface Unclassified {
  readonly path: RepoPath;
  readonly why: string;
}

/** The topmost files and folders whose owner cannot be told. */
function unclassifiedIn({ owners }: Repo): Unclassified[] {
  return [...owners].flatMap(([path, owner]) => {
    const isTop = owner.kind === 'unknown' && (path === '' || !isUnknown(owners.get(folderOf(path))));
    return isTop ? [{ path: path || '.', why: owner.why }] : [];
  });
}

function isUnknown(owner: EnvironmentOwner | undefined): boolean {
  return owner?.kind === 'unknown';
}
