import type { Document, SourceFile } from '../core/document.ts';
import type { Edit, Finding, Fix, Location, TextEdit } from '../core/finding.ts';
import { type FieldPath, isFieldPlace, isTextPlace, type Place, type RepoPath, toPointer } from '../core/place.ts';
import { startOf } from '../core/tape.ts';
import { locatorFor } from '../parse/locate.ts';
import { lowerEdit } from '../parse/lower-edits.ts';
import { memoize } from './memoize.ts';
import type { RuleReport } from './run-rules.ts';
import { digestOfSecret, secretValue } from './secret-value.ts';

/** A finding before it is known whether another one says the same: `identity` becomes its fingerprint. */
export type LocatedFinding = Omit<Finding, 'fingerprint'> & { readonly identity: string };

/** What may be said, and of whom. */
export interface LocateRequest {
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  /** A text about a file with bullets in place of the secrets of that file. */
  readonly maskText: (text: string, path: RepoPath) => string;
  /** Whether what a rule points at is a secret. */
  readonly isLeak: (ruleId: string) => boolean;
}

/** Works out lines, columns and the text of fixes, each file's lines once. */
export function locateFindings(reports: readonly RuleReport[], { files, maskText, isLeak }: LocateRequest): LocatedFinding[] {
  const locate = locateIn(files);
  return reports.map(({ at, related = [], fix, causes = [], ...report }) => {
    const file = files.get(at.path);
    const subject = subjectOf(at, file, text => maskText(text, at.path));
    const about = [report.ruleId, at.path, subject.object ?? '', subject.field];
    const secret = file && isLeak(report.ruleId) ? secretValue(file, at) : undefined;
    const lowered = fix && lowerFix(fix, files);
    return {
      ruleId: report.ruleId,
      severity: report.severity,
      message: report.message,
      at: locate(at),
      related: related.map(other => ({ at: locate(other.at), message: other.message })),
      ...(lowered && { fix: lowered }),
      environments: report.environments,
      ...(subject.object !== undefined && { object: subject.object }),
      ...(isFieldPlace(at) && { field: maskText(toPointer(at.field), at.path) }),
      ...(secret !== undefined && { digest: digestOfSecret(about, secret) }),
      identity: [...about, ...quotedIn(report.message)].join('\n').replace(/•+/g, '•'),
      causes,
    };
  });
}

/** One locator a file, made when the first place of that file is asked for. What was not read is shown at its beginning. */
function locateIn(files: ReadonlyMap<RepoPath, SourceFile>): (place: Place) => Location {
  const locatorOf = memoize((path: RepoPath) => {
    const file = files.get(path);
    return file ? locatorFor(file) : locateAtBeginning;
  });
  return place => locatorOf(place.path)(place);
}

function locateAtBeginning({ path }: Place): Location {
  const beginning = { offset: 0, line: 1, column: 1 };
  return { path, start: beginning, end: beginning };
}

/** A fix holds as a whole or not at all. */
function lowerFix(fix: Fix<Edit>, files: ReadonlyMap<RepoPath, SourceFile>): Fix<TextEdit> | undefined {
  const edits: TextEdit[] = [];
  for (const edit of fix.edits) {
    const file = files.get(pathOf(edit));
    const lowered = file && lowerEdit(file, edit);
    if (!lowered) return undefined;
    edits.push(lowered);
  }
  return { ...fix, edits };
}

function pathOf(edit: Edit): RepoPath {
  if ('replace' in edit) return edit.replace.path;
  return 'remove' in edit ? edit.remove.path : edit.to.path;
}

/** What a place is about, in words that stay when lines move and hold no secret, not even its length. */
function subjectOf(place: Place, file: SourceFile | undefined, mask: (text: string) => string): { readonly object?: string; readonly field: string } {
  const document = file && documentOf(place, file);
  if (!document) return { field: '' };
  const field = isFieldPlace(place) ? place.field : [];
  const isListItem = field[0] === 'items' && typeof field[1] === 'number';
  const object = (isListItem ? nameObject(childOf(childOf(document.value, 'items'), field[1])) : undefined) ?? nameObject(document.value);
  return {
    ...(object !== undefined && { object: mask(object) }),
    field: isFieldPlace(place) ? mask(`${place.part} ${nameField(document.value, field)}`) : '',
  };
}

function documentOf(place: Place, { documents }: SourceFile): Document | undefined {
  if (isFieldPlace(place)) return documents[place.document];
  return isTextPlace(place) ? documents.findLast(({ tape }) => startOf(tape, tape.root) <= place.start) : undefined;
}

/** `apps/v1/Deployment/namespace/name`; the namespace is empty where none is written. */
function nameObject(value: unknown): string | undefined {
  const [apiVersion, kind] = [childOf(value, 'apiVersion'), childOf(value, 'kind')];
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const metadata = childOf(value, 'metadata');
  const [namespace, name] = [childOf(metadata, 'namespace'), childOf(metadata, 'name')];
  return [apiVersion, kind, typeof namespace === 'string' ? namespace : '', typeof name === 'string' ? name : ''].join('/');
}

/** A field with list items named by their key, so that an item added before them changes nothing. */
function nameField(root: unknown, field: FieldPath): string {
  let value = root;
  return field
    .map(part => {
      const isItem = Array.isArray(value);
      value = childOf(value, part);
      return isItem ? `[${keyOfItem(value)}]` : String(part);
    })
    .join('/');
}

/** Never the value of a scalar item: it may be a secret. */
function keyOfItem(item: unknown): string {
  for (const key of ['name', 'key', 'id']) {
    const value = childOf(item, key);
    if (typeof value === 'string') return value;
  }
  return nameObject(item) ?? '';
}

function childOf(value: unknown, part: string | number | undefined): unknown {
  return typeof value === 'object' && value !== null && part !== undefined ? (value as Record<string | number, unknown>)[part] : undefined;
}

/** The arguments of a message: what stands in double quotes. Its wording may change from version to version. */
function quotedIn(message: string): readonly string[] {
  return message.split('"').filter((_, index) => index % 2 === 1);
}
