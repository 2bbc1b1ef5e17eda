import type { Fields } from '../../core/fields.ts';

/** A parameter as values, or why it cannot be told: https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set */
export function readParameter(name: string, value: unknown, isText: boolean): { readonly known: Fields } | { readonly unknown: string } {
  const keys = splitName(name);
  if (keys === undefined) return { unknown: `the parameter "${name}" sets an item of a list` };
  return { known: keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), typedValue(value, isText)) as Fields };
}

/** The keys of a dotted name, in which `\.` is a dot; undefined where it has an index. */
function splitName(name: string): string[] | undefined {
  if (/[[\]{},=]/.test(name) || name === '') return undefined;
  const keys = name.replaceAll('\\.', '\u0001').split('.');
  return keys.map(key => key.replaceAll('\u0001', '.').replaceAll('\\', ''));
}

/** Helm reads `true`, `false`, `null`, whole numbers and `{a,b}`; everything else is text. */
function typedValue(value: unknown, isText: boolean): unknown {
  const text = typeof value === 'string' ? value : String(value ?? '');
  if (isText) return text;
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (/^(0|-?[1-9]\d{0,15})$/.test(text)) return Number(text);
  const list = /^\{(.*)\}$/s.exec(text);
  return list ? (list[1] ?? '').split(',').map(item => typedValue(item.trim(), false)) : text;
}
