/**
 * `npm run conformance -- FOLDER…` compares, on the repositories in the folders (test/repos where none is given):
 * our YAML parser with the `yaml` package, on every file; our Kustomize renderer with the real kustomize, on every
 * folder with a kustomization, object by object; and where the fields of the rendered objects come from with what a change there does.
 * What kustomize says is kept in the folder for temporary files.
 */
import { basename } from 'node:path';
import { compareYamlFiles } from './compare-yaml-files.ts';
import { compareKustomizations } from './kustomize/compare-kustomizations.ts';
import { proveProvenance } from './kustomize/prove-provenance.ts';

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['test/repos'];
let differences = 0;
for (const folder of folders) {
  console.log(`\n== ${basename(folder)}: YAML`);
  differences += compareYamlFiles(folder);
}
differences += await compareKustomizations(folders);
differences += await proveProvenance(folders);
process.exitCode = differences === 0 ? 0 : 1;
