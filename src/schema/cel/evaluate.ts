import type { ASTNode } from '@marcbachmann/cel-js';
import {
  type CelBudget,
  CelError,
  type CelKey,
  type CelList,
  type CelMap,
  type CelObject,
  type CelValue,
  compare,
  equal,
  isList,
  isMap,
  isObject,
  isUnordered,
  markUnordered,
  numberOf,
  spend,
  typeName,
} from './cel-value.ts';
import { conversions, inRange, unsigned } from './conversions.ts';
import { kubernetesLibrary } from './kubernetes-library.ts';
import type { CelFunction } from './library.ts';
import { has, isIn, listLibrary } from './list-library.ts';
import { textLibrary } from './text-library.ts';
import { timeLibrary } from './time.ts';

/** A variable and those around it. */
export interface Scope {
  readonly name: string;
  readonly value: CelValue;
  readonly outer?: Scope | undefined;
}

/**
 * What an expression comes to; throws a `CelError` where that is nothing. Types are those of the values:
 * a CRD that the API server takes was type-checked there. https://github.com/google/cel-spec/blob/master/doc/langdef.md
 */
export function evaluate(node: ASTNode, scope: Scope | undefined, budget: CelBudget): CelValue {
  spend(budget, 1);
  const value = resolve(node, scope, budget);
  if (isObject(value) && value.kind === 'unusable') throw new CelError(value.reason);
  return value;
}

function resolve(node: ASTNode, scope: Scope | undefined, budget: CelBudget): CelValue {
  const of = (child: ASTNode) => evaluate(child, scope, budget);
  switch (node.op) {
    case 'value':
      return literal(node.args);
    case 'id':
      return variable(node.args, scope);
    case '.':
      return select(of(node.args[0]), node.args[1], false, budget);
    case '.?':
      return select(of(node.args[0]), node.args[1], true, budget);
    case '[]':
      return select(of(node.args[0]), of(node.args[1]), false, budget);
    case '[?]':
      return select(of(node.args[0]), of(node.args[1]), true, budget);
    case 'list':
      return node.args.map(of);
    case 'map':
      return new Map(node.args.map(([key, value]) => [keyOf(of(key)) ?? fail('a map has a key of a type that none may have'), of(value)]));
    case '?:':
      return truth(of(node.args[0])) ? of(node.args[1]) : of(node.args[2]);
    case '&&':
      return decide(false, node.args, of);
    case '||':
      return decide(true, node.args, of);
    case '!_':
      return !truth(of(node.args));
    case '-_':
      return negate(node.args, of);
    case 'call':
      return callFunction(node.args[0], node.args[1], scope, budget);
    case 'rcall':
      return callMethod(node.args[0], node.args[1], node.args[2], scope, budget);
    default:
      return operate(node.op, of(node.args[0]), of(node.args[1]), budget);
  }
}

function fail(reason: string): never {
  throw new CelError(reason);
}

/** The parser has types of its own for `uint` and for nothing else that stands here. */
function literal(value: unknown): CelValue {
  if (value === null || value instanceof Uint8Array) return value;
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return value;
    default:
      return unsigned(BigInt(String(value)));
  }
}

const typeNames = new Set(['bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map', 'null_type', 'type']);

function variable(name: string, scope: Scope | undefined): CelValue {
  const found = find(name, scope);
  if (found !== undefined) return found.value;
  return typeNames.has(name) ? { kind: 'type', name } : fail(`"${name}" is not known`);
}

function find(name: string, scope: Scope | undefined): Scope | undefined {
  let found = scope;
  while (found !== undefined && found.name !== name) found = found.outer;
  return found;
}

/** A field or an item; in an optional, and where asked for, an optional too. */
function select(container: CelValue, key: CelValue, isOptional: boolean, budget: CelBudget): CelValue {
  if (isObject(container) && container.kind === 'optional') {
    return container.value === undefined ? container : select(container.value, key, true, budget);
  }
  if (isOptional && isList(container) && isMissing(container, key)) return { kind: 'optional' };
  const value = isList(container)
    ? itemOf(container, key)
    : isMap(container)
      ? fieldOf(container, key)
      : fail(`a ${typeName(container)} has no fields`);
  if (isOptional) return value === undefined ? { kind: 'optional' } : { kind: 'optional', value };
  return value === undefined ? fail('a field or an item that it asks for is not there') : value;
}

function isMissing(list: CelList, index: CelValue): boolean {
  const number = numberOf(index);
  return number !== undefined && list[Number(number)] === undefined;
}

function itemOf(list: CelList, index: CelValue): CelValue | undefined {
  const number = numberOf(index) ?? fail('an index is no integer');
  return list[Number(number)];
}

function fieldOf(map: CelMap, key: CelValue): CelValue | undefined {
  const name = keyOf(key);
  return name === undefined ? undefined : map.get(name);
}

function keyOf(value: CelValue): CelKey | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  const number = numberOf(value);
  return number === undefined || !Number.isInteger(Number(number)) ? undefined : BigInt(number);
}

function truth(value: CelValue): boolean {
  return typeof value === 'boolean' ? value : fail('a condition is neither true nor false');
}

/** `||` and `&&`: one side that decides is enough, whatever goes wrong in the other. */
function decide(decisive: boolean, [left, right]: readonly [ASTNode, ASTNode], of: (node: ASTNode) => CelValue): boolean {
  let trouble: CelError | undefined;
  for (const side of [left, right]) {
    try {
      if (truth(of(side)) === decisive) return decisive;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      trouble ??= error;
    }
  }
  if (trouble !== undefined) throw trouble;
  return !decisive;
}

function negate(operand: ASTNode, of: (node: ASTNode) => CelValue): CelValue {
  const value = operand.op === 'value' ? literal(operand.args) : of(operand);
  if (typeof value === 'bigint') return inRange(-value) ?? 0n;
  return typeof value === 'number' ? -value : fail('the operand of "-" is no number');
}

function operate(operator: string, left: CelValue, right: CelValue, budget: CelBudget): CelValue {
  switch (operator) {
    case '==':
      return equal(left, right, budget);
    case '!=':
      return !equal(left, right, budget);
    case 'in':
      return isIn(left, right, budget) ?? mismatch(operator, left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return inOrder(operator, compare(left, right) ?? mismatch(operator, left, right));
    case '+':
      return add(left, right, budget) ?? mismatch(operator, left, right);
    default:
      return calculate(operator, left, right) ?? mismatch(operator, left, right);
  }
}

function mismatch(operator: string, left: CelValue, right: CelValue): never {
  throw new CelError(`no such overload: ${typeName(left)} ${operator} ${typeName(right)}`);
}

function inOrder(operator: '<' | '<=' | '>' | '>=', order: number): boolean {
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function add(left: CelValue, right: CelValue, budget: CelBudget): CelValue | undefined {
  if (typeof left === 'string' && typeof right === 'string') {
    spend(budget, (left.length + right.length) / 10);
    return left + right;
  }
  if (isList(left) && isList(right)) return concatenate(left, right, budget);
  if (left instanceof Uint8Array && right instanceof Uint8Array) {
    spend(budget, (left.length + right.length) / 10);
    return Buffer.concat([left, right]);
  }
  return calculate('+', left, right);
}

/** To a list whose order does not matter goes only what it has not yet. */
function concatenate(left: CelList, right: CelList, budget: CelBudget): CelList {
  spend(budget, left.length + right.length);
  if (!isUnordered(left)) return [...left, ...right];
  return markUnordered([...left, ...right.filter(item => !has(left, item, budget))]);
}

function calculate(operator: string, left: CelValue, right: CelValue): CelValue | undefined {
  if (typeof left === 'number' && typeof right === 'number') return calculateDoubles(operator, left, right);
  if (typeof left === 'bigint' && typeof right === 'bigint') return inRange(calculateIntegers(operator, left, right));
  if (!isObject(left) || !isObject(right)) return undefined;
  if (left.kind === 'uint' && right.kind === 'uint') return unsigned(calculateIntegers(operator, left.value, right.value) ?? 0n);
  return calculateTimes(operator, left, right);
}

function calculateDoubles(operator: string, left: number, right: number): number | undefined {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  return operator === '/' ? left / right : undefined;
}

function calculateIntegers(operator: string, left: bigint, right: bigint): bigint | undefined {
  if (operator === '+') return left + right;
  if (operator === '-') return left - right;
  if (operator === '*') return left * right;
  if (right === 0n) throw new CelError('division by zero');
  return operator === '/' ? left / right : operator === '%' ? left % right : undefined;
}

function calculateTimes(operator: string, left: CelObject, right: CelObject): CelValue | undefined {
  const isSpan = right.kind === 'duration';
  if (operator === '+' && left.kind === 'duration' && right.kind === 'timestamp') return { kind: 'timestamp', nanos: left.nanos + right.nanos };
  if ((left.kind !== 'timestamp' && left.kind !== 'duration') || (right.kind !== 'timestamp' && !isSpan)) return undefined;
  if (operator === '+' && isSpan) return { kind: left.kind, nanos: left.nanos + right.nanos };
  if (operator !== '-') return undefined;
  if (isSpan) return { kind: left.kind, nanos: left.nanos - right.nanos };
  return left.kind === 'timestamp' ? { kind: 'duration', nanos: left.nanos - right.nanos } : undefined;
}

const libraries = [textLibrary, listLibrary, conversions, timeLibrary, kubernetesLibrary];

/** What has a name, in each of the libraries: `indexOf` is one of texts and one of lists. */
function named(part: 'functions' | 'methods'): ReadonlyMap<string, readonly CelFunction[]> {
  const all = new Map<string, CelFunction[]>();
  for (const library of libraries) {
    for (const [name, apply] of Object.entries(library[part])) all.set(name, [...(all.get(name) ?? []), apply]);
  }
  return all;
}

const functions = named('functions');
const methods = named('methods');

function apply(name: string, candidates: readonly CelFunction[] | undefined, args: readonly CelValue[], budget: CelBudget): CelValue {
  if (candidates === undefined) return fail(`there is no function "${name}" here`);
  spend(
    budget,
    args.reduce<number>((cost, argument) => cost + (typeof argument === 'string' ? argument.length / 50 : 0), 0),
  );
  for (const candidate of candidates) {
    const value = candidate(args, budget);
    if (value !== undefined) return value;
  }
  return fail(`"${name}" does not take these arguments: ${args.map(typeName).join(', ')}`);
}

function callFunction(name: string, args: readonly ASTNode[], scope: Scope | undefined, budget: CelBudget): CelValue {
  if (name === 'has') return isPresent(args[0], scope, budget);
  return apply(
    name,
    functions.get(name),
    args.map(argument => evaluate(argument, scope, budget)),
    budget,
  );
}

function isPresent(field: ASTNode | undefined, scope: Scope | undefined, budget: CelBudget): boolean {
  if (field === undefined || (field.op !== '.' && field.op !== '.?')) return fail('has() takes a field');
  const found = evaluate(field.args[0], scope, budget);
  const container = isObject(found) && found.kind === 'optional' ? found.value : found;
  if (container === undefined) return false;
  const value = isMap(container) ? container.get(field.args[1]) : fail('has() takes a field of an object');
  return isObject(value) && value.kind === 'unusable' ? fail(value.reason) : value !== undefined;
}

function callMethod(name: string, receiver: ASTNode, args: readonly ASTNode[], scope: Scope | undefined, budget: CelBudget): CelValue {
  if (receiver.op === 'id' && find(receiver.args, scope) === undefined) {
    const qualified = `${receiver.args}.${name}`;
    if (qualified === 'cel.bind') return bind(args, scope, budget);
    const values = args.map(argument => evaluate(argument, scope, budget));
    if (receiver.args === 'optional') return makeOptional(name, values, budget);
    return apply(qualified, functions.get(qualified), values, budget);
  }
  const value = evaluate(receiver, scope, budget);
  if (isObject(value) && value.kind === 'optional') return askOptional(name, value, args, scope, budget);
  if (comprehensions.has(name) && args.length >= 2 && args[0]?.op === 'id') return comprehend(name, value, args, scope, budget);
  return apply(name, methods.get(name), [value, ...args.map(argument => evaluate(argument, scope, budget))], budget);
}

/** `cel.bind(name, value, expression)` */
function bind([name, value, expression]: readonly ASTNode[], scope: Scope | undefined, budget: CelBudget): CelValue {
  if (name?.op !== 'id' || value === undefined || expression === undefined) return fail('cel.bind() takes a name, a value and an expression');
  return evaluate(expression, { name: name.args, value: evaluate(value, scope, budget), outer: scope }, budget);
}

function makeOptional(name: string, [value]: readonly CelValue[], budget: CelBudget): CelValue {
  if (name === 'none') return { kind: 'optional' };
  if (value === undefined || (name !== 'of' && name !== 'ofNonZeroValue')) return fail(`there is no function "optional.${name}" here`);
  return name === 'ofNonZeroValue' && isZero(value, budget) ? { kind: 'optional' } : { kind: 'optional', value };
}

function isZero(value: CelValue, budget: CelBudget): boolean {
  if (isList(value) || value instanceof Uint8Array) return value.length === 0;
  if (isMap(value)) return value.size === 0;
  return value === null || value === '' || value === false || equal(value, 0n, budget);
}

type Optional = Extract<CelObject, { kind: 'optional' }>;

function askOptional(name: string, { value }: Optional, args: readonly ASTNode[], scope: Scope | undefined, budget: CelBudget): CelValue {
  const [first, second] = args;
  if (name === 'hasValue') return value !== undefined;
  if (name === 'value') return value === undefined ? fail('an optional has no value') : value;
  if (first === undefined) return fail(`an optional has no "${name}"`);
  if (name === 'orValue') return value === undefined ? evaluate(first, scope, budget) : value;
  if (name === 'or') return value === undefined ? evaluate(first, scope, budget) : { kind: 'optional', value };
  if ((name !== 'optMap' && name !== 'optFlatMap') || first.op !== 'id' || second === undefined) return fail(`an optional has no "${name}"`);
  if (value === undefined) return { kind: 'optional' };
  const mapped = evaluate(second, { name: first.args, value, outer: scope }, budget);
  return name === 'optMap' ? { kind: 'optional', value: mapped } : mapped;
}

const comprehensions = new Set(['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter', 'transformList', 'transformMap']);

/** With how many arguments a macro names both key and value. */
const twoNames: Readonly<Record<string, number>> = { all: 3, exists: 3, exists_one: 3, existsOne: 3, transformList: 3, transformMap: 3 };

interface Turn {
  readonly key: CelKey;
  readonly scope: Scope;
}

function comprehend(name: string, range: CelValue, args: readonly ASTNode[], scope: Scope | undefined, budget: CelBudget): CelValue {
  const hasTwo = args.length >= (twoNames[name] ?? Number.POSITIVE_INFINITY);
  const names = args.slice(0, hasTwo ? 2 : 1).map(argument => (argument.op === 'id' ? argument.args : fail('a variable has no name')));
  const rest = args.slice(names.length);
  const last = rest.at(-1) ?? fail(`"${name}" lacks an expression`);
  const turns = turnsOf(range, names, scope);
  const isTrue = ({ scope }: Turn, node: ASTNode = last) => truth(evaluate(node, scope, budget));
  switch (name) {
    case 'all':
    case 'exists':
      return quantify(turns, name === 'exists', isTrue, budget);
    case 'exists_one':
    case 'existsOne':
      return [...turns].filter(turn => isTrue(turn)).length === 1;
    case 'filter':
      return [...turns].filter(turn => isTrue(turn)).map(turn => turn.scope.value);
  }
  const chosen = rest.length > 1 ? [...turns].filter(turn => isTrue(turn, rest[0])) : [...turns];
  if (name !== 'transformMap') return chosen.map(turn => evaluate(last, turn.scope, budget));
  return new Map(chosen.map(turn => [turn.key, evaluate(last, turn.scope, budget)]));
}

function* turnsOf(range: CelValue, [first = '', second]: readonly string[], scope: Scope | undefined): Generator<Turn> {
  if (!isList(range) && !isMap(range)) fail(`a ${typeName(range)} has no items`);
  const entries: Iterable<[CelKey, CelValue]> = isMap(range) ? range : numbered(range);
  for (const [key, value] of entries) {
    if (second !== undefined) yield { key, scope: { name: second, value, outer: { name: first, value: key, outer: scope } } };
    else yield { key, scope: { name: first, value: isMap(range) ? key : value, outer: scope } };
  }
}

function* numbered(list: CelList): Generator<[CelKey, CelValue]> {
  for (const [index, value] of list.entries()) yield [BigInt(index), value];
}

/** `all` and `exists` overlook trouble in one item where another decides. */
function quantify(turns: Iterable<Turn>, decisive: boolean, isTrue: (turn: Turn) => boolean, budget: CelBudget): boolean {
  let trouble: CelError | undefined;
  for (const turn of turns) {
    spend(budget, 1);
    try {
      if (isTrue(turn) === decisive) return decisive;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      trouble ??= error;
    }
  }
  if (trouble !== undefined) throw trouble;
  return !decisive;
}
