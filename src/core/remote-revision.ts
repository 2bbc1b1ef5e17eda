/** What of another repository a URL names. */
export type RemoteRevision =
  | { readonly kind: 'commit' | 'tag' | 'branch'; readonly name: string }
  /** Whatever the default branch holds. */
  | { readonly kind: 'default-branch' }
  /** Whatever the newest release is. */
  | { readonly kind: 'latest-release' }
  | { readonly kind: 'unknown' };

/** The revision in the URL of a file or of a Git repository, as Kustomize and GitLab read it. */
export function revisionOfUrl(url: string): RemoteRevision {
  const [address = '', query = ''] = url.split('?', 2);
  const asked = /(?:^|&)(?:ref|version)=([^&]*)/.exec(query)?.[1];
  if (asked !== undefined) return asked === '' ? { kind: 'default-branch' } : revisionNamed(decode(asked));
  if (/\/releases\/latest(\/|$)/.test(address)) return { kind: 'latest-release' };
  const release = /\/releases\/download\/([^/]+)\//.exec(address)?.[1];
  if (release !== undefined) return { kind: 'tag', name: decode(release) };
  const behind = rawContent.exec(address)?.[1];
  if (behind !== undefined) return revisionOfPath(decode(behind));
  if (/^https?:\/\/.*\.(ya?ml|json)$/i.test(address))
    return address.split('/').some(part => isVersion(part)) ? { kind: 'tag', name: '' } : { kind: 'unknown' };
  return { kind: 'default-branch' };
}

/** The revision and path of a file, as the sites of GitHub, GitLab, Gitea and Bitbucket serve it. */
const rawContent =
  /^https?:\/\/(?:raw\.githubusercontent\.com\/[^/]+\/[^/]+\/|gist\.githubusercontent\.com\/[^/]+\/[^/]+\/raw\/|[^/]+\/(?:[^/]+\/)+?(?:-\/)?(?:raw|blob)\/(?:branch\/|commit\/|tag\/)?)(.+)$/;

/** A branch may have slashes in its name, and so may a tag; the first part decides. */
function revisionOfPath(path: string): RemoteRevision {
  const [, kind, name] = /^refs\/(heads|tags)\/([^/]+)/.exec(path) ?? [];
  if (name !== undefined) return { kind: kind === 'heads' ? 'branch' : 'tag', name };
  return revisionNamed(path.split('/', 1)[0] ?? '');
}

/** What a name stands for, as far as the name tells. */
export function revisionNamed(name: string): RemoteRevision {
  if (name.startsWith('refs/')) return revisionOfPath(name);
  if (/^[0-9a-f]{40}$|^[0-9a-f]{64}$|^(?=.*\d)(?=.*[a-f])[0-9a-f]{7,39}$/.test(name)) return { kind: 'commit', name };
  if (/^(main|master|head|develop|development|dev|trunk|latest|stable|edge|nightly|next|release[-_/]\D?\d.*)$/i.test(name))
    return { kind: 'branch', name };
  return isVersion(name) ? { kind: 'tag', name } : { kind: 'unknown' };
}

/** As in `v1.2.3`, `1.2` and `chart-1.2.0`. */
function isVersion(text: string): boolean {
  return /(^|[-_/])v?\d+(\.\d+)+([-+.\w]*)$|^v\d+$/.test(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
