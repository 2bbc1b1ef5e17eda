/** `npm run build`: the command and the API as lazily loaded chunks in dist, their types, and the licences of what they hold. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, transform } from 'esbuild';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const output = { minify: true, platform: 'node', target: 'node20.19', legalComments: 'none', logLevel: 'error' } as const;
const bundle = { ...output, bundle: true, metafile: true } as const;
/** The parser that is rarely needed is required, not imported, since parsing is synchronous: it becomes a file of its own. */
const yamlBesideTheChunks: Plugin = {
  name: 'yaml beside the chunks',
  setup({ onLoad }) {
    onLoad({ filter: /src[/\\]parse[/\\]yaml-package\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes("('yaml')")) throw new Error('src/parse/yaml-package.ts does not require yaml any more: mend the build');
      return { contents: text.replace("('yaml')", "('./yaml.js')"), loader: 'ts' };
    });
  },
};
// Node starts CommonJS files some ten milliseconds sooner than modules, and esbuild splits modules alone:
// so modules are split first, in memory, then each of them is turned into CommonJS.
const modules = await build({
  ...bundle,
  entryPoints: { 'gitops-lint': 'bin/gitops-lint.ts', index: 'src/index.ts' },
  splitting: true,
  format: 'esm',
  outdir: 'dist',
  // All beside each other, so that every chunk finds yaml.js.
  chunkNames: '[name]-[hash]',
  // Spectral's jsonc-parser requires files by computed names in its `main` build, which no bundler can follow.
  mainFields: ['module', 'main'],
  define: { 'import.meta.url': '__filename' },
  plugins: [yamlBesideTheChunks],
  write: false,
});
/** What one chunk takes from another it would reach through a getter, at every use: a tenth of the time of the main job. */
const plainExports = 'module.exports=Object.defineProperty({...module.exports},"__esModule",{value:!0});';
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
for (const { path, text } of modules.outputFiles) {
  const { code } = await transform(text, { ...output, format: 'cjs', supported: { 'dynamic-import': false }, footer: plainExports });
  writeFileSync(path, code);
}
const yaml = await build({ ...bundle, entryPoints: ['yaml'], format: 'cjs', outfile: 'dist/yaml.js' });
chmodSync('dist/gitops-lint.js', 0o755);
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
writeFileSync('dist/LICENSES.txt', licencesOf([modules, yaml].flatMap(({ metafile }) => Object.keys(metafile.inputs))));

const typescript = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const types = spawnSync(process.execPath, [typescript, '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
process.exitCode = types.status ?? 1;

/** The packages that the bundle holds a part of, under the text of their licence. */
function licencesOf(inputs: readonly string[]): string {
  const packages = new Map<string, string[]>();
  for (const folder of new Set(inputs.map(packageFolder).filter(folder => folder !== undefined))) {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Record<string, string>;
    const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : readFileSync(`${folder}/${file}`, 'utf8').trim();
    packages.set(text, [...(packages.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...packages].map(([text, names]) => `${names.sort().join('\n')}\n\n${text}\n`);
  return ['gitops-lint holds parts of the packages below.\n', ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

/** The folder of the package that an input below node_modules belongs to. */
function packageFolder(input: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}
