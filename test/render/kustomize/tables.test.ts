import { expect, test } from 'vitest';
import tables from '../../../schemas/kustomize.json' with { type: 'json' };
import { kustomizeVersion } from '../../tools/kustomize/kustomize-version.ts';

interface MergedField {
  readonly keys?: readonly string[];
  readonly items?: string;
  readonly value?: string;
}

const definitions = new Map<string, Readonly<Record<string, MergedField>>>(Object.entries(tables.merge.definitions));
const fieldSpecs: Readonly<Record<string, readonly object[]>> = tables.fieldSpecs;

test('the tables are of the release that the recorded cases come from', () => {
  expect(tables.kustomize).toBe(kustomizeVersion);
});

test.each(Object.keys(fieldSpecs))('%s says which fields it is about', transformer => {
  const specs = (fieldSpecs[transformer] ?? []).flatMap(entry => ('fieldSpecs' in entry ? (entry.fieldSpecs as object[]) : [entry]));
  expect(specs.length).toBeGreaterThan(0);
  for (const spec of specs) expect(spec).toEqual(expect.objectContaining({ path: expect.stringMatching(/^[A-Za-z]+(\[\])?(\/[^/]+)*$/) }));
});

test('a merged list is where a definition leads, and every definition leads to one', () => {
  const leadsToList = (name: string, passed: readonly string[] = []): boolean =>
    !passed.includes(name) &&
    Object.values(definitions.get(name) ?? {}).some(({ keys, value }) => keys !== undefined || leadsToList(value ?? '', [...passed, name]));
  for (const name of definitions.keys()) expect([name, leadsToList(name)]).toEqual([name, true]);
  for (const { items, value } of [...definitions.values()].flatMap(fields => Object.values<MergedField>(fields)))
    for (const name of [items, value]) if (name !== undefined) expect(definitions.has(name)).toBe(true);
  const kinds: Readonly<Record<string, Readonly<Record<string, string>>>> = tables.merge.kinds;
  for (const name of Object.values(kinds).flatMap(byKind => Object.values(byKind))) expect(definitions.has(name)).toBe(true);
});

test('what everyone relies on is there', () => {
  const podSpec = definitions.get('io.k8s.api.core.v1.PodSpec');
  expect(podSpec?.containers).toEqual({ keys: ['name'], items: 'io.k8s.api.core.v1.Container' });
  expect(definitions.get('io.k8s.api.core.v1.Container')?.ports).toEqual({ keys: ['containerPort', 'protocol'] });
  expect(definitions.get('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta')?.finalizers).toEqual({ keys: [] });
  expect(tables.clusterScoped.v1).toContain('Namespace');
  expect(tables.kindOrder.first[0]).toBe('Namespace');
});
