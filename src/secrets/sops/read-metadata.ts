import { type Fields, isFields, textAt } from '../../core/fields.ts';
import type { Place } from '../../core/place.ts';
import { type ProtectionProblem, type SopsFile, selectionFields } from '../../core/protection.ts';
import { selectionIn } from './read-config.ts';
import { type PlaceOf, recipientsOfFile } from './recipients.ts';
import type { CompileExpression } from './should-be-encrypted.ts';

export type SopsMetadata = Pick<SopsFile, 'at' | 'recipients' | 'lastModified' | 'problems'> & {
  readonly selection: ReturnType<typeof selectionIn>;
  /** SOPS cannot tell what is encrypted, and neither can we. */
  readonly isSelectionBroken: boolean;
};

/** A field of that name which SOPS has written, and not the settings of something that uses it. */
export function isMetadata(sops: unknown): sops is Fields {
  if (!isFields(sops)) return false;
  if (isCiphertext(sops.mac) || (sops.lastmodified !== undefined && sops.version !== undefined)) return true;
  return Object.values(sops).some(keys => Array.isArray(keys) && keys.some(key => isFields(key) && typeof key.enc === 'string'));
}

/** What SOPS needs of its metadata before it decrypts: `ToInternal` of its stores.go, and the checksum. */
export function readMetadata(sops: Fields, at: Place, placeOf: PlaceOf, compile: CompileExpression): SopsMetadata {
  const problems: ProtectionProblem[] = [];
  const say = (place: Place, message: string) => problems.push({ at: place, message });
  const mac = sops.mac;
  if (mac === undefined || mac === null || mac === '')
    say(mac === undefined ? at : placeOf('mac'), 'the metadata of SOPS has no checksum "mac", and SOPS refuses the file: encrypt it again');
  else if (!isCiphertext(mac)) say(placeOf('mac'), 'the checksum "mac" of SOPS is damaged: restore the file, or encrypt it again');
  if (!sops.version) say(at, 'the metadata of SOPS has no "version", and SOPS refuses the file: encrypt it again');
  const modified = textAt(sops, 'lastmodified');
  if (modified === undefined) say(at, 'the metadata of SOPS has no "lastmodified", and SOPS refuses the file: encrypt it again');
  else if (!isTime(modified))
    say(placeOf('lastmodified'), '"lastmodified" of SOPS is no time, and SOPS refuses the file: restore it, or encrypt the file again');
  const { missing, ...recipients } = recipientsOfFile(sops, placeOf);
  for (const place of missing) say(place, 'a recipient of SOPS without its key or "enc": run "sops updatekeys"');
  if (missing.length === 0 && recipients.unknown === undefined && recipients.groups.every(group => group.length === 0))
    say(at, 'the metadata of SOPS has no recipient, so that nobody can decrypt the file: encrypt it again');
  const selection = selectionIn(sops);
  const used = selectionFields.filter(name => selection[name] !== undefined);
  const [first, second] = used;
  if (first !== undefined && second !== undefined)
    say(placeOf(second), `"${second}" beside "${first}" in the metadata of SOPS, which takes one of them and refuses the file: encrypt it again`);
  const broken = used.find(name => name.endsWith('_regex') && typeof compile(selection[name] ?? '') === 'string');
  if (broken !== undefined) say(placeOf(broken), `"${broken}" in the metadata of SOPS is no regular expression of Go: encrypt the file again`);
  return {
    at,
    recipients,
    ...(modified !== undefined && isTime(modified) && { lastModified: { text: modified, at: placeOf('lastmodified') } }),
    problems,
    selection,
    isSelectionBroken: broken !== undefined || used.length > 1,
  };
}

/** As SOPS reads it, on one line: `encre` of its cipher.go. No expression, for values may be long and hostile. */
export function isCiphertext(value: unknown): boolean {
  if (typeof value !== 'string' || !value.startsWith(ciphertextStart)) return false;
  let position = ciphertextStart.length;
  for (const separator of [',iv:', ',tag:', ',type:', ']']) {
    const next = value.indexOf(separator, position + 1);
    if (next < 0) return false;
    position = next + separator.length;
  }
  const lineBreak = value.indexOf('\n');
  return lineBreak < 0 || lineBreak >= position;
}

const ciphertextStart = 'ENC[AES256_GCM,data:';

/** RFC 3339, as Go parses it. */
function isTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text.replace(',', '.')));
}
