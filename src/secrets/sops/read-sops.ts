import type { SourceFile } from '../../core/document.ts';
import { isFields } from '../../core/fields.ts';
import type { Skip } from '../../core/finding.ts';
import { standsOutside } from '../../core/outside.ts';
import { at, type FieldPath, isFieldPlace, type RepoPath } from '../../core/place.ts';
import type { ReadableValue, Sops, SopsFile } from '../../core/protection.ts';
import { folderOf, nameOf } from '../../core/repo-path.ts';
import { parseJson } from '../../parse/parse-json.ts';
import { readDotenv, readIni } from './flat-store.ts';
import { commentsIn, type Leaf, leavesOf } from './leaves.ts';
import { type ReadConfig, readConfig } from './read-config.ts';
import { isCiphertext, isMetadata, readMetadata, type SopsMetadata } from './read-metadata.ts';
import { type CompileExpression, selectorOf } from './should-be-encrypted.ts';
import { findUnencrypted, type UnencryptedInput, type ValueJudge } from './unencrypted.ts';

export interface SopsSources {
  readonly found: FoundSops;
  readonly compile: CompileExpression;
  readonly judge: ValueJudge;
}

/** The files that concern SOPS. */
export interface FoundSops {
  readonly configs: readonly SourceFile[];
  readonly encrypted: readonly SourceFile[];
}

/** One cheap look at each file: most repositories have none. */
export function findSops(files: ReadonlyMap<RepoPath, SourceFile>): FoundSops {
  const configs: SourceFile[] = [];
  const encrypted: SourceFile[] = [];
  for (const file of files.values()) {
    if (standsOutside(file.path)) continue;
    if (nameOf(file.path) === '.sops.yaml') configs.push(file);
    else if (file.documents.some(({ value }) => isFields(value) && isMetadata(value.sops)) || isOtherStore(file)) encrypted.push(file);
  }
  return { configs, encrypted };
}

/** A dotenv, INI or binary file with metadata; others that no parser read are passed by at once. */
function isOtherStore({ documents, text }: SourceFile): boolean {
  if (documents.length > 0 || !text.includes('sops')) return false;
  return (
    /^sops_(?:mac|lastmodified)=/m.test(text) ||
    /^\[sops\]\s*$/m.test(text) ||
    (text.startsWith('{') && text.includes('"sops"') && text.includes('"data"'))
  );
}

export function readSops({ found, compile, judge }: SopsSources): Sops {
  const configs = found.configs.map(file => readConfig(file, compile));
  const byFolder = new Map(configs.map(config => [folderOf(config.path), config]));
  const read = new Map<RepoPath, ReadFile>();
  for (const file of found.encrypted) {
    const encrypted = readFile(file, compile);
    if (encrypted) read.set(file.path, encrypted);
  }
  const byName = new Map<string, RepoPath>();
  const byPlace = new Map<RepoPath, RepoPath>();
  for (const path of read.keys()) {
    if (!secretName.test(nameOf(path))) continue;
    byName.set(nameOf(path), path);
    byPlace.set(folderOf(path), path);
  }
  const ruleFor: Sops['ruleFor'] = path => nearest(byFolder, path)?.ruleFor(path) ?? { none: true };
  const asked: UnencryptedInput = {
    isUsed: configs.length > 0 || read.size > 0,
    ruleFor,
    neighbourOf: path => (secretName.test(nameOf(path)) ? (byName.get(nameOf(path)) ?? byPlace.get(folderOf(path))) : undefined),
    compile,
    judge,
  };
  return {
    configs,
    files: read,
    ruleFor,
    rulesMatching: path => nearest(byFolder, path)?.rulesMatching(path) ?? [],
    readableIn: file => readableValues(read.get(file.path)?.parts ?? [], compile, judge),
    unencryptedIn: file => (read.has(file.path) ? undefined : findUnencrypted(file, asked)),
  };
}

const secretName = /(?:^|[-_.])secrets?(?:[-_.]|$)/;

/** The .sops.yaml of the folder or of the nearest one above: SOPS looks no further, and merges nothing. */
function nearest(byFolder: ReadonlyMap<RepoPath, ReadConfig>, path: RepoPath): ReadConfig | undefined {
  if (byFolder.size === 0) return undefined;
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const config = byFolder.get(folder);
    if (config || folder === '') return config;
  }
}

/** An encrypted file, document by document. */
interface ReadFile extends SopsFile {
  readonly parts: readonly Part[];
}

interface Part {
  readonly metadata: SopsMetadata;
  readonly leaves: () => Iterable<Leaf>;
  /** The kind of the object, where it is one. */
  readonly kind?: unknown;
  /** The comments before a leaf, where they can be told. */
  readonly comments?: () => ((field: FieldPath) => readonly string[]) | undefined;
}

function readFile(file: SourceFile, compile: CompileExpression): ReadFile | undefined {
  const flat = file.documents.length === 0 && !file.text.startsWith('{');
  const parts = flat ? partsOfLines(file, compile) : partsOfDocuments(file, compile);
  const [first] = parts;
  if (first === undefined) return undefined;
  const { at: place, recipients, lastModified } = first.metadata;
  // Every document has the same metadata: what is wrong with it is said once.
  const problems = first.metadata.problems;
  return { path: file.path, store: storeOf(file, flat), at: place, recipients, ...(lastModified && { lastModified }), problems, parts };
}

function storeOf({ path, text, documents }: SourceFile, flat: boolean): SopsFile['store'] {
  if (flat) return /^\[sops\]/m.test(text) ? 'ini' : 'dotenv';
  if (documents.length === 0) return 'binary';
  return path.endsWith('.json') ? 'json' : 'yaml';
}

/** A binary file is JSON whatever its name is. */
function partsOfDocuments(file: SourceFile, compile: CompileExpression): Part[] {
  const { classification } = file;
  const documents =
    file.documents.length > 0 ? file.documents : parseJson(file.path, file.text).documents.map(document => ({ ...document, classification }));
  // No place in a document that the pipeline does not know.
  const isForeign = file.documents.length === 0;
  const parts: Part[] = [];
  for (const document of documents) {
    const { value } = document;
    if (!isFields(value) || !isMetadata(value.sops)) continue;
    const whole = { path: file.path };
    const metadata = isForeign
      ? readMetadata(value.sops, whole, () => whole, compile)
      : readMetadata(value.sops, at(document, 'sops'), (...field) => at(document, 'sops', ...field), compile);
    const leaves = isForeign ? () => [...leavesOf(document)].map(leaf => ({ ...leaf, at: whole })) : () => leavesOf(document);
    parts.push({ metadata, leaves, kind: value.kind, ...(!isForeign && { comments: () => commentsIn(document, file.text) }) });
  }
  return parts;
}

function partsOfLines({ path, text }: SourceFile, compile: CompileExpression): Part[] {
  const { settings, sops } = /^\[sops\]/m.test(text) ? readIni(path, text) : readDotenv(path, text);
  return sops ? [{ metadata: readMetadata(sops.fields, sops.at, sops.placeOf, compile), leaves: () => settings }] : [];
}

/** An expression of more is asked of no key: a file may have a million of them. */
const longestWord = 500;

/** Values that are empty stay as they are; so do comments, whose meaning is known to SOPS alone. */
function* readableValues(parts: readonly Part[], compile: CompileExpression, judge: ValueJudge): Iterable<ReadableValue | Skip> {
  for (const { metadata, leaves, kind, comments } of parts) {
    const { selection, isSelectionBroken } = metadata;
    if (isSelectionBroken || Object.values(selection).some(word => word.length > longestWord)) {
      yield { at: metadata.at, skipped: 'the metadata does not tell what is encrypted' };
      continue;
    }
    const usesComments = selection.encrypted_comment_regex !== undefined || selection.unencrypted_comment_regex !== undefined;
    const commentsOf = usesComments ? comments?.() : undefined;
    if (usesComments && commentsOf === undefined) {
      yield { at: metadata.at, skipped: 'it cannot be told which value a comment is for' };
      continue;
    }
    const isSelected = selectorOf(selection, compile);
    const by =
      selection.encrypted_regex !== undefined ? 'encrypted_regex' : selection.encrypted_suffix !== undefined ? 'encrypted_suffix' : undefined;
    for (const { keys, value, at: place } of leaves()) {
      if (value === '' || value === null || value === undefined || isCiphertext(value)) continue;
      const key = keys.at(-1) ?? '';
      if (isSelected(keys, isFieldPlace(place) ? commentsOf?.(place.field) : undefined)) {
        yield { at: place, key, why: typeof value === 'string' && value.startsWith('ENC[AES256_GCM') ? 'damaged' : 'left' };
      } else if (by !== undefined && typeof value === 'string') {
        const isData = kind === 'Secret' && keys.length === 2 && (keys[0] === 'data' || keys[0] === 'stringData');
        const text = isData && keys[0] === 'data' ? judge.decode(value) : value;
        if (isData && judge.isTemplated(text)) yield { at: place, skipped: 'the value is filled in later' };
        else if (isData ? judge.isCredential(key, text) : judge.isPassword(key, text)) yield { at: place, key, why: 'excluded', by };
      }
    }
  }
}
