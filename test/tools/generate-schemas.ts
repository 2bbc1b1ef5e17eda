/**
 * `npm run generate:schemas` writes the schemas that follow from pinned packages of npm and Go, and schemas/sources.json.
 * Needs the network. Names of sources (`kubernetes custom-resources kustomize tools`) leave the others as they are.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generateCustomResources } from './schemas/custom-resources.ts';
import type { GeneratedFile } from './schemas/generated-file.ts';
import { generateKubernetes } from './schemas/kubernetes.ts';
import { generateKustomize } from './schemas/kustomize.ts';
import { generateTools } from './schemas/tools.ts';

const folder = new URL('../../schemas/', import.meta.url);
const generators: Readonly<Record<string, () => Promise<readonly GeneratedFile[]>>> = {
  'custom-resources': generateCustomResources,
  kubernetes: generateKubernetes,
  kustomize: generateKustomize,
  tools: generateTools,
};

type Sources = Record<string, { readonly generator?: string; readonly sha256?: string }>;

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(generators);
const sources = JSON.parse(readFileSync(new URL('sources.json', folder), 'utf8')) as Sources;
for (const name of wanted) {
  const generate = generators[name];
  if (generate === undefined) throw new Error(`there is no generator "${name}": ${Object.keys(generators).join(', ')}`);
  for (const [path, { generator }] of Object.entries(sources)) {
    if (generator !== name) continue;
    rmSync(new URL(path, folder), { force: true });
    delete sources[path];
  }
  for (const { path, text, source } of await generate()) {
    mkdirSync(dirname(new URL(path, folder).pathname), { recursive: true });
    writeFileSync(new URL(path, folder), text);
    sources[path] = { ...source, generator: name, sha256: createHash('sha256').update(text).digest('hex') };
  }
}
const sorted = Object.fromEntries(Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(new URL('sources.json', folder), `${JSON.stringify(sorted, null, 2)}\n`);
