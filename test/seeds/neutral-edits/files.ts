import path from 'node:path/posix';
import type { RepoPath } from '../../../src/core/place.ts';
import { insertLines, itemLike, moved, replaceField } from '../edit-text.ts';
import { entriesOf } from '../environments-in-names.ts';
import { isKustomization, isManifest, kustomizationIn, type Mention, mentionsIn } from '../mentions.ts';
import type { Repository } from '../read-repository.ts';
import type { Files, NeutralEdit, Seeders } from '../seed.ts';
import { unindent } from '../unindent.ts';
import { listed } from './listed.ts';

/** Files that come, go and move together with what mentions them. */
export const fileEdits: Seeders<NeutralEdit> = {
  'a file is renamed with its references': function* (repository) {
    const { files } = repository;
    for (const { field, target, written } of mentionedOnce(repository)) {
      const name = path.basename(target);
      yield {
        files: {
          [target]: undefined,
          [path.join(path.dirname(target), `our-${name}`)]: files[target],
          [field.document.path]: replaceField(field, written.replace(name, `our-${name}`), written),
        },
        from: [target],
      };
    }
  },
  'a folder is renamed with its references': function* ({ files }) {
    for (const folder of new Set(
      Object.keys(files).flatMap(file => /^.*\/([a-z]{5,}(-[a-z]+)*)(?=\/(base|overlays|kustomization))/.exec(file)?.[0] ?? []),
    )) {
      const name = path.basename(folder);
      // Only what no other thing is called like can be replaced as a word.
      if (/^(apps|clusters|config|environments|infrastructure|overlays|stage|staging|production|development|controllers|workloads)$/.test(name))
        continue;
      yield renameEverywhere(files, name, `${name}-two`, file => moved(file, folder, `${folder}-two`));
    }
  },
  'a cluster is renamed with its references': function* ({ files }) {
    for (const folder of new Set(Object.keys(files).flatMap(file => /^clusters\/[\w-]+/.exec(file)?.[0] ?? []))) {
      const name = path.basename(folder);
      const by = name.replace(/^(\w+)-(\w+)-(\d+)$/, 'granite-$2-$3').replace(/^(\w+)$/, '$1-north');
      if (by === name) continue;
      const isWhole = by.startsWith('granite');
      yield renameEverywhere(files, isWhole ? name : `clusters/${name}`, isWhole ? by : `clusters/${by}`, file =>
        isWhole ? file.replace(name, by) : moved(file, folder, `clusters/${by}`),
      );
    }
  },
  'an environment is added in the same style': function* ({ files }) {
    for (const word of ['staging', 'stage']) {
      const pattern = new RegExp(`(?<=^|[/_.-])${word}(?=[/_.-]|$)`, 'g');
      const own = Object.keys(files).filter(file => file.search(pattern) >= 0);
      if (own.length === 0) continue;
      const texts = new RegExp(`(?<![\\w])${word}(?![\\w])`, 'g');
      yield { files: Object.fromEntries(own.map(file => [file.replace(pattern, 'qa'), sealAgain(files[file]?.replace(texts, 'qa'))])), from: own };
    }
  },
  'an app is added in the same style': function* ({ files, documents }) {
    for (const name of appNames(files)) {
      const own = Object.keys(files).filter(file => file.split('/').includes(name));
      const rename = (text: string) => text.replace(new RegExp(`(?<![\\w-])${name}(?![\\w])`, 'g'), `${name}-two`);
      const change: Record<RepoPath, string | undefined> = Object.fromEntries(own.map(file => [rename(file), rename(files[file] ?? '')]));
      for (const document of documents.filter(candidate => isKustomization(candidate) && !own.includes(candidate.path))) {
        const item = mentionsIn({ files, documents: [document] }).find(
          mention => mention.kind === 'resource' && mention.target.split('/').includes(name),
        );
        if (item?.field.column === undefined) continue;
        change[document.path] = insertLines(document.text, item.field.line + 1, ...itemLike(item.field, rename(item.written)));
      }
      yield { files: change, from: own };
    }
  },
  'a document is split off': function* (repository) {
    for (const file of new Set(repository.documents.map(document => document.path))) {
      const documents = repository.documents.filter(document => document.path === file);
      const [first, ...others] = (repository.files[file] ?? '').split(/^---\n/m).filter(text => text.trim() !== '');
      if (documents.length < 2 || first === undefined || others.length !== documents.length - 1 || !documents.every(isManifest)) continue;
      const rest = file.replace(/\.ya?ml$/, '-more$&');
      const mentions = mentionsIn(repository).filter(
        ({ kind, target, field }) => kind === 'resource' && target === file && field.column !== undefined,
      );
      if (mentions.length === 0 && kustomizationIn(repository, path.dirname(file))) continue;
      const lists = mentions.map(({ field, written }): [RepoPath, string] => {
        const item = itemLike(field, written.replace(path.basename(file), path.basename(rest)));
        return [field.document.path, insertLines(field.document.text, field.line + 1, ...item)];
      });
      yield { files: { [file]: `${first.trimEnd()}\n`, [rest]: others.join('---\n'), ...Object.fromEntries(lists) }, from: [file] };
    }
  },
  'a patch moves into the kustomization': function* (repository) {
    const { files } = repository;
    for (const { kind, field, target } of mentionedOnce(repository)) {
      if (kind !== 'patch' || field.column === undefined || files[target]?.includes('\n---')) continue;
      const { text } = field.document;
      const lines = text.split('\n');
      const indentation = ' '.repeat(field.column);
      const patch = (files[target] ?? '')
        .replace(/^---\n/, '')
        .trimEnd()
        .split('\n');
      lines.splice(
        field.line - 1,
        1,
        (lines[field.line - 1] ?? '').replace(/path: .*/, 'patch: |-'),
        ...patch.map(line => `${indentation}  ${line}`),
      );
      yield { files: { [target]: undefined, [field.document.path]: lines.join('\n') } };
    }
  },
  'a listed file is added': listed({
    'quota.yaml': unindent(`
      apiVersion: v1
      kind: ResourceQuota
      metadata:
        name: quota
      spec:
        hard:
          pods: 20
    `),
  }),
  'a definition of resources is added': listed({
    'crd.yaml': unindent(`
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: buoys.sea.example.org
      spec:
        group: sea.example.org
        scope: Namespaced
        names: { kind: Buoy, plural: buoys }
        versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec: { type: object, properties: { secretKey: { type: string }, password: { type: string, description: "a token" } } }
    `),
  }),
  'a reference to a secret is added': listed({
    'database-secret.yaml': unindent(`
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata:
        name: database
      spec:
        secretStoreRef:
          kind: ClusterSecretStore
          name: vault
        target:
          name: database-password
          template:
            data:
              url: "postgres://{{ .user }}:{{ .password }}@database:5432/shop"
        data:
          - secretKey: password
            remoteRef:
              key: shared/database
              property: password
    `),
  }),
  'a Secret without values is added': listed({
    'token.yaml': unindent(`
      apiVersion: v1
      kind: Secret
      metadata:
        name: robot
        annotations:
          kubernetes.io/service-account.name: robot
      type: kubernetes.io/service-account-token
    `),
  }),
  'a generated file is added': function* (repository) {
    for (const document of repository.documents.filter(isKustomization)) {
      if (document.text.includes('configMapGenerator')) continue;
      const folder = path.dirname(document.path);
      const dash = /^ *(?=- )/m.exec(document.text)?.[0] ?? '';
      const text = `${document.text}configMapGenerator:\n${dash}- name: settings\n${dash}  files:\n${dash}${dash}  - settings.properties\n`;
      yield { files: { [document.path]: text, [path.join(folder, 'settings.properties')]: 'greeting=hello\nsecret.name=harbour\n' } };
    }
  },
  'the readme is edited': function* ({ files }) {
    yield {
      files: {
        'README.md': `${files['README.md'] ?? '# Platform\n'}\nChanges reach staging first, then production.   \n\n\tkubectl apply -k apps/web\n`,
      },
    };
  },
  'a readme is added to a folder': function* ({ files }) {
    for (const folder of entriesOf(files)) {
      if (!(folder in files))
        yield { files: { [`${folder}/README.md`]: `# ${folder}\n\nSee \`../../somewhere/else.yaml\`; the password is in the vault.\n` } };
    }
  },
  'files of other tools are added': function* () {
    yield {
      files: {
        '.editorconfig': unindent(`
          root = true

          [*.yaml]
          indent_size = 2
        `),
        'renovate.json': '{ "extends": ["config:recommended"] }\n',
      },
    };
    yield {
      files: { Makefile: 'check:\n\tkustomize build apps > /dev/null\n', '.yamllint.yaml': 'extends: default\nrules:\n  line-length: disable\n' },
    };
    yield {
      files: {
        '.pre-commit-config.yaml': unindent(`
          repos:
            - repo: https://git.example.org/tools/hooks
              rev: v1.2.3
              hooks:
                - id: check-yaml
        `),
      },
    };
    yield {
      files: {
        '.github/workflows/nightly.yaml': `name: nightly\non:\n  schedule:\n    - cron: "0 3 * * *"\njobs:\n  look:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make check\n        env:\n          TOKEN: \${{ secrets.TOKEN }}\n`,
      },
    };
    yield {
      files: {
        'hack/new-app/deployment.yaml': unindent(`
          apiVersion: apps/v1
          kind: Deployment
          metadata:
            name: {{ name }}
          {% if env == "production" %}
          spec: { replicas: 3 }
          {% endif %}
        `),
        'hack/new-app/kustomization.yaml': 'resources:\n  - ../../apps/{{ name }}/base\n',
      },
    };
    yield {
      files: {
        'docs/examples/secret.yaml': unindent(`
          apiVersion: v1
          kind: Secret
          metadata:
            name: example
          stringData:
            password: changeme
        `),
      },
    };
    yield {
      files: {
        'terraform/network/main.tf': unindent(`
          module "network" {
            source = "git::https://git.example.org/acme/modules.git//network?ref=v3.1.0"
            cidr   = "10.0.0.0/16"
          }
        `),
      },
    };
  },
};

/** Files that exactly one place mentions. */
function mentionedOnce(repository: Repository): Mention[] {
  const mentions = mentionsIn(repository).filter(({ isFolder }) => !isFolder);
  return mentions.filter(({ target }) => mentions.filter(other => other.target === target).length === 1);
}

/** A name that changes wherever it stands as a whole word, and the files that move with it. */
function renameEverywhere(files: Files, name: string, by: string, move: (file: RepoPath) => RepoPath): NeutralEdit {
  const word = new RegExp(`(?<![\\w-])${name}(?![\\w.-])`, 'g');
  const entries = Object.entries(files).map(([file, text]): [RepoPath, RepoPath, string] => [file, move(file), text.replace(word, by)]);
  const changed = entries.filter(([file, target, text]) => file !== target || text !== files[file]);
  const gone: NeutralEdit = { files: Object.fromEntries(changed.map(([file]) => [file, undefined])) };
  const there = Object.fromEntries(changed.map(([, target, text]) => [target, text]));
  return { files: { ...gone.files, ...there }, from: changed.map(([file]) => file) };
}

/** Names of apps: what stands above a base, holds one, or has a folder directly below `apps`. */
function appNames(files: Files): Set<string> {
  return new Set(
    Object.keys(files)
      .flatMap(file => (/([\w-]+)\/base\/[\w.-]+$/.exec(file) ?? /^apps\/(?:base\/)?([\w-]+)\/[\w.-]+$/.exec(file))?.[1] ?? [])
      .filter(name => !/^(apps|staging|production)$/.test(name)),
  );
}

/** The cluster of another environment has a key of its own, and other ciphertext with it. */
function sealAgain(text: string | undefined): string | undefined {
  return text?.replace(/(?<= Ag[A-D])[A-Za-z0-9+/]{300,}/g, sealed => [...sealed].reverse().join(''));
}
