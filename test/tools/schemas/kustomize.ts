import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kustomizeVersion } from '../kustomize/kustomize-version.ts';
import type { GeneratedFile } from './generated-file.ts';

interface Printed {
  readonly versions: Readonly<Record<string, string>>;
}

/** The tables of kustomize, which a small program in Go prints from its packages. Needs Go and the network. */
export async function generateKustomize(): Promise<readonly GeneratedFile[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kustomize-tables-'));
  try {
    copyFileSync(new URL('../kustomize/print-tables.go', import.meta.url), join(folder, 'main.go'));
    // Go lets a module below the path of another one import its internal packages, which hold the tables.
    runGo(folder, 'mod', 'init', 'sigs.k8s.io/kustomize/api/tables');
    runGo(folder, 'get', `sigs.k8s.io/kustomize/kustomize/v5@${kustomizeVersion}`);
    runGo(folder, 'mod', 'tidy');
    const { versions, ...tables } = JSON.parse(runGo(folder, 'run', '.')) as Printed;
    const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
    return [
      {
        path: 'kustomize.json',
        text: `${JSON.stringify({ kustomize: kustomizeVersion, ...tables })}\n`,
        source: {
          source: 'the constants and the OpenAPI schema in the packages of kustomize, by test/tools/kustomize/print-tables.go',
          packages,
          license: 'Apache-2.0',
        },
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runGo(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('go', args, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 24 });
  if (status !== 0) throw new Error(`go ${args.join(' ')}: ${stderr}`);
  return stdout;
}
