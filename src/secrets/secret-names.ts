import { fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import type { Repo } from '../core/repo.ts';

/** Tells whether a text is the name of a Secret that the repository defines, seals, fetches or generates; worked out for the first that asks. */
export function secretNames(repo: Repo): (name: string) => boolean {
  let names: ReadonlySet<string> | undefined;
  return name => {
    names ??= new Set(namesIn(repo));
    return names.has(name);
  };
}

function* namesIn({ resources, kustomizations }: Repo): Iterable<string> {
  for (const { name, value, kind } of resources) {
    if (!/Secret$/.test(kind)) continue;
    if (name !== undefined) yield name;
    const target = textAt(fieldsAt(fieldsAt(value, 'spec'), 'target'), 'name');
    if (target !== undefined) yield target;
  }
  for (const { value } of kustomizations.values()) {
    for (const generator of listAt(value, 'secretGenerator')) {
      const name = isFields(generator) ? textAt(generator, 'name') : undefined;
      if (name !== undefined) yield name;
    }
  }
}
