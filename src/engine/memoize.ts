/** The same function, which works out the answer for each key once. */
export function memoize<K, V>(compute: (key: K) => V): (key: K) => V {
  const answers = new Map<K, V>();
  return key => {
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = compute(key);
      answers.set(key, answer);
    }
    return answer;
  };
}
