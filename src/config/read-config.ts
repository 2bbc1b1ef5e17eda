import type { ResolvedConfig } from '../core/config.ts';
import { didYouMean } from '../core/did-you-mean.ts';
import type { SourceFile } from '../core/document.ts';
import type { Tier } from '../core/environment.ts';
import type { Severity } from '../core/finding.ts';
import type { FieldPath, RepoPath } from '../core/place.ts';
import type { Preset } from '../core/rule.ts';
import type { VersionedTool } from '../core/running-versions.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import { validate } from '../schema/validate.ts';
import { type ConfigurableRule, configSchema } from './config-schema.ts';
import { asUsageError, type Mistake } from './mistakes.ts';
import { nameMatcher } from './path-matcher.ts';

/** A config as it is written, once `configSchema` has nothing against it. */
export interface ConfigFields {
  readonly extends?: string | readonly string[];
  readonly exclude?: readonly string[];
  readonly repository?: Partial<ResolvedConfig['repository']>;
  readonly roots?: readonly string[];
  readonly environments?: Readonly<Record<string, EnvironmentFields>>;
  readonly inherits?: Readonly<Record<string, readonly string[]>>;
  readonly versions?: Readonly<Partial<Record<VersionedTool, string>>>;
  readonly secrets?: {
    readonly placeholders?: readonly string[];
    readonly allow?: readonly AllowFields[];
    readonly sharedRecipients?: readonly string[];
    readonly maxAge?: number;
  };
  readonly maxFileSize?: number | string;
  readonly rules?: RuleFields;
  readonly overrides?: readonly { readonly files?: readonly string[]; readonly environments?: readonly string[]; readonly rules: RuleFields }[];
  readonly waivers?: readonly WaiverFields[];
  readonly rulesets?: readonly string[];
  readonly schemas?: readonly string[];
}

export interface EnvironmentFields {
  readonly tier?: Tier;
  readonly rank?: number;
  readonly paths?: readonly string[];
  readonly clusters?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly kubernetes?: string;
  readonly group?: readonly string[];
}

export type RuleFields = Readonly<
  Record<string, Severity | 'off' | { readonly severity?: Severity | 'off'; readonly options?: Readonly<Record<string, unknown>> }>
>;

export interface AllowFields {
  readonly key?: string;
  readonly path?: string;
  readonly 'value-sha256'?: string;
}

export interface WaiverFields {
  readonly rule: string;
  readonly path: string;
  readonly reason: string;
  readonly owner?: string;
  readonly expires?: string;
  readonly digest?: string | readonly string[];
}

/** Reads and judges one config file. Throws a `UsageError` with the line and column of every mistake. */
export function readConfig(path: RepoPath, text: string, rules: readonly ConfigurableRule[]): ConfigFields {
  const { documents, problems, duplicateKeys } = parseYaml(path, text);
  const classification = { class: 'tool-config', reason: 'the config of gitops-lint' } as const;
  const file = { path, text, classification, documents: documents.map(document => ({ ...document, classification })), problems, duplicateKeys };
  const value = documents[0]?.value ?? {};
  const mistakes = [...mistakesOfText(file)];
  if (mistakes.length === 0) mistakes.push(...mistakesOfValue(path, value, rules));
  if (mistakes.length > 0) throw asUsageError(mistakes, file);
  // The schema has nothing against it.
  return value as ConfigFields;
}

function* mistakesOfText({ path, text, documents, problems, duplicateKeys }: SourceFile): Generator<Mistake> {
  for (const { start, end, message } of problems) yield { at: { path, start, end }, message };
  for (const { start, end, key } of duplicateKeys) yield { at: { path, start, end }, message: `key "${key}" stands twice in this mapping` };
  if (documents.length > 1) yield { at: { path, document: 1, field: [], part: 'value' }, message: 'a config is one document' };
  if (text.trim() === '') yield { at: { path }, message: 'the config is empty: remove it, or write {} for the defaults' };
}

function* mistakesOfValue(path: RepoPath, value: unknown, rules: readonly ConfigurableRule[]): Generator<Mistake> {
  const mistake = (message: string, field: FieldPath, part: 'key' | 'value' = 'value'): Mistake => ({
    at: { path, document: 0, field, part },
    message,
  });
  const problems = validate(configSchema(rules), value);
  for (const { message, field, part } of problems) yield mistake(message, field, part);
  if (problems.length > 0) return;

  const fields = value as ConfigFields;
  const ids = rules.map(rule => rule.id);
  for (const [index, name] of listOf(fields.extends).entries()) {
    const problem = whyNotExtended(name);
    if (problem !== undefined) yield mistake(problem, typeof fields.extends === 'string' ? ['extends'] : ['extends', index]);
  }
  for (const [index, pattern] of (fields.secrets?.placeholders ?? []).entries()) {
    const problem = whyNoExpression(pattern);
    if (problem !== undefined) yield mistake(problem, ['secrets', 'placeholders', index]);
  }
  for (const pattern of Object.keys(fields.rules ?? {})) {
    if (!namesRule(pattern, ids)) yield mistake(noRule(pattern, ids), ['rules', pattern], 'key');
  }
  for (const [index, override] of (fields.overrides ?? []).entries()) {
    for (const pattern of Object.keys(override.rules)) {
      if (!namesRule(pattern, ids)) yield mistake(noRule(pattern, ids), ['overrides', index, 'rules', pattern], 'key');
    }
  }
  for (const [index, { rule, expires }] of (fields.waivers ?? []).entries()) {
    if (!namesRule(rule, ids)) yield mistake(noRule(rule, ids), ['waivers', index, 'rule']);
    if (expires !== undefined && !isDate(expires)) yield mistake(`there is no day "${expires}"`, ['waivers', index, 'expires']);
  }
}

/** A field that takes one text or a list of them. */
export function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : (value ?? []);
}

const presets: readonly string[] = ['recommended', 'strict', 'regulated'] satisfies Preset[];

export function isPreset(name: string): name is Preset {
  return presets.includes(name);
}

function whyNotExtended(name: string): string | undefined {
  if (isPreset(name) || /^\.\.?\//.test(name)) return undefined;
  const meant = didYouMean(name, presets);
  const remedy = meant === undefined ? 'name a local file as "./name.yaml", packages cannot be extended yet' : `did you mean "${meant}"?`;
  return `"${name}" is no preset: ${remedy}`;
}

function whyNoExpression(pattern: string): string | undefined {
  try {
    new RegExp(pattern);
    return undefined;
  } catch (error) {
    return `not a regular expression: ${error instanceof Error ? error.message.replace(/^.*: /, '') : error}`;
  }
}

/** Ids of user rulesets are known once those are read. */
function namesRule(pattern: string, ids: readonly string[]): boolean {
  return pattern.startsWith('spectral/') || ids.some(nameMatcher([pattern]));
}

function noRule(pattern: string, ids: readonly string[]): string {
  const meant = didYouMean(pattern, pattern.includes('*') ? ids.map(id => `${id.slice(0, id.indexOf('/'))}/*`) : ids);
  return `there is no rule "${pattern}": ${meant === undefined ? '`gitops-lint rules` lists them' : `did you mean "${meant}"?`}`;
}

/** The pattern of the schema lets through the 30th of February. */
function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text);
}
