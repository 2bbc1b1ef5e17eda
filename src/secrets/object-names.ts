import { fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import type { Repo } from '../core/repo.ts';

/** Tells whether an object has a name, by what the repository defines and generates; worked out for the first that asks. */
export function objectNames(repo: Repo): (name: string) => boolean {
  let names: ReadonlySet<string> | undefined;
  return name => {
    names ??= new Set(namesIn(repo));
    return names.has(name);
  };
}

function* namesIn({ resources, kustomizations }: Repo): Iterable<string> {
  for (const { name, value, kind } of resources) {
    if (name !== undefined) yield name;
    const target = kind === 'ExternalSecret' ? textAt(fieldsAt(fieldsAt(value, 'spec'), 'target'), 'name') : undefined;
    if (target !== undefined) yield target;
  }
  for (const { value } of kustomizations.values()) {
    for (const generator of [...listAt(value, 'secretGenerator'), ...listAt(value, 'configMapGenerator')]) {
      const name = isFields(generator) ? textAt(generator, 'name') : undefined;
      if (name !== undefined) yield name;
    }
  }
}
