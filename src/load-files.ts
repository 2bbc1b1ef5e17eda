import { classifyByReference } from './classify/classify-by-reference.ts';
import { classifyFile } from './classify/classify-file.ts';
import { classifyText } from './classify/classify-text.ts';
import { describeRepository, type RepositoryHints } from './classify/hints.ts';
import type { ResolvedConfig } from './core/config.ts';
import type { SkippedFile, SourceFile } from './core/document.ts';
import type { RepoPath } from './core/place.ts';
import { parseHcl } from './parse/parse-hcl.ts';
import { parseJson } from './parse/parse-json.ts';
import { parseYaml } from './parse/parse-yaml.ts';
import type { FileListing, Workspace } from './workspace/workspace.ts';

export interface LoadedFiles {
  readonly files: readonly SourceFile[];
  /** What is there and was not read. */
  readonly skipped: readonly SkippedFile[];
}

/**
 * Reads every file that is listed and not excluded, tells what it is, and parses it where it is YAML, JSON or HCL:
 * a template is text, and no parser sees it.
 */
export function loadFiles(listing: FileListing, workspace: Pick<Workspace, 'read'>, { isExcluded, maxFileSize }: ResolvedConfig): LoadedFiles {
  const hints = hintsOf(listing, workspace, maxFileSize);
  const readFile = readerWith(hints);
  const files: SourceFile[] = [];
  const skipped = [...listing.skipped];
  for (const path of listing.files) {
    if (isExcluded(path)) continue;
    const { text, skipped: reason } = workspace.read(path, maxFileSize);
    if (text === undefined) skipped.push({ path, reason: hints.attributes?.of(path)?.encrypted ? 'encrypted' : reason });
    else files.push(readFile(path, text));
  }
  return { files, skipped };
}

/** Tells what a text is by its path among the files of a listing, and parses it. */
export function fileReader(
  listing: Pick<FileListing, 'files'>,
  workspace: Pick<Workspace, 'read'>,
  maxFileSize: number,
): (path: RepoPath, text: string) => SourceFile {
  return readerWith(hintsOf(listing, workspace, maxFileSize));
}

function hintsOf({ files }: Pick<FileListing, 'files'>, workspace: Pick<Workspace, 'read'>, maxFileSize: number): RepositoryHints {
  return describeRepository(files, path => workspace.read(path, maxFileSize).text);
}

function readerWith(hints: RepositoryHints): (path: RepoPath, text: string) => SourceFile {
  return (path, text) => {
    const kind = classifyText(path, text, hints);
    return classifyFile(path, text, kind, kind.language === 'none' ? undefined : parsers[kind.language](path, text));
  };
}

const parsers = { hcl: parseHcl, json: parseJson, yaml: parseYaml } as const;

/** The files with the class that their use by others gives them. */
export function classify(files: readonly SourceFile[]): readonly SourceFile[] {
  return classifyByReference(files);
}
