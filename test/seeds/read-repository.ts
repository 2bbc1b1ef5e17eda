import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml';
import type { RepoPath } from '../../src/core/place.ts';
import type { Files } from './seed.ts';

/** A repository as seeders see it. Read with the `yaml` package, so that places are not those that our own parser tells. */
export interface Repository {
  readonly files: Files;
  /** The documents of the hand-written YAML files that parse; chart templates and definitions of resources are left out. */
  readonly documents: readonly YamlDocument[];
}

export interface YamlDocument {
  readonly path: RepoPath;
  readonly text: string;
  readonly value: unknown;
  readonly apiVersion: string;
  /** `''` where it is no Kubernetes object. */
  readonly kind: string;
  /** How many documents the file has. */
  readonly siblings: number;
  readonly fields: readonly Field[];
}

/** The value of a mapping or an item of a sequence. */
export interface Field {
  readonly document: YamlDocument;
  /** Keys and indices from the root of the document. */
  readonly keys: readonly (string | number)[];
  readonly value: unknown;
  readonly kind: 'mapping' | 'sequence' | 'scalar';
  /** Offsets in the file. */
  readonly start: number;
  readonly end: number;
  /** From 1; of the key or the dash, and of the value. */
  readonly line: number;
  readonly valueLine: number;
  /** The column of the key or the dash, from 0; absent in flow collections. */
  readonly column: number | undefined;
}

export function readRepository(files: Files): Repository {
  const documents = Object.entries(files).flatMap(([path, text]) => (isManifestFile(path, text) ? readFile(path, text) : []));
  return { files, documents };
}

function isManifestFile(path: RepoPath, text: string): boolean {
  return /\.ya?ml$/.test(path) && !/(^|\/)(templates|crds|\.[^/]+)\//.test(path) && !/DO NOT EDIT|\{\{-/.test(text.slice(0, 2000));
}

function readFile(path: RepoPath, text: string): YamlDocument[] {
  const lines = new LineCounter();
  const parsed = [...parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false })];
  if (parsed.some(({ errors }) => errors.length > 0)) return [];
  return parsed.flatMap(source => {
    const { contents } = source;
    if (!isNode(contents)) return [];
    const value: unknown = source.toJS();
    const { apiVersion, kind } = (value ?? {}) as Record<string, unknown>;
    const fields: Field[] = [];
    const document: YamlDocument = {
      path,
      text,
      value,
      apiVersion: typeof apiVersion === 'string' ? apiVersion : '',
      kind: typeof kind === 'string' ? kind : /^kustomization\.ya?ml$/.test(path.slice(path.lastIndexOf('/') + 1)) ? 'Kustomization' : '',
      siblings: parsed.length,
      fields,
    };
    collect(contents, [], { document, source, lines, into: fields });
    return [document];
  });
}

interface Collection {
  readonly document: YamlDocument;
  readonly source: Document;
  readonly lines: LineCounter;
  readonly into: Field[];
}

function collect(node: Node, keys: readonly (string | number)[], collection: Collection): void {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key) || !isNode(value)) continue;
      add(value, [...keys, String(key.value)], key.range?.[0] ?? 0, node.flow === true, collection);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      if (!isNode(item)) continue;
      const start = item.range?.[0] ?? 0;
      add(item, [...keys, index], collection.document.text.lastIndexOf('-', start - 1), node.flow === true, collection);
    }
  }
}

function add(node: Node, keys: readonly (string | number)[], begin: number, isFlow: boolean, collection: Collection): void {
  const [start, end] = node.range ?? [0, 0];
  const { document, source, lines } = collection;
  const position = lines.linePos(isFlow && typeof keys.at(-1) === 'number' ? start : begin);
  collection.into.push({
    document,
    keys,
    value: node.toJS(source),
    kind: isMap(node) ? 'mapping' : isSeq(node) ? 'sequence' : 'scalar',
    start,
    end,
    line: position.line,
    valueLine: lines.linePos(start).line,
    column: isFlow ? undefined : position.col - 1,
  });
  collect(node, keys, collection);
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value);
}
