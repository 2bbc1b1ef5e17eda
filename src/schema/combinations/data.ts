import { type Fields, fieldsAt, isFields, textAt } from '../../core/fields.ts';
import { isBase64 } from '../formats.ts';
import { type Combination, isKnown } from './operand.ts';

/** ValidateConfigMap; https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go */
export function* configMapCombinations(object: Fields): Generator<Combination> {
  yield* keyCombinations(object, 'data');
  yield* keyCombinations(object, 'binaryData');
  const data = fieldsAt(object, 'data');
  for (const key of Object.keys(fieldsAt(object, 'binaryData'))) {
    if (Object.hasOwn(data, key)) yield [['binaryData', key], `the key "${key}" stands in "data" too: keep one of them`];
  }
  yield* encodingCombinations(object, 'binaryData');
}

/** ValidateSecret */
export function* secretCombinations(object: Fields): Generator<Combination> {
  yield* keyCombinations(object, 'data');
  yield* keyCombinations(object, 'stringData');
  yield* encodingCombinations(object, 'data');
  const keys = new Set(['data', 'stringData'].flatMap(part => Object.keys(fieldsAt(object, part))));
  const wanted = keysOfTypes[textAt(object, 'type') ?? ''] ?? [];
  if (!isKnown([...keys])) return;
  for (const key of wanted) if (!keys.has(key)) yield [['type'], `a secret of this type has the key "${key}": add it or write another type`];
}

const keysOfTypes: Readonly<Record<string, readonly string[]>> = {
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/ssh-auth': ['ssh-privatekey'],
};

/** IsConfigMapKey */
function* keyCombinations(object: Fields, part: string): Generator<Combination> {
  for (const key of Object.keys(fieldsAt(object, part))) {
    // A key in braces is what a template left.
    if (!isKnown(key) || key.startsWith('{') || (key.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(key) && key !== '.' && !key.startsWith('..')))
      continue;
    yield [[part, key], 'a key has letters, digits, "-", "_" and "." only: write such a key'];
  }
}

function* encodingCombinations(object: Fields, part: string): Generator<Combination> {
  const data = object[part];
  // What is encrypted as a whole is not what the API server gets.
  if (!isFields(data) || object.sops !== undefined) return;
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== 'string' || !isKnown(value) || isBase64(value)) continue;
    yield [[part, key], part === 'data' ? 'this is no base64: encode it or move it to "stringData"' : 'this is no base64: encode it'];
  }
}
