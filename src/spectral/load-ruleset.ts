import spectral, { type RulesetDefinition } from '@stoplight/spectral-core';
import { didYouMean } from '../core/did-you-mean.ts';
import type { SourceFile } from '../core/document.ts';
import { UsageError } from '../core/errors.ts';
import { at, type FieldPath, type Place, type RepoPath } from '../core/place.ts';
import { folderOf, joinPath } from '../core/repo-path.ts';
import { locatorFor } from '../parse/locate.ts';
import { parseJson } from '../parse/parse-json.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import { coreFunctions } from './core-functions.ts';
import { findCode } from './find-code.ts';

/** The text of a file of the repository, where it is there. */
export type ReadText = (path: RepoPath) => string | undefined;

/**
 * Reads a Spectral ruleset and the files that it extends: plain data, with the core functions put in for their names.
 * A UsageError names the line of what would run code or fetch something, and of what Spectral does not understand.
 */
export function loadRuleset(path: RepoPath, read: ReadText): RulesetDefinition {
  return loadFile(path, read, []);
}

/** The file that is being read, for messages and for what it extends. */
interface Context {
  readonly file: SourceFile;
  readonly read: ReadText;
  readonly chain: readonly RepoPath[];
}

type PlainObject = Readonly<Record<string, unknown>>;

function loadFile(path: RepoPath, read: ReadText, extendedBy: readonly RepoPath[]): RulesetDefinition {
  if (!/\.(ya?ml|json)$/.test(path))
    throw new UsageError(`ruleset "${path}" is not YAML or JSON`, { hint: 'rulesets are data: no code of theirs is run' });
  const text = read(path);
  if (text === undefined) throw new UsageError(`ruleset "${path}" does not exist`);
  const file = parseRuleset(path, text);
  const context: Context = { file, read, chain: [...extendedBy, path] };
  const [problem] = file.problems;
  if (problem) refuse(context, { path, start: problem.start, end: problem.end }, problem.message);
  const value = file.documents[0]?.value;
  if (!isPlainObject(value)) throw new UsageError(`ruleset "${path}" is not a mapping`);
  const definition = readDefinition(context, value, []);
  assertValid(context, definition);
  // Checked by Spectral itself one line above.
  return definition as unknown as RulesetDefinition;
}

function parseRuleset(path: RepoPath, text: string): SourceFile {
  const { documents, ...parsed } = path.endsWith('.json') ? parseJson(path, text) : parseYaml(path, text);
  const classification = { class: 'tool-config', reason: 'a ruleset of the configuration' } as const;
  return { path, text, classification, ...parsed, documents: documents.map(document => ({ ...document, classification })) };
}

/** A ruleset or one of its overrides, which has the same fields. */
function readDefinition(context: Context, definition: PlainObject, field: FieldPath): PlainObject {
  const result: Record<string, unknown> = { ...definition };
  for (const key of ['functions', 'functionsDir']) {
    if (key in definition) refuseField(context, [...field, key], 'custom functions are code, which is never run: use the core functions');
  }
  refuseFormats(context, definition, field);
  checkExpressions(context, definition.aliases, [...field, 'aliases']);
  if ('extends' in definition) result.extends = readExtends(context, definition.extends, [...field, 'extends']);
  if (isPlainObject(definition.rules)) {
    result.rules = mapValues(definition.rules, (rule, name) => (isPlainObject(rule) ? readRule(context, rule, [...field, 'rules', name]) : rule));
  }
  if (Array.isArray(definition.overrides)) {
    result.overrides = definition.overrides.map((override: unknown, index) =>
      isPlainObject(override) ? readDefinition(context, override, [...field, 'overrides', index]) : override,
    );
  }
  return result;
}

function refuseFormats(context: Context, value: PlainObject, field: FieldPath): void {
  if ('formats' in value)
    refuseField(context, [...field, 'formats'], 'formats of API descriptions are not known here: choose documents by "given" or "overrides"');
}

/** One ruleset or several; each alone or with how much of it is switched on. */
function readExtends(context: Context, value: unknown, field: FieldPath): unknown {
  if (typeof value === 'string') return loadExtended(context, value, field);
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown, index) => {
    if (typeof item === 'string') return loadExtended(context, item, [...field, index]);
    if (Array.isArray(item) && typeof item[0] === 'string') return [loadExtended(context, item[0], [...field, index, 0]), ...item.slice(1)];
    return item;
  });
}

function loadExtended(context: Context, name: string, field: FieldPath): RulesetDefinition {
  const { file, read, chain } = context;
  if (name.startsWith('spectral:'))
    refuseField(context, field, `"${name}" is for API descriptions and does not come with gitops-lint: extend a file of the repository`);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name))
    refuseField(context, field, `"${name}" would be fetched, and nothing is: extend a file of the repository`);
  if (!/^\.|\.(ya?ml|json)$/.test(name))
    refuseField(context, field, `"${name}" is a package, which could hold code: extend a file of the repository`);
  const path = joinPath(folderOf(file.path), name);
  if (path === undefined) return refuseField(context, field, `"${name}" leaves the repository`);
  if (chain.includes(path)) refuseField(context, field, `"${name}" extends itself`);
  if (read(path) === undefined) refuseField(context, field, `"${name}" does not exist`);
  return loadFile(path, read, chain);
}

function readRule(context: Context, rule: PlainObject, field: FieldPath): PlainObject {
  refuseFormats(context, rule, field);
  checkExpressions(context, rule.given, [...field, 'given']);
  if (typeof rule.message === 'string' && /#\{\{(?!print\("\w+"\)\}\})/.test(rule.message)) {
    refuseField(context, [...field, 'message'], 'an expression in a message is code: only #{{print("…")}} is known');
  }
  return mapValues(rule, (value, key) => {
    if (key !== 'then') return value;
    const thenField = [...field, 'then'];
    return Array.isArray(value) ? value.map((item, index) => readThen(context, item, [...thenField, index])) : readThen(context, value, thenField);
  });
}

function readThen(context: Context, then: unknown, field: FieldPath): unknown {
  if (!isPlainObject(then)) return then;
  checkExpressions(context, then.field, [...field, 'field']);
  const name = then.function;
  if (typeof name !== 'string') return then;
  if (Object.hasOwn(coreFunctions, name)) return { ...then, function: coreFunctions[name as keyof typeof coreFunctions] };
  const nearest = didYouMean(name, Object.keys(coreFunctions));
  return refuseField(
    context,
    [...field, 'function'],
    `"${name}" is not a core function${nearest === undefined ? '' : `: did you mean "${nearest}"`}`,
  );
}

/** Looks at every text in a value of aliases, `given` or `field`. */
function checkExpressions(context: Context, value: unknown, field: FieldPath): void {
  if (typeof value === 'string') {
    const code = findCode(value);
    if (code !== undefined) refuseField(context, field, `the expression could run code, at "${code}": use comparisons, fields and patterns only`);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      checkExpressions(context, item, [...field, index]);
    });
  } else if (isPlainObject(value)) {
    if ('targets' in value && Array.isArray(value.targets)) {
      value.targets.forEach((target, index) => {
        if (isPlainObject(target)) refuseFormats(context, target, [...field, 'targets', index]);
      });
    }
    for (const [key, item] of Object.entries(value)) checkExpressions(context, item, [...field, key]);
  }
}

/** Spectral's own check of the ruleset, without what it extends: that was checked with its own file. */
function assertValid(context: Context, definition: PlainObject): void {
  try {
    spectral.assertValidRuleset('extends' in definition ? { ...definition, extends: [] } : definition, 'js');
  } catch (error) {
    const first: unknown = error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error;
    const path: unknown = typeof first === 'object' && first !== null && 'path' in first ? first.path : [];
    const field = Array.isArray(path) ? path.filter((part): part is string | number => typeof part === 'string' || typeof part === 'number') : [];
    // Functions lose their names when they are bundled.
    refuseField(context, field, first instanceof Error ? first.message.replaceAll('"<unknown>" function', 'the function') : String(first));
  }
}

function refuseField(context: Context, field: FieldPath, why: string): never {
  return refuse(context, at({ path: context.file.path, index: 0 }, ...field), why);
}

function refuse({ file }: Context, place: Place, why: string): never {
  const { path, start } = locatorFor(file)(place);
  throw new UsageError(`ruleset ${path}:${start.line}:${start.column}: ${why}`);
}

function mapValues(object: PlainObject, change: (value: unknown, key: string) => unknown): PlainObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}

function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
