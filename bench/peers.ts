import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { type Command, measure } from './measure.ts';

/** How many kustomizations are built; the time of the rest is worked out from theirs. */
const builtRoots = 20;

/**
 * Times the tools that are installed on a Git work tree, against `check`: rows of name, milliseconds and ratio.
 * kubeconform needs a folder of JSON schemas, since nothing is fetched here.
 */
export function measurePeers(root: string, check: Command, schemas: string | undefined): string[][] {
  const files = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1e9 }).stdout.split('\0');
  const roots = files
    .filter(file => /^kustomization\.ya?ml$/.test(file.slice(file.lastIndexOf('/') + 1)) && !/\/(base|components?)\//.test(file))
    .map(dirname);
  const step = Math.max(1, roots.length / builtRoots);
  const sample = Array.from({ length: Math.min(builtRoots, roots.length) }, (_, index) => roots[Math.floor(index * step)] ?? '');
  const peers: Command[] = [
    { name: 'cat of all files', run: 'git ls-files -z | xargs -0 cat > /dev/null', cwd: root },
    { name: 'gitleaks', run: 'gitleaks', args: ['dir', '--no-banner', '.'], cwd: root },
    { name: 'yamllint', run: 'yamllint', args: ['-d', 'relaxed', '.'], cwd: root },
    ...(schemas === undefined ? [] : [kubeconform(root, schemas)]),
    ...(sample.length === 0 ? [] : [{ name: 'kustomize', run: sample.map(folder => `kustomize build '${join(root, folder)}'`).join(';') }]),
  ];
  const installed = peers.filter(({ name }) => name.startsWith('cat') || isInstalled(name));
  const times = new Map(measure([check, ...installed], 3));
  const kustomize = times.get('kustomize');
  if (kustomize !== undefined) times.set('kustomize', (kustomize * roots.length) / sample.length);

  const ours = times.get(check.name) ?? Number.NaN;
  const row = (name: string, time: number, goal?: number) => [
    name,
    time.toFixed(0),
    (ours / time).toFixed(3),
    goal === undefined ? '' : judge(ours / time, goal),
  ];
  const rows = [...times].map(([name, time]) =>
    row(name === 'kustomize' ? `kustomize build of ${roots.length} roots` : name, time, name === 'kubeconform' ? 0.65 : undefined),
  );
  const others = ['kubeconform', 'yamllint', 'gitleaks', 'kustomize'];
  if (others.every(name => times.has(name)))
    rows.push(
      row(
        'the four tools in turn',
        others.reduce((sum, name) => sum + (times.get(name) ?? 0), 0),
        1 / 40,
      ),
    );
  return rows;
}

/** A goal and whether a figure is within it. */
export function judge(figure: number, goal: number): string {
  return `${Number(goal.toFixed(3))} ${figure <= goal ? 'met' : 'MISSED'}`;
}

function kubeconform(root: string, schemas: string): Command {
  const location = join(schemas, '{{.ResourceKind}}{{.KindSuffix}}.json');
  return { name: 'kubeconform', run: 'kubeconform', args: ['-n', '2', '-ignore-missing-schemas', '-schema-location', location, root] };
}

function isInstalled(tool: string): boolean {
  return spawnSync(tool, ['--help'], { stdio: 'ignore' }).error === undefined;
}
