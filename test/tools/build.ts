/** `npm run build`: the command and the API as parts in dist that are loaded when they are needed, their types, and the licences of what they hold. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, transform } from 'esbuild';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const output = { minify: true, platform: 'node', target: 'node20.19', legalComments: 'none', logLevel: 'error' } as const;
const bundle = { ...output, bundle: true, metafile: true } as const;
/** The parser that is rarely needed is required, not imported, since parsing is synchronous: it becomes a file of its own. */
const yamlBesideTheParts: Plugin = {
  name: 'yaml beside the parts',
  setup({ onLoad }) {
    onLoad({ filter: /src[/\\]parse[/\\]yaml-package\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes("('yaml')")) throw new Error('src/parse/yaml-package.ts does not require yaml any more: mend the build');
      return { contents: text.replace("('yaml')", "('./yaml.js')"), loader: 'ts' };
    });
  },
};
// Node starts CommonJS sooner than modules, and esbuild splits modules alone: so modules are split first, in memory,
// then each is turned into a CommonJS part.
const modules = await build({
  ...bundle,
  entryPoints: { bin: 'bin/gitops-lint.ts', api: 'src/index.ts' },
  splitting: true,
  format: 'esm',
  outdir: 'dist',
  // All beside each other, so that every part finds yaml.js.
  chunkNames: '[name]-[hash]',
  // Spectral's jsonc-parser requires files by computed names in its `main` build, which no bundler can follow.
  mainFields: ['module', 'main'],
  define: { 'import.meta.url': '__filename' },
  plugins: [yamlBesideTheParts],
  write: false,
});
rmSync('dist', { recursive: true, force: true });
mkdirSync('dist');
/** What the command needs whatever it does: it comes without the rest for `--version`. */
const startNames = withImports(['bin.js']);
/** What one of the commands needs, whatever the repository holds. */
const commandNames = withImports([...outputNames().filter(isOfCommand), 'bin.js', 'api.js']);
const files = { 'start.js': [] as string[], 'parts.js': [] as string[] };
for (const { path, text } of modules.outputFiles) {
  const name = basename(path);
  const part = await partOf(text);
  if (isRarelyNeeded(name)) writeFileSync(path, `module.exports=${part}`);
  else files[startNames.has(name) ? 'start.js' : 'parts.js'].push(`"./${name}":${part}`);
}
writeFileSync('dist/start.js', `module.exports={${files['start.js'].join(',\n')}}`);
writeFileSync('dist/parts.js', `({${files['parts.js'].join(',\n')}})`);
const yaml = await build({ ...bundle, entryPoints: ['yaml'], format: 'cjs', outfile: 'dist/yaml.js' });
copyFileSync('test/tools/load-parts.cjs', 'dist/load-parts.js');
writeFileSync('dist/gitops-lint.js', "#!/usr/bin/env node\nrequire('./load-parts.js').load('./bin.js');\n", { mode: 0o755 });
// The names are for Node, which reads them off the text when a module imports this file.
const names = modules.metafile.outputs['dist/api.js']?.exports.join(', ');
writeFileSync('dist/index.js', `module.exports = require('./load-parts.js').load('./api.js');\n0 && (module.exports = { ${names} });\n`);
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
writeFileSync('dist/LICENSES.txt', licencesOf([modules, yaml].flatMap(({ metafile }) => Object.keys(metafile.inputs))));
keepCompiledCode();

const typescript = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const types = spawnSync(process.execPath, [typescript, '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
process.exitCode = types.status ?? 1;

/** A function that fills in a module. What one part takes from another would go through a getter at every use, hence the last line. */
async function partOf(text: string): Promise<string> {
  const footer = 'module.exports=Object.defineProperty({...module.exports},"__esModule",{value:!0});';
  const { code } = await transform(text.replace(/^#!.*/, ''), { ...output, format: 'cjs', supported: { 'dynamic-import': false }, footer });
  return `function(module,exports,require,__filename){"use strict";${code}}`;
}

/** Parts with all that they import at once. */
function withImports(parts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>(parts);
  for (const name of names) {
    for (const { path, kind } of modules.metafile.outputs[`dist/${name}`]?.imports ?? []) {
      if (kind === 'import-statement' && path.startsWith('dist/')) names.add(basename(path));
    }
  }
  return names;
}

function outputNames(): string[] {
  return Object.keys(modules.metafile.outputs).map(path => basename(path));
}

function isOfCommand(name: string): boolean {
  return modules.metafile.outputs[`dist/${name}`]?.entryPoint?.startsWith('src/cli/') ?? false;
}

/** Large and imported where it is needed: Spectral, Ajv, globby, simple-git. */
function isRarelyNeeded(name: string): boolean {
  const { bytes = 0 } = modules.metafile.outputs[`dist/${name}`] ?? {};
  return bytes > 60_000 && !commandNames.has(name);
}

/** Lints repositories of every kind, so that what a run needs is compiled, then keeps what V8 made of it. */
function keepCompiledCode(): void {
  const program = `
    process.on('exit', require('./dist/load-parts.js').keepCompiledCode);
    process.argv = ['node', 'gitops-lint', 'check', '--root', 'test/repos'];
    require('./dist/gitops-lint.js');`;
  const { status, stderr } = spawnSync(process.execPath, ['--eval', program], { encoding: 'utf8' });
  if (status !== 1) throw new Error(`the repositories have errors, so the exit code must be 1: it is ${status}. ${stderr}`);
}

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
