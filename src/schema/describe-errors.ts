import type { ErrorObject } from 'ajv';
import { allMinors } from '../core/kubernetes-minors.ts';
import type { FieldPath } from '../core/place.ts';
import type { SchemaProblem } from '../core/schema.ts';
import type { JsonSchema, JsonType } from './json-schema.ts';
import type { PreparedNode, PreparedSchema } from './prepare-user-schema.ts';
import {
  duplicateItem,
  type Mistake,
  missingField,
  notAWord,
  notExpected,
  notOfTypes,
  sizeOf,
  subject,
  suggest,
  unknownField,
} from './problem-messages.ts';
import { bitOf, typeBit } from './schema-node.ts';

/** What Ajv says, as one problem for each mistake. */
export function describeErrors(errors: readonly ErrorObject[], value: unknown, schema: PreparedSchema): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  for (const error of withoutAlternatives(errors, schema)) {
    const problem = describe(error, value);
    if (problem && !problems.some(known => known.message === problem.message && known.field.join('\u0000') === problem.field.join('\u0000')))
      problems.push(problem);
    if (problems.length >= mostProblems) break;
  }
  return problems;
}

const mostProblems = 100;

/** In the place of the errors of all alternatives stand those of the alternative that was meant, or the one that none fits. */
function withoutAlternatives(errors: readonly ErrorObject[], schema: PreparedSchema): readonly ErrorObject[] {
  let left: readonly ErrorObject[] = errors.slice(0, mostErrors);
  for (const choice of left) {
    if ((choice.keyword !== 'anyOf' && choice.keyword !== 'oneOf') || !left.includes(choice)) continue;
    const branches = alternativesOf(choice).map(branch => nodesBelow(branch, schema));
    const before = left.slice(0, left.indexOf(choice));
    const ofBranch = branches.map(nodes =>
      before.filter(error => isBelow(error, choice) && isNode(error.parentSchema) && nodes.has(error.parentSchema)),
    );
    const inner = new Set(ofBranch.flat());
    const meant = choice.params.passingSchemas ? undefined : meantAlternative(ofBranch, choice);
    const kept = new Set(meant ?? [choice]);
    left = left.filter(error => kept.has(error) || (error !== choice && !inner.has(error)));
  }
  return left;
}

const mostErrors = 2000;

function alternativesOf({ schema }: ErrorObject): readonly unknown[] {
  return Array.isArray(schema) ? schema : [];
}

/** The errors of the one alternative that is of the value's own type; of several the one with the fewest, if it is one alone. */
function meantAlternative(ofBranch: readonly (readonly ErrorObject[])[], choice: ErrorObject): readonly ErrorObject[] | undefined {
  const possible = ofBranch.filter(
    errors => errors.length > 0 && !errors.some(({ keyword, instancePath }) => instancePath === choice.instancePath && misses.has(keyword)),
  );
  const fewest = Math.min(...possible.map(({ length }) => length));
  const best = possible.filter(({ length }) => length === fewest);
  return best.length === 1 || (best.length > 0 && typeof choice.data === 'object') ? best[0] : undefined;
}

/** What says that another alternative is meant. */
const misses: ReadonlySet<string> = new Set(['type', 'const', 'enum', 'false schema']);

function isBelow({ instancePath }: ErrorObject, { instancePath: above }: ErrorObject): boolean {
  return instancePath === above || instancePath.startsWith(`${above}/`);
}

/** Every node that a schema applies, through its references. */
function nodesBelow(start: unknown, schema: PreparedSchema): ReadonlySet<PreparedNode> {
  const nodes = new Set<PreparedNode>();
  const waiting: unknown[] = [start];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      waiting.push(...value);
      continue;
    }
    const node = value as PreparedNode;
    if (nodes.has(node)) continue;
    nodes.add(node);
    if (typeof node.$ref === 'string') waiting.push(schema.target(node.$ref));
    waiting.push(...Object.values(node));
  }
  return nodes;
}

function isNode(value: unknown): value is PreparedNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(error: ErrorObject, value: unknown): SchemaProblem | undefined {
  const field = fieldOf(error.instancePath, value);
  const key = error.params.additionalProperty ?? error.params.unevaluatedProperty;
  const mistake = mistakeOf(error, field);
  return mistake && { field: key === undefined ? field : [...field, String(key)], part: 'value', ...mistake, minors: allMinors };
}

function mistakeOf({ keyword, params, parentSchema, data, schema }: ErrorObject, field: FieldPath): Mistake | undefined {
  // Schemas are prepared before Ajv sees them, so keywords are what they have to be.
  const own = (parentSchema ?? {}) as JsonSchema;
  switch (keyword) {
    case 'if':
    case 'propertyNames':
      return undefined;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return describeUnknown(String(params.additionalProperty ?? params.unevaluatedProperty), own);
    case 'required':
    case 'dependentRequired':
    case 'dependencies':
      return missingField(String(params.missingProperty), field);
    case 'type':
      return notOfTypes(data, bitsOf(schema), field);
    case 'enum':
      return notAWord(data, Array.isArray(schema) ? schema : [], field);
    case 'const':
      return notAWord(data, [schema], field);
    case 'anyOf':
    case 'oneOf':
      return params.passingSchemas
        ? { kind: 'combination', message: `${subject(field)} fits more than one alternative of the schema: one has to be left` }
        : noAlternative(schema, data, field);
    case 'not':
    case 'false schema':
      return { kind: 'combination', message: `${subject(field)} is what the schema rules out` };
    case 'uniqueItems':
      return duplicateItem([], [], field);
    case 'minItems':
    case 'maxItems':
      return sizeOf(Array.isArray(data) ? data.length : 0, own.minItems, own.maxItems, 'item', field);
    case 'items':
    case 'additionalItems':
    case 'unevaluatedItems':
      return sizeOf(Array.isArray(data) ? data.length : 0, undefined, Number(params.limit), 'item', field);
    case 'minProperties':
    case 'maxProperties':
      return sizeOf(Object.keys(Object(data)).length, own.minProperties, own.maxProperties, 'field', field);
    case 'contains':
      return { kind: 'value', message: `${subject(field)} lacks an item that the schema wants` };
    default:
      return notExpected(data, own, field);
  }
}

function describeUnknown(key: string, { properties = {} }: JsonSchema): Mistake {
  const names = Object.keys(properties);
  return unknownField(key, suggest(key, names), { 'x-name': 'value' }, names);
}

function noAlternative(schema: unknown, data: unknown, field: FieldPath): Mistake {
  const types = (Array.isArray(schema) ? schema : []).reduce((bits: number, branch) => bits | (isNode(branch) ? bitsOf(branch.type) : 0), 0);
  const isOther = types !== 0 && (types & bitOf(data)) === 0;
  return isOther ? notOfTypes(data, types, field) : { kind: 'type', message: `${subject(field)} fits none of the alternatives of the schema` };
}

function bitsOf(type: unknown): number {
  let bits = 0;
  for (const name of Array.isArray(type) ? type : [type]) if (typeof name === 'string' && isType(name)) bits |= typeBit[name];
  return bits;
}

function isType(name: string): name is JsonType {
  return Object.hasOwn(typeBit, name);
}

/** The field of a JSON pointer; items of lists are numbers. */
function fieldOf(pointer: string, value: unknown): FieldPath {
  const field: (string | number)[] = [];
  let found = value;
  for (const written of pointer.split('/').slice(1)) {
    const part = written.replaceAll('~1', '/').replaceAll('~0', '~');
    field.push(Array.isArray(found) ? Number(part) : part);
    found = typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>)[part] : undefined;
  }
  return field;
}
