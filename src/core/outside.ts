import type { RepoPath } from './place.ts';
import { folderOf, nameOf } from './repo-path.ts';

/** Whether a file stands below a folder from which nothing is delivered. */
export function standsOutside(path: RepoPath): boolean {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    if (isOutside(folder)) return true;
  }
  return false;
}

/** Whether nothing is delivered from a folder, by its name. */
export function isOutside(path: RepoPath): boolean {
  const name = nameOf(path);
  if (outsideAnywhere.has(name)) return true;
  return path === name && (outsideAtRoot.has(name) || platformFolder.test(name));
}

const outsideAnywhere = new Set(
  'node_modules vendor third_party testdata test-data test_data test_resources test-resources fixtures test-fixtures __fixtures__ archive archived _archive versionStream'.split(
    ' ',
  ),
);
const outsideAtRoot = new Set('docs doc hack test tests e2e functional-tests'.split(' '));
const platformFolder = /^\.(git|github|gitlab|gitea|forgejo|circleci|buildkite|azuredevops|lighthouse|vscode|idea|devcontainer|husky)$/;
