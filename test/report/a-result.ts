import type { Finding, Location, Severity } from '../../src/core/finding.ts';
import type { Coverage, LintResult, ReportStyle } from '../../src/core/result.ts';
import type { RuleDescriptor } from '../../src/core/rule.ts';
import { positionsIn } from '../../src/report/positions-in.ts';

export const plainStyle: ReportStyle = { toolVersion: '1.2.3', show: 'warning' };

const noCoverage: Coverage = {
  files: 0,
  documents: 0,
  roots: 0,
  skippedFiles: [],
  unclassified: [],
  validated: 0,
  notValidated: {},
  rendered: 0,
  partial: {},
  skippedRules: new Map(),
  mistakes: {
    linting: 'ok',
    secrets: 'ok',
    'all-in-one': 'ok',
    'push-security': 'not-evidenced',
    segregation: 'ok',
    'manual-intervention': 'ok',
  },
};

export const crossReference: RuleDescriptor = {
  id: 'environment/cross-reference',
  severity: 'error',
  summary: 'A file of one environment is used by another.',
  rationale: 'A change of `prod` must not reach [test](https://example.org).',
  mistake: 'segregation',
};

export const plaintextSecret: RuleDescriptor = {
  id: 'secrets/plaintext-manifest',
  severity: 'error',
  summary: 'A Secret holds its value in plain text.',
  rationale: 'Git keeps it forever.',
  mistake: 'secrets',
};

interface ResultParts extends Partial<Omit<LintResult, 'coverage' | 'frameText' | 'sourceText'>> {
  readonly files?: Readonly<Record<string, string>>;
  readonly masked?: Readonly<Record<string, string>>;
  readonly coverage?: Partial<Coverage>;
}

/** A result as the engine would give it, of what the test cares about. */
export function aResult({ files = {}, masked = files, coverage = {}, ...rest }: ResultParts): LintResult {
  return {
    findings: [],
    rules: [crossReference, plaintextSecret],
    environments: [],
    fixesApplied: 0,
    ...rest,
    coverage: { ...noCoverage, ...coverage },
    frameText: path => masked[path],
    sourceText: path => files[path],
  };
}

/** A finding at the first place where `piece` stands in `text`. */
export function aFinding(path: string, text: string, piece: string, parts: Partial<Finding> = {}): Finding {
  return {
    ruleId: crossReference.id,
    severity: 'error' satisfies Severity,
    message: `"${piece}" is wrong: mend it`,
    at: locationOf(path, text, piece),
    related: [],
    environments: [],
    fingerprint: 'f1',
    causes: [],
    ...parts,
  };
}

export function locationOf(path: string, text: string, piece: string): Location {
  const positionOf = positionsIn(text);
  const start = text.indexOf(piece);
  if (start < 0) throw new Error(`"${piece}" is not in the text`);
  return { path, start: positionOf(start), end: positionOf(start + piece.length) };
}
