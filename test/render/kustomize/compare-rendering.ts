import { parseAllDocuments } from 'yaml';
import { isFields } from '../../../src/core/fields.ts';
import type { FieldPath } from '../../../src/core/place.ts';
import type { RenderedObject } from '../../../src/core/rendering.ts';
import type { RecordedResult } from './read-cases.ts';

/** What we make of a root, as far as kustomize can be asked about it. */
export interface ComparedRendering {
  readonly objects: readonly RenderedObject[];
  readonly errors: readonly { readonly message: string }[];
  readonly partial: readonly { readonly reason: string }[];
}

/** How a rendering stands to what kustomize says of the same root. */
export type Verdict =
  | { readonly is: 'identical' | 'refused' }
  | { readonly is: 'partial'; readonly reasons: readonly string[] }
  | { readonly is: 'different'; readonly difference: string };

/**
 * Identical: the same objects as data, in the same order. Refused: by both. Partial: we say that we cannot know.
 * Everything else is different, with the first difference.
 */
export function compareRendering({ objects, errors, partial }: ComparedRendering, recorded: RecordedResult): Verdict {
  if (partial.length > 0) return { is: 'partial', reasons: [...new Set(partial.map(({ reason }) => reason))] };
  const [error] = errors;
  if ('error' in recorded) return error ? { is: 'refused' } : different(`kustomize refuses: ${recorded.error}`);
  if (error) return different(`only we refuse: ${error.message}`);
  const expected = readOutput(recorded.output);
  const rendered = objects.map(({ value }) => value);
  const names = rendered.map(nameOf);
  const expectedNames = expected.map(nameOf);
  const index = expectedNames.findIndex((name, at) => name !== names[at]);
  if (index >= 0 || names.length !== expectedNames.length)
    return different(
      `object ${Math.max(index, 0)}: ${names[index] ?? 'none'}, not ${expectedNames[index] ?? 'none'}; ${names.length} of ${expectedNames.length} objects`,
    );
  for (const [at, value] of expected.entries()) {
    const difference = firstDifference(rendered[at], value, []);
    if (difference !== undefined) return different(`${nameOf(value)} ${difference}`);
  }
  return { is: 'identical' };
}

function different(difference: string): Verdict {
  return { is: 'different', difference };
}

/** The objects that kustomize prints, as the `yaml` package reads them: no code of ours is on this side. */
function readOutput(output: string): readonly unknown[] {
  return parseAllDocuments(output, { uniqueKeys: false })
    .map(document => document.toJS({ maxAliasCount: -1 }) as unknown)
    .filter(value => value !== null);
}

function nameOf(value: unknown): string {
  if (!isFields(value)) return String(value);
  const metadata = isFields(value.metadata) ? value.metadata : {};
  return [value.apiVersion, value.kind, metadata.namespace ?? '', metadata.name].join(' ');
}

/** Where two values differ first, in the order of the expected one's keys; keys may stand in any order. */
function firstDifference(rendered: unknown, expected: unknown, field: FieldPath): string | undefined {
  if (Array.isArray(rendered) && Array.isArray(expected)) {
    for (let index = 0; index < Math.max(rendered.length, expected.length); index++) {
      const difference = firstDifference(rendered[index], expected[index], [...field, index]);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  if (isFields(rendered) && isFields(expected)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(rendered)])) {
      const difference = firstDifference(rendered[key], expected[key], [...field, key]);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  return Object.is(rendered, expected) ? undefined : `${field.join('.')}: ${describe(rendered)}, not ${describe(expected)}`;
}

function describe(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200);
}
