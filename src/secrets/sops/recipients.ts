import { type Fields, isFields, listAt, textAt } from '../../core/fields.ts';
import type { FieldPath, Place } from '../../core/place.ts';
import type { SopsRecipient, SopsRecipients } from '../../core/protection.ts';

/** Where a field below the one that is read stands. */
export type PlaceOf = (...field: FieldPath) => Place;

/** A service or program that keeps keys. */
interface KeySource {
  /** As the metadata of files, the rules of .sops.yaml and the groups in them call it. */
  readonly inFile: string;
  readonly inRule: string;
  readonly inGroup: string;
  /** What names a key in the metadata of a file. */
  readonly nameInFile: (key: Fields) => string | undefined;
  /** The same in a group, where that is a mapping. */
  readonly nameInGroup: (key: Fields) => string | undefined;
  /** The same for every way of writing the same key; undefined where that cannot be told. */
  readonly idOf: (name: string) => string | undefined;
}

const keySources: readonly KeySource[] = [
  source(
    'age',
    'age',
    'age',
    key => textAt(key, 'recipient'),
    name => (/^(?:age1|ssh-)\S/.test(name) ? name : undefined),
  ),
  source('pgp', 'pgp', 'pgp', key => textAt(key, 'fp'), fingerprintOf),
  source('kms', 'kms', 'kms', key => textAt(key, 'arn'), keyOfAws),
  source(
    'gcp_kms',
    'gcp_kms',
    'gcp_kms',
    key => textAt(key, 'resource_id'),
    name => name.replaceAll(' ', ''),
  ),
  source('azure_kv', 'azure_keyvault', 'azure_keyvault', keyFieldsOfAzure, keyOfAzure),
  source('hc_vault', 'hc_vault_transit_uri', 'hc_vault', keyFieldsOfVault, keyOfVault),
];

function source(inFile: string, inRule: string, inGroup: string, nameIn: KeySource['nameInFile'], idOf: KeySource['idOf']): KeySource {
  return { inFile, inRule, inGroup, nameInFile: nameIn, nameInGroup: nameIn, idOf };
}

/** The recipients that the metadata of a file names; `missing` are entries that no key can be got from. */
export function recipientsOfFile(sops: Fields, placeOf: PlaceOf): SopsRecipients & { readonly missing: readonly Place[] } {
  const missing: Place[] = [];
  const own = groupOfFile(sops, placeOf, missing);
  const groups = own.recipients.length > 0 || own.unknown !== undefined ? [own] : listAt(sops, 'key_groups').map(groupIn);
  const unknown = groups.find(group => group.unknown !== undefined)?.unknown;
  return {
    groups: groups.map(({ recipients }) => recipients),
    threshold: Number(sops.shamir_threshold) || groups.length,
    missing,
    ...(unknown !== undefined && { unknown }),
  };

  function groupIn(group: unknown, index: number): Group {
    return isFields(group) ? groupOfFile(group, (...field) => placeOf('key_groups', index, ...field), missing) : { recipients: [] };
  }
}

interface Group {
  readonly recipients: readonly SopsRecipient[];
  readonly unknown?: string;
}

function groupOfFile(fields: Fields, placeOf: PlaceOf, missing: Place[]): Group {
  const recipients: SopsRecipient[] = [];
  let unknown: string | undefined;
  for (const [name, keys] of Object.entries(fields)) {
    if (!Array.isArray(keys) || name === 'key_groups') continue;
    const known = keySources.find(({ inFile }) => inFile === name);
    for (const [index, key] of keys.entries()) {
      if (!isFields(key)) continue;
      const at = placeOf(name, index);
      const written = known?.nameInFile(key);
      const id = written === undefined ? undefined : known?.idOf(written);
      if (!textAt(key, 'enc') || (known && !written)) missing.push(at);
      else if (written === undefined || id === undefined) unknown = `the keys of "${name}" cannot be compared`;
      else recipients.push({ id: `${name} ${id}`, name: written, at });
    }
  }
  return { recipients, ...(unknown !== undefined && { unknown }) };
}

/** The recipients of a creation rule. */
export function recipientsOfRule(rule: Fields, placeOf: PlaceOf): SopsRecipients {
  const groups = listAt(rule, 'key_groups');
  const read =
    groups.length === 0
      ? [groupOfRule(rule, 'inRule', placeOf)]
      : groups.map((group, index) =>
          isFields(group) ? groupOfRule(group, 'inGroup', (...field) => placeOf('key_groups', index, ...field)) : { recipients: [] },
        );
  const unknown = read.find(group => group.unknown !== undefined)?.unknown;
  return {
    groups: read.map(({ recipients }) => recipients),
    threshold: Number(rule.shamir_threshold) || read.length,
    ...(unknown !== undefined && { unknown }),
  };
}

function groupOfRule(fields: Fields, called: 'inRule' | 'inGroup', placeOf: PlaceOf, depth = 0): Group {
  const recipients: SopsRecipient[] = [];
  let unknown: string | undefined;
  for (const { inFile, [called]: field, nameInGroup, idOf } of keySources) {
    for (const { written, at } of writtenKeys(fields[field], nameInGroup, (...path) => placeOf(field, ...path))) {
      const id = written === undefined ? undefined : idOf(written);
      if (written === undefined || id === undefined) unknown = `a key of "${field}" in .sops.yaml cannot be told`;
      else recipients.push({ id: `${inFile} ${id}`, name: written, at });
    }
  }
  for (const field of ['hckms', 'acs_kms', 'barbican']) if (fields[field] !== undefined) unknown = `the keys of "${field}" cannot be compared`;
  for (const [index, merged] of listAt(fields, 'merge').entries()) {
    if (!isFields(merged) || depth > deepestMerge) continue;
    const group = groupOfRule(merged, 'inGroup', (...path) => placeOf('merge', index, ...path), depth + 1);
    recipients.push(...group.recipients);
    unknown ??= group.unknown;
  }
  return { recipients, ...(unknown !== undefined && { unknown }) };
}

const deepestMerge = 20;

/** Keys stand in a text with commas between them or in a list of texts or mappings. */
function* writtenKeys(
  value: unknown,
  nameIn: KeySource['nameInGroup'],
  placeOf: PlaceOf,
): Iterable<{ readonly written: string | undefined; readonly at: Place }> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* writtenKeys(item, nameIn, (...field) => placeOf(index, ...field));
  } else if (isFields(value)) yield { written: nameIn(value), at: placeOf() };
  else if (value !== undefined && value !== null) {
    for (const part of String(value).split(',')) if (part.trim() !== '') yield { written: part.trim(), at: placeOf() };
  }
}

/** People write fingerprints in groups, with `0x`, and as an id that is their end. */
function fingerprintOf(name: string): string | undefined {
  const fingerprint = name.replace(/\s|!$/g, '').replace(/^0x/i, '').toUpperCase();
  return /^[0-9A-F]{40}$/.test(fingerprint) ? fingerprint : undefined;
}

/** Replicas of a key in several regions are one key; the role that may use it stands behind a plus. */
function keyOfAws(name: string): string | undefined {
  const arn = name.replaceAll(' ', '').replace(/\+arn:.*$/, '');
  if (!/^arn:aws[\w-]*:kms:[^:]+:[^:]+:(?:key|alias)\/./.test(arn)) return undefined;
  return arn.replace(/^(arn:aws[\w-]*:kms:)[^:]+(:\d+:key\/mrk-)/, '$1*$2');
}

function keyFieldsOfAzure(key: Fields): string | undefined {
  const url = textAt(key, 'vault_url') ?? textAt(key, 'vaultUrl');
  const name = textAt(key, 'name') ?? textAt(key, 'key');
  return url === undefined || name === undefined ? undefined : `${url.replace(/\/+$/, '')}/keys/${name}`;
}

/** Without its version: SOPS takes the newest one where none is named. */
function keyOfAzure(name: string): string | undefined {
  return /^https:\/\/[^/]+\/keys\/[^/]+/.exec(name.toLowerCase())?.[0];
}

function keyFieldsOfVault(key: Fields): string | undefined {
  const [address, engine, name] = [textAt(key, 'vault_address'), textAt(key, 'engine_path'), textAt(key, 'key_name')];
  return address === undefined || engine === undefined || name === undefined
    ? undefined
    : `${address.replace(/\/+$/, '')}/v1/${engine.replace(/^\/+|\/+$/g, '')}/keys/${name}`;
}

function keyOfVault(name: string): string | undefined {
  return /^https?:\/\/[^/]+\/v\d+\/.+\/keys\/[^/]+/.exec(name)?.[0];
}
