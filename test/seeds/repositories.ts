import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { generateRepository } from '../../bench/generate-repository.ts';
import { rules } from '../../rules/index.ts';
import { defaultConfig } from '../../src/config/default-config.ts';
import type { Finding } from '../../src/core/finding.ts';
import { lint } from '../../src/lint.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import type { Files } from './seed.ts';

const repositoriesFolder = join(import.meta.dirname, '../repos');

/** The sample, the golden repositories and a generated one: where mistakes are planted. */
export function seededRepositories(generatedFiles = 130): Readonly<Record<string, Files>> {
  const onDisk = readdirSync(repositoriesFolder).map(name => [name, readFiles(join(repositoriesFolder, name))] as const);
  return { ...Object.fromEntries(onDisk), generated: Object.fromEntries(generateRepository(generatedFiles)) };
}

/** Every rule that a preset has is switched on. */
export async function lintFiles(files: Files): Promise<readonly Finding[]> {
  const result = await lint({
    workspace: memoryWorkspace(files),
    config: defaultConfig('strict'),
    rules,
    repository: { remotes: ['https://git.example.org/acme/platform.git'], isWorkTree: true },
    today: '2026-06-01',
  });
  if (result.defects.length > 0) throw new Error(`a rule failed: ${JSON.stringify(result.defects)}`);
  return result.findings;
}

function readFiles(root: string): Files {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map(path => join(root, path));
  return Object.fromEntries(
    paths.filter(path => statSync(path).isFile()).map(path => [relative(root, path).replaceAll(sep, '/'), readFileSync(path, 'utf8')]),
  );
}
