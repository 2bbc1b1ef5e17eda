import path from 'node:path/posix';
import { addItem, append, childrenOf, insertLines, itemLike, replaceField, replaceLine } from '../edit-text.ts';
import { counterparts, environmentIn } from '../environments-in-names.ts';
import { fieldAt, isFluxKustomization, isKustomization, isManifest, type Mention, mentionsIn } from '../mentions.ts';
import type { Defect, Seeders } from '../seed.ts';

export const environmentDefects: Seeders<Defect> = {
  'an overlay applies a file of another environment': function* (repository) {
    for (const mention of mentionsIn(repository)) {
      if (!isOfKustomization(mention) || mention.isFolder || environmentIn(mention.field.document.path) === undefined) continue;
      for (const other of counterparts(repository.files, mention.target)) yield crossReference(mention, other);
    }
  },
  'two environments swap their files': function* (repository) {
    const mentions = mentionsIn(repository);
    for (const mention of mentions) {
      if (!isOfKustomization(mention) || mention.isFolder || environmentIn(mention.field.document.path) !== 'production') continue;
      for (const target of counterparts(repository.files, mention.target)) {
        const other = mentions.find(
          candidate => candidate.target === target && environmentIn(candidate.field.document.path) === environmentIn(target),
        );
        if (other === undefined) continue;
        const [here, there] = [crossReference(mention, target), crossReference(other, mention.target)];
        yield { files: { ...here.files, ...there.files }, expected: here.expected };
      }
    }
  },
  'a controller delivers another environment': function* (repository) {
    for (const mention of mentionsIn(repository)) {
      const { kind, field, target } = mention;
      const own = environmentIn(field.document.path);
      if ((kind !== 'flux' && kind !== 'argocd') || own === undefined || own !== environmentIn(target)) continue;
      for (const other of counterparts(repository.files, target)) yield crossReference(mention, other);
    }
  },
  'a base applies a file of an environment': function* (repository) {
    const { documents } = repository;
    for (const base of documents.filter(isKustomization)) {
      if (!/(^|\/)(base|components)\//.test(base.path) || environmentIn(base.path) !== undefined) continue;
      const app = path.dirname(base.path).replace(/\/base(\/.*)?$/, '');
      const owned = documents.find(document => environmentIn(document.path) && document.path.startsWith(`${app}/`) && isManifest(document));
      const added = owned && addItem(base, ['resources'], path.relative(path.dirname(base.path), owned.path));
      if (added) yield { files: { [base.path]: added.text }, expected: [{ ruleId: 'environment/base-leak', path: base.path, line: added.line }] };
    }
  },
  'a component patches with a file of an environment': function* ({ files, documents }) {
    for (const shared of documents.filter(isKustomization)) {
      if (!/(^|\/)(base|components)\//.test(shared.path) || environmentIn(shared.path) !== undefined) continue;
      const patch = documents.find(
        document => isKustomization(document) && environmentIn(document.path) === 'production' && fieldAt(document, 'patches', 0, 'path'),
      );
      const field = patch && fieldAt(patch, 'patches', 0, 'path');
      if (patch === undefined || field === undefined) continue;
      const target = path.join(path.dirname(patch.path), String(field.value));
      const written = path.relative(path.dirname(shared.path), target);
      const added = fieldAt(shared, 'patches') ? addItem(shared, ['patches'], `path: ${written}`) : undefined;
      const appended = append(shared, 'patches:', `- path: ${written}`);
      const { text, line } = added ?? { text: appended.text, line: appended.line + 1 };
      if (target in files) yield { files: { [shared.path]: text }, expected: [{ ruleId: 'environment/base-leak', path: shared.path, line }] };
    }
  },
  'an overlay builds on the patch of another environment by a generator': function* ({ files, documents }) {
    for (const overlay of documents.filter(isKustomization)) {
      const own = environmentIn(overlay.path);
      if (own === undefined || fieldAt(overlay, 'configMapGenerator')) continue;
      const [other] = counterparts(files, overlay.path);
      const manifest = documents.find(document => path.dirname(document.path) === path.dirname(other ?? '') && !isKustomization(document));
      if (manifest === undefined) continue;
      const { text, line } = append(
        overlay,
        'configMapGenerator:',
        '- name: copied',
        '  files:',
        `  - ${path.relative(path.dirname(overlay.path), manifest.path)}`,
      );
      yield { files: { [overlay.path]: text }, expected: [{ ruleId: 'environment/cross-reference', path: overlay.path, line: line + 3 }] };
    }
  },
  'production takes the values of another environment': function* (repository) {
    for (const mention of mentionsIn(repository)) {
      const { kind, field, target } = mention;
      if (kind !== 'values' || environmentIn(target) !== 'production') continue;
      for (const other of counterparts(repository.files, target)) {
        const { files } = crossReference(mention, other);
        yield { files, expected: [{ ruleId: 'environment/values-file', path: field.document.path, line: field.line }] };
      }
    }
  },
  'the values of another environment come last': function* (repository) {
    for (const { kind, field, target, written } of mentionsIn(repository)) {
      const [other] = kind === 'values' && environmentIn(target) === 'production' ? counterparts(repository.files, target) : [];
      if (other === undefined || field.column === undefined) continue;
      const { document, line, value } = field;
      const item = itemLike(field, String(value).replace(path.basename(written), path.basename(other)));
      yield {
        files: { [document.path]: insertLines(document.text, line + 1, ...item) },
        expected: [{ ruleId: 'environment/values-file', path: document.path, line: line + 1 }],
      };
    }
  },
  'production leaves its values out': function* (repository) {
    for (const { kind, field, target } of mentionsIn(repository)) {
      if (kind !== 'values' || environmentIn(target) !== 'production') continue;
      const { document, keys, line } = field;
      const items = childrenOf(document, keys.slice(0, -1));
      const before = items.at(-2);
      if (items.at(-1) !== field || before === undefined) continue;
      yield {
        files: { [document.path]: replaceLine(document.text, line) },
        expected: [{ ruleId: 'environment/values-file', path: document.path, line: before.line }],
      };
    }
  },
  'a cluster has a name that tells nothing': function* ({ documents }) {
    for (const document of documents) {
      if (!isFluxKustomization(document) || document.siblings > 1 || !/^clusters\/\w+\/[\w-]+\.yaml$/.test(document.path)) continue;
      const file = document.path.replace(/^clusters\/\w+/, 'clusters/helios');
      const source = fieldAt(document, 'spec', 'path');
      if (source === undefined) continue;
      yield {
        files: { [file]: replaceField(source, './infrastructure') },
        expected: [{ ruleId: 'environment/unclassified', path: file, line: fieldAt(document, 'apiVersion')?.line ?? 1 }],
      };
    }
  },
};

function isOfKustomization({ kind }: Mention): boolean {
  return kind === 'resource' || kind === 'patch' || kind === 'generator';
}

/** The mention of the same thing in another environment. */
function crossReference({ field, from, written }: Mention, other: string): Defect {
  const { path: file } = field.document;
  const isRooted = written.startsWith('./');
  const by = `${isRooted ? './' : ''}${path.relative(from, other)}`;
  return {
    files: { [file]: replaceField(field, by, written) },
    expected: [{ ruleId: 'environment/cross-reference', path: file, line: field.line }],
  };
}
