/**
 * `npm run bench [-- PATH] [--files N …]`: whole processes against `node -e 0`, the parser against the `yaml` package,
 * the validator against Ajv, and the search for tokens against all of its expressions.
 * Without a path on generated repositories. `--stages` shows the steps of the main job, `--rounds N` sets how often all is run,
 * `--no-peers` leaves the other tools out, `--schemas DIR` tells kubeconform where its schemas are: without it is left out.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateRepository } from './generate-repository.ts';
import { type Command, measure } from './measure.ts';
import { parserThroughput } from './parser-throughput.ts';
import { judge, measurePeers } from './peers.ts';
import { tokenThroughput } from './token-throughput.ts';
import { validatorThroughput } from './validator-throughput.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    files: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '9' },
    stages: { type: 'boolean', default: false },
    'no-peers': { type: 'boolean', default: false },
    schemas: { type: 'string' },
  },
});
const [path] = positionals;
const rounds = Number(options.rounds);
const command = fileURLToPath(new URL('../dist/gitops-lint.js', import.meta.url));
const sizes = (options.files ?? ['30', '100', '4000', '20000']).map(Number);
/** At most this many times `node -e 0`. */
const goals = new Map([
  ['--version', 1.15],
  ['30 files', 1.8],
  ['4000 files', 12],
]);

if (!existsSync(command)) throw new Error('build first: npm run build');
const folder = mkdtempSync(join(tmpdir(), 'gitops-lint-bench-'));
try {
  console.log(
    `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model.trim()}, median of ${rounds} interleaved runs of whole processes\n`,
  );
  const repositories = path === undefined ? sizes.map(writeRepository) : [{ name: path, root: resolve(path) }];
  for (const { root } of repositories) if (options.stages) showStages(root);
  showRatios(repositories);
  const { name, root } = repositories.find(repository => repository.name === '4000 files') ?? repositories[0] ?? { name: '', root: '' };
  await showParser(name, root);
  await showValidator(name, root);
  await showTokens(name, root);
  if (!options['no-peers']) showPeers(name, root);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function writeRepository(count: number): { name: string; root: string } {
  const root = join(folder, String(count));
  for (const [path, text] of generateRepository(count)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
  ])
    spawnSync('git', args, { cwd: root });
  return { name: `${count} files`, root };
}

function showRatios(repositories: readonly { name: string; root: string }[]): void {
  const floor: Command = { name: 'node -e 0', run: process.execPath, args: ['-e', '0'] };
  const version: Command = { name: '--version', run: process.execPath, args: [command, '--version'] };
  const times = measure([floor, version, ...repositories.map(({ name, root }) => checkOf(name, root))], rounds);
  const bare = times.get(floor.name) ?? Number.NaN;
  printTable([
    ['whole process', 'ms', 'x node -e 0', 'goal'],
    ...[...times].map(([name, time]) => {
      const goal = goals.get(name);
      return [name, time.toFixed(0), (time / bare).toFixed(2), goal === undefined ? '' : judge(time / bare, goal)];
    }),
  ]);
}

async function showParser(name: string, root: string): Promise<void> {
  const { files, megabytes, ours, yaml } = await parserThroughput(root, 5);
  printTable([
    [`parser, ${name}: ${files} YAML files, ${megabytes.toFixed(1)} MB`, 'MB/s', 'x yaml', 'goal'],
    ['yaml', yaml.toFixed(1), '1', ''],
    ['gitops-lint', ours.toFixed(1), (ours / yaml).toFixed(1), `>= 10 ${ours / yaml >= 10 ? 'met' : 'MISSED'}`],
  ]);
}

async function showValidator(name: string, root: string): Promise<void> {
  const { objects, ours, ajv } = await validatorThroughput(root, 5);
  printTable([
    [`validator, ${name}: ${objects} objects of Kubernetes`, 'objects/s', 'x ajv', 'goal'],
    ['ajv', ajv.toFixed(0), '1', ''],
    ['gitops-lint', ours.toFixed(0), (ours / ajv).toFixed(1), `>= 1.5 ${ours / ajv >= 1.5 ? 'met' : 'MISSED'}`],
  ]);
}

async function showTokens(name: string, root: string): Promise<void> {
  const { files, megabytes, ours, naive } = await tokenThroughput(root, 5);
  printTable([
    [`tokens, ${name}: ${files} files, ${megabytes.toFixed(1)} MB`, 'MB/s', 'x every expression', 'goal'],
    ['every expression over every text', naive.toFixed(2), '1', ''],
    ['gitops-lint', ours.toFixed(1), (ours / naive).toFixed(0), `>= 100 ${ours / naive >= 100 ? 'met' : 'MISSED'}`],
  ]);
}

function showPeers(name: string, root: string): void {
  const rows = [[`other tools, ${name}`, 'ms', 'gitops-lint / it', 'goal'], ...measurePeers(root, checkOf('gitops-lint', root), options.schemas)];
  printTable(name === '4000 files' ? rows : rows.map(row => row.slice(0, 3)));
}

function checkOf(name: string, root: string): Command {
  return { name, run: process.execPath, args: [command, 'check', '--root', root] };
}

function showStages(root: string): void {
  const { stderr } = spawnSync(process.execPath, [command, 'check', '--stats', '--root', root], { encoding: 'utf8' });
  console.log(stderr);
}

function printTable(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
  console.log('');
}
