import { isTemplatedData, type SourceFile } from '../../core/document.ts';
import { isTemplated } from '../placeholders.ts';
import { isWorthJudging } from './collect-fields.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** The literals in templates of objects, such as those of a chart; the data of their Secrets has a source of its own. */
export function* templateLiterals(file: SourceFile): Iterable<SecretCandidate> {
  if (isTemplatedData(file) && !/^(?:helm-values|ansible-)/.test(file.classification.class)) yield* literalsIn(file, 'the template');
}

/** The literals in values that are a template, such as `values.yaml.gotmpl` of Helmfile. */
export function* templateValues(file: SourceFile): Iterable<SecretCandidate> {
  if (file.classification.class === 'helm-values' && file.classification.template !== undefined) yield* literalsIn(file, 'the values');
}

/** What no parser can read yet is read line by line: `key: value`, and `value:` right below the `name:` of a variable. */
function* literalsIn({ path, text }: SourceFile, holder: string): Iterable<SecretCandidate> {
  let start = 0;
  let isSecret = false;
  let name = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('---')) isSecret = false;
    else if (/^kind: ["']?Secret["']?\s*$/.test(line)) isSecret = true;
    const [, field = '', written = ''] = (!isSecret && entry.exec(line)) || [];
    const value = withoutComment(written);
    const key = field === 'value' && name !== '' ? name : field;
    name = field === 'name' ? value : '';
    if (value !== '' && !isTemplated(value) && !value.includes('}}') && isWorthJudging(key, value)) {
      const valueStart = start + line.length - written.length;
      yield { at: { path, start: valueStart, end: valueStart + written.trimEnd().length }, key, path: [key], value, holder, keptAs: 'setting' };
    }
    start += line.length + 1;
  }
}

const entry = /^[ ]*(?:- )?["']?([\w.-]+)["']?:[ \t]+([^|>&*!{[\s#].*)$/;

function withoutComment(written: string): string {
  return written
    .replace(/\s#.*$/, '')
    .trim()
    .replace(/^(["'])(.*)\1,?$/, '$2');
}
