import { type SopsSelection, selectionFields } from '../../core/protection.ts';

/** An expression as Go reads it; a text says why it is none. */
export type CompileExpression = (pattern: string) => ((text: string) => boolean) | string;

/**
 * Whether a value is encrypted, by the keys on the way to it (the numbers of items are none) and the comments before
 * each of those keys.
 */
export type IsSelected = (keys: readonly string[], comments?: readonly string[]) => boolean;

/** What SOPS takes where none of the words is there. */
const defaultSelection: SopsSelection = { unencrypted_suffix: '_unencrypted' };

/**
 * Which values SOPS encrypts: `shouldBeEncrypted` of its sops.go, word by word. Each word that is there overrules those
 * before it, expressions are found anywhere in a key, and one that cannot be compiled is found nowhere.
 */
export function selectorOf(selection: SopsSelection, compile: CompileExpression): IsSelected {
  const words = isEmpty(selection) ? defaultSelection : selection;
  const { unencrypted_suffix, encrypted_suffix, unencrypted_regex, encrypted_regex, unencrypted_comment_regex, encrypted_comment_regex } = words;
  const steps: { readonly of: 'keys' | 'comments'; readonly encrypts: boolean; readonly test: (text: string) => boolean }[] = [];
  const add = (of: 'keys' | 'comments', encrypts: boolean, test: (text: string) => boolean) => steps.push({ of, encrypts, test });
  if (unencrypted_suffix) add('keys', false, key => key.endsWith(unencrypted_suffix));
  if (encrypted_suffix) add('keys', true, key => key.endsWith(encrypted_suffix));
  if (unencrypted_regex) add('keys', false, testOf(unencrypted_regex, compile));
  if (encrypted_regex) add('keys', true, testOf(encrypted_regex, compile));
  if (unencrypted_comment_regex) add('comments', false, testOf(unencrypted_comment_regex, compile));
  if (encrypted_comment_regex) add('comments', true, testOf(encrypted_comment_regex, compile));
  return (keys, comments = []) => {
    let isEncrypted = true;
    for (const { of, encrypts, test } of steps) {
      const isFound = (of === 'keys' ? keys : comments).some(test);
      if (encrypts) isEncrypted = isFound;
      else if (isFound) isEncrypted = false;
    }
    return isEncrypted;
  };
}

export function isEmpty(selection: SopsSelection): boolean {
  return selectionFields.every(field => !selection[field]);
}

/** The same keys come again and again. */
function testOf(pattern: string, compile: CompileExpression): (text: string) => boolean {
  const test = compile(pattern);
  if (typeof test === 'string') return () => false;
  const answers = new Map<string, boolean>();
  return text => {
    let answer = answers.get(text);
    if (answer === undefined) {
      answer = test(text);
      if (answers.size < mostAnswers) answers.set(text, answer);
    }
    return answer;
  };
}

const mostAnswers = 10_000;
