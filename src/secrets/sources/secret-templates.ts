import { isTemplatedData, type SourceFile } from '../../core/document.ts';
import type { SecretCandidate } from './secret-candidate.ts';
import { mentionsSecret } from './secrets.ts';

/**
 * The data of the Secrets in a template, which no parser can read yet: the one-line entries right below
 * `data:` and `stringData:` of a document that says `kind: Secret` in a line of its own.
 */
export function* secretTemplateEntries(file: SourceFile): Iterable<SecretCandidate> {
  if (!isTemplatedData(file) || !mentionsSecret(file.text)) return;
  let offset = 0;
  for (const chunk of file.text.split(/^(?=---)/m)) {
    if (/^kind: ["']?Secret["']?\s*$/m.test(chunk) && !/^sops:/m.test(chunk)) yield* entriesOf(file.path, chunk, offset);
    offset += chunk.length;
  }
}

function* entriesOf(path: string, chunk: string, chunkStart: number): Iterable<SecretCandidate> {
  const name = /^ {2,4}name: ["']?([a-z0-9.-]+)["']?\s*$/m.exec(chunk)?.[1];
  const holder = name === undefined ? 'the Secret' : `Secret "${name}"`;
  let part = '';
  let indent = '';
  let start = chunkStart;
  for (const line of chunk.split('\n')) {
    const [, section] = /^([\w-]+):/.exec(line) ?? [];
    if (section !== undefined) [part, indent] = [section, ''];
    const entry = part === 'data' || part === 'stringData' ? /^( +)(["']?)([\w.-]+)\2:[ \t]+(\S.*)$/.exec(line.trimEnd()) : null;
    if (entry) {
      const [whole, spaces = '', , key = '', written = ''] = entry;
      indent ||= spaces;
      const value = withoutQuotes(written.replace(/\s#.*$/, '').trim());
      const valueStart = start + whole.length - written.length;
      const at = { path, start: valueStart, end: valueStart + written.length };
      if (spaces === indent && !/^[|>]/.test(value)) {
        yield { at, key, path: [part, key], value, isEncoded: part === 'data', holder, keptAs: 'secret' };
      }
    }
    start += line.length + 1;
  }
}

function withoutQuotes(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}
