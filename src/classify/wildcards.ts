/**
 * Whether a pattern matches the whole of a subject, part by part; a wildcard stands for any number of parts.
 * Only the last wildcard is ever tried again, so a hostile pattern costs no more than the product of the lengths.
 */
export function matchesWithWildcards<Part extends string>(
  pattern: ArrayLike<Part>,
  subject: ArrayLike<Part>,
  wildcard: string,
  matches: (part: Part, piece: Part) => boolean,
): boolean {
  let [at, from] = [0, 0];
  let [resumeAt, resumeFrom] = [-1, 0];
  while (from < subject.length) {
    const part = pattern[at];
    const piece = subject[from];
    if (part === wildcard) {
      resumeAt = ++at;
      resumeFrom = from;
    } else if (part !== undefined && piece !== undefined && matches(part, piece)) {
      at++;
      from++;
    } else if (resumeAt >= 0) {
      at = resumeAt;
      from = ++resumeFrom;
    } else {
      return false;
    }
  }
  while (pattern[at] === wildcard) at++;
  return at === pattern.length;
}
