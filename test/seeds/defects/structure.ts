import path from 'node:path/posix';
import { replaceField } from '../edit-text.ts';
import { isKustomization, isManifest, mentionsIn } from '../mentions.ts';
import type { Field, Repository } from '../read-repository.ts';
import type { Defect, Seeders } from '../seed.ts';

/** Mistakes in what stands where, and in what runs. */
export const structureDefects: Seeders<Defect> = {
  'a file is not linked': function* (repository) {
    for (const folder of new Set(
      mentionsIn(repository).flatMap(({ kind, field, target }) =>
        kind === 'resource' && target in repository.files ? path.dirname(field.document.path) : [],
      ),
    )) {
      const file = `${folder}/forgotten-policy.yaml`;
      const text = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: forgotten\nspec:\n  podSelector: {}\n';
      yield { files: { [file]: text }, expected: [{ ruleId: 'structure/orphan-file', path: file, line: 2 }] };
    }
  },
  'a resource is listed no more': function* (repository) {
    const mentions = mentionsIn(repository);
    for (const { kind, field, target, isFolder } of mentions) {
      const resource = repository.documents.find(document => document.path === target);
      const others = mentions.filter(other => other.kind === 'resource' && !other.isFolder && path.dirname(other.target) === path.dirname(target));
      if (kind !== 'resource' || isFolder || resource === undefined || field.column === undefined || others.length < 3) continue;
      if (mentions.filter(mention => mention.target === target).length > 1) continue;
      const lines = field.document.text.split('\n');
      lines.splice(field.line - 1, 1);
      const kindLine = resource.text.split('\n').findIndex(line => line.startsWith('kind:')) + 1;
      yield { files: { [field.document.path]: lines.join('\n') }, expected: [{ ruleId: 'structure/orphan-file', path: target, line: kindLine }] };
    }
  },
  'everything stands in one file': function* ({ documents }) {
    for (const folder of new Set(documents.filter(isManifest).map(({ path: file }) => path.dirname(file)))) {
      const file = path.join(folder, 'all.yaml');
      const apps = ['billing', 'ledger', 'search', 'notify'];
      const objects = Array.from({ length: 24 }, (_, index) => {
        const app = apps[index % apps.length];
        return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${app}-${index}\n  labels:\n    app.kubernetes.io/name: ${app}\ndata:\n  order: "${index}"\n`;
      });
      yield { files: { [file]: objects.join('---\n') }, expected: [{ ruleId: 'structure/monolithic-manifest', path: file, line: 1 }] };
    }
  },
  'a file is longer than anybody reads': function* ({ documents }) {
    for (const folder of new Set(documents.filter(isManifest).map(({ path: file }) => path.dirname(file)))) {
      const file = path.join(folder, 'rules.yaml');
      const rule = (index: number) => `    - action: allow\n      port: ${1024 + index}\n      note: number ${index}\n`;
      const policy = (name: string) =>
        `apiVersion: policy.example.org/v1\nkind: Policy\nmetadata:\n  name: ${name}\nspec:\n  rules:\n${Array.from({ length: 260 }, (_, index) => rule(index)).join('')}`;
      yield {
        files: { [file]: `${policy('north')}---\n${policy('south')}` },
        expected: [{ ruleId: 'structure/monolithic-manifest', path: file, line: 1 }],
      };
    }
  },
  'a manifest stands outside of the layout': function* ({ files }) {
    const folders = new Set(Object.keys(files).map(file => file.split('/')[0]));
    // The layouts that are known by their folders at the root.
    if (
      ![
        ['apps', 'infrastructure', 'environments'],
        ['apps', 'infrastructure', 'clusters'],
      ].some(names => names.every(name => folders.has(name)))
    )
      return;
    for (const file of ['final.yaml', 'k8s/new/ledger-final.yaml']) {
      const text = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: ledger\nspec:\n  ports:\n    - port: 80\n';
      yield { files: { [file]: text }, expected: [{ ruleId: 'structure/layout', path: file, line: 1 }] };
    }
  },
  'an image moves with its tag': function* (repository) {
    for (const field of images(repository, 'containers')) yield setImage(field, `${nameOf(field)}:latest`);
  },
  'an image has no tag': function* (repository) {
    for (const field of images(repository, 'containers')) if (nameOf(field) !== field.value) yield setImage(field, nameOf(field));
  },
  'an image of an init container moves with its tag': function* (repository) {
    for (const field of images(repository, 'initContainers')) yield setImage(field, `${nameOf(field)}:latest`);
  },
  'a workload with an image that moves is added': function* ({ documents }) {
    for (const folder of new Set(documents.filter(isManifest).map(({ path: file }) => path.dirname(file)))) {
      const file = path.join(folder, 'sweeper.yaml');
      for (const image of [
        'registry.example.org:5000/sweeper',
        'sweeper',
        'sweeper:main',
        'registry.example.org/tools/sweeper:stable',
        '"sweeper:nightly"',
      ]) {
        for (const [kind, head, deep] of podOwners) {
          const lines = [...head, ...['containers:', '- name: sweeper', `  image: ${image}`].map(line => deep + line)];
          const text = `${[`kind: ${kind}`, 'metadata:', '  name: sweeper', 'spec:', ...lines].join('\n')}\n`;
          yield {
            files: { [file]: `apiVersion: ${kind === 'Pod' ? 'v1' : kind.endsWith('Job') ? 'batch/v1' : 'apps/v1'}\n${text}` },
            expected: [{ ruleId: 'workload/mutable-image', path: file, line: head.length + 8 }],
          };
        }
      }
    }
  },
  'a file of the infrastructure mixes domains': function* ({ files }) {
    const folder = Object.keys(files).find(file => /^infrastructure\/networking\//.test(file));
    if (folder === undefined) return;
    const file = 'infrastructure/networking/everything.yaml';
    const text =
      'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: web\n---\napiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata:\n  name: fast\n';
    yield { files: { [file]: text }, expected: [{ ruleId: 'structure/layout', path: file, line: 1 }] };
  },
  'a kustomization sets a tag that moves': function* ({ documents }) {
    for (const { path: file, fields } of documents.filter(isKustomization)) {
      for (const field of fields) {
        if (field.keys[0] !== 'images' || field.keys.at(-1) !== 'newTag') continue;
        yield { files: { [file]: replaceField(field, 'latest') }, expected: [{ ruleId: 'workload/mutable-image', path: file, line: field.line }] };
      }
    }
  },
};

/** Kinds with pods: the lines between their spec and the pod's, and how deep that is. */
const podOwners: readonly (readonly [kind: string, head: readonly string[], indentation: string])[] = [
  ['Pod', [], '  '],
  [
    'DaemonSet',
    ['  selector: { matchLabels: { app: sweeper } }', '  template:', '    metadata: { labels: { app: sweeper } }', '    spec:'],
    '      ',
  ],
  ['CronJob', ['  schedule: "0 4 * * *"', '  jobTemplate:', '    spec:', '      template:', '        spec:'], '          '],
];

/** The images of workloads whose tag no kustomization sets. */
function* images({ documents }: Repository, containers: string): Iterable<Field> {
  const touched = documents.filter(isKustomization).flatMap(({ fields }) => fields.filter(({ keys }) => keys[0] === 'images' && keys[2] === 'name'));
  for (const { kind, fields } of documents) {
    if (!/^(Deployment|StatefulSet|DaemonSet|Job|CronJob)$/.test(kind)) continue;
    for (const field of fields) {
      if (field.keys.at(-1) === 'image' && field.keys.at(-3) === containers && !touched.some(({ value }) => value === nameOf(field))) yield field;
    }
  }
}

/** The name of an image without its tag and digest. */
function nameOf({ value }: Field): string {
  return String(value).replace(/[:@][^/]*$/, '');
}

function setImage(field: Field, by: string): Defect {
  const { path: file } = field.document;
  return {
    files: { [file]: replaceField(field, by, String(field.value)) },
    expected: [{ ruleId: 'workload/mutable-image', path: file, line: field.line }],
  };
}
