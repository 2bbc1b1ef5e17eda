import { isFields } from '../../core/fields.ts';
import type { FieldPath } from '../../core/place.ts';
import type { FieldSpec } from './kustomization.ts';
import { type Gvk, type Identity, isSelectedGvk } from './resource.ts';
import { entryOf } from './traced.ts';

/** The specs of a list that are about a kind; looked up again and again. */
export function specsFor<S extends Partial<Gvk>>(specs: readonly S[], { gvk }: Pick<Identity, 'gvk'>): readonly S[] {
  let ofList = byList.get(specs);
  if (ofList === undefined) {
    ofList = new Map();
    byList.set(specs, ofList);
  }
  let found = ofList.get(gvk);
  if (found === undefined) {
    found = specs.filter(spec => isSelectedGvk(gvk, spec));
    ofList.set(gvk, found);
  }
  // The map of a list holds specs of that list only.
  return found as readonly S[];
}

const byList = new WeakMap<readonly object[], Map<Gvk, readonly object[]>>();

/** A field that a spec leads to. */
export interface FoundField {
  readonly field: FieldPath;
  /** Undefined where the field is to be made. */
  readonly value: unknown;
}

/** Why the way to a field ends. */
export interface WrongWay {
  readonly wrongWay: string;
}

/**
 * The fields of an object that a path such as `spec/template/spec/containers[]/image` leads to, through every item of lists.
 * Missing ones are given too where the spec has `create`, unless `createsNothing`.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/fieldspec/fieldspec.go
 */
export function findFields(object: unknown, spec: FieldSpec, createsNothing = false): readonly FoundField[] | WrongWay {
  let parts = splitSpecs.get(spec);
  if (parts === undefined) {
    parts = splitPath(spec.path ?? '');
    splitSpecs.set(spec, parts);
  }
  const creates = spec.create === true && !createsNothing;
  // Most objects have none of the fields of a spec.
  const first = parts[0] ?? '';
  if (!creates && isFields(object) && entryOf(object, first.endsWith('[]') ? first.slice(0, -2) : first) === undefined) return noFields;
  const found: FoundField[] = [];
  const problem = follow(object, parts, 0, [], creates, found);
  return problem === undefined ? found : { wrongWay: problem };
}

const noFields: readonly FoundField[] = [];
const splitSpecs = new WeakMap<FieldSpec, readonly string[]>();

function follow(
  value: unknown,
  parts: readonly string[],
  depth: number,
  field: readonly (string | number)[],
  creates: boolean,
  into: FoundField[],
): string | undefined {
  const part = parts[depth];
  if (part === undefined) {
    into.push({ field, value });
    return undefined;
  }
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const problem = follow(value[index], parts, depth, [...field, index], creates, into);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  if (!isFields(value)) return `"${field.join('.')}" is neither a mapping nor a list`;
  const isList = part.endsWith('[]');
  const name = isList ? part.slice(0, -2) : part;
  const held = entryOf(value, name);
  if (held === undefined || held === null) {
    if (creates && !isList) {
      const rest = parts.slice(depth);
      // Below what is made nothing is a list yet, and the rest of the way is made too.
      if (rest.slice(1).some(next => next.endsWith('[]'))) return undefined;
      into.push({ field: [...field, ...rest], value: undefined });
    } else if (held === null && depth === parts.length - 1) {
      into.push({ field: [...field, name], value: null });
    }
    return undefined;
  }
  return follow(held, parts, depth + 1, [...field, name], creates, into);
}

/** The parts of a path; a slash behind a backslash is part of a name. */
export function splitPath(path: string, delimiter = '/'): readonly string[] {
  let split = splitPaths.get(delimiter + path);
  if (split === undefined) {
    split = splitAt(path, delimiter);
    if (splitPaths.size > mostSplitPaths) splitPaths.clear();
    splitPaths.set(delimiter + path, split);
  }
  return split;
}

const splitPaths = new Map<string, readonly string[]>();
const mostSplitPaths = 10_000;

function splitAt(path: string, delimiter: string): string[] {
  const pieces = path.split(delimiter);
  if (pieces.length > 1 && pieces[0] === '') pieces.shift();
  const parts: string[] = [];
  for (const piece of pieces) {
    const last = parts.at(-1);
    if (last?.endsWith('\\')) parts[parts.length - 1] = `${last.slice(0, -1)}${delimiter}${piece}`;
    else parts.push(piece);
  }
  return parts;
}
