/** Numbers that look random and are the same in every run. */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const values: readonly unknown[] = ['text', '', 'error', 3, 0, -2, 1.5, true, [], ['a'], [1], [{}], {}, { a: 'b' }, { name: 'x', path: 'p' }];

/** A copy of a JSON value with one mistake, or none, at a random place. */
export function mutate(value: unknown, random: (below: number) => number): unknown {
  const copy = structuredClone(value);
  const places = containersIn(copy).filter(container => Object.keys(container).length > 0);
  const container = places[random(places.length)];
  if (container === undefined) return copy;
  const keys = Object.keys(container);
  const key = keys[random(keys.length)] ?? '';
  const old = container[key];
  const turn = random(4);
  if (turn === 0) container[key] = values[random(values.length)];
  else if (Array.isArray(container)) container.splice(Number(key), 1);
  else {
    delete container[key];
    if (turn === 1) container[keys.includes('path') ? 'paths' : `${key}s`] = old;
    if (turn === 2) container[key.slice(1) || 'x'] = old;
  }
  return copy;
}

function containersIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(containersIn)];
}
