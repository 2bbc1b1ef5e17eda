import type { ArtifactLocation } from 'sarif';
import type { RepoPath } from '../core/place.ts';

/** Where a file is for readers of SARIF: a percent-encoded URI relative to the root of the repository. */
export function artifactLocation(path: RepoPath): ArtifactLocation {
  const uri = path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return { uri: uri === '' ? '.' : uri, uriBaseId: '%SRCROOT%' };
}
