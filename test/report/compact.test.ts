import { expect, test } from 'vitest';
import { compact } from '../../src/report/compact.ts';
import { aFinding, aResult, plainStyle } from './a-result.ts';

const text = 'a: 1\nb: 2\n';

test('each shown finding is one line, whatever its path and message hold', () => {
  const findings = [
    aFinding('apps/web.yaml', text, '2'),
    aFinding('evil\u001b[2J\n.yaml', text, '1', { severity: 'warning', message: 'two\nlines' }),
    aFinding('a.yaml', text, '1', { severity: 'note' }),
    aFinding('a.yaml', text, '1', { suppressed: { by: 'waiver' } }),
  ];
  expect(compact(aResult({ findings }), plainStyle)).toBe(
    'apps/web.yaml:2:4 error environment/cross-reference "2" is wrong: mend it\n' +
      'evil\\u001b[2J\\n.yaml:1:4 warning environment/cross-reference two\\nlines\n',
  );
});
