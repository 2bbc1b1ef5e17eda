import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import { nameOf } from '../core/repo-path.ts';
import { inferStyle, type StyleFacts, type Styles } from '../core/style.ts';

/** What is known of the style of a repository. The files of other tools are read only where there are some. */
export async function loadStyles(files: ReadonlyMap<RepoPath, SourceFile>): Promise<Styles> {
  let inferred: StyleFacts | undefined;
  const isTold = [...files.keys()].some(path => /^\.(?:editorconfig|yamllint|prettierrc)/.test(nameOf(path)));
  return {
    explicit: isTold ? (await import('./editor-styles.ts')).readEditorStyles(files) : () => nothing,
    inferred() {
      inferred ??= inferStyle(files.values());
      return inferred;
    },
  };
}

const nothing: StyleFacts = {};
