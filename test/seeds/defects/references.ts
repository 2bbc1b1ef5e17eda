import path from 'node:path/posix';
import { addFields, addItem, childrenOf, replaceField, swapLetters } from '../edit-text.ts';
import { fieldAt, isFluxKustomization, isKustomization, kustomizationIn, type Mention, mentionsIn } from '../mentions.ts';
import type { Field, Repository } from '../read-repository.ts';
import type { Defect, Seeder, Seeders } from '../seed.ts';

/** What is mentioned by its path, as the kinds of mistakes call it. */
const things: Readonly<Record<string, (mention: Mention) => boolean>> = {
  'a resource': ({ kind, isFolder }) => kind === 'resource' && !isFolder,
  'a base': ({ kind, isFolder }) => kind === 'resource' && isFolder,
  'a component': ({ kind }) => kind === 'component',
  'a patch': ({ kind }) => kind === 'patch',
  "a generator's file": ({ kind }) => kind === 'generator',
  'a path of Flux': ({ kind }) => kind === 'flux',
  'a path of Argo CD': ({ kind }) => kind === 'argocd',
  'a values file': ({ kind }) => kind === 'values',
};

export const referenceDefects: Seeders<Defect> = {
  ...eachThing('is deleted', deleteTarget),
  ...eachThing('is misspelt', (_, mention) => rewrite(mention, swapLetters(mention.written), 'reference/missing-path')),
  'upper and lower case differ': function* (repository) {
    for (const mention of mentionsIn(repository)) {
      yield* rewrite(
        mention,
        mention.written.replace(/[a-z](?=[^/]*\/?$)/, letter => letter.toUpperCase()),
        'reference/missing-path',
      );
    }
  },
  'a path leaves the repository': function* (repository) {
    for (const mention of mentionsIn(repository)) {
      const out = '../'.repeat(mention.from.split('/').filter(Boolean).length + 1);
      yield* rewrite(mention, `${out}elsewhere/${path.basename(mention.target)}`, 'reference/path-escape');
    }
  },
  'the kustomization of a base is deleted': function* (repository) {
    for (const { field, kind, target, isFolder } of mentionsIn(repository)) {
      const base = isFolder && (kind === 'resource' || kind === 'component') ? kustomizationIn(repository, target) : undefined;
      if (base === undefined) continue;
      yield {
        files: { [base.path]: undefined },
        expected: [{ ruleId: 'reference/missing-path', path: field.document.path, line: field.line }],
      };
    }
  },
  'a kustomization lists itself': function* ({ documents }) {
    for (const document of documents.filter(isKustomization)) {
      const added = addItem(document, ['resources'], '.');
      if (added) yield { files: { [document.path]: added.text }, expected: [{ ruleId: 'reference/cycle', path: document.path, line: added.line }] };
    }
  },
  'a base includes its overlay': function* (repository) {
    for (const { field, kind, isFolder, target } of mentionsIn(repository)) {
      const base = kind === 'resource' && isFolder ? kustomizationIn(repository, target) : undefined;
      const added = base && addItem(base, ['resources'], path.relative(target, path.dirname(field.document.path)));
      if (added === undefined || base === undefined) continue;
      yield {
        files: { [base.path]: added.text },
        expected: [
          { ruleId: 'reference/cycle', path: base.path, line: added.line },
          { ruleId: 'reference/cycle', path: field.document.path, line: field.line },
        ],
      };
    }
  },
  'Flux units wait for each other': function* ({ documents }) {
    const units = documents.filter(document => isFluxKustomization(document) && document.siblings === 1);
    for (const unit of units) {
      for (const dependency of childrenOf(unit, ['spec', 'dependsOn'])) {
        const name = fieldAt(unit, ...dependency.keys, 'name');
        const other = units.find(({ path: file, value }) => path.dirname(file) === path.dirname(unit.path) && nameOf(value) === name?.value);
        if (name === undefined || other === undefined || fieldAt(other, 'spec', 'dependsOn')) continue;
        const added = addFields(other, ['spec'], 'dependsOn:', `  - name: ${nameOf(unit.value)}`);
        if (added === undefined) continue;
        yield {
          files: { [other.path]: added.text },
          expected: [
            { ruleId: 'reference/cycle', path: other.path, line: added.line + 1 },
            { ruleId: 'reference/cycle', path: unit.path, line: name.line },
          ],
        };
      }
    }
  },
  'a path of an ApplicationSet is misspelt': function* ({ documents }) {
    for (const document of documents) {
      if (document.kind !== 'ApplicationSet') continue;
      for (const field of document.fields) {
        if (field.keys.at(-1) !== 'path' || typeof field.value !== 'string' || !field.value.includes('/')) continue;
        const [top = ''] = field.value.split('/');
        yield {
          files: { [document.path]: replaceField(field, swapLetters(top), top) },
          expected: [{ ruleId: 'reference/missing-path', path: document.path, line: field.line }],
        };
      }
    }
  },
};

function eachThing(mistake: string, plant: (repository: Repository, mention: Mention) => Iterable<Defect>): Seeders<Defect> {
  return Object.fromEntries(
    Object.entries(things).map(([thing, isMeant]): [string, Seeder<Defect>] => [
      `${thing} ${mistake}`,
      function* (repository) {
        for (const mention of mentionsIn(repository)) if (isMeant(mention)) yield* plant(repository, mention);
      },
    ]),
  );
}

function* deleteTarget({ files }: Repository, { field, target }: Mention): Iterable<Defect> {
  const gone = Object.keys(files).filter(file => file === target || file.startsWith(`${target}/`));
  if (gone.includes(field.document.path)) return;
  yield {
    files: Object.fromEntries(gone.map(file => [file, undefined])),
    expected: [{ ruleId: 'reference/missing-path', path: field.document.path, line: field.line }],
  };
}

function* rewrite({ field, written }: Mention, by: string, ruleId: string): Iterable<Defect> {
  if (by === written) return;
  const { path: file } = field.document;
  yield { files: { [file]: replaceField(field, by, written) }, expected: [{ ruleId, path: file, line: field.line }] };
}

function nameOf(value: unknown): unknown {
  return (value as { readonly metadata?: { readonly name?: Field['value'] } }).metadata?.name;
}
