import type { Document, SourceFile } from '../../core/document.ts';
import { isFields, textAt } from '../../core/fields.ts';
import { at } from '../../core/place.ts';
import { collectFields } from './collect-fields.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** What the operations of JSON patches (RFC 6902) put into objects that are no Secrets. */
export function* jsonPatchLiterals(file: SourceFile): Iterable<SecretCandidate> {
  for (const document of file.documents) {
    if (document.classification.class === 'json-patch') yield* operations(document);
  }
}

function* operations(document: Document): Iterable<SecretCandidate> {
  const list = Array.isArray(document.value) ? document.value : [];
  for (const [index, operation] of list.entries()) {
    if (!isFields(operation)) continue;
    const path = (textAt(operation, 'path') ?? '')
      .split('/')
      .slice(1)
      .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const key = path.findLast(part => !/^(?:\d+|-)$/.test(part)) ?? '';
    const { value } = operation;
    const holder = 'the patch';
    if (typeof value === 'string')
      yield { at: at(document, index, 'value'), key, path, value, holder, keptAs: path[0] === 'stringData' ? 'secret' : 'setting' };
    else yield* collectFields({ document, holder }, value, [index, 'value']);
  }
}
