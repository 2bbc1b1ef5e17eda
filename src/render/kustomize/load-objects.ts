import type { SourceFile } from '../../core/document.ts';
import { isFields } from '../../core/fields.ts';
import { parsedFile, readDocuments } from './read-yaml.ts';
import { Refusal } from './refusal.ts';
import { makeResource, type Resource } from './resource.ts';
import { child, entryOf, itemsOf, lookUp, type Traced } from './traced.ts';

/** The objects of a file; lists are opened. Refuses what is no object with a kind and a name. */
export function loadObjects(file: SourceFile): readonly Resource[] {
  let loaded = loadedFiles.get(file);
  if (loaded === undefined) {
    loaded = readObjects(readDocuments(file, 'resource', 'kustomize')).map(traced => makeResource(traced));
    const [duplicate] = parsedFile(file).duplicateKeys;
    if (duplicate) {
      throw new Refusal(
        { path: file.path, start: duplicate.start, end: duplicate.end },
        `the key "${duplicate.key}" stands twice: remove one of them`,
      );
    }
    loadedFiles.set(file, loaded);
  }
  return loaded;
}

const loadedFiles = new WeakMap<SourceFile, readonly Resource[]>();

/** The objects in documents, those of lists behind the others. */
export function readObjects(documents: readonly Traced[]): Traced[] {
  const objects: Traced[] = [];
  const queue = documents.filter(isThere);
  for (const document of queue) checkObject(document);
  for (let index = 0; index < queue.length; index++) {
    const document = queue[index];
    if (document === undefined) break;
    const kind = entryOf(document.value, 'kind');
    const items = child(document, 'items');
    if (typeof kind !== 'string' || !kind.endsWith('List') || items === undefined) objects.push(document);
    else if (Array.isArray(items.value)) {
      const inner = itemsOf(items).filter(isThere);
      for (const item of inner) checkObject(item);
      queue.push(...inner);
    } else if (items.value !== null) {
      throw new Refusal(items.provenance.writers.writer.at, `the "items" of the ${kind} are no list`);
    }
  }
  return objects;
}

/** Empty documents are passed over. */
function isThere({ value }: Traced): boolean {
  if (value === null || value === undefined || value === '') return false;
  return typeof value !== 'object' || (Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0);
}

function checkObject({ value, provenance }: Traced): void {
  const { at } = provenance.writers.writer;
  if (!isFields(value)) throw new Refusal(at, 'the document is no object: expected a mapping with a kind and a name');
  const kind = entryOf(value, 'kind');
  if (kind === undefined || kind === null || kind === '') throw new Refusal(at, 'the object has no kind');
  if (String(kind).endsWith('List')) return;
  const name = lookUp(value, ['metadata', 'name']);
  if (name === undefined || name === null || name === '') throw new Refusal(at, `the ${String(kind)} has no name: add "metadata.name"`);
}

/** Whether documents would be read as objects, as Kustomize tells patches apart. */
export function objectsOrUndefined(documents: readonly Traced[]): Traced[] | undefined {
  try {
    return readObjects(documents);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
