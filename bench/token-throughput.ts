import { defaultConfig } from '../src/config/load-config.ts';
import { loadFiles } from '../src/load-files.ts';
import { findTokens } from '../src/secrets/find-tokens.ts';
import { tokenPatterns } from '../src/secrets/tokens/all-patterns.ts';
import { assignment } from '../src/secrets/tokens/assignment.ts';
import type { TokenPattern } from '../src/secrets/tokens/token-pattern.ts';
import { diskWorkspace } from '../src/workspace/disk-workspace.ts';
import { median } from './measure.ts';

export interface TokenThroughput {
  readonly files: number;
  readonly megabytes: number;
  /** Megabytes a second. */
  readonly ours: number;
  /** The same of every expression over every text. */
  readonly naive: number;
}

/** What the slow way gets of all texts: enough of them that its time can be measured. */
const naiveMegabytes = 1;

/** How fast the texts of a repository are searched for tokens, with keywords first and with every expression over every text. */
export async function tokenThroughput(root: string, rounds: number): Promise<TokenThroughput> {
  const workspace = diskWorkspace(root);
  const { files } = loadFiles(await workspace.list(), workspace, defaultConfig());
  const texts = files.map(({ text }) => text);
  const megabytes = sizeOf(texts);
  const expressions = tokenPatterns.map(globalExpression);
  const some = texts.filter((_, index) => index % Math.ceil(megabytes / naiveMegabytes) === 0);
  const times = { ours: [] as number[], naive: [] as number[] };
  // The compiler of JavaScript has to see some work before it does any.
  for (let pass = 0; pass < 5; pass++) for (const text of texts) findTokens(text, '2026-01-01');
  for (let round = 0; round < rounds; round++) {
    times.ours.push(timeOf(texts, text => findTokens(text, '2026-01-01')));
    times.naive.push(timeOf(some, text => expressions.map(expression => Array.from(text.matchAll(expression)).length)));
  }
  return { files: files.length, megabytes, ours: (1000 * megabytes) / median(times.ours), naive: (1000 * sizeOf(some)) / median(times.naive) };
}

/** What is assigned has one of its keywords in the key. */
function globalExpression({ expression, isAssigned, keywords }: TokenPattern): RegExp {
  return isAssigned ? new RegExp(`(?:${keywords.join('|')})${assignment.source}(?:${expression.source})`, 'gi') : new RegExp(expression.source, 'g');
}

function sizeOf(texts: readonly string[]): number {
  return texts.reduce((sum, { length }) => sum + length, 0) / 1e6;
}

/** The time of the processor, in milliseconds: what else the machine does counts for neither. */
function timeOf(texts: readonly string[], task: (text: string) => void): number {
  const start = process.cpuUsage();
  for (const text of texts) task(text);
  return process.cpuUsage(start).user / 1000;
}
