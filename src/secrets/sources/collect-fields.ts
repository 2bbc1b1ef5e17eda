import { type Fields, isFields } from '../../core/fields.ts';
import { at, type DocumentId, type FieldPath, within } from '../../core/place.ts';
import { kindOfKey } from '../key-names.ts';
import { isName } from '../value-shapes.ts';
import { type FoundFlag, flagsIn } from './flags.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** Where a walk begins, and what it leaves to others. */
export interface Walk {
  readonly document: DocumentId;
  /** Who holds the values, until an object is met that has a kind and a name. */
  readonly holder: string;
  /** Fields whose values somebody else looks at. */
  readonly leavesOut?: (key: string, field: FieldPath) => boolean;
}

/**
 * The settings below a value whose name is that of a credential, or which say so themselves: fields, `name` and `value` of variables and
 * parameters, flags of commands, and texts that are files of settings. What mentions Secrets and what is encrypted is left out.
 */
export function collectFields(walk: Walk, value: unknown, field: FieldPath = []): SecretCandidate[] {
  const found: SecretCandidate[] = [];
  collect(found, { ...walk, start: field.length }, value, [...field], 0);
  return found;
}

interface Progress extends Walk {
  /** How much of a field leads to where the walk began. */
  readonly start: number;
}

/** Nobody writes deeper, and a stack has an end. */
const deepest = 100;

function collect(found: SecretCandidate[], walk: Progress, value: unknown, field: (string | number)[], depth: number): void {
  if (depth > deepest) return;
  if (Array.isArray(value)) collectItems(found, walk, value, field, depth);
  else if (isFields(value)) collectEntries(found, walk, value, field, depth);
}

function collectItems(found: SecretCandidate[], walk: Progress, items: readonly unknown[], field: (string | number)[], depth: number): void {
  const key = lastName(field);
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    field.push(index);
    if (typeof item === 'string') {
      if (isWorthJudging(key, item)) add(found, walk, field, key, item);
      for (const flag of flagsIn(item, items[index + 1])) addFlag(found, walk, field, flag);
    } else if (item !== null && typeof item === 'object') {
      collect(found, walk, item, field, depth + 1);
    }
    field.pop();
  }
}

function collectEntries(found: SecretCandidate[], outer: Progress, fields: Fields, field: (string | number)[], depth: number): void {
  if (isFields(fields.sops) && 'mac' in fields.sops) return;
  const walk = inObject(outer, fields);
  if (walk === undefined) return;
  const nameOfValue = nameBeside(fields);
  const isKept = keepsSecrets.test(String(field.at(-1)));
  const saysWhere = mentionsSecret(fields);
  for (const key in fields) {
    const child = fields[key];
    if (child === null || child === undefined || walk.leavesOut?.(key, field)) continue;
    field.push(key);
    if (typeof child === 'string' || typeof child === 'number') {
      const named = key === 'value' ? (nameOfValue ?? key) : key;
      const text = String(child);
      if (isKept && isLongWord(text) && kindOfKey(named) === 'unknown') add(found, walk, field, named, text, 'secret');
      else if (isWorthJudging(named, text) && !(saysWhere && isName(text))) add(found, walk, field, named, text);
    } else if (typeof child === 'object' && !namesOthers(key)) {
      collect(found, walk, child, field, depth + 1);
    }
    field.pop();
  }
}

/** What names the `value` of a mapping: the name of a variable or a parameter, and the field that an operation of a JSON patch (RFC 6902) sets. */
function nameBeside({ name, key, type, op, path }: Fields): string | undefined {
  if (typeof name === 'string') return name;
  if (typeof key === 'string') return key;
  // So Keycloak writes the credentials of its users.
  if (type === 'password') return type;
  return typeof op === 'string' && typeof path === 'string' ? path.split('/').findLast(part => !/^(?:\d+|-)?$/.test(part)) : undefined;
}

/** Objects that hold no credentials, or whose credentials others look at, are left out. */
function inObject(walk: Progress, { apiVersion, kind, metadata }: Fields): Progress | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return walk;
  if (kind === 'Secret' || kind === 'SealedSecret' || kind === 'CustomResourceDefinition' || foreignGroup.test(apiVersion)) return undefined;
  const name = isFields(metadata) && typeof metadata.name === 'string' ? ` "${metadata.name}"` : '';
  return { ...walk, holder: `${kind}${name}` };
}

/** They say where secrets are kept and who may read them, or what other objects have to look like. */
const foreignGroup =
  /^(?:external-secrets\.io|generators\.external-secrets\.io|kubernetes-client\.io|isindir\.github\.com|kyverno\.io|rbac\.authorization\.k8s\.io)\//;

/** Whether a mapping says which Secret it takes its values from: then its other fields are the names of keys. */
function mentionsSecret(fields: Fields): boolean {
  for (const key in fields) if (typeof fields[key] === 'string' && fields[key] !== '' && secretName.test(key)) return true;
  return false;
}

const secretName = /^(?:existing[A-Z]\w*|(?:\w*S|s)ecret(?:Name|Ref)|(?:\w*S|s)ecretKeyName)$/;

/** What charts make a Secret of: each of its fields is one, whatever it is called. */
const keepsSecrets = /^(?:secrets|secretEnv|envSecrets?|secretData|stringData)$/;

function isLongWord(text: string): boolean {
  return text.length >= 20 && text.length <= 500 && !/\s/.test(text);
}

/** Fields that mention other objects, and what is for people to read. */
function namesOthers(key: string): boolean {
  return namingFields.has(key) || /(?:Ref|Refs|From|Selector|Selectors)$/.test(key);
}

const namingFields = new Set(
  'labels annotations matchLabels nodeSelector selector podLabels podAnnotations status openAPIV3Schema secretKeys managedFields'.split(' '),
);

/** Cheap, because every field is asked: by its name, or by what a password and a file of settings look like. */
export function isWorthJudging(key: string, value: string): boolean {
  if (value.length < 3) return false;
  if (value.includes('\n') || (value.startsWith('{') && !value.startsWith('{{'))) return mentionsCredential(value);
  return kindOfKey(key) === 'credential' || (value.length >= 12 && value.length <= 2000 && holdsPassword.test(value));
}

const holdsPassword = /:\/\/[^/\s]*@|(?:password|pwd|passwd|key|secret|token)=|\$(?:2[aby]?|5|6|apr1|argon2\w*)\$/i;

/** Whether a text has a word that the names of credentials have. */
export function mentionsCredential(text: string): boolean {
  return /pass|pwd|secret|token|key|credential|auth|dsn|salt|:\/\/[^/\s]*@/i.test(text);
}

function add(
  found: SecretCandidate[],
  walk: Progress,
  field: FieldPath,
  key: string,
  value: string,
  keptAs: SecretCandidate['keptAs'] = 'setting',
): void {
  found.push({ at: at(walk.document, ...field), key, path: pathOf(walk, field, key), value, holder: walk.holder, keptAs });
}

function addFlag(found: SecretCandidate[], walk: Progress, field: readonly (string | number)[], { key, value, written, isNext }: FoundFlag): void {
  const item = Number(field.at(-1));
  const place = at(walk.document, ...field.slice(0, -1), isNext ? item + 1 : item);
  found.push({ at: isNext ? place : within(place, written), key, path: pathOf(walk, field, key), value, holder: walk.holder, keptAs: 'setting' });
}

/** The names on the way; that of a variable or a flag stands in place of the field that holds it. */
function pathOf({ start }: Progress, field: FieldPath, key: string): readonly string[] {
  const names = field.slice(start).filter(part => typeof part === 'string');
  return names.at(-1) === key ? names : [...names.slice(0, -1), key];
}

function lastName(field: FieldPath): string {
  for (let index = field.length - 1; index >= 0; index--) {
    const part = field[index];
    if (typeof part === 'string') return part;
  }
  return '';
}
