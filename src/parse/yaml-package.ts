import type * as Yaml from 'yaml';

let loaded: typeof Yaml | undefined;

/** The `yaml` package, loaded when it is first needed: most runs never do. */
export function yaml(): typeof Yaml {
  loaded ??= process.getBuiltinModule('node:module').createRequire(import.meta.url)('yaml') as typeof Yaml;
  return loaded;
}
