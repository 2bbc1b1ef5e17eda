import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { generateRepository } from '../../bench/generate-repository.ts';
import { rules } from '../../rules/index.ts';
import { defaultConfig } from '../../src/config/default-config.ts';
import { type LintOutcome, lint } from '../../src/lint.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import type { Files } from './seed.ts';

const repositoriesFolder = join(import.meta.dirname, '../repos');
const onDisk = readdirSync(repositoriesFolder);

/** The sample, the golden repositories and a generated one: where mistakes are planted. */
export function seededRepositories(generatedFiles = 130): Readonly<Record<string, Files>> {
  return {
    ...Object.fromEntries(onDisk.map(name => [name, goldenRepository(name)])),
    generated: Object.fromEntries(generateRepository(generatedFiles)),
  };
}

/** The files of a repository below `test/repos`. */
export function goldenRepository(name: string): Files {
  const root = join(repositoriesFolder, name);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map(path => join(root, path));
  return Object.fromEntries(
    paths.filter(path => statSync(path).isFile()).map(path => [relative(root, path).replaceAll(sep, '/'), readFileSync(path, 'utf8')]),
  );
}

/** What a neutral edit may well leave otherwise than most of the repository. */
const ofTaste: ReadonlySet<string> = new Set(['format/document', 'format/key-order']);

/** Lints with what is recommended, and with the rules beside that which a stricter preset has, but for those about taste. */
export async function lintFiles(files: Files): Promise<LintOutcome> {
  const others = rules.filter(({ id, presets }) => presets.recommended === undefined && !ofTaste.has(id));
  const outcome = await lint({
    workspace: memoryWorkspace(files),
    config: { ...defaultConfig(), rules: new Map(others.map(({ id, severity }) => [id, { severity }])) },
    rules,
    repository: { remotes: ['platform', ...onDisk].map(name => `https://git.example.org/acme/${name}.git`), isWorkTree: true },
    today: '2026-06-01',
  });
  if (outcome.defects.length > 0) throw new Error(`a rule failed: ${JSON.stringify(outcome.defects)}`);
  return outcome;
}
