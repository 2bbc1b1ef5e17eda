// The direction of the imports: src/README.md says why. `npm run imports` checks it, `npm test` too.

/** Each folder of src, and the folders beside itself and core that it may import from. */
const layers = {
  workspace: [],
  parse: [],
  classify: ['parse'],
  model: ['parse', 'classify'],
  render: ['parse', 'model', 'schema'],
  schema: ['parse'],
  secrets: ['parse'],
  config: ['parse', 'schema'],
  engine: ['parse', 'secrets'],
  spectral: ['parse'],
  report: [],
};

/** Each package that the product may import, and the one folder that does. */
const homes = {
  '@marcbachmann/cel-js': 'schema',
  '@stoplight/spectral-core': 'spectral',
  '@stoplight/spectral-functions': 'spectral',
  ajv: 'schema',
  chalk: 'report',
  commander: 'cli',
  globby: 'workspace',
  picomatch: 'config',
  re2js: 'schema',
  sarif: 'report',
  'simple-git': 'workspace',
  yaml: 'parse',
};

const product = '^(bin|src|rules)/';
const inputOutput = '^(node:)?(fs|fs/promises|child_process|worker_threads|http|https|net|os|process)$';
/** Runs a rule's examples through the whole pipeline: the one file of the engine that stands above it. */
const testRule = '^src/engine/test-rule[.]ts$';

const forbid = (name, from, to) => ({ name, severity: 'error', from, to });

export default {
  forbidden: [
    forbid('no cycles', {}, { circular: true }),
    ...Object.entries(layers).map(([folder, allowed]) => {
      const own = [folder, 'core', ...allowed].map(name => `^src/${name}/`);
      return forbid(
        `${folder} imports only ${['core', ...allowed].join(', ')}`,
        { path: `^src/${folder}/`, pathNot: testRule },
        { path: product, pathNot: own },
      );
    }),
    forbid('core imports nothing', { path: '^src/core/' }, { pathNot: '^src/core/' }),
    forbid('rules import only core', { path: '^rules/' }, { pathNot: ['^src/core/', '^rules/'] }),
    forbid('a rule knows no other rule', { path: '^rules/[^/]+/' }, { path: '^rules/' }),
    forbid('only the command and the API know the rules', { path: '^src/', pathNot: '^src/(cli/|index[.]ts$)' }, { path: '^rules/' }),
    forbid('the pipeline does not know the command', { path: '^src/', pathNot: '^src/cli/' }, { path: '^(src/cli|bin)/' }),
    forbid('the bin starts the command and nothing else', { path: '^bin/' }, { pathNot: '^src/cli/main[.]ts$' }),
    forbid('the product does not import its tests', { path: product }, { path: '^(test|bench)/' }),
    forbid('input and output stay at the edges', { path: '^src/', pathNot: '^src/(workspace|performance|cli)/' }, { path: inputOutput }),
    ...Object.entries(homes).map(([name, home]) =>
      forbid(`${name} is imported in ${home} only`, { path: product, pathNot: `^src/${home}/` }, { path: `node_modules/(@types/)?${name}/` }),
    ),
    forbid(
      'a package has a home before it is imported',
      { path: product },
      { path: 'node_modules/', pathNot: Object.keys(homes).map(name => `node_modules/(@types/)?${name}/`) },
    ),
    forbid('every import is there', { path: product }, { couldNotResolve: true }),
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' } },
};
