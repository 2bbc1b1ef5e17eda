/**
 * What is said of an error that is no fault of the user. Its message may quote the repository, so only its name and the
 * line of gitops-lint that threw are shown; `GITOPS_LINT_DEBUG=1` shows everything.
 */
export function describeDefect(error: unknown, env: Readonly<Record<string, string | undefined>>, where = ''): string {
  const isError = error instanceof Error;
  if (env.GITOPS_LINT_DEBUG) return `gitops-lint: defect${where}: ${isError ? error.stack : String(error)}\n`;
  const frame = isError ? (/^ {4}at .*$/m.exec(error.stack ?? '')?.[0].trim() ?? '') : '';
  const name = isError ? error.name : typeof error;
  return [
    `gitops-lint: this is a defect of gitops-lint${where}: ${name} ${frame}`.trimEnd(),
    '  please report it, with what GITOPS_LINT_DEBUG=1 prints once you have made sure that it holds no secret',
    '',
  ].join('\n');
}
