import type { Provenance } from '../../core/rendering.ts';
import { child, type Traced, withChild } from './traced.ts';

/**
 * Kustomize puts the same node under every label or annotation that it adds to an object: what changes one of them later
 * changes all. Gives the value with another one wherever a node stands.
 */
export function replaceShared(traced: Traced, node: Provenance, replacement: Traced): Traced {
  return mapShared(traced, held => (held.provenance === node ? replacement : held));
}

/** The value with no node in two places: so it is once it has been written and read again. */
export function unshare(traced: Traced): Traced {
  return mapShared(traced, ({ value, provenance: { isShared: _, ...provenance } }) => ({ value, provenance }));
}

/** Only what is listed among the children can be shared. */
function mapShared(traced: Traced, map: (held: Traced) => Traced): Traced {
  const { children, isShared } = traced.provenance;
  if (isShared) return map(traced);
  if (children === undefined) return traced;
  let mapped = traced;
  for (const name of Object.keys(children)) {
    const key = Array.isArray(mapped.value) ? Number(name) : name;
    const held = child(mapped, key);
    const next = held && mapShared(held, map);
    if (held === undefined || next === undefined || next === held || (next.value === held.value && next.provenance === held.provenance)) continue;
    const value: unknown = Array.isArray(mapped.value)
      ? mapped.value.with(Number(key), next.value)
      : { ...(mapped.value as object), [key]: next.value };
    mapped = { value, provenance: withChild(mapped.provenance, key, next.provenance) };
  }
  return mapped;
}
