import path from 'node:path/posix';
import { addFields, addItem, append, childrenOf, replaceField, swapLetters } from '../edit-text.ts';
import { fieldAt, isFluxKustomization, isKustomization, kustomizationIn, type Mention, mentionsIn } from '../mentions.ts';
import type { Repository, YamlDocument } from '../read-repository.ts';
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
  'a field names a file that never was': function* ({ documents }) {
    for (const document of documents.filter(isKustomization)) {
      for (const [key, ...lines] of neverWas) {
        if (key === undefined || fieldAt(document, key)) continue;
        const { text, line } = append(document, `${key}:`, ...lines);
        yield missing(document, text, line + lines.findIndex(item => item.includes('never-was')) + 1);
      }
    }
  },
  'an Application names a file that never was': function* ({ documents }) {
    for (const document of documents.filter(({ kind }) => kind === 'Application')) {
      const helm = fieldAt(document, 'spec', 'source', 'helm') && addFields(document, ['spec', 'source', 'helm'], ...fileParameters);
      if (helm) yield missing(document, helm.text, helm.line + 2);
      const isOverlay = String(fieldAt(document, 'spec', 'source', 'path')?.value).includes('overlays');
      const components = isOverlay ? addFields(document, ['spec', 'source'], 'kustomize:', '  components:', '    - ../never-was') : undefined;
      if (components) yield missing(document, components.text, components.line + 2);
    }
  },
  'a component of Flux never was': function* ({ documents }) {
    for (const document of documents.filter(isFluxKustomization)) {
      const added = addFields(document, ['spec'], 'components:', '  - ../never-was');
      if (added) yield missing(document, added.text, added.line + 1);
    }
  },
  'a chart never was': function* ({ documents }) {
    for (const document of documents.filter(({ path: file }) => file.endsWith('/Chart.yaml'))) {
      const lines = ['- name: never-was', '  version: 1.0.0', '  repository: file://../never-was'];
      const { text, line } = append(document, 'dependencies:', ...lines.map(item => `  ${item}`));
      yield missing(document, text, line + 3);
    }
    for (const document of documents.filter(({ kind }) => kind === 'HelmRelease')) {
      const [chart, source] = ['chart', 'sourceRef'].map(key => fieldAt(document, 'spec', 'chart', 'spec', key));
      if (chart === undefined || source === undefined) continue;
      const inGit = replaceField(source, '{ kind: GitRepository, name: flux-system, namespace: flux-system }\n');
      yield missing(document, `${inGit.slice(0, chart.start)}./charts/never-was${inGit.slice(chart.end)}`, chart.line);
    }
  },
  'a path is one of this machine': function* (repository) {
    for (const mention of mentionsIn(repository)) {
      if (mention.kind === 'resource' || mention.kind === 'patch') yield* rewrite(mention, `/home/me/${mention.target}`, 'reference/path-escape');
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
    const units = documents.filter(isFluxKustomization);
    for (const unit of units) {
      for (const dependency of childrenOf(unit, ['spec', 'dependsOn'])) {
        const name = fieldAt(unit, ...dependency.keys, 'name');
        const other = units.find(
          other => path.dirname(other.path) === path.dirname(unit.path) && fieldAt(other, 'metadata', 'name')?.value === name?.value,
        );
        if (name === undefined || other === undefined || fieldAt(other, 'spec', 'dependsOn')) continue;
        const added = addFields(other, ['spec'], 'dependsOn:', `  - name: ${fieldAt(unit, 'metadata', 'name')?.value}`);
        if (added === undefined) continue;
        const isBelow = other.path === unit.path && added.line <= name.line;
        yield {
          files: { [other.path]: added.text },
          expected: [
            { ruleId: 'reference/cycle', path: other.path, line: added.line + 1 },
            { ruleId: 'reference/cycle', path: unit.path, line: name.line + (isBelow ? 2 : 0) },
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

/** Fields of a kustomization, with the lines below them. */
const neverWas: readonly (readonly string[])[] = [
  ['components', '- ../never-was'],
  ['patches', '- path: never-was.yaml', '  target:', '    kind: Deployment'],
  ['patchesStrategicMerge', '- never-was.yaml'],
  ['patchesJson6902', '- path: never-was.yaml', '  target: { version: v1, kind: Service, name: web }'],
  ['replacements', '- path: never-was.yaml'],
  ['configurations', '- never-was.yaml'],
  ['crds', '- never-was.yaml'],
  ['transformers', '- never-was.yaml'],
  ['configMapGenerator', '- name: settings', '  files:', '  - settings.ini=never-was.ini'],
  ['configMapGenerator', '- name: settings', '  envs:', '  - never-was.env'],
  ['secretGenerator', '- name: settings', '  files: [never-was.txt]'],
  ['helmCharts', '- name: web', '  repo: https://charts.example.org', '  version: 1.0.0', '  valuesFile: never-was.yaml'],
  ['openapi', '  path: never-was.json'],
];
const fileParameters = ['fileParameters:', '  - name: settings', '    path: files/never-was.json'];

function missing({ path: file }: YamlDocument, text: string, line: number): Defect {
  return { files: { [file]: text }, expected: [{ ruleId: 'reference/missing-path', path: file, line }] };
}

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
