/** What a definition is called since its old name stands for two: the new one says the group. */
const renamed: Readonly<Record<string, string>> = {
  V1Subject: 'RbacV1Subject',
  V1ResourceClaim: 'CoreV1ResourceClaim',
};

/** The name of a definition in the newest version of @kubernetes/client-node that has it. */
export function newestName(name: string): string {
  return renamed[name] ?? name;
}

/** The name of a definition that is called as in `io.k8s.api.apps.v1.Deployment`, or by less of it; `known` has all names. */
export function definitionName(schema: string, known: ReadonlySet<string>): string {
  const [kind = '', version = '', group = ''] = schema.split('.').reverse();
  const name = capitalize(version) + kind;
  const qualified = capitalize(group) + name;
  return known.has(qualified) ? qualified : name;
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
