import { didYouMean } from './did-you-mean.ts';
import { fieldsAt } from './fields.ts';
import type { EntryMatch } from './rendering.ts';

/** The part of a selector that stands in its way, and the value nearest to it that would select something. */
export function nearestObject({ wanted, among }: Pick<EntryMatch, 'wanted' | 'among'>): { readonly key: string; readonly value: string } | undefined {
  const { labelSelector, annotationSelector } = wanted;
  if (labelSelector || annotationSelector) return undefined;
  const identities = among.map(({ value }) => identityOf(value));
  const parts = Object.entries(wanted).filter((part): part is [string, string] => typeof part[1] === 'string' && part[1] !== '');
  for (const [key, written] of parts) {
    const others = parts.filter(([other]) => other !== key);
    const candidates = identities.filter(identity => others.every(([other, value]) => identity[other] === value));
    const values = candidates.map(identity => identity[key] ?? '');
    const value = didYouMean(written, values) ?? (key === 'name' ? values.find(name => isAffixed(written, name)) : undefined);
    if (value) return { key, value };
  }
  return undefined;
}

/** Prefixes and suffixes come after patches: a patch has to name the object without them. */
function isAffixed(written: string, name: string): boolean {
  return name !== '' && (written.startsWith(`${name}-`) || written.endsWith(`-${name}`));
}

function identityOf(object: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const { name, namespace } = fieldsAt(object, 'metadata');
  const apiVersion = String(object.apiVersion ?? '');
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: String(object.kind ?? ''),
    name: String(name ?? ''),
    namespace: String(namespace ?? ''),
  };
}

/** A selector in words: `kind "Deployment" and name "web"`. */
export function describeSelector(wanted: EntryMatch['wanted']): string {
  const parts = Object.entries(wanted).filter(([key, value]) => typeof value === 'string' && value !== '' && key !== 'fieldPath');
  return parts.map(([key, value]) => `${key} "${value}"`).join(' and ');
}
