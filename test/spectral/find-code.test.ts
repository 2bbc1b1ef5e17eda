import { expect, test } from 'vitest';
import { findCode } from '../../src/spectral/find-code.ts';

test.each([
  '$',
  '$.metadata.labels',
  "$..containers[*]['image','name']",
  '$.spec.containers[0:2]',
  '$.paths[*]~',
  '$..[?(@.kind)]^',
  '$..name@string()',
  '#Workload.metadata.constructor',
  "$[?(@property === 'kind' && @.match(/^(Deployment|[A-Z/]+\\/x)$/))]^.metadata",
  "$..[?(@.kind == 'Service' && @['type'] != \"ClusterIP\")]",
  '$..env[?(!@.valueFrom && @.value.length > 8)].value',
  "$..[?(['a','b'].includes(@.name))]",
  '$.items[(@.length-1)]',
  "$..[?(@path.includes('spec') || @parentProperty === 'x' || @object())]",
  'metadata.labels["app.kubernetes.io/name"]',
  '@key',
])('%s only selects', expression => {
  expect(findCode(expression)).toBeUndefined();
});

test.each([
  "$[?(@.constructor.constructor('x')())]",
  "$[?(@['constructor']['constructor']('x')())]",
  "$[?(@.match(/a/.constructor.constructor('x')()))]",
  "$[?(@property.constructor('x'))]",
  "$[?(@['const' + 'ructor'])]",
  '$[?(@[@.name])]',
  '$[?(@ [ "constructor" ])]',
  '$[?(@ . constructor)]',
  "$[?(@.name.replace('a', 'b'))]",
  "$[?(@.match('a')('b'))]",
  "$[?(@['match']('b'))]",
  '$[?(process.exit(1))]',
  '$[?(scope.sandbox)]',
  '$[?(@.a = 1)]',
  "$[?(@ ~= 'x/.constructor')]",
  "$[?(@.a == 'it\\'s')]",
  '$[?(`a`)]',
  '$[?(@.a',
  '$[?(@.a]',
  "$.it's[?(@.constructor)]",
  "$['a\\'][?(@.constructor)]['b']",
  '$[(process.exit(1))]',
  '$.a(process.exit(1))',
  '$.a@string(process.exit(1))',
  '$[?(@.a / @.b)]',
  '$[?(new Date)]',
])('%s could run code', expression => {
  expect(findCode(expression)).toBeDefined();
});
