// The build puts this into dist. One file holds the parts of gitops-lint, and beside it stands what V8 made of it
// when it was built: to load that is much less work than to compile, and a third of the time of a short run.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');
const start = require('./start.js');

const modules = new Map();
let script;
let others;

/** Works like `require` between the parts: those of the start, those of one file, and some that have a file of their own. */
function load(name) {
  if (!name.startsWith('./')) return require(name);
  let module = modules.get(name);
  if (module === undefined) {
    module = { exports: {} };
    modules.set(name, module);
    find(name)(module, module.exports, load, __filename);
  }
  return module.exports;
}

function find(name) {
  if (name in start) return start[name];
  others ??= loadOthers();
  return others[name] ?? require(name);
}

function loadOthers() {
  const filename = join(__dirname, 'parts.js');
  // The build writes ASCII, which is read sooner when nobody looks for more.
  script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: readCache() });
  return script.runInThisContext();
}

/** Made by another version of V8 it is of no use; V8 itself refuses one that does not fit. */
function readCache() {
  try {
    return readFileSync(cacheFile());
  } catch {
    return undefined;
  }
}

function cacheFile() {
  return join(__dirname, `parts-${process.versions.v8.split('-')[0]}.cache`);
}

/** For the build, when it has run what users run. */
function keepCompiledCode() {
  require('node:fs').writeFileSync(cacheFile(), script.createCachedData());
}

module.exports = { load, keepCompiledCode };
