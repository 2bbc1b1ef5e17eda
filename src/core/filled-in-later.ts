import type { FieldPath } from './place.ts';
import type { SchemaProblem } from './schema.ts';

/**
 * What shell, template and deployment tools replace, `${NAME}`, `$(NAME)`, `{{ name }}`, `<name>`, `__NAME__`, `@NAME@`,
 * and what SOPS decrypts.
 */
const placeholder = /\$[{(]\w|\{\{|<%|<[\w-]+>|__\w+__|@\w+@|^ENC\[/;

export function hasPlaceholder(text: string): boolean {
  return placeholder.test(text);
}

/** Whether the key or value that a problem is about is filled in before anybody reads it: then it cannot be judged. */
export function isFilledInLater(root: unknown, { field, part }: Pick<SchemaProblem, 'field' | 'part'>): boolean {
  const judged = part === 'key' ? field.at(-1) : valueAt(root, field);
  return typeof judged === 'string' && hasPlaceholder(judged);
}

function valueAt(value: unknown, field: FieldPath): unknown {
  let found = value;
  for (const part of field) found = (found as Readonly<Record<string | number, unknown>> | null | undefined)?.[part];
  return found;
}
