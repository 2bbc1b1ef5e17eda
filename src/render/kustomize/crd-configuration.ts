import { fieldsAt, isFields } from '../../core/fields.ts';
import type { FieldSpec, NameReferenceSpec } from './kustomization.ts';
import { entryOf } from './traced.ts';

interface CrdConfiguration {
  readonly commonAnnotations: FieldSpec[];
  readonly commonLabels: FieldSpec[];
  readonly namePrefix: FieldSpec[];
  readonly nameReference: NameReferenceSpec[];
}

/**
 * What the OpenAPI definitions in a file under `crds` say of names, labels and annotations in their extensions.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/accumulator/loadconfigfromcrds.go
 */
export function readCrdConfiguration(value: unknown): CrdConfiguration {
  const configuration: CrdConfiguration = { commonAnnotations: [], commonLabels: [], namePrefix: [], nameReference: [] };
  if (!isFields(value)) return configuration;
  for (const name of Object.keys(value)) {
    const properties = propertiesOf(value, name);
    if (!['kind', 'apiVersion', 'metadata'].every(key => entryOf(properties, key) !== undefined)) continue;
    collect(value, name, { kind: name.slice(name.lastIndexOf('.') + 1) }, [], configuration);
  }
  return configuration;
}

function propertiesOf(definitions: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>> {
  const definition = entryOf(definitions, name);
  return isFields(definition) ? fieldsAt(fieldsAt(definition, 'Schema'), 'properties') : {};
}

function collect(
  definitions: Readonly<Record<string, unknown>>,
  name: string,
  gvk: { readonly kind: string },
  path: readonly string[],
  into: CrdConfiguration,
): void {
  // Definitions may refer to themselves.
  if (path.length > 30) return;
  for (const [key, property] of Object.entries(propertiesOf(definitions, name))) {
    if (!isFields(property)) continue;
    const spec = (...more: readonly string[]): FieldSpec => ({ ...gvk, path: [...path, key, ...more].join('/') });
    if (typeof property['x-kubernetes-annotation'] === 'string') into.commonAnnotations.push(spec());
    if (typeof property['x-kubernetes-label-selector'] === 'string') into.commonLabels.push(spec());
    if (typeof property['x-kubernetes-identity'] === 'string') into.namePrefix.push(spec());
    const version = property['x-kubernetes-object-ref-api-version'];
    const kind = property['x-kubernetes-object-ref-kind'];
    const nameKey = property['x-kubernetes-object-ref-name-key'];
    if (typeof version === 'string' && typeof kind === 'string') {
      into.nameReference.push({ version, kind, fieldSpecs: [spec(typeof nameKey === 'string' ? nameKey : 'name')] });
    }
    if (typeof property.$ref === 'string') collect(definitions, property.$ref, gvk, [...path, key], into);
  }
}
