import path from 'node:path/posix';
import { addItem } from '../edit-text.ts';
import { isKustomization } from '../mentions.ts';
import type { Files, NeutralEdit, Seeder } from '../seed.ts';

/** Files beside every kustomization that lists resources, and their places in the list. */
export function listed(files: Files): Seeder<NeutralEdit> {
  return function* (repository) {
    for (const document of repository.documents.filter(isKustomization)) {
      const folder = path.dirname(document.path);
      const entries = Object.entries(files).map(([name, text]): [string, string] => [path.join(folder, name), text]);
      if (entries.some(([file]) => file in repository.files)) continue;
      let text: string | undefined = document.text;
      for (const name of Object.keys(files)) text = text === undefined ? undefined : addItem({ ...document, text }, ['resources'], name)?.text;
      if (text !== undefined) yield { files: { ...Object.fromEntries(entries), [document.path]: text } };
    }
  };
}
