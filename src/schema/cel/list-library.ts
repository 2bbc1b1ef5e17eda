import { type CelBudget, CelError, type CelList, type CelValue, compare, equal, isList, isMap, isObject, numberOf, spend } from './cel-value.ts';
import { inRange, unsigned } from './conversions.ts';
import type { CelFunction, Library } from './library.ts';

/** Lists and sets: https://pkg.go.dev/k8s.io/apiserver/pkg/cel/library#Lists and https://pkg.go.dev/github.com/google/cel-go/ext#Sets */
export const listLibrary: Library = {
  functions: {
    'sets.contains': onLists((list, others, budget) => others.every(item => has(list, item, budget))),
    'sets.intersects': onLists((list, others, budget) => others.some(item => has(list, item, budget))),
    'sets.equivalent': onLists(
      (list, others, budget) => others.every(item => has(list, item, budget)) && list.every(item => has(others, item, budget)),
    ),
  },
  methods: {
    isSorted: onList((list, _, budget) => {
      spend(budget, list.length);
      return list.every((item, index) => index === 0 || ordered(list[index - 1] ?? null, item) <= 0);
    }),
    sum: onList(sum),
    min: onList(list => extreme(list, -1)),
    max: onList(list => extreme(list, 1)),
    indexOf: onList((list, [item = null], budget) => BigInt(list.findIndex(other => equal(item, other, budget)))),
    lastIndexOf: onList((list, [item = null], budget) => BigInt(list.findLastIndex(other => equal(item, other, budget)))),
  },
};

function onList(apply: (list: CelList, others: readonly CelValue[], budget: CelBudget) => CelValue | undefined): CelFunction {
  return ([list, ...others], budget) => (isList(list) ? apply(list, others, budget) : undefined);
}

function onLists(apply: (list: CelList, others: CelList, budget: CelBudget) => boolean): CelFunction {
  return onList((list, [others], budget) => (isList(others) ? apply(list, others, budget) : undefined));
}

export function has(list: CelList, item: CelValue, budget: CelBudget): boolean {
  return list.some(other => equal(item, other, budget));
}

function ordered(left: CelValue, right: CelValue): number {
  const order = compare(left, right);
  if (order === undefined) throw new CelError('the items have no order');
  return order;
}

function extreme(list: CelList, sign: 1 | -1): CelValue {
  let best = list[0];
  if (best === undefined) throw new CelError('the list is empty');
  for (const item of list) if (ordered(item, best) * sign > 0) best = item;
  return best;
}

function sum(list: CelList, _: readonly CelValue[], budget: CelBudget): CelValue | undefined {
  spend(budget, list.length);
  if (list.length === 0) return 0n;
  if (list.every(item => typeof item === 'bigint')) return inRange(list.reduce((total, item) => total + item, 0n));
  if (list.every(item => typeof item === 'number')) return list.reduce((total, item) => total + item, 0);
  let nanos = 0n;
  let value = 0n;
  for (const item of list) {
    if (!isObject(item)) return undefined;
    if (item.kind === 'duration') nanos += item.nanos;
    else if (item.kind === 'uint') value += item.value;
    else return undefined;
  }
  return isObject(list[0]) && list[0].kind === 'uint' ? unsigned(value) : { kind: 'duration', nanos };
}

/** Whether `in` finds an item in a list or a key in a map. */
export function isIn(item: CelValue, container: CelValue, budget: CelBudget): boolean | undefined {
  if (isList(container)) return has(container, item, budget);
  if (!isMap(container)) return undefined;
  const number = numberOf(item);
  const key = number === undefined ? item : Number.isInteger(Number(number)) ? BigInt(number) : false;
  if (number !== undefined && key === false) return false;
  return typeof key === 'string' || typeof key === 'bigint' || typeof key === 'boolean' ? container.has(key) : false;
}
