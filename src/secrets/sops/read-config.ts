import type { Document, SourceFile } from '../../core/document.ts';
import { type Fields, fieldsAt, isFields, textAt } from '../../core/fields.ts';
import { at, type RepoPath } from '../../core/place.ts';
import {
  type ProtectionProblem,
  type RuleAnswer,
  type SopsConfig,
  type SopsRule,
  type SopsSelection,
  selectionFields,
} from '../../core/protection.ts';
import { folderOf } from '../../core/repo-path.ts';
import { recipientsOfRule } from './recipients.ts';
import type { CompileExpression } from './should-be-encrypted.ts';

/** A .sops.yaml, and which of its rules are for a path. */
export interface ReadConfig extends SopsConfig {
  readonly ruleFor: (path: RepoPath) => RuleAnswer;
  readonly rulesMatching: (path: RepoPath) => readonly SopsRule[];
}

/** Characters of expressions times characters of paths: seconds, where every file is asked about thousands of rules. */
const mostEffort = 300_000_000;

interface ReadRule {
  readonly rule: SopsRule;
  /** Absent where the expression is none. */
  readonly matches?: (relativePath: string) => boolean;
}

/** Reads a .sops.yaml as SOPS does: config.go of its package `config`. */
export function readConfig(file: SourceFile, compile: CompileExpression): ReadConfig {
  const [document] = file.documents;
  const problems: ProtectionProblem[] = [];
  const isReadable = document !== undefined && file.problems.length === 0;
  const rules = isReadable ? readRules(document, compile, problems) : [];
  const prefix = folderOf(file.path) === '' ? 0 : folderOf(file.path).length + 1;
  let effort = 0;
  return {
    path: file.path,
    rules: rules.map(({ rule }) => rule),
    problems,
    ruleFor(path) {
      if (!isReadable) return { unknown: `${file.path} cannot be read` };
      for (const { rule, matches } of rules) {
        if (matches === undefined) return { unknown: `an expression in ${file.path} cannot be read` };
        effort += (rule.pathRegex?.length ?? 0) * path.length;
        if (effort > mostEffort) return { unknown: `${file.path} has too many rules` };
        if (matches(path.slice(prefix))) return { rule };
      }
      return { none: true };
    },
    rulesMatching: path => rules.flatMap(({ rule, matches }) => (matches?.(path.slice(prefix)) ? [rule] : [])),
  };
}

function readRules(document: Document, compile: CompileExpression, problems: ProtectionProblem[]): ReadRule[] {
  const rules: ReadRule[] = [];
  const { value } = document;
  for (const field of ['creation_rules', 'destination_rules']) {
    const entries = isFields(value) && Array.isArray(value[field]) ? (value[field] as readonly unknown[]) : [];
    for (const [index, entry] of entries.entries()) {
      if (!isFields(entry)) continue;
      const test = testOf(document, entry, [field, index], compile, problems);
      const inner = field === 'creation_rules' ? entry : fieldsAt(entry, 'recreation_rule');
      checkSelection(document, inner, field === 'creation_rules' ? [field, index] : [field, index, 'recreation_rule'], compile, problems);
      if (field === 'creation_rules') rules.push({ rule: readRule(document, entry, index), ...(test && { matches: test }) });
    }
  }
  return rules;
}

function readRule(document: Document, rule: Fields, index: number): SopsRule {
  const place = (...field: readonly (string | number)[]) => at(document, 'creation_rules', index, ...field);
  const pathRegex = textAt(rule, 'path_regex');
  return {
    at: place(),
    number: index + 1,
    config: document.path,
    ...(pathRegex && { pathRegex }),
    selection: selectionIn(rule),
    recipients: recipientsOfRule(rule, place),
  };
}

/** The words that decide what is encrypted, as a rule or the metadata of a file has them. */
export function selectionIn(fields: Fields): SopsSelection {
  const selection: { -readonly [K in keyof SopsSelection]: SopsSelection[K] } = {};
  for (const field of selectionFields) {
    const text = textAt(fields, field);
    if (text) selection[field] = text;
  }
  return selection;
}

function testOf(
  document: Document,
  entry: Fields,
  field: readonly (string | number)[],
  compile: CompileExpression,
  problems: ProtectionProblem[],
): ((path: string) => boolean) | undefined {
  const pattern = entry.path_regex;
  if (pattern === undefined || pattern === null || pattern === '') return () => true;
  const test = typeof pattern === 'string' ? compile(pattern) : 'it is no text';
  if (typeof test === 'function') return test;
  if (typeof pattern === 'string' && pattern.length < longestExpression) {
    problems.push({
      at: at(document, ...field, 'path_regex'),
      message: `"path_regex" is no regular expression of Go, and SOPS refuses the file: ${reasonOf(test)}`,
    });
  }
  return undefined;
}

/** What is longer is not judged. */
const longestExpression = 4000;

/** One of the words at most, and expressions that Go compiles: SOPS finds others nowhere and encrypts nothing, or all. */
function checkSelection(
  document: Document,
  rule: Fields,
  field: readonly (string | number)[],
  compile: CompileExpression,
  problems: ProtectionProblem[],
): void {
  const selection = selectionIn(rule);
  const used = selectionFields.filter(name => selection[name] !== undefined);
  const [first, second] = used;
  if (first !== undefined && second !== undefined)
    problems.push({
      at: at(document, ...field, second),
      message: `"${second}" beside "${first}": SOPS takes one of them and refuses the rule: keep one`,
    });
  for (const name of used) {
    const pattern = selection[name] ?? '';
    const test = name.endsWith('_regex') && pattern.length < longestExpression ? compile(pattern) : undefined;
    if (typeof test !== 'string') continue;
    const outcome = name.startsWith('un') ? 'nothing stays in plain text' : 'nothing is encrypted';
    problems.push({ at: at(document, ...field, name), message: `"${name}" is no regular expression of Go, so that ${outcome}: ${reasonOf(test)}` });
  }
}

/** In the words of whoever compiles it, on one line. */
function reasonOf(error: string): string {
  const [first = ''] = error.split('\n');
  return first.replace(/^error parsing regexp: /, '').replace(/:\s*`(.*)`$/, ' "$1"');
}
