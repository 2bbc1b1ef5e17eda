import { valueAt } from './fields.ts';
import type { SchemaProblem } from './schema.ts';

/**
 * What shell, template and deployment tools replace, `$NAME`, `${NAME}`, `$(NAME)`, `$[[ name ]]`, `{{ name }}`, `[[ name ]]`, `((name))`,
 * `#{name}#`, `<name>`, `__NAME__`, `@NAME@`, `%NAME%`, what people write where something is to be put, `FROM_OVERLAY`, `NODE_IP/32`, `CHANGEME` and
 * `XXX`, and what SOPS and vals decrypt.
 */
const placeholder =
  /\$[{([]|\$\w|\{\{|\[\[|\(\(|#\{|<%|<[\w-]+>|__\w+__|@\w+@|%\w+%|\bx{3,8}\b|^ENC\[|^ref\+|^(?:change-?me|placeholder|replace-?me|to-?do)$/i;
const constant = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![A-Za-z0-9_])/;

export function hasPlaceholder(text: string): boolean {
  const start = text.length > longest ? text.slice(0, longest) : text;
  return placeholder.test(start) || constant.test(start);
}

const longest = 4096;

/** Whether a part of a value is filled in later; also where it nests too deep to tell. */
export function holdsPlaceholder(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return hasPlaceholder(value);
  if (typeof value !== 'object' || value === null) return false;
  return depth > deepest || Object.values(value).some(child => holdsPlaceholder(child, depth + 1));
}

const deepest = 50;

/** Whether the key or value that a problem is about is filled in before anybody reads it: then it cannot be judged. */
export function isFilledInLater(root: unknown, { field, part }: Pick<SchemaProblem, 'field' | 'part'>): boolean {
  const judged = part === 'key' ? field.at(-1) : valueAt(root, field);
  return typeof judged === 'string' && hasPlaceholder(judged);
}
