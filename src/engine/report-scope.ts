import type { PathMatcher } from '../core/config.ts';
import type { EnvironmentId } from '../core/environment.ts';
import type { Place, RepoPath } from '../core/place.ts';
import { folderOf } from '../core/repo-path.ts';
import type { RuleReport } from './run-rules.ts';

/** What the report is limited to. The whole repository is understood all the same. */
export interface ReportScope {
  readonly includes?: PathMatcher;
  /** Only findings that one of these files can have caused; deleted ones are among them. */
  readonly changed?: ReadonlySet<RepoPath>;
  /** Only findings that concern one of these. */
  readonly environments?: readonly EnvironmentId[];
}

/** What places a report, or the finding that becomes of it. */
interface Placed extends Pick<RuleReport, 'environments' | 'causes'> {
  readonly at: Pick<Place, 'path'>;
  readonly related?: readonly { readonly at: Pick<Place, 'path'> }[];
}

/** Whether a report is within the scope. */
export function scopeFilter({ includes, changed, environments }: ReportScope): (report: Placed) => boolean {
  const concernsChange = changed && changeFilter(changed);
  return report =>
    (includes?.(report.at.path) ?? true) &&
    (concernsChange?.(report) ?? true) &&
    (environments === undefined || report.environments.some(id => environments.includes(id)));
}

/**
 * A place counts as changed with its file, a folder with a file directly in it; a cause also with any file below it:
 * the path that is missing may have been a folder.
 */
function changeFilter(changed: ReadonlySet<RepoPath>): (report: Placed) => boolean {
  const places = new Set(changed);
  const causes = new Set(changed);
  for (const path of changed) {
    places.add(folderOf(path));
    for (let folder = folderOf(path); folder !== '' && !causes.has(folder); folder = folderOf(folder)) causes.add(folder);
  }
  return ({ at, related = [], causes: own = [] }) =>
    places.has(at.path) || related.some(other => places.has(other.at.path)) || own.some(cause => causes.has(cause));
}
