import type { SourceFile } from '../../../src/core/document.ts';
import type { Sops } from '../../../src/core/protection.ts';
import { parseJson } from '../../../src/parse/parse-json.ts';
import { parseYaml } from '../../../src/parse/parse-yaml.ts';
import { expressionTest } from '../../../src/schema/foreign-expression.ts';
import { findSops, readSops } from '../../../src/secrets/sops/read-sops.ts';

const classification = { class: 'other', reason: 'a test' } as const;

export function sourceFile(path: string, text: string): SourceFile {
  const parse = /\.ya?ml$/.test(path) ? parseYaml : path.endsWith('.json') ? parseJson : undefined;
  const { documents, problems, duplicateKeys } = parse?.(path, text) ?? { documents: [], problems: [], duplicateKeys: [] };
  return { path, text, classification, documents: documents.map(document => ({ ...document, classification })), problems, duplicateKeys };
}

/** What is read of SOPS, by a judge for whom every value is a secret. */
export function sopsOf(files: Readonly<Record<string, string>>): Sops {
  const read = new Map(Object.entries(files).map(([path, text]) => [path, sourceFile(path, text)]));
  const judge = {
    isHarmless: () => false,
    isTemplated: () => false,
    isCredential: () => true,
    isPassword: () => true,
    decode: (value: string) => value,
  };
  return readSops({ found: findSops(read), compile: expressionTest, judge });
}
