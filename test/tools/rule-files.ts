import { readdirSync } from 'node:fs';

/** A rule by where it stands: `rules/<category>/<name>.ts` exports `exportName` and nothing else. */
export interface RuleFile {
  readonly id: string;
  /** Relative to the root of the project. */
  readonly path: string;
  readonly exportName: string;
}

/** Every rule file of the project at `root`, sorted by id. */
export function listRuleFiles(root: URL): RuleFile[] {
  return readdirSync(new URL('rules/', root), { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'rulesets')
    .flatMap(({ name: category }) => readdirSync(new URL(`rules/${category}/`, root)).map(file => `${category}/${file}`))
    .filter(file => file.endsWith('.ts'))
    .map(file => ruleFile(file.slice(0, -'.ts'.length)))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Where the rule with an id such as `format/whitespace` stands. */
export function ruleFile(id: string): RuleFile {
  return { id, path: `rules/${id}.ts`, exportName: toCamelCase(id.slice(id.indexOf('/') + 1)) };
}

/** `crossReference` for `cross-reference`, `environmentCrossReference` for `environment/cross-reference`. */
export function toCamelCase(words: string): string {
  return words.replace(/[-/](\w)/g, (_, letter: string) => letter.toUpperCase());
}
