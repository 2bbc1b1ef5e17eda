import { defaultConfig } from '../config/default-config.ts';
import type { Finding } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';
import type { BadExample, Example, Preset, Rule } from '../core/rule.ts';
import { type LintOutcome, lint } from '../lint.ts';
import { memoryWorkspace } from '../workspace/memory-workspace.ts';

/** An example of a rule with what does not hold of it; nothing where all is well. */
export interface ExampleResult {
  readonly title: string;
  readonly problems: readonly string[];
}

type Files = Readonly<Record<RepoPath, string>>;

/**
 * Runs a rule's examples through the whole pipeline, in memory. A bad one gives exactly the findings that it names, and none
 * after its fix; a good one gives none; an unknown one gives none and is counted as skipped. Each kind has to be there.
 */
export async function testRule(rule: Rule): Promise<readonly ExampleResult[]> {
  const { bad, good, unknown } = rule.examples;
  const missing = Object.entries({ bad, good, unknown }).filter(([, examples]) => examples.length === 0);
  return [
    ...missing.map(([kind]) => ({ title: 'examples', problems: [`there is no ${kind} example`] })),
    ...(await Promise.all(bad.map(async example => ({ title: `bad: ${example.title}`, problems: await testBad(rule, example) })))),
    ...(await Promise.all(good.map(async example => ({ title: `good: ${example.title}`, problems: await testGood(rule, example) })))),
    ...(await Promise.all(unknown.map(async example => ({ title: `unknown: ${example.title}`, problems: await testUnknown(rule, example) })))),
  ];
}

async function testBad(rule: Rule, example: BadExample): Promise<string[]> {
  const { outcome, files } = await lintExample(rule, example, dedentAll(example.files), true);
  const found = await lintExample(rule, example, dedentAll(example.files));
  const problems = [...defectsOf(found.outcome), ...compareLines(describe(found.outcome.findings), example.findings)];
  if (example.findings.length === 0) problems.push('a bad example has no findings');
  const fixed = dedentAll(example.fixed ?? {});
  if (Object.keys(fixed).length > 0) problems.push(...describe(outcome.findings).map(line => `is left after the fix: ${line}`));
  for (const [path, text] of Object.entries(files)) {
    const expected = fixed[path] ?? dedent(example.files[path] ?? '');
    if (text !== expected)
      problems.push(`${path} is not as expected after the fix:\n${JSON.stringify(text)}\nexpected:\n${JSON.stringify(expected)}`);
  }
  return problems;
}

async function testGood(rule: Rule, example: Example): Promise<string[]> {
  const { outcome } = await lintExample(rule, example, dedentAll(example.files));
  return [...defectsOf(outcome), ...compareLines(describe(outcome.findings), [])];
}

async function testUnknown(rule: Rule, example: Example): Promise<string[]> {
  const { outcome } = await lintExample(rule, example, dedentAll(example.files));
  const isCounted = outcome.coverage.skippedRules.has(rule.id);
  return [...defectsOf(outcome), ...compareLines(describe(outcome.findings), []), ...(isCounted ? [] : ['nothing is counted as skipped'])];
}

async function lintExample(rule: Rule, { options, preset }: Example, files: Files, isFixed = false): Promise<{ outcome: LintOutcome; files: Files }> {
  const workspace = memoryWorkspace(files);
  const config = defaultConfig(preset ?? firstPreset(rule));
  const outcome = await lint({
    workspace,
    config: { ...config, rules: new Map(options && [[rule.id, { options }]]) },
    rules: [rule],
    only: [rule.id],
    repository: { remotes: [], isWorkTree: true },
    today: '2026-01-01',
    ...(isFixed && { fix: 'all' }),
  });
  const texts = Object.keys(files).map(path => [path, workspace.read(path, Number.POSITIVE_INFINITY).text ?? files[path] ?? '']);
  return { outcome, files: Object.fromEntries(texts) };
}

function firstPreset({ presets }: Rule): Preset {
  return (['recommended', 'strict', 'regulated'] as const).find(preset => presets[preset]) ?? 'recommended';
}

function describe(findings: readonly Finding[]): string[] {
  return findings.map(({ at: { path, start }, message }) => `${path}:${start.line}:${start.column} ${message}`);
}

function defectsOf({ defects }: LintOutcome): string[] {
  return defects.map(({ path, error }) => `throws${path === undefined ? '' : ` at ${path}`}: ${error instanceof Error ? error.stack : error}`);
}

function compareLines(found: readonly string[], expected: readonly string[]): string[] {
  return [
    ...expected.filter(line => !found.includes(line)).map(line => `is missing: ${line}`),
    ...found.filter(line => !expected.includes(line)).map(line => `is too much: ${line}`),
    ...(found.length === expected.length || found.some(line => !expected.includes(line)) ? [] : ['a line is found more than once or in vain']),
  ];
}

function dedentAll(files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, dedent(text)]));
}

/** Drops the line break that a text begins with, the indentation that its lines share, and the one that ends it. */
function dedent(text: string): string {
  const isIndented = text.startsWith('\n');
  const lines = (isIndented ? text.slice(1).replace(/[ \t]*$/, '') : text).split('\n');
  const indents = lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map(line => (line.trim() === '' ? line.slice(Math.min(indent, line.length)) : line.slice(indent))).join('\n');
}
