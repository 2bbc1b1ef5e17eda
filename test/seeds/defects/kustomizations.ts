import { addFields, append, childrenOf, insertLines, lastLineOf, replaceField, replaceLine, swapLetters } from '../edit-text.ts';
import { fieldAt, isKustomization, mentionsIn } from '../mentions.ts';
import type { Field, Repository, YamlDocument } from '../read-repository.ts';
import type { Defect, Seeders } from '../seed.ts';

export const kustomizationDefects: Seeders<Defect> = {
  'a key of a kustomization is misspelt': function* (repository) {
    for (const { document, keys, line, column } of fieldsOfKustomizations(repository)) {
      const key = keys.at(-1);
      if (column === undefined || typeof key !== 'string' || !/^[a-z]+([A-Z]|s$)/.test(key) || isFreeKey(keys)) continue;
      yield at('schema/tool-config', document, line, renameKey(document, line, key, swapLetters(key)));
    }
  },
  'a list of a kustomization is a string': function* (repository) {
    for (const field of fieldsOfKustomizations(repository)) {
      if (field.keys.length !== 1 || field.kind !== 'sequence' || lastLineOf(field) !== field.line + 1) continue;
      const text = replaceLine(replaceLine(field.document.text, field.line + 1), field.line, line => `${line} everything`);
      yield at('schema/tool-config', field.document, field.line, text);
    }
  },
  'a version of a kustomization does not exist': function* (repository) {
    for (const field of fieldsOfKustomizations(repository)) {
      if (field.keys.length === 1 && field.keys[0] === 'apiVersion') {
        yield at('schema/tool-config', field.document, field.line, replaceField(field, 'v1', /v1(alpha|beta)1/.exec(String(field.value))?.[0]));
      }
    }
  },
  'a patch is listed without "path"': function* (repository) {
    for (const field of fieldsOfKustomizations(repository)) {
      const [list, , key] = field.keys;
      if (list !== 'patches' || key !== 'path' || childrenOf(field.document, field.keys.slice(0, 2)).length > 1) continue;
      yield at(
        'schema/tool-config',
        field.document,
        field.line,
        replaceLine(field.document.text, field.line, line => line.replace('path: ', '')),
      );
    }
  },
  'a tag is a number': function* (repository) {
    for (const field of fieldsOfKustomizations(repository)) {
      if (field.keys.at(-1) === 'newTag') yield at('schema/implicit-type', field.document, field.line, replaceField(field, '20260130'));
    }
  },
  'a name is a list': function* (repository) {
    for (const field of fieldsOfKustomizations(repository)) {
      if (!['namespace', 'newTag', 'namePrefix'].includes(String(field.keys.at(-1))) || field.kind !== 'scalar') continue;
      yield at('schema/tool-config', field.document, field.line, replaceField(field, `[${field.document.text.slice(field.start, field.end)}]`));
    }
  },
  'bases are listed as such': function* (repository) {
    const mentions = mentionsIn(repository);
    for (const field of fieldsOfKustomizations(repository)) {
      if (field.keys.length !== 1 || field.keys[0] !== 'resources') continue;
      const items = childrenOf(field.document, field.keys);
      if (items.some(item => !mentions.some(mention => mention.field === item && mention.isFolder))) continue;
      yield at('kustomize/deprecated-field', field.document, field.line, renameKey(field.document, field.line, 'resources', 'bases'));
    }
  },
  'patches are listed as patchesStrategicMerge': function* (repository) {
    for (const field of fieldsOfKustomizations(repository)) {
      if (field.keys.length !== 1 || field.keys[0] !== 'patches') continue;
      const items = childrenOf(field.document, field.keys);
      if (items.some(item => childrenOf(item.document, item.keys).length !== 1 || !fieldAt(item.document, ...item.keys, 'path'))) continue;
      let text = renameKey(field.document, field.line, 'patches', 'patchesStrategicMerge');
      for (const item of items) text = replaceLine(text, item.line, line => line.replace('path: ', ''));
      yield at('kustomize/deprecated-field', field.document, field.line, text);
    }
  },
  'labels are set by commonLabels': function* (repository) {
    for (const document of repository.documents.filter(isKustomization)) {
      if (fieldAt(document, 'commonLabels')) continue;
      const { text, line } = append(document, 'commonLabels:', '  team: harbour');
      yield at('kustomize/deprecated-field', document, line, text);
    }
  },
  'a key of a kustomization stands twice': function* (repository) {
    for (const { document, keys, kind, line } of fieldsOfKustomizations(repository)) {
      if (keys.length !== 1 || kind !== 'scalar') continue;
      yield at('schema/duplicate-key', document, line + 1, insertLines(document.text, line, lineOf(document, line)));
    }
  },
  'a key stands twice in upper and lower case': function* (repository) {
    for (const { document, keys, kind } of fieldsOfKustomizations(repository)) {
      const key = String(keys[0]);
      if (keys.length !== 1 || kind !== 'sequence') continue;
      const added = append(document, `${key[0]?.toUpperCase()}${key.slice(1)}: []`);
      yield at('schema/duplicate-key', document, added.line, added.text);
    }
  },
  'an unknown field is added to an item': function* (repository) {
    for (const { document, keys, kind } of fieldsOfKustomizations(repository)) {
      if (keys.length !== 2 || kind !== 'mapping' || !['images', 'patches', 'configMapGenerator'].includes(String(keys[0]))) continue;
      const added = addFields(document, keys, 'description: see the wiki');
      if (added !== undefined) yield at('schema/tool-config', document, added.line, added.text);
    }
  },
};

function fieldsOfKustomizations({ documents }: Repository): Field[] {
  return documents.filter(isKustomization).flatMap(({ fields }) => fields);
}

/** Labels and the like have keys of their own; what stands in patches is no field of the kustomization. */
function isFreeKey(keys: Field['keys']): boolean {
  return keys.some(key => /^(pairs|labels|annotations|commonLabels|commonAnnotations)$/.test(String(key)) && key !== keys.at(-1));
}

function at(ruleId: string, { path }: YamlDocument, line: number, text: string): Defect {
  return { files: { [path]: text }, expected: [{ ruleId, path, line }] };
}

function renameKey({ text }: YamlDocument, number: number, key: string, by: string): string {
  return replaceLine(text, number, line => line.replace(`${key}:`, `${by}:`));
}

function lineOf({ text }: YamlDocument, number: number): string {
  return text.split('\n')[number - 1] ?? '';
}
