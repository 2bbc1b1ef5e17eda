import type { FieldPlace, RepoPath } from '../../core/place.ts';
import { openDocuments } from './apply-patches.ts';
import type { ReplacementEntry } from './kustomization.ts';
import { parsedFile, readValue } from './read-yaml.ts';
import { Refusal } from './refusal.ts';
import { replacementTransform } from './replace-values.ts';
import { decode, replacementShape } from './shapes.ts';
import type { Transform, TransformContext } from './transform.ts';

/** `replacements`: each entry says what is replaced, or names a file with one or several of them. */
export function loadReplacements(entries: readonly ReplacementEntry[], at: FieldPlace, folder: RepoPath): Transform {
  return (resources, context) => {
    let replaced = resources;
    for (const [index, entry] of entries.entries()) {
      const place = { ...at, field: [...at.field, index] };
      if (!entry.path) replaced = replacementTransform(entry, place)(replaced, context);
      else {
        if (entry.source !== undefined || entry.targets !== undefined)
          throw new Refusal(place, 'the replacement has both a path and a source or targets: keep one of them');
        for (const { at: listedAt, ...listed } of readReplacements(entry.path, { ...place, field: [...place.field, 'path'] }, folder, context)) {
          replaced = replacementTransform(listed, listedAt)(replaced, context);
        }
      }
    }
    return replaced;
  };
}

function readReplacements(
  path: string,
  at: FieldPlace,
  folder: RepoPath,
  context: TransformContext,
): (ReplacementEntry & { readonly at: FieldPlace })[] {
  const file = openDocuments(path, at, folder, context);
  if (file === undefined) return [];
  const { documents, problems } = parsedFile(file);
  const [document] = documents;
  const [problem] = problems;
  if (problem) throw new Refusal({ path: file.path, start: problem.start, end: problem.end }, problem.message);
  const value = document && readValue(document, file, 'go');
  if (typeof value !== 'object' || value === null) throw new Refusal(at, `"${path}" holds no replacements`);
  const items = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return items.map((item, index) => {
    const field = Array.isArray(value) ? [index] : [];
    const fitted = decode(item, replacementShape, false, field);
    if ('message' in fitted) throw new Refusal({ path: file.path, document: 0, field: fitted.field, part: 'value' }, fitted.message);
    // `decode` has checked it by the shape of these fields.
    return { ...((fitted.value ?? {}) as ReplacementEntry), at: { path: file.path, document: 0, field, part: 'value' } };
  });
}
