import { posix } from 'node:path';
import type { AllowedSecret, ConfiguredEnvironment, ResolvedConfig, RuleSetting, Waiver } from '../core/config.ts';
import { UsageError } from '../core/errors.ts';
import type { RepoPath } from '../core/place.ts';
import type { Preset } from '../core/rule.ts';
import type { VersionedTool } from '../core/running-versions.ts';
import { type ConfigurableRule, fileSizePattern } from './config-schema.ts';
import { defaultConfig } from './default-config.ts';
import { nameMatcher, pathMatcher } from './path-matcher.ts';
import { type AllowFields, type ConfigFields, type EnvironmentFields, isPreset, listOf, type RuleFields, readConfig } from './read-config.ts';

export interface ConfigRequest {
  /** The text of a file of the repository, nothing where there is none. */
  readonly read: (path: RepoPath) => string | undefined;
  /** The file to take instead of the one at the root. */
  readonly path?: RepoPath;
  /** Wins over what the file extends. */
  readonly preset?: Preset;
  readonly rules: readonly ConfigurableRule[];
}

/** The config at `path` with all that it extends: what stands nearer to it wins. */
export function resolveConfig(path: RepoPath, request: ConfigRequest): ResolvedConfig {
  const layers = readLayers(path, request, []);
  const last = <T>(pick: (fields: ConfigFields) => T | undefined): T | undefined =>
    layers.map(({ fields }) => pick(fields)).findLast(value => value !== undefined);
  const all = <T>(pick: (fields: ConfigFields) => readonly T[] | undefined): T[] => layers.flatMap(({ fields }) => pick(fields) ?? []);

  const defaults = defaultConfig(request.preset ?? layers.findLast(({ preset }) => preset !== undefined)?.preset);
  const roots = last(fields => fields.roots) ?? [];
  const maxAge = last(fields => fields.secrets?.maxAge);
  return {
    path,
    preset: defaults.preset,
    isExcluded: pathMatcher(all(fields => fields.exclude)),
    repository: Object.assign({}, defaults.repository, ...layers.map(({ fields }) => fields.repository)),
    roots,
    isRoot: pathMatcher(roots, 'alone'),
    environments: Object.entries(Object.assign({}, ...layers.map(({ fields }) => fields.environments)) as Record<string, EnvironmentFields>).map(
      environmentOf,
    ),
    inherits: new Map(Object.entries(Object.assign({}, ...layers.map(({ fields }) => fields.inherits)))),
    // The schema has nothing against the keys.
    versions: new Map(Object.entries(Object.assign({}, ...layers.map(({ fields }) => fields.versions))) as [VersionedTool, string][]),
    secrets: {
      placeholders: all(fields => fields.secrets?.placeholders).map(pattern => new RegExp(pattern)),
      allow: all(fields => fields.secrets?.allow).map(allowedSecretOf),
      sharedRecipients: all(fields => fields.secrets?.sharedRecipients),
      ...(maxAge !== undefined && { maxAge }),
    },
    maxFileSize: bytesIn(last(fields => fields.maxFileSize)) ?? defaults.maxFileSize,
    rules: settingsOf(all(fields => (fields.rules === undefined ? [] : [fields.rules]))),
    overrides: all(fields => fields.overrides).map(({ files, environments = [], rules }) => ({
      matches: files === undefined ? () => true : pathMatcher(files),
      environments,
      rules: settingsOf([rules]),
    })),
    waivers: layers.flatMap(layer =>
      (layer.fields.waivers ?? []).map(
        ({ digest, ...waiver }, index): Waiver => ({
          ...waiver,
          ...(digest !== undefined && { digests: listOf(digest) }),
          matches: pathMatcher([waiver.path]),
          path: layer.path,
          index,
        }),
      ),
    ),
    rulesets: pathsIn(layers, fields => fields.rulesets),
    schemaFolders: pathsIn(layers, fields => fields.schemas).map(folder => folder.replace(/^\.$|\/+$/g, '')),
  };
}

/** One config file, or a preset that one extends. */
interface Layer {
  readonly path: RepoPath;
  readonly fields: ConfigFields;
  readonly preset?: Preset;
}

/** What a config extends, each wins over those before it, and the config itself last. */
function readLayers(path: RepoPath, request: ConfigRequest, extendedBy: readonly RepoPath[]): Layer[] {
  const chain = [...extendedBy, path];
  if (extendedBy.includes(path)) throw new UsageError(`configs extend each other in a circle: ${chain.join(' -> ')}`);
  const text = request.read(path);
  if (text === undefined)
    throw new UsageError(`there is no config "${path}"`, extendedBy.length === 0 ? {} : { hint: `${extendedBy.at(-1)} extends it` });
  const fields = readConfig(path, text, request.rules);
  const layers = listOf(fields.extends).flatMap(name =>
    isPreset(name) ? [{ path, fields: {}, preset: name }] : readLayers(posix.join(posix.dirname(path), name), request, chain),
  );
  return [...layers, { path, fields }];
}

/** Paths that each config writes relative to itself. */
function pathsIn(layers: readonly Layer[], pick: (fields: ConfigFields) => readonly string[] | undefined): RepoPath[] {
  return layers.flatMap(({ path, fields }) => (pick(fields) ?? []).map(relative => posix.join(posix.dirname(path), relative)));
}

function environmentOf([id, { tier, rank, group, kubernetes, paths = [], clusters = [], namespaces = [] }]: [
  string,
  EnvironmentFields,
]): ConfiguredEnvironment {
  return {
    id,
    ...(tier !== undefined && { tier }),
    ...(rank !== undefined && { rank }),
    ...(group !== undefined && { group }),
    ...(kubernetes !== undefined && { kubernetes }),
    matchesPath: pathMatcher(paths),
    matchesCluster: nameMatcher(clusters),
    matchesNamespace: nameMatcher(namespaces),
  };
}

function allowedSecretOf({ key, path, 'value-sha256': digest }: AllowFields): AllowedSecret {
  return {
    ...(key !== undefined && { matchesKey: nameMatcher([key]) }),
    ...(path !== undefined && { matchesPath: pathMatcher([path]) }),
    ...(digest !== undefined && { valueSha256: digest.toLowerCase() }),
  };
}

function bytesIn(size: number | string | undefined): number | undefined {
  if (typeof size !== 'string') return size;
  const [, number = '', prefix = '', binary] = new RegExp(fileSizePattern).exec(size) ?? [];
  return Math.floor(Number(number) * (binary ? 1024 : 1000) ** ' kMG'.indexOf(prefix === '' ? ' ' : prefix.replace('K', 'k')));
}

/** Later settings go to the end of the map, where they win. */
function settingsOf(layers: readonly RuleFields[]): ReadonlyMap<string, RuleSetting> {
  const settings = new Map<string, RuleSetting>();
  for (const [name, value] of layers.flatMap(Object.entries<RuleFields[string]>)) {
    const setting = { ...settings.get(name), ...(typeof value === 'string' ? { severity: value } : value) };
    settings.delete(name);
    settings.set(name, setting);
  }
  return settings;
}
