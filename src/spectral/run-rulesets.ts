// A bundler must leave @stoplight/spectral-core and @stoplight/spectral-functions external, or resolve modules by
// `--main-fields=module,main`: they bring jsonc-parser, whose `main` is an UMD build that requires files by computed names.
import spectral, { type IRuleResult, type RulesetDefinition } from '@stoplight/spectral-core';
import type { Document } from '../core/document.ts';
import { UsageError } from '../core/errors.ts';
import type { Report, Severity } from '../core/finding.ts';
import { at, type FieldPath, keyAt, type Place, type RepoPath } from '../core/place.ts';
import { nameOf } from '../core/repo-path.ts';
import type { RuleDescriptor } from '../core/rule.ts';
import { loadRuleset, type ReadText } from './load-ruleset.ts';

export interface RulesetRequest {
  readonly documents: readonly Document[];
  /** Paths of the Spectral rulesets that the config names. */
  readonly rulesets: readonly RepoPath[];
  /** Reads the rulesets and the files that they extend. */
  readonly read: ReadText;
}

export interface RulesetRun {
  readonly reports: readonly (Report & { readonly ruleId: string; readonly severity: Severity })[];
  /** The rules that are switched on. */
  readonly rules: readonly RuleDescriptor[];
}

/**
 * Runs the Spectral rulesets over documents that are parsed already. Nothing is fetched, and no code of a ruleset is run.
 * A UsageError says what is wrong with a ruleset.
 */
export async function runRulesets({ documents, rulesets, read }: RulesetRequest): Promise<RulesetRun> {
  const reports: RulesetRun['reports'][number][] = [];
  const rules = new Map<string, RuleDescriptor>();
  for (const path of rulesets) {
    const prefix = `spectral/${stemOf(path)}`;
    const ruleset = buildRuleset(path, loadRuleset(path, read));
    for (const { name, enabled, severity, description, documentationUrl } of Object.values(ruleset.rules)) {
      if (!enabled) continue;
      const id = `${prefix}/${name}`;
      rules.set(id, {
        id,
        severity: severityOf(severity),
        summary: description ?? name,
        rationale: '',
        mistake: 'linting',
        ...(documentationUrl !== null && { helpUri: documentationUrl }),
      });
    }
    const engine = new spectral.Spectral({ resolver: resolveNothing });
    engine.setRuleset(ruleset);
    for (const document of documents) {
      for (const { code, message, path: field, severity } of await runOn(engine, document, path)) {
        reports.push({ ruleId: `${prefix}/${code}`, severity: severityOf(severity), message, at: placeOf(document, field) });
      }
    }
  }
  return { reports, rules: [...rules.values()] };
}

/** The name of the file without `.spectral` and its extension. */
function stemOf(path: RepoPath): string {
  return nameOf(path).replace(/(\.?spectral)?\.\w+$/, '') || 'spectral';
}

/** Globs in overrides count from the folder of the ruleset, so both it and the documents have a path from the root. */
function buildRuleset(path: RepoPath, definition: RulesetDefinition): InstanceType<typeof spectral.Ruleset> {
  try {
    return new spectral.Ruleset(definition, { severity: 'recommended', source: `/${path}` });
  } catch (error) {
    throw new UsageError(`ruleset "${path}": ${messageOf(error)}`, { cause: error });
  }
}

/** Spectral would otherwise fetch every `$ref` that it meets. */
const resolveNothing = {
  uriCache: {},
  resolve: async (result: unknown) => ({ result, graph: null, refMap: {}, errors: [], resolvers: [] }),
  // Spectral asks nothing else of its resolver.
} as unknown as NonNullable<ConstructorParameters<typeof spectral.Spectral>[0]>['resolver'] & object;

async function runOn(engine: InstanceType<typeof spectral.Spectral>, document: Document, path: RepoPath): Promise<readonly IRuleResult[]> {
  try {
    // A plain object: of an instance of its own ParsedDocument Spectral would lint the fields.
    return await engine.run({
      source: `/${document.path}`,
      parsed: { data: document.value, diagnostics: [], ast: undefined, lineMap: [] },
      getLocationForJsonPath: () => undefined,
    });
  } catch (error) {
    throw new UsageError(`ruleset "${path}" on "${document.path}": ${messageOf(error)}`, { cause: error });
  }
}

/** Spectral's error, warn, info and hint are 0, 1, 2 and 3. */
function severityOf(severity: number): Severity {
  return (['error', 'warning'] as const)[severity] ?? 'note';
}

/** Scalars where they stand, collections at their key, as Spectral does. */
function placeOf(document: Document, path: readonly (string | number)[]): Place {
  const field: (string | number)[] = [];
  let value = document.value;
  for (const part of path) {
    field.push(Array.isArray(value) ? Number(part) : part);
    value = typeof value === 'object' && value !== null ? (value as Readonly<Record<string | number, unknown>>)[part] : undefined;
  }
  const isCollection = typeof value === 'object' && value !== null;
  return isCollection && typeof field.at(-1) === 'string' ? keyAt(document, ...field) : at(document, ...(field as FieldPath));
}

/** Spectral collects errors; the first says enough. */
function messageOf(error: unknown): string {
  if (error instanceof Error && 'errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
