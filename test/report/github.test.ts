import fc from 'fast-check';
import { expect, test } from 'vitest';
import { github } from '../../src/report/github.ts';
import { aFinding, aResult, plainStyle } from './a-result.ts';

const text = 'a: 1\nb: |\n  x\n  y\n';

test('a finding is a workflow command', () => {
  const finding = aFinding('apps/web, 100%.yaml', text, '1', { message: 'is "a::b": use 50%' });
  expect(github(aResult({ findings: [finding] }), plainStyle)).toBe(
    '::error file=apps/web%2C 100%25.yaml,line=1,endLine=1,col=4,endColumn=5,title=environment/cross-reference::is "a::b": use 50%25\n',
  );
});

test('a range over several lines has no columns', () => {
  const finding = aFinding('a.yaml', text, 'x\n  y', { severity: 'warning', message: 'wrong' });
  expect(github(aResult({ findings: [finding] }), plainStyle)).toBe(
    '::warning file=a.yaml,line=3,endLine=4,title=environment/cross-reference::wrong\n',
  );
});

test('notes are notices, shown when they are asked for', () => {
  const result = aResult({ findings: [aFinding('a.yaml', text, '1', { severity: 'note', message: 'odd' })] });
  expect(github(result, plainStyle)).toBe('');
  expect(github(result, { ...plainStyle, show: 'note' })).toMatch(/^::notice /);
});

test('whatever a path or a message holds, a finding stays one command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (path, message) => {
      const output = github(aResult({ findings: [aFinding(path, text, '1', { message })] }), plainStyle);
      const [, file, data] =
        /^::error file=([^:,\r\n]*),line=1,endLine=1,col=4,endColumn=5,title=environment\/cross-reference::(.*)\n$/.exec(output) ?? [];
      expect(file?.replace(/%(25|0D|0A|3A|2C)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))).toBe(path);
      expect(data).toBeDefined();
    }),
  );
});
