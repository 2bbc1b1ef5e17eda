import { classifyByReference } from '../../src/classify/classify-by-reference.ts';
import { classifyFile } from '../../src/classify/classify-file.ts';
import { classifyText } from '../../src/classify/classify-text.ts';
import { describeRepository } from '../../src/classify/hints.ts';
import type { SourceFile } from '../../src/core/document.ts';
import type { RepoPath } from '../../src/core/place.ts';
import { parseJson } from '../../src/parse/parse-json.ts';
import { parseYaml } from '../../src/parse/parse-yaml.ts';

/** The files of a small repository as the pipeline classifies them. */
export function classifyRepository(texts: Readonly<Record<RepoPath, string>>): ReadonlyMap<RepoPath, SourceFile> {
  const paths = Object.keys(texts).sort();
  const hints = describeRepository(paths, path => texts[path]);
  const files = paths.map(path => {
    const text = texts[path] ?? '';
    const kind = classifyText(path, text, hints);
    const parse = kind.language === 'yaml' ? parseYaml : kind.language === 'json' ? parseJson : undefined;
    return classifyFile(path, text, kind, parse?.(path, text));
  });
  return new Map(classifyByReference(files).map(file => [file.path, file]));
}
