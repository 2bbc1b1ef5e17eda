/** Whether a pattern such as `secrets/*`, in which `*` stands for any text, names the rule. Linear, whatever the pattern. */
export function matchesRule(pattern: string, ruleId: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return pattern === ruleId;
  if (!ruleId.startsWith(first) || !ruleId.endsWith(last)) return false;
  let position = first.length;
  for (const part of rest) {
    const found = ruleId.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return position <= ruleId.length - last.length;
}
