import path from 'node:path/posix';
import type { RepoPath } from '../../src/core/place.ts';
import { type Defect, type Files, linesOf, replaceLine, type Seeder } from './seed.ts';

/** Every kind of mistake that is planted, one function a kind. */
export const defectSeeders: Readonly<Record<string, Seeder<Defect>>> = {
  'a listed file is deleted': function* (files) {
    for (const entry of listedFiles(files)) {
      yield {
        kind: 'a listed file is deleted',
        files: { [entry.target]: undefined },
        expected: { ruleId: 'reference/missing-path', path: entry.path, line: entry.line },
      };
    }
  },
  'a listed file is misspelt': function* (files) {
    for (const { path, line, text, written } of listedFiles(files)) {
      const misspelt = swapLetters(written);
      if (misspelt === written) continue;
      const changed = replaceLine(files[path] ?? '', line, text.replace(written, misspelt));
      yield { kind: 'a listed file is misspelt', files: { [path]: changed }, expected: { ruleId: 'reference/missing-path', path, line } };
    }
  },
  'a path leaves the repository': function* (files) {
    for (const { path, line, text, written } of listedFiles(files)) {
      const changed = replaceLine(files[path] ?? '', line, text.replace(written, `../../../../../../../../outside/${written}`));
      yield { kind: 'a path leaves the repository', files: { [path]: changed }, expected: { ruleId: 'reference/path-escape', path, line } };
    }
  },
  'a base includes its overlay': function* (files) {
    for (const { path: overlay, text, written } of listedFolders(files)) {
      const base = kustomizationOf(files, path.join(path.dirname(overlay), written));
      if (base === undefined || !/^\s*- /.test(text)) continue;
      const back = path.relative(path.dirname(base), path.dirname(overlay));
      const lines = (files[base] ?? '').split('\n');
      const start = lines.indexOf('resources:');
      if (start < 0) continue;
      lines.splice(start + 1, 0, `${indentOfItems(files[base] ?? '')}- ${back}`);
      yield {
        kind: 'a base includes its overlay',
        files: { [base]: lines.join('\n') },
        expected: { ruleId: 'reference/cycle', path: base, line: start + 2 },
      };
    }
  },
  'a key of a kustomization is misspelt': function* (files) {
    for (const file of kustomizationPaths(files)) {
      for (const { text, number } of linesOf(files[file] ?? '')) {
        const key = /^(resources|patches|components|images|namespace|labels|configMapGenerator):/.exec(text)?.[1];
        if (key === undefined) continue;
        const changed = replaceLine(files[file] ?? '', number, text.replace(key, swapLetters(key)));
        yield {
          kind: 'a key of a kustomization is misspelt',
          files: { [file]: changed },
          expected: { ruleId: 'schema/tool-config', path: file, line: number },
        };
      }
    }
  },
  'a deprecated field is used': function* (files) {
    for (const { path: file, line, text, list } of listedFolders(files)) {
      if (list.items !== 1) continue;
      const lines = (files[file] ?? '').split('\n');
      lines[list.line - 1] = 'bases:';
      if (lines[line - 1] !== text) continue;
      yield {
        kind: 'a deprecated field is used',
        files: { [file]: lines.join('\n') },
        expected: { ruleId: 'kustomize/deprecated-field', path: file, line: list.line },
      };
    }
  },
  'an overlay applies a file of another environment': function* (files) {
    for (const entry of listedFiles(files)) {
      const other = sameFileElsewhere(files, entry.target);
      if (other === undefined) continue;
      const written = path.relative(path.dirname(entry.path), other);
      const changed = replaceLine(files[entry.path] ?? '', entry.line, entry.text.replace(entry.written, written));
      yield {
        kind: 'an overlay applies a file of another environment',
        files: { [entry.path]: changed },
        expected: { ruleId: 'environment/cross-reference', path: entry.path, line: entry.line },
      };
    }
  },
  'a base applies a file of an environment': function* (files) {
    for (const base of kustomizationPaths(files)) {
      if (!/(^|\/)base\//.test(base)) continue;
      const owned = Object.keys(files).find(
        other =>
          environmentIn(other) !== undefined &&
          other.startsWith(path.dirname(path.dirname(base))) &&
          isManifest(files[other] ?? '') &&
          !isKustomization(other),
      );
      if (owned === undefined) continue;
      const lines = (files[base] ?? '').split('\n');
      const start = lines.indexOf('resources:');
      if (start < 0) continue;
      lines.splice(start + 1, 0, `${indentOfItems(files[base] ?? '')}- ${path.relative(path.dirname(base), owned)}`);
      yield {
        kind: 'a base applies a file of an environment',
        files: { [base]: lines.join('\n') },
        expected: { ruleId: 'environment/base-leak', path: base, line: start + 2 },
      };
    }
  },
  'a Secret in plain text is added': function* (files) {
    for (const folder of manifestFolders(files)) {
      const file = `${folder}/credentials.yaml`;
      const value = ['Tr0ub4dor', '&3-', 'horse'].join('');
      const inPlain = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: credentials\nstringData:\n  password: ${value}\n`;
      yield {
        kind: 'a Secret in plain text is added',
        files: { [file]: inPlain },
        expected: { ruleId: 'secrets/plaintext-manifest', path: file, line: 6 },
      };
      const encoded = `apiVersion: v1\ndata:\n  db-password: ${Buffer.from(value).toString('base64')}\nkind: Secret\nmetadata:\n  name: credentials\n`;
      yield {
        kind: 'a Secret in base64 is added',
        files: { [file]: encoded },
        expected: { ruleId: 'secrets/plaintext-manifest', path: file, line: 3 },
      };
    }
  },
  'a private key is added': function* (files) {
    const body = Array.from({ length: 24 }, (_, row) => Buffer.from(`line ${row} of a made-up key, no key at all`).toString('base64').slice(0, 48));
    for (const folder of manifestFolders(files)) {
      const file = `${folder}/tls.yaml`;
      const indented =
        ['-----BEGIN RSA ', 'PRIVATE KEY-----'].join('') +
        `\n    MIIEpAIBAAKCAQEA${body.join('\n    ')}\n    ` +
        ['-----END RSA ', 'PRIVATE KEY-----'].join('');
      const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: tls\ndata:\n  tls.key: |\n    ${indented}\n`;
      yield { kind: 'a private key is added', files: { [file]: text }, expected: { ruleId: 'secrets/private-key', path: file, line: 7 } };
    }
  },
  'a token is added': function* (files) {
    for (const folder of manifestFolders(files)) {
      const file = `${folder}/chat.yaml`;
      const token = ['xox', 'b-', '2488163264', '12-', '3691215182', '124-', 'QwErTyUiOpAsDfGhJkLzXcVb'].join('');
      const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: chat\ndata:\n  chat.ini: |\n    [bot]\n    token = ${token}\n`;
      yield { kind: 'a token is added', files: { [file]: text }, expected: { ruleId: 'secrets/known-token', path: file, line: 8 } };
    }
  },
  'a key stands twice': function* (files) {
    for (const file of manifestPaths(files)) {
      for (const { text, number } of linesOf(files[file] ?? '')) {
        if (!/^ {2}(name|namespace|replicas): \S+$/.test(text)) continue;
        yield {
          kind: 'a key stands twice',
          files: { [file]: replaceLine(files[file] ?? '', number, `${text}\n${text}`) },
          expected: { ruleId: 'schema/duplicate-key', path: file, line: number + 1 },
        };
      }
    }
  },
  'a bracket stays open': function* (files) {
    for (const file of manifestPaths(files)) {
      const line = linesOf(files[file] ?? '').find(({ text }) => /^ {2}name: \S+$/.test(text));
      if (line === undefined) continue;
      const changed = replaceLine(files[file] ?? '', line.number, `${line.text}\n  labels: {app: web`);
      yield {
        kind: 'a bracket stays open',
        files: { [file]: changed },
        expected: { ruleId: 'schema/yaml-syntax', path: file, line: line.number + 1 },
      };
    }
  },
  'blanks stand at the end of a line': function* (files) {
    for (const file of manifestPaths(files)) {
      if (hasBlockScalar(files[file] ?? '')) continue;
      const line = linesOf(files[file] ?? '').find(({ text }) => /^kind: \S+$/.test(text));
      if (line === undefined) continue;
      yield {
        kind: 'blanks stand at the end of a line',
        files: { [file]: replaceLine(files[file] ?? '', line.number, `${line.text}   `) },
        expected: { ruleId: 'format/whitespace', path: file, line: line.number },
      };
    }
  },
  'indentation is mixed': function* (files) {
    for (const file of manifestPaths(files)) {
      const text = files[file] ?? '';
      const line = linesOf(text).find(({ text: line }) => /^ {2}labels:$/.test(line));
      const next = line && linesOf(text)[line.number];
      const after = line && linesOf(text)[line.number + 1];
      if (line === undefined || next === undefined || !/^ {4}\S+: \S+$/.test(next.text) || /^ {4}/.test(after?.text ?? '')) continue;
      yield {
        kind: 'indentation is mixed',
        files: { [file]: replaceLine(text, next.number, `   ${next.text}`) },
        expected: { ruleId: 'format/indentation', path: file, line: next.number },
      };
    }
  },
  'quote styles are mixed': function* (files) {
    for (const file of manifestPaths(files)) {
      const text = files[file] ?? '';
      const doubles = linesOf(text).filter(({ text: line }) => /^\s+[\w.-]+: "[^"\\'{$]+"$/.test(line));
      const odd = doubles.at(-1);
      if (odd === undefined || doubles.length < 2 || text.includes("'")) continue;
      yield {
        kind: 'quote styles are mixed',
        files: { [file]: replaceLine(text, odd.number, odd.text.replaceAll('"', "'")) },
        expected: { ruleId: 'format/quotes', path: file, line: odd.number },
      };
    }
  },
  'an image has no fixed tag': function* (files) {
    for (const file of manifestPaths(files)) {
      const text = files[file] ?? '';
      if (!/^kind: (Deployment|StatefulSet|DaemonSet|CronJob)$/m.test(text) || isTouchedByImages(files, text)) continue;
      for (const { text: line, number } of linesOf(text)) {
        const image = /^\s+-? ?image: (["']?)([\w./-]+):[\w.-]+\1$/.exec(line);
        if (image === null) continue;
        yield {
          kind: 'an image has no fixed tag',
          files: { [file]: replaceLine(text, number, line.replace(/:[\w.-]+(["']?)$/, ':latest$1')) },
          expected: { ruleId: 'workload/mutable-image', path: file, line: number },
        };
      }
    }
  },
  'a file is not linked': function* (files) {
    for (const folder of new Set(listedFiles(files).map(({ path: file }) => path.dirname(file)))) {
      const file = `${folder}/forgotten-policy.yaml`;
      const text = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: forgotten\nspec:\n  podSelector: {}\n';
      yield { kind: 'a file is not linked', files: { [file]: text }, expected: { ruleId: 'structure/orphan-file', path: file, line: 2 } };
    }
  },
  'everything stands in one file': function* (files) {
    for (const folder of manifestFolders(files)) {
      const file = `${folder}/all.yaml`;
      const apps = ['billing', 'ledger', 'search', 'notify'];
      const documents = Array.from({ length: 24 }, (_, index) => {
        const app = apps[index % apps.length];
        return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${app}-${index}\n  labels:\n    app.kubernetes.io/name: ${app}\ndata:\n  order: "${index}"\n`;
      });
      yield {
        kind: 'everything stands in one file',
        files: { [file]: documents.join('---\n') },
        expected: { ruleId: 'structure/monolithic-manifest', path: file, line: 1 },
      };
    }
  },
  'a source of Flux is misspelt': function* (files) {
    for (const entry of fieldsOf(files, /^kind: (Kustomization|HelmRelease)$/m, /toolkit\.fluxcd\.io/, /^ +name: (\S+)$/, 'sourceRef:')) {
      if (entry.value === 'flux-system') continue;
      yield {
        kind: 'a source of Flux is misspelt',
        ...entry.change(swapLetters(entry.value)),
        expected: { ruleId: 'flux/source-ref', path: entry.path, line: entry.line },
      };
    }
  },
  'a dependency of Flux is misspelt': function* (files) {
    for (const entry of fieldsOf(files, /^kind: Kustomization$/m, /kustomize\.toolkit\.fluxcd\.io/, /^ +- name: (\S+)$/, 'dependsOn:')) {
      yield {
        kind: 'a dependency of Flux is misspelt',
        ...entry.change(swapLetters(entry.value)),
        expected: { ruleId: 'flux/depends-on', path: entry.path, line: entry.line },
      };
    }
  },
  'a path of Flux is misspelt': function* (files) {
    for (const entry of fieldsOf(files, /^kind: Kustomization$/m, /kustomize\.toolkit\.fluxcd\.io/, /^ {2}path: (\S+)$/)) {
      yield {
        kind: 'a path of Flux is misspelt',
        ...entry.change(swapLetters(entry.value)),
        expected: { ruleId: 'reference/missing-path', path: entry.path, line: entry.line },
      };
    }
  },
  'a path of Argo CD is misspelt': function* (files) {
    for (const entry of fieldsOf(files, /^kind: Application$/m, /argoproj\.io/, /^ +path: ([\w./-]+)$/)) {
      yield {
        kind: 'a path of Argo CD is misspelt',
        ...entry.change(swapLetters(entry.value)),
        expected: { ruleId: 'reference/missing-path', path: entry.path, line: entry.line },
      };
    }
  },
  'a production Application joins the default project': function* (files) {
    for (const entry of fieldsOf(files, /^kind: Application$/m, /argoproj\.io/, /^ {2}project: (\S+)$/)) {
      if (environmentIn(entry.path) !== 'production') continue;
      yield {
        kind: 'a production Application joins the default project',
        ...entry.change('default'),
        expected: { ruleId: 'argocd/default-project', path: entry.path, line: entry.line },
      };
    }
  },
  'self-healing of production is switched off': function* (files) {
    for (const entry of fieldsOf(files, /^kind: Application$/m, /argoproj\.io/, /^ +selfHeal: (true)$/)) {
      if (environmentIn(entry.path) !== 'production') continue;
      yield {
        kind: 'self-healing of production is switched off',
        ...entry.change('false'),
        expected: { ruleId: 'drift/self-heal', path: entry.path, line: entry.line },
      };
    }
  },
  'a Flux Kustomization is suspended': function* (files) {
    for (const file of manifestPaths(files)) {
      const text = files[file] ?? '';
      if (!/kustomize\.toolkit\.fluxcd\.io/.test(text) || text.split(/^---/m).length > 2 || /suspend:/.test(text)) continue;
      const spec = linesOf(text).find(line => line.text === 'spec:');
      if (spec === undefined) continue;
      yield {
        kind: 'a Flux Kustomization is suspended',
        files: { [file]: replaceLine(text, spec.number, 'spec:\n  suspend: true') },
        expected: { ruleId: 'drift/suspended', path: file, line: spec.number + 1 },
      };
    }
  },
  'production takes the values of another environment': function* (files) {
    for (const file of manifestPaths(files)) {
      const text = files[file] ?? '';
      if (!/^kind: Application$/m.test(text)) continue;
      for (const { text: line, number } of linesOf(text)) {
        const written = /^\s+- (\S*values-production\.yaml)$/.exec(line)?.[1];
        if (written === undefined) continue;
        yield {
          kind: 'production takes the values of another environment',
          files: { [file]: replaceLine(text, number, line.replace('values-production', 'values-staging')) },
          expected: { ruleId: 'environment/values-file', path: file, line: number },
        };
      }
    }
  },
};

interface ListedPath {
  readonly path: RepoPath;
  readonly line: number;
  readonly text: string;
  /** The entry as it is written. */
  readonly written: string;
  readonly target: RepoPath;
  readonly list: { readonly line: number; readonly items: number };
}

/** The entries of `resources` and `components`, and the paths of patches, that name a file of the repository. */
function listedFiles(files: Files): ListedPath[] {
  return listedPaths(files).filter(({ target }) => target in files);
}

/** The entries that name a folder with a kustomization. */
function listedFolders(files: Files): ListedPath[] {
  return listedPaths(files).filter(({ target }) => kustomizationOf(files, target) !== undefined);
}

function listedPaths(files: Files): ListedPath[] {
  return kustomizationPaths(files).flatMap(file => {
    const lines = linesOf(files[file] ?? '');
    let list: { line: number; items: number } | undefined;
    const found: ListedPath[] = [];
    for (const { text, number } of lines) {
      if (/^\S.*:$/.test(text)) list = /^(resources|components|patches):$/.test(text) ? { line: number, items: 0 } : undefined;
      const written = list && /^\s*- (?:path: )?([\w./-]+)$/.exec(text)?.[1];
      if (list === undefined || written === undefined) continue;
      list.items++;
      found.push({ path: file, line: number, text, written, target: path.join(path.dirname(file), written), list });
    }
    return found;
  });
}

interface FieldEntry {
  readonly path: RepoPath;
  readonly line: number;
  readonly value: string;
  change(by: string): { readonly files: Readonly<Record<RepoPath, string>> };
}

/** Lines that match `field` (below a line that ends in `parent`, where given) in files of one document that match `kind` and `group`. */
function* fieldsOf(files: Files, kind: RegExp, group: RegExp, field: RegExp, parent?: string): Iterable<FieldEntry> {
  for (const file of manifestPaths(files)) {
    const text = files[file] ?? '';
    if (!kind.test(text) || !group.test(text)) continue;
    let parentIndent = -1;
    for (const { text: line, number } of linesOf(text)) {
      const indent = line.length - line.trimStart().length;
      if (parent !== undefined) {
        if (line.trimEnd().endsWith(parent)) parentIndent = indent;
        else if (parentIndent >= 0 && (indent < parentIndent || (indent === parentIndent && !line.trimStart().startsWith('-')))) parentIndent = -1;
        if (parentIndent < 0) continue;
      }
      const value = field.exec(line)?.[1];
      if (value === undefined) continue;
      yield { path: file, line: number, value, change: by => ({ files: { [file]: replaceLine(text, number, line.replace(value, by)) } }) };
    }
  }
}

/** A file of the same name in the folder of another environment. */
function sameFileElsewhere(files: Files, target: RepoPath): RepoPath | undefined {
  const own = environmentIn(target);
  if (own === undefined) return undefined;
  return Object.keys(files).find(other => {
    const theirs = environmentIn(other);
    return theirs !== undefined && theirs !== own && other.replace(`/${theirs}/`, '/*/') === target.replace(`/${own}/`, '/*/');
  });
}

const environmentIn = (file: RepoPath): string | undefined => /(?:^|\/)(development|staging|production)(?=\/)/.exec(file)?.[1];
const isKustomization = (file: RepoPath): boolean => /(^|\/)kustomization\.yaml$/.test(file);
const isManifest = (text: string): boolean => /^apiVersion: /m.test(text) && /^kind: /m.test(text);
const hasBlockScalar = (text: string): boolean => /: [|>]/.test(text);
const kustomizationPaths = (files: Files): RepoPath[] => Object.keys(files).filter(isKustomization);
const kustomizationOf = (files: Files, folder: RepoPath): RepoPath | undefined =>
  [path.join(folder, 'kustomization.yaml')].find(file => file in files);
const manifestPaths = (files: Files): RepoPath[] =>
  Object.keys(files).filter(
    file => /\.ya?ml$/.test(file) && isManifest(files[file] ?? '') && !isKustomization(file) && !/(^|\/)(templates|crds)\//.test(file),
  );
const manifestFolders = (files: Files): RepoPath[] =>
  [...new Set(manifestPaths(files).map(file => path.dirname(file)))].filter(folder => folder !== '.');
const indentOfItems = (text: string): string => /^( *)- /m.exec(text)?.[1] ?? '';

function isTouchedByImages(files: Files, manifest: string): boolean {
  const names = [...manifest.matchAll(/image: ["']?([\w./-]+)/g)].map(match => match[1] ?? '');
  return kustomizationPaths(files).some(file => names.some(name => (files[file] ?? '').includes(`name: ${name}`)));
}

/** Two neighbouring letters change places, near the middle of the last name of a path. */
function swapLetters(text: string): string {
  const start = text.replace(/\/+$/, '').lastIndexOf('/') + 1;
  for (let index = start + 1; index < text.length - 1; index++) {
    const [left, right] = [text[index] ?? '', text[index + 1] ?? ''];
    if (left !== right && /[a-z]/.test(left) && /[a-z]/.test(right)) return text.slice(0, index) + right + left + text.slice(index + 2);
  }
  return text;
}
