import { type Fields, fieldsAt, isFields, textAt } from '../../core/fields.ts';
import type { FieldPath } from '../../core/place.ts';
import { type Combination, isKnown, itemsAt } from './operand.ts';

/** ValidateCustomResourceDefinition; https://github.com/kubernetes/apiextensions-apiserver/blob/master/pkg/apis/apiextensions/validation/validation.go */
export function* definitionCombinations(object: Fields): Generator<Combination> {
  const spec = fieldsAt(object, 'spec');
  const [group, plural, name] = [textAt(spec, 'group'), textAt(fieldsAt(spec, 'names'), 'plural'), textAt(fieldsAt(object, 'metadata'), 'name')];
  if (group !== undefined && plural !== undefined && name !== undefined && name !== `${plural}.${group}` && isKnown([group, plural, name]))
    yield [['metadata', 'name'], `a definition is named by its plural and its group: write "${plural}.${group}"`];
  const versions = [...itemsAt(spec, 'versions')];
  if (versions.filter(([, { storage }]) => storage === true).length !== 1)
    yield [['spec', 'versions'], 'one version of a kind is stored: give "storage: true" to one alone'];
  for (const [index, version] of versions) {
    const schema = fieldsAt(version, 'schema').openAPIV3Schema;
    if (isFields(schema)) yield* schemaMistakes(schema, ['spec', 'versions', index, 'schema', 'openAPIV3Schema']);
  }
}

/** What makes a schema none that is structural; https://github.com/kubernetes/apiextensions-apiserver/blob/master/pkg/apiserver/schema/validation.go */
function schemaMistakes(schema: Fields, field: FieldPath): readonly Combination[] {
  const mistakes: Combination[] = [];
  collectMistakes(schema, [...field], mistakes);
  return mistakes;
}

/** `field` is reused from call to call. */
function collectMistakes(schema: Fields, field: (string | number)[], mistakes: Combination[]): void {
  const { items, properties, additionalProperties } = schema;
  if (typeof schema.$ref === 'string') mistakes.push([[...field, '$ref'], 'a definition takes no references: write the schema in its place']);
  if (Array.isArray(items)) mistakes.push([[...field, 'items'], 'all items of a list have one schema here: write one']);
  const below = (child: unknown, ...parts: readonly string[]) => {
    field.push(...parts);
    if (child === null || (isFields(child) && !hasType(child)))
      mistakes.push([[...field], `the schema of ${parts[0] === 'properties' ? 'a field' : 'items and values'} has a "type": add it`]);
    if (isFields(child)) collectMistakes(child, field, mistakes);
    field.length -= parts.length;
  };
  if (isFields(properties)) for (const [name, child] of Object.entries(properties)) below(child, 'properties', name);
  if (isFields(items)) below(items, 'items');
  if (isFields(additionalProperties)) below(additionalProperties, 'additionalProperties');
}

function hasType(schema: Fields): boolean {
  const { type, $ref } = schema;
  return (
    (typeof type === 'string' && type !== '') ||
    $ref !== undefined ||
    schema['x-kubernetes-int-or-string'] === true ||
    schema['x-kubernetes-preserve-unknown-fields'] === true
  );
}
