import { expect, test } from 'vitest';
import { defaultConfig } from '../../../src/config/default-config.ts';
import { originsOf } from '../../../src/core/rendering.ts';
import { loadFiles } from '../../../src/load-files.ts';
import { decodeText } from '../../../src/workspace/decode-text.ts';
import { createRandom } from '../../tools/random.ts';
import { findUntrueOrigins } from './find-untrue-origins.ts';
import { readCases } from './read-cases.ts';
import { renderCase } from './render-case.ts';

test('whoever changes the text at the origin of a field changes the field', () => {
  const random = createRandom(1);
  const byWriter = new Map<string, number>();
  const untrue: string[] = [];
  for (const { topic, name, files: contents, root } of readCases()) {
    const listing = { files: Object.keys(contents).sort(), skipped: [], links: new Map(), notes: [] };
    const { files } = loadFiles(listing, { read: path => decodeText(path, contents[path] ?? Buffer.alloc(0)) }, defaultConfig());
    const check = findUntrueOrigins({ files: new Map(files.map(file => [file.path, file])), listing, roots: [root], count: 4, random });
    for (const [by, count] of check.byWriter) byWriter.set(by, (byWriter.get(by) ?? 0) + count);
    untrue.push(...check.untrue.map(leaf => `${topic}, ${name}: ${leaf}`));
  }
  // Kustomize empties a list with an item that lacks its key, whatever else is in it.
  expect(untrue.filter(leaf => !leaf.startsWith('strategic-merge, an element without its key:'))).toEqual([]);
  const writers = [
    'resource',
    'generator',
    'patch',
    'namespace',
    'name-prefix',
    'name-suffix',
    'name-hash',
    'name-reference',
    'label',
    'annotation',
    'image',
  ];
  expect([...byWriter.keys()]).toEqual(expect.arrayContaining([...writers, 'replicas', 'replacement', 'variable', 'build-metadata']));
}, 60_000);

const base = { 'base/kustomization.yaml': 'resources: [web.yaml]\n' };
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: nginx:1.0
`;

/** `by path:field` for each writer, the last one first. */
function writersOf(files: Readonly<Record<string, string>>, ...field: readonly (string | number)[]): string[] {
  const bytes = Object.fromEntries(
    Object.entries({ ...base, 'base/web.yaml': deployment, ...files }).map(([path, text]) => [path, Buffer.from(text)]),
  );
  const [object] = renderCase({ files: bytes, root: 'overlay', isRestricted: false }).objects;
  if (object === undefined) throw new Error('nothing is rendered');
  return originsOf(object, field).map(
    ({ by, at }) => `${by} ${at.path}${'field' in at ? `:${at.field.join('.')}` : 'start' in at ? `@${at.start}` : ''}`,
  );
}

const image = ['spec', 'template', 'spec', 'containers', 0, 'image'] as const;

test('the last writer comes first, then those before it', () => {
  const kustomization = `resources: [../base]
patches: [{path: patch.yaml}]
images: [{name: nginx, newTag: "3"}]
`;
  const patch =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: web, image: nginx:2}]}}}\n';
  expect(writersOf({ 'overlay/kustomization.yaml': kustomization, 'overlay/patch.yaml': patch }, ...image)).toEqual([
    'image overlay/kustomization.yaml:images.0.newTag',
    'patch overlay/patch.yaml:spec.template.spec.containers.0.image',
    'resource base/web.yaml:spec.template.spec.containers.0.image',
  ]);
});

test('a field of an inline patch is found in the text that holds the patch', () => {
  const kustomization = `resources: [../base]
patches:
  - patch: |-
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web}
      spec:
        replicas: 3
`;
  expect(writersOf({ 'overlay/kustomization.yaml': kustomization }, 'spec', 'replicas')).toEqual([
    `patch overlay/kustomization.yaml@${kustomization.indexOf('3')}`,
  ]);
});

test('who adds to a collection is a writer of it, and not of what was there', () => {
  const kustomization = 'resources: [../base]\ncommonAnnotations: {team: a}\npatches: [{path: patch.yaml}]\n';
  const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {paused: true}\n';
  const files = { 'overlay/kustomization.yaml': kustomization, 'overlay/patch.yaml': patch };
  expect(writersOf(files, 'spec')).toEqual(['patch overlay/patch.yaml:spec.paused', 'resource base/web.yaml:spec']);
  expect(writersOf(files, ...image)).toEqual(['resource base/web.yaml:spec.template.spec.containers.0.image']);
  expect(writersOf(files, 'kind')).toEqual(['resource base/web.yaml:kind']);
  expect(writersOf(files, 'metadata', 'annotations', 'team')).toEqual(['annotation overlay/kustomization.yaml:commonAnnotations.team']);
});
