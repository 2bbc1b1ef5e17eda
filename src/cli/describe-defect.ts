/**
 * What is said of an error that is no fault of the user. Its message may quote the repository, so it is never shown: only its
 * name and the line of gitops-lint that threw, or with `GITOPS_LINT_DEBUG=1` the whole way there.
 */
export function describeDefect(error: unknown, env: Readonly<Record<string, string | undefined>>, where = ''): string {
  const frames = error instanceof Error ? framesOf(error) : [];
  const name = error instanceof Error ? error.name : typeof error;
  const shown = env.GITOPS_LINT_DEBUG ? frames : frames.slice(0, 1);
  return [
    `gitops-lint: this is a defect of gitops-lint${where}: ${name}`,
    ...shown.map(frame => `    ${frame}`),
    `  please report it, with what ${env.GITOPS_LINT_DEBUG ? 'stands here: it holds nothing of your files' : 'GITOPS_LINT_DEBUG=1 prints'}`,
    '',
  ].join('\n');
}

/** `at name (place:line:column)`; what a message of several lines says stands before them. */
function framesOf({ message, stack = '' }: Error): readonly string[] {
  const start = stack.indexOf(message);
  // A message that was changed later stands in the stack as it was.
  const lines = start < 0 ? [] : stack.slice(start + message.length).split('\n');
  return lines.map(line => line.trim()).filter(line => /^at (?:async )?[\w$.<>[\] ]*\(?[^\s()]+:\d+:\d+\)?$/.test(line));
}
