import type { Document, SourceFile } from '../core/document.ts';
import { isFields } from '../core/fields.ts';
import type { FieldPath } from '../core/place.ts';
import type { Resource } from '../core/repo.ts';

/** The Kubernetes objects of all documents, the items of Lists one by one. */
export function readResources(files: readonly SourceFile[]): Resource[] {
  const resources: Resource[] = [];
  for (const file of files) {
    for (const document of file.documents) collect(document.value, document, [], resources);
  }
  return resources;
}

function collect(value: unknown, document: Document, field: FieldPath, into: Resource[]): void {
  if (!isFields(value)) return;
  const { apiVersion, kind, metadata, items } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || kind === '') return;
  if (kind.endsWith('List') && Array.isArray(items)) {
    items.forEach((item, index) => {
      collect(item, document, [...field, 'items', index], into);
    });
    return;
  }
  const slash = apiVersion.indexOf('/');
  const resource: Writable<Resource> = {
    apiVersion,
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    document,
    field,
    value,
  };
  if (isFields(metadata)) {
    if (typeof metadata.name === 'string') resource.name = metadata.name;
    if (typeof metadata.namespace === 'string') resource.namespace = metadata.namespace;
  }
  into.push(resource);
}

/** There are thousands of resources, and spreading optional fields into each takes longer than all else here. */
type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
