/** `npm run build`: the command and the API as lazily loaded chunks in dist, their types, and the licences of what they hold. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });

const common: BuildOptions = {
  outdir: 'dist',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20.19',
  // Spectral's jsonc-parser requires files by computed names in its `main` build, which no bundler can follow.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};
/** The parser that is rarely needed is required, not imported, since parsing is synchronous: it becomes a file of its own. */
const yamlBesideTheChunks: Plugin = {
  name: 'yaml beside the chunks',
  setup({ onLoad }) {
    onLoad({ filter: /src[/\\]parse[/\\]yaml-package\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes("('yaml')")) throw new Error('src/parse/yaml-package.ts does not require yaml any more: mend the build');
      return { contents: text.replace("('yaml')", "('./yaml.cjs')"), loader: 'ts' };
    });
  },
};
const command = await build({
  ...common,
  entryPoints: { 'gitops-lint': 'bin/gitops-lint.ts', index: 'src/index.ts' },
  format: 'esm',
  splitting: true,
  // All beside each other, so that every chunk finds yaml.cjs.
  chunkNames: '[name]-[hash]',
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  plugins: [yamlBesideTheChunks],
});
const yaml = await build({ ...common, entryPoints: { yaml: 'yaml' }, format: 'cjs', outExtension: { '.js': '.cjs' } });
writeFileSync('dist/LICENSES.txt', licencesOf([command, yaml].flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {}))));

const typescript = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const types = spawnSync(process.execPath, [typescript, '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
process.exitCode = types.status ?? 1;

/** Name, version and licence text of every package that the bundle holds a part of. */
function licencesOf(inputs: readonly string[]): string {
  const folders = new Set(inputs.map(packageFolder).filter(folder => folder !== undefined));
  const parts = [...folders].sort().map(folder => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Record<string, string>;
    const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
    return `${name} ${version} (${license})\n\n${file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`;
  });
  return ['gitops-lint holds parts of the packages below.\n', ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the package that an input below node_modules belongs to. */
function packageFolder(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}
