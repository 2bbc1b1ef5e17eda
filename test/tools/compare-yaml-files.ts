import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareWithYaml } from './compare-with-yaml.ts';

/** Compares our YAML parser with the `yaml` package on every file of a folder, prints what differs, and counts. */
export function compareYamlFiles(folder: string): number {
  const counts = { files: 0, bytes: 0, accepted: 0, acceptedBytes: 0, templates: 0, templateBytes: 0, differences: 0 };
  for (const { path, text } of yamlFiles(folder)) {
    const { refusal, difference } = compareWithYaml(text);
    counts.files++;
    counts.bytes += text.length;
    if (refusal === undefined) {
      counts.accepted++;
      counts.acceptedBytes += text.length;
    } else if (text.includes('{{')) {
      counts.templates++;
      counts.templateBytes += text.length;
    } else {
      console.log(`${path}: ${refusal}`);
    }
    if (difference) {
      counts.differences++;
      console.log(`${path}: ${difference.kind}: ${difference.details.slice(0, 500)}`);
    }
  }
  console.log(counts);
  return counts.differences;
}

/** The YAML files below a folder. */
export function* yamlFiles(folder: string): Generator<{ path: string; text: string }> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== '.git') yield* yamlFiles(path);
    else if (entry.isFile() && /\.ya?ml$/.test(entry.name)) yield { path, text: readFileSync(path, 'utf8') };
  }
}
