import { expect, test } from 'vitest';
import { readGitAttributes } from '../../src/classify/git-attributes.ts';

function attributesOf(path: string, text: string, folder = '') {
  return readGitAttributes([{ folder, text }]).of(path);
}

test('a pattern without a slash matches names, one with a slash paths', () => {
  expect(attributesOf('a/b/web.yaml', 'web.yaml linguist-generated')).toEqual({ generated: true });
  expect(attributesOf('a/b/web.yaml', '*.yaml linguist-generated=true')).toEqual({ generated: true });
  expect(attributesOf('a/b/web.yaml', 'b/*.yaml linguist-generated')).toBeUndefined();
  expect(attributesOf('a/b/web.yaml', 'a/*/web.yaml linguist-generated')).toEqual({ generated: true });
  expect(attributesOf('a/b/web.yaml', '/web.yaml linguist-generated')).toBeUndefined();
  expect(attributesOf('a/b/c/web.yaml', 'a/** linguist-vendored')).toEqual({ vendored: true });
  expect(attributesOf('a/b/c/web.yaml', '**/c/web.ya?l linguist-vendored')).toEqual({ vendored: true });
});

test('later lines and deeper files win', () => {
  expect(attributesOf('web.yaml', '* text=auto linguist-generated\nweb.yaml -linguist-generated')).toEqual({ lineEnds: true, generated: false });
  const files = [
    { folder: 'a', text: '*.yaml -text' },
    { folder: '', text: '* text eol=crlf' },
  ];
  expect(readGitAttributes(files).of('a/web.yaml')).toEqual({ lineEnds: false });
  expect(readGitAttributes(files).of('b/web.yaml')).toEqual({ lineEnds: true });
});

test('comments, macros and other attributes say nothing', () => {
  expect(attributesOf('web.yaml', '# * text\n[attr]binary -diff\n* diff=yaml\n\n')).toBeUndefined();
});

test('a hostile pattern ends soon', () => {
  expect(attributesOf(`${'a'.repeat(5000)}.yaml`, `${'a*'.repeat(500)}b linguist-generated`)).toBeUndefined();
});
