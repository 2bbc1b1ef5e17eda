import type { ResolvedConfig } from '../../core/config.ts';
import { type EnvironmentId, type Evidence, environmentsOf } from '../../core/environment.ts';
import { standsOutside } from '../../core/outside.ts';
import type { Repo } from '../../core/repo.ts';
import {
  compareVersions,
  describeVersion,
  type RunningVersion,
  readVersion,
  type ToolVersions,
  type VersionedTool,
  type Versions,
} from '../../core/running-versions.ts';
import { ownerOfUnit } from '../environments/destination-owner.ts';
import type { EnvironmentModel } from '../environments/infer-environments.ts';
import { addTo } from '../multimap.ts';
import { readClusterObjects } from './cluster-objects.ts';
import type { FoundVersion } from './found-version.ts';
import { type Installations, readInstallations } from './installations.ts';
import { readTalos } from './talos.ts';
import { readTerraform } from './terraform.ts';

export interface VersionInput extends Installations, Pick<Repo, 'reach' | 'owners'> {
  readonly config: Pick<ResolvedConfig, 'environments' | 'versions' | 'path'>;
  readonly model: EnvironmentModel;
}

/** What runs where: what the config says, else what the repository says about its clusters and controllers. */
export function readVersions(input: VersionInput): Versions {
  const found = new Map<VersionedTool, PlacedVersion[]>();
  for (const version of versionsIn(input)) {
    const read = readVersion(version.text);
    if (read === undefined || (version.tool === 'kubernetes' && read.major !== 1) || standsOutside(version.at.path)) continue;
    addTo(found, version.tool, { ...version, ...read, environments: environmentsRunning(version, input) });
  }
  const versions = new Map<VersionedTool, ToolVersions>();
  for (const tool of new Set([...found.keys(), ...configuredTools(input.config)])) {
    const inferred = settle(found.get(tool) ?? []);
    versions.set(tool, withConfig(tool, inferred, input));
  }
  return versions;
}

function* versionsIn(input: VersionInput): Generator<FoundVersion> {
  yield* readClusterObjects(input.resources);
  for (const file of input.files) {
    yield* readTalos(file);
    yield* readTerraform(file);
  }
  yield* readInstallations(input);
}

type PlacedVersion = FoundVersion & Pick<RunningVersion, 'major' | 'minor'> & { readonly environments: readonly EnvironmentId[] };

/** A described cluster is told by its name and then by its place, a controller by whom its file reaches. */
function environmentsRunning({ where, cluster, at }: FoundVersion, { model, config, reach, owners }: VersionInput): readonly EnvironmentId[] {
  if (where === 'described') return environmentsOf(ownerOfUnit(model, config, { at, destination: { ...(cluster !== undefined && { cluster }) } }));
  const reached = reach.get(at.path)?.environments;
  return reached !== undefined && reached.size > 0 ? [...reached] : environmentsOf(owners.get(at.path));
}

/**
 * Versions by environment. What no environment is known of holds for the whole repository, where all that was found
 * agrees; otherwise nobody knows where it runs.
 */
function settle(found: readonly PlacedVersion[]): ToolVersions {
  const placed = new Map<EnvironmentId, PlacedVersion[]>();
  for (const version of found) for (const id of version.environments) addTo(placed, id, version);
  const anywhere = found.filter(({ environments, weight }) => environments.length === 0 && weight !== 'local');
  const isOne = distinct(found.filter(({ weight }) => weight !== 'local')).length === 1;
  return {
    byEnvironment: new Map(Array.from(placed, ([id, versions]) => [id, distinct(versions)])),
    everywhere: isOne ? distinct(anywhere) : [],
  };
}

/** As many pieces of evidence as a report shows for one version. */
const shownEvidence = 3;

/** The different versions, oldest first; those of nodes only where nothing tells that of the control plane. */
function distinct(found: readonly PlacedVersion[]): readonly RunningVersion[] {
  const certain = found.filter(({ weight }) => weight === undefined);
  const versions = new Map<string, { major: number; minor: number; evidence: Evidence[] }>();
  for (const { major, minor, at, says } of certain.length > 0 ? certain : found) {
    const key = describeVersion({ major, minor });
    const version = versions.get(key) ?? { major, minor, evidence: [] };
    versions.set(key, version);
    if (version.evidence.length < shownEvidence) version.evidence.push({ kind: 'version', at, says });
  }
  return [...versions.values()].sort(compareVersions);
}

function* configuredTools({ environments, versions }: VersionInput['config']): Generator<VersionedTool> {
  yield* versions.keys();
  if (environments.some(({ kubernetes }) => kubernetes !== undefined)) yield 'kubernetes';
}

/** The config of an environment wins over that of its group, that over the versions of the whole config, and those over what was found. */
function withConfig(tool: VersionedTool, inferred: ToolVersions, { config, model }: VersionInput): ToolVersions {
  const says = (text: string, what: string): readonly RunningVersion[] => {
    const version = readVersion(text);
    const evidence: Evidence = { kind: 'config', at: { path: config.path ?? '' }, says: `the config says ${text} of ${what}` };
    return version === undefined ? [] : [{ ...version, evidence: [evidence] }];
  };
  const text = config.versions.get(tool);
  const everywhere = text === undefined ? inferred.everywhere : says(text, `"versions.${tool}"`);
  const byEnvironment = new Map(text === undefined ? inferred.byEnvironment : []);
  if (tool !== 'kubernetes') return { byEnvironment, everywhere };
  const configured = config.environments.filter(({ kubernetes }) => kubernetes !== undefined);
  for (const { id, kubernetes = '' } of configured.toSorted((a, b) => Number(b.group !== undefined) - Number(a.group !== undefined))) {
    const environment = model.find(id);
    for (const member of environment?.group ?? [environment?.id ?? id]) byEnvironment.set(member, says(kubernetes, `"${id}"`));
  }
  return { byEnvironment, everywhere };
}
