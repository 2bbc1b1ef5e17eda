import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';

const root = new URL('../', import.meta.url);
const sources = ['bin', 'src', 'rules', 'bench', 'test'].flatMap(sourcesBelow);
const product = sources.filter(({ path }) => /^(bin|src|rules)\//.test(path));

test('nobody ends the process, and only the bin sets its exit code', () => {
  expect(pathsWith(product, /\bprocess\.exit\(/)).toEqual([]);
  expect(pathsWith(product, /\bprocess\.exitCode\b/)).toEqual(['bin/gitops-lint.ts']);
});

test('files are named in kebab case', () => {
  const isKebabCase = /^([a-z0-9-]+\/)*[a-z0-9]+(-[a-z0-9]+)*(\.test)?\.ts$/;
  expect(sources.filter(({ path }) => !isKebabCase.test(path)).map(({ path }) => path)).toEqual([]);
});

test('nothing is typed any or excused from the compiler', () => {
  expect(pathsWith(product, /: any\b|<any>|\bas any\b|@ts-(ignore|expect-error|nocheck)/)).toEqual([]);
});

test('every folder of src is in the map of src/README.md', () => {
  const map = readFileSync(new URL('src/README.md', root), 'utf8');
  const folders = readdirSync(new URL('src/', root), { withFileTypes: true }).filter(entry => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter(name => !map.includes(`${name}/`))).toEqual([]);
});

test('the texts of a rule are sentences', () => {
  for (const { id, summary, rationale } of rules) {
    expect(summary, id).toMatch(/^[A-Z"`].*\.$/s);
    expect(rationale, id).toMatch(/\.$/);
  }
});

test('a rule of a stricter preset is a rule of the presets above it', () => {
  for (const { id, presets } of rules) {
    expect(presets.recommended === undefined || presets.strict !== undefined, `${id}: recommended, but not strict`).toBe(true);
  }
});

test('messages start in lower case or with a kind and its name, and have no full stop', () => {
  const messages = rules.flatMap(({ examples }) => examples.bad.flatMap(({ findings }) => findings)).map(line => line.slice(line.indexOf(' ') + 1));
  expect(messages.filter(message => !/^(["a-z0-9]|[A-Z]\w+ ")/.test(message) || message.endsWith('.'))).toEqual([]);
});

test('the lock file has every package that another one may need, on every platform: else "npm ci" refuses it', () => {
  const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map(name => [`node_modules/${name}`, `${path}/node_modules/${name}`]),
  );
  expect(wanted.filter(places => !places.some(place => place in packages))).toEqual([]);
});

function sourcesBelow(folder: string): { path: string; text: string }[] {
  return readdirSync(new URL(`${folder}/`, root), { withFileTypes: true }).flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return path === 'test/repos' ? [] : sourcesBelow(path);
    return path.endsWith('.ts') ? [{ path, text: readFileSync(new URL(path, root), 'utf8') }] : [];
  });
}

function pathsWith(files: readonly { path: string; text: string }[], pattern: RegExp): string[] {
  return files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
}
