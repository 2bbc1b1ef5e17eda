import path from 'node:path/posix';
import type { RepoPath } from '../../src/core/place.ts';
import { type Files, linesOf, type NeutralEdit, replaceLine, type Seeder } from './seed.ts';

/** Every kind of edit that must add no finding, one function a kind. */
export const neutralSeeders: Readonly<Record<string, Seeder<NeutralEdit>>> = {
  'a comment is added': function* (files) {
    for (const file of yamlPaths(files)) {
      const text = files[file] ?? '';
      yield { kind: 'a comment is added', files: { [file]: `# Owned by the platform team, see the production runbook\n${text}` } };
    }
  },
  'a comment stands behind a value': function* (files) {
    for (const file of yamlPaths(files)) {
      const line = linesOf(files[file] ?? '').find(({ text }) => /^kind: \S+$/.test(text));
      if (line === undefined) continue;
      yield {
        kind: 'a comment stands behind a value',
        files: { [file]: replaceLine(files[file] ?? '', line.number, `${line.text} # same in staging and dev`) },
      };
    }
  },
  'neighbours change places': function* (files) {
    for (const file of yamlPaths(files)) {
      const text = files[file] ?? '';
      const lines = linesOf(text);
      const index = lines.findIndex(({ text: line }, at) => scalarAt(line, 4) && scalarAt(lines[at + 1]?.text ?? '', 4));
      if (index < 0) continue;
      const [first, second] = [lines[index], lines[index + 1]];
      if (first === undefined || second === undefined) continue;
      const swapped = replaceLine(replaceLine(text, first.number, second.text), second.number, first.text);
      yield { kind: 'neighbours change places', files: { [file]: swapped } };
    }
  },
  'a label is added': function* (files) {
    for (const file of yamlPaths(files)) {
      const text = files[file] ?? '';
      const labels = linesOf(text).find(({ text: line }) => line === '  labels:');
      const first = labels && linesOf(text)[labels.number];
      if (labels === undefined || !first || !scalarAt(first.text, 4)) continue;
      yield { kind: 'a label is added', files: { [file]: replaceLine(text, labels.number, `${labels.text}\n    example.org/reviewed: soon`) } };
    }
  },
  'replicas change': function* (files) {
    for (const file of yamlPaths(files)) {
      const line = linesOf(files[file] ?? '').find(({ text }) => /^ +(replicas|replicaCount): \d+$/.test(text));
      if (line === undefined) continue;
      yield { kind: 'replicas change', files: { [file]: replaceLine(files[file] ?? '', line.number, line.text.replace(/\d+$/, '4')) } };
    }
  },
  'a tag changes': function* (files) {
    for (const file of yamlPaths(files)) {
      const line = linesOf(files[file] ?? '').find(({ text }) => /^ +(- )?image: [\w./-]+:v?\d+\.\d+\.\d+$/.test(text));
      if (line === undefined) continue;
      yield { kind: 'a tag changes', files: { [file]: replaceLine(files[file] ?? '', line.number, line.text.replace(/\d+$/, '77')) } };
    }
  },
  'a file is renamed with its references': function* (files) {
    for (const [file, entry] of listedOnce(files)) {
      const renamed = path.join(path.dirname(file), `web-${path.basename(file)}`);
      const written = entry.written.replace(path.basename(file), path.basename(renamed));
      yield {
        kind: 'a file is renamed with its references',
        files: {
          [file]: undefined,
          [renamed]: files[file],
          [entry.path]: replaceLine(files[entry.path] ?? '', entry.line, entry.text.replace(entry.written, written)),
        },
      };
    }
  },
  'a listed file is added': function* (files) {
    for (const [, entry] of listedOnce(files)) {
      const folder = path.dirname(entry.path);
      const added = `${folder}/quota.yaml`;
      if (added in files || !/^\s*- [\w./-]+$/.test(entry.text)) continue;
      yield {
        kind: 'a listed file is added',
        files: {
          [added]: 'apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: quota\nspec:\n  hard:\n    pods: 20\n',
          [entry.path]: replaceLine(files[entry.path] ?? '', entry.line, `${entry.text}\n${entry.text.replace(entry.written, 'quota.yaml')}`),
        },
      };
    }
  },
  'an app is added in the same style': function* (files) {
    for (const app of appFolders(files)) {
      const copy = `${app}-next`;
      const own = Object.entries(files).filter(([file]) => file.startsWith(`${app}/`));
      yield { kind: 'an app is added in the same style', files: Object.fromEntries(own.map(([file, text]) => [file.replace(app, copy), text])) };
    }
  },
  'a reference to a secret is added': function* (files) {
    for (const folder of new Set(yamlPaths(files).map(file => path.dirname(file)))) {
      const text = [
        'apiVersion: external-secrets.io/v1',
        'kind: ExternalSecret',
        'metadata:',
        '  name: database',
        'spec:',
        '  secretStoreRef:',
        '    kind: ClusterSecretStore',
        '    name: vault',
        '  target:',
        '    name: database-password',
        '  data:',
        '    - secretKey: password',
        '      remoteRef:',
        '        key: shared/database',
        '        property: password',
        '',
      ].join('\n');
      const kustomization = `${folder}/kustomization.yaml`;
      const lines = (files[kustomization] ?? '').split('\n');
      const start = lines.indexOf('resources:');
      if (start < 0) continue;
      lines.splice(start + 1, 0, `${/^ *(?=- )/.exec(lines[start + 1] ?? '')?.[0] ?? ''}- database-secret.yaml`);
      yield { kind: 'a reference to a secret is added', files: { [`${folder}/database-secret.yaml`]: text, [kustomization]: lines.join('\n') } };
    }
  },
  'a placeholder is added': function* (files) {
    for (const file of yamlPaths(files)) {
      const text = files[file] ?? '';
      if (!/^kind: ConfigMap$/m.test(text) || !/^data:$/m.test(text)) continue;
      yield {
        kind: 'a placeholder is added',
        files: { [file]: text.replace(/^data:$/m, 'data:\n  DATABASE_PASSWORD_FILE: /var/run/secrets/database/password') },
      };
    }
  },
  'the readme is edited': function* (files) {
    const text = files['README.md'] ?? '# Platform\n';
    yield { kind: 'the readme is edited', files: { 'README.md': `${text}\nChanges reach staging first, then production.   \n` } };
  },
};

function* listedOnce(files: Files): Iterable<[RepoPath, { path: RepoPath; line: number; text: string; written: string }]> {
  const entries = Object.keys(files)
    .filter(file => /(^|\/)kustomization\.yaml$/.test(file))
    .flatMap(file =>
      linesOf(files[file] ?? '').flatMap(({ text, number }) => {
        const written = /^\s*- (?:path: )?([\w./-]+\.yaml)$/.exec(text)?.[1];
        return written === undefined ? [] : [{ path: file, line: number, text, written, target: path.join(path.dirname(file), written) }];
      }),
    );
  for (const entry of entries) {
    if (entry.target in files && entries.filter(({ target }) => target === entry.target).length === 1) yield [entry.target, entry];
  }
}

/** Folders directly below `apps` or `environments/<environment>` that hold an app of their own. */
function appFolders(files: Files): string[] {
  const folders = Object.keys(files).flatMap(file => /^apps\/[\w-]+(?=\/base\/|\/[\w.-]+$)/.exec(file)?.[0] ?? []);
  return [...new Set(folders)];
}

const scalarAt = (line: string, indent: number): boolean => line.length - line.trimStart().length === indent && /^ +[\w./-]+: [\w./"'-]+$/.test(line);
const yamlPaths = (files: Files): RepoPath[] =>
  Object.keys(files).filter(
    file => /\.ya?ml$/.test(file) && /^(apiVersion|kind): /m.test(files[file] ?? '') && !/(^|\/)(templates|crds)\//.test(file),
  );
