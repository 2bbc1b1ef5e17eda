import { valueAt } from './fields.ts';
import type { SchemaProblem } from './schema.ts';

/**
 * What shell, template and deployment tools replace, `$NAME`, `${NAME}`, `$(NAME)`, `$[[ name ]]`, `{{ name }}`, `[[ name ]]`, `((name))`,
 * `#{name}#`, `<name>`, `__NAME__`, `@NAME@`, `%NAME%`, what people write where something is to be put, `FROM_OVERLAY`, `CHANGEME` and
 * `XXX`, and what SOPS decrypts.
 */
const placeholder =
  /\$[{([]|\$\w|\{\{|\[\[|\(\(|#\{|<%|<[\w-]+>|__\w+__|@\w+@|%\w+%|\bx{3,8}\b|^ENC\[|^(?:change-?me|placeholder|replace-?me|to-?do)$/i;
const constant = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

export function hasPlaceholder(text: string): boolean {
  return placeholder.test(text) || constant.test(text);
}

/** Whether the key or value that a problem is about is filled in before anybody reads it: then it cannot be judged. */
export function isFilledInLater(root: unknown, { field, part }: Pick<SchemaProblem, 'field' | 'part'>): boolean {
  const judged = part === 'key' ? field.at(-1) : valueAt(root, field);
  return typeof judged === 'string' && hasPlaceholder(judged);
}
