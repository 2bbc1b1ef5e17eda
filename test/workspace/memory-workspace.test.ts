import { expect, test } from 'vitest';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

test('lists, reads and writes as the disk does', async () => {
  const workspace = memoryWorkspace({ 'b.yaml': 'b: 1\n', 'a.yaml': 'a: ü\n' });
  expect(await workspace.list()).toEqual({ files: ['a.yaml', 'b.yaml'], skipped: [], links: new Map(), notes: [] });
  expect(workspace.read('a.yaml', 6)).toEqual({ text: 'a: ü\n' });
  expect(workspace.read('a.yaml', 5)).toEqual({ skipped: 'too large' });
  expect(workspace.read('c.yaml', 100)).toEqual({ skipped: 'unreadable' });
  workspace.write('a.yaml', 'a: 2\n');
  expect(workspace.read('a.yaml', 100)).toEqual({ text: 'a: 2\n' });
  expect(() => workspace.write('c.yaml', 'x')).toThrow();
});
