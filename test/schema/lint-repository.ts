import { rules } from '../../rules/index.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { Finding } from '../../src/core/finding.ts';
import type { LintOutcome } from '../../src/lint.ts';
import { type Files, lintFiles } from '../lint/lint-files.ts';

export type { Files };

const judging = rules.filter(({ id }) => /^(schema|deprecation|helm)\//.test(id));

/** Lints a repository by its own config, with the rules that have to do with schemas; throws where one of them breaks. */
export async function lintRepository(files: Files): Promise<LintOutcome> {
  const config = await loadConfig({ read: path => files[path], rules });
  const outcome = await lintFiles(files, judging, { config });
  const [defect] = outcome.defects;
  if (defect !== undefined) throw defect.error;
  return outcome;
}

/** What is said of a repository, as `path:line:column message`, with the severity where that is no error. */
export async function linesOf(files: Files): Promise<readonly string[]> {
  return (await lintRepository(files)).findings.map(describeFinding);
}

export function describeFinding({ at: { path, start }, severity, message }: Finding): string {
  return `${path}:${start.line}:${start.column} ${severity === 'error' ? '' : `${severity} `}${message}`;
}
