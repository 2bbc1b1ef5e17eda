import { isFields } from '../../core/fields.ts';
import type { FieldPath, FieldPlace } from '../../core/place.ts';
import type { Writer, Writers } from '../../core/rendering.ts';
import { type Accumulator, replaceResources, type Variable } from './accumulator.ts';
import { splitFieldPath } from './field-path.ts';
import { findFields, specsFor } from './field-specs.ts';
import type { VariableEntry } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import { effectiveNamespace, identities, type Resource, sameGvk, splitApiVersion, withContent } from './resource.ts';
import { child, replaceAt, type Traced } from './traced.ts';
import type { TransformContext } from './transform.ts';

/** Adds the `vars` of a kustomization, and marks the objects that they take their values from. */
export function addVariables(accumulator: Accumulator, entries: readonly VariableEntry[], at: FieldPlace): void {
  for (const [index, entry] of entries.entries()) {
    const variable: Variable = { ...entry, at: { ...at, field: [...at.field, index] } };
    const { apiVersion = '', name = '', namespace = '', ...gvk } = entry.objref ?? {};
    const { group = '', version = '', kind = '' } = apiVersion === '' ? gvk : { ...gvk, ...splitApiVersion(apiVersion) };
    const wanted = { group, version, kind };
    const matches = accumulator.resources.filter(resource =>
      identities(resource).some(
        id =>
          id.name === name &&
          sameGvk(id, wanted) &&
          (namespace === '' || effectiveNamespace({ ...id, namespace }, never) === effectiveNamespace(id, never)),
      ),
    );
    const [found, second] = matches;
    if (second !== undefined) throw new Refusal(variable.at, `several objects are the one of the variable "${entry.name ?? ''}"`);
    if (found !== undefined) {
      const marked = { ...found, variables: [...found.variables, entry.name ?? ''] };
      accumulator.resources = replaceResources(accumulator.resources, new Map([[found, marked]]));
    }
    mergeVariables(accumulator, [variable]);
  }
}

function never(): boolean {
  return false;
}

/** A name stands for one variable. */
export function mergeVariables(accumulator: Accumulator, added: readonly Variable[]): void {
  for (const variable of added) {
    if (accumulator.variables.some(({ name }) => name === variable.name)) {
      throw new Refusal(variable.at, `the variable "${variable.name ?? ''}" is there already`);
    }
    accumulator.variables = [...accumulator.variables, variable];
  }
}

/** Writes the values of the variables in the place of `$(NAME)`. */
export function resolveVariables(accumulator: Accumulator, context: TransformContext): void {
  const { variables, configuration } = accumulator;
  if (variables.length === 0) return;
  const values = new Map<string, Traced>();
  for (const variable of variables) {
    const value = variableValue(variable, accumulator.resources, context);
    if (value !== undefined) values.set(variable.name ?? '', value);
  }
  accumulator.resources = accumulator.resources.map(resource => {
    let content: Traced = resource;
    for (const spec of specsFor(configuration.varReference, resource.id)) {
      const found = findFields(content.value, spec, true);
      if ('wrongWay' in found)
        throw new Refusal(resource.provenance.writers.writer.at, `variables are looked for at "${spec.path}": ${found.wrongWay}`);
      for (const { field, value } of found) content = resolveIn(content, field, value, values);
    }
    return withContent(resource, content);
  });
}

function variableValue(
  { name = '', fieldref, at }: Variable,
  resources: readonly Resource[],
  { partial, note }: TransformContext,
): Traced | undefined {
  const resource = resources.find(({ variables }) => variables.includes(name));
  if (resource === undefined) {
    if (partial.length === 0) throw new Refusal(at, `no object is the one of the variable "${name}": correct "objref"`);
    note({ at, reason: `the object of the variable "${name}" is not known here` });
    return undefined;
  }
  let held: Traced | undefined = resource;
  for (const part of splitFieldPath(fieldref?.fieldPath || 'metadata.name')) {
    const [, key = part, index] = /^(.*)\[(\d+)\]$/.exec(part) ?? [];
    if (key !== '') held = held && child(held, Array.isArray(held.value) && /^\d+$/.test(key) ? Number(key) : key);
    if (index !== undefined) held = held && child(held, Number(index));
  }
  if (held === undefined) throw new Refusal(at, `the object of the variable "${name}" has no "${fieldref?.fieldPath ?? ''}"`);
  return held;
}

function resolveIn(content: Traced, field: FieldPath, value: unknown, values: ReadonlyMap<string, Traced>): Traced {
  if (typeof value === 'string') return resolveAt(content, field, value, values);
  if (Array.isArray(value)) {
    return value.reduce<Traced>((resolved, item: unknown, index) => {
      if (typeof item !== 'string')
        throw new Refusal(content.provenance.writers.writer.at, `an item of "${field.join('.')}" is no text: variables are looked for in texts`);
      return resolveAt(resolved, [...field, index], item, values);
    }, content);
  }
  if (!isFields(value)) return content;
  return Object.entries(value).reduce<Traced>(
    (resolved, [key, held]) => (typeof held === 'string' ? resolveAt(resolved, [...field, key], held, values) : resolved),
    content,
  );
}

function resolveAt(content: Traced, field: FieldPath, text: string, values: ReadonlyMap<string, Traced>): Traced {
  if (!text.includes('$')) return content;
  const used: Writer[] = [];
  const resolved = expand(text, name => {
    const value = values.get(name);
    if (value === undefined || (typeof value.value === 'object' && value.value !== null) || value.value === null) return undefined;
    used.push(value.provenance.writers.writer);
    return value.value;
  });
  if (resolved === text) return content;
  return replaceAt(content, field, content.provenance.writers.writer, before => {
    let writers: Writers | undefined = before?.provenance.writers;
    for (const writer of used.toReversed()) writers = { writer: { ...writer, by: 'variable' }, ...(writers && { earlier: writers }) };
    return { value: resolved, provenance: { writers: writers ?? content.provenance.writers } };
  });
}

/** `$(NAME)`, and `$$` for a dollar: https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/refvar/expand.go */
function expand(text: string, valueFor: (name: string) => unknown): unknown {
  let result = '';
  let position = 0;
  while (position < text.length) {
    const dollar = text.indexOf('$', position);
    if (dollar < 0 || dollar === text.length - 1) return result + text.slice(position);
    result += text.slice(position, dollar);
    const next = text.charAt(dollar + 1);
    const close = next === '(' ? text.indexOf(')', dollar) : -1;
    if (close < 0) {
      result += next === '$' ? '$' : `$${next}`;
      position = dollar + 2;
      continue;
    }
    const value = valueFor(text.slice(dollar + 2, close));
    const whole = text.slice(dollar, close + 1);
    if (whole === text && value !== undefined) return value;
    result += value === undefined ? whole : String(value);
    position = close + 1;
  }
  return result;
}
