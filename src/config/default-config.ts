import type { PathMatcher, ResolvedConfig } from '../core/config.ts';
import type { Preset } from '../core/rule.ts';

/** What holds where there is no config. */
export function defaultConfig(preset: Preset = 'recommended'): ResolvedConfig {
  const never: PathMatcher = () => false;
  return {
    preset,
    isExcluded: never,
    repository: { urls: [] },
    roots: [],
    isRoot: never,
    environments: [],
    versions: new Map(),
    secrets: { placeholders: [], allow: [], sharedRecipients: [] },
    maxFileSize: 5_000_000,
    rules: new Map(),
    overrides: [],
    waivers: [],
    rulesets: [],
    schemaFolders: [],
  };
}
