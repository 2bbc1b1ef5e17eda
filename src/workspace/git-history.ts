import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { UsageError } from '../core/errors.ts';
import type { PastCommit } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';
import { decodeText, isBinaryName } from './decode-text.ts';
import { realFolder } from './disk-workspace.ts';
import { type RunningGit, runGit, startGit } from './git.ts';
import { linkMode, submoduleMode } from './list-with-git.ts';
import type { History, PastFile } from './workspace.ts';

export interface HistoryRequest {
  /** `BASE..TIP`, or one revision with all that it builds on; without it the commits that `since` or the default branch lack. */
  readonly range?: string;
  readonly since?: string;
  /** What the config calls the protected branch. */
  readonly protectedBranch?: string;
}

/**
 * The commits of a range, each by what it brought in below `root`. Throws a `UsageError` outside of Git and for a range
 * that Git does not know; in a shallow clone such a range is one that is missing.
 */
export function gitHistory(root: string, request: HistoryRequest): History {
  const folder = realFolder(root);
  const { output: shallow, failure } = runGit(folder, ['rev-parse', '--is-shallow-repository']);
  if (shallow === undefined) throw new UsageError(`--history needs a Git repository: ${failure}`);
  const isShallow = shallow.toString().trim() === 'true';
  const range = findRange(folder, request, isShallow);
  if ('missing' in range) return { commits: 0, incomplete: range.missing, async *files() {} };
  if ('empty' in range) return { commits: 0, empty: range.empty, async *files() {} };

  const cut = isShallow ? readShallow(folder) : new Set<string>();
  const listed = runGit(folder, ['rev-list', '--reverse', '--topo-order', '--timestamp', range.tip, ...(range.base ? [`^${range.base}`] : [])]);
  if (listed.output === undefined) return { commits: 0, incomplete: `Git cannot list the commits: ${listed.failure}`, async *files() {} };
  const all = [...commitsIn(listed.output.toString())];
  const commits = all.filter(({ id }) => !cut.has(id));
  return {
    commits: commits.length,
    ...(commits.length < all.length && { incomplete: `older commits are missing: ${shallowRemedy}` }),
    ...(all.length === 0 && { empty: range.whenEmpty }),
    files: maxBytes => readFiles(folder, commits, maxBytes),
  };
}

const shallowRemedy = 'this clone is shallow, check out with fetch-depth: 0';

const hint = 'name commits as in --history=main..HEAD';

type Range = { readonly tip: string; readonly base?: string; readonly whenEmpty: string } | { readonly missing: string } | { readonly empty: string };

function findRange(folder: string, { range, since, protectedBranch }: HistoryRequest, isShallow: boolean): Range {
  const find = (revision: string): string | undefined => {
    const found = findCommit(folder, revision);
    if (found !== undefined || isShallow) return found;
    throw new UsageError(`Git does not know the revision "${revision}"`, { hint });
  };
  const whenEmpty = 'there is no commit in this range';
  if (range !== undefined || since !== undefined) {
    const [before, after, ...more] = (range ?? `${since}..HEAD`).split('..');
    if (more.length > 0 || after?.startsWith('.')) throw new UsageError(`"${range}" is no range`, { hint });
    const base = after === undefined ? undefined : find(before || 'HEAD');
    const tip = find((after === undefined ? before : after) || 'HEAD');
    if (tip === undefined || (after !== undefined && base === undefined)) return { missing: `its commits are missing: ${shallowRemedy}` };
    return { tip, ...(base !== undefined && { base }), whenEmpty };
  }
  const tip = findCommit(folder, 'HEAD');
  if (tip === undefined) return { empty: 'there is no commit yet' };
  const branch = defaultBranch(folder, protectedBranch);
  const base = branch === undefined ? undefined : findCommit(folder, branch);
  if (base !== undefined) {
    const name = branch?.replace(/^refs\/(heads|remotes)\//, '');
    return { tip, base, whenEmpty: `no commit is missing on "${name}": --history=HEAD looks at all there are` };
  }
  if (isShallow) return { missing: `the default branch is missing: ${shallowRemedy}` };
  return { missing: 'the default branch is not known: name commits as in --history=main..HEAD, or --history=HEAD for all' };
}

/** The id alone goes on to other commands, never the user's text. */
function findCommit(folder: string, revision: string): string | undefined {
  const { output } = runGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  return output?.toString().trim();
}

/** The branch that the config names, else what the remote calls its own, else what most are called; at the remote rather than here. */
function defaultBranch(folder: string, protectedBranch: string | undefined): string | undefined {
  const names = protectedBranch === undefined ? ['main', 'master'] : [protectedBranch];
  const refs = names.flatMap(name => [`refs/remotes/origin/${name}`, `refs/heads/${name}`]);
  if (protectedBranch === undefined) refs.unshift('refs/remotes/origin/HEAD');
  const { output } = runGit(folder, ['for-each-ref', '--format=%(refname) %(symref)', ...refs]);
  const known = new Map(
    output
      ?.toString()
      .split('\n')
      .map(line => [line.replace(/ .*/, ''), line.replace(/.* /, '')]),
  );
  const found = refs.find(ref => known.has(ref));
  return found && (known.get(found) || found);
}

/** The commits whose parents were not fetched: what they changed cannot be told. */
function readShallow(folder: string): ReadonlySet<string> {
  const { output } = runGit(folder, ['rev-parse', '--git-path', 'shallow']);
  return new Set(output === undefined ? [] : readFileSync(resolve(folder, output.toString().trim()), 'utf8').split('\n'));
}

/** The lines of `git rev-list --timestamp`: seconds, by the committer's clock, and id. */
function* commitsIn(lines: string): Generator<PastCommit> {
  for (const line of lines.split('\n')) {
    const [seconds, id] = line.split(' ');
    if (id !== undefined) yield { id, date: new Date(Number(seconds) * 1000).toISOString().slice(0, 10) };
  }
}

async function* readFiles(folder: string, commits: readonly PastCommit[], maxBytes: number): AsyncGenerator<PastFile> {
  const seen = new Set<string>();
  const objects = objectReader(folder, maxBytes);
  try {
    for await (const { commit, file } of additions(folder, commits)) {
      if (!file) {
        yield { commit, path: '', skipped: 'a commit that Git cannot read' };
        continue;
      }
      const { id, path } = file;
      if (seen.has(`${id} ${path}`)) continue;
      seen.add(`${id} ${path}`);
      if (isBinaryName(path)) {
        yield { commit, path, skipped: 'binary' };
        continue;
      }
      const blob = await objects.read(id);
      yield { commit, path, ...(typeof blob === 'string' ? { skipped: blob } : decodeText(path, blob)) };
    }
  } finally {
    objects.close();
  }
}

interface Addition {
  readonly commit: PastCommit;
  /** Absent where Git cannot tell what the commit brought in. */
  readonly file?: { readonly id: string; readonly path: RepoPath };
}

/** What each commit has that none of its parents has. Git ends where an object is missing, and is started again behind it. */
async function* additions(folder: string, commits: readonly PastCommit[]): AsyncGenerator<Addition> {
  const indexOf = new Map(commits.map(({ id }, index) => [id, index]));
  for (let [next, restarts] = [0, 0]; next < commits.length; restarts++) {
    if (restarts > mostRestarts) {
      for (const commit of commits.slice(next)) yield { commit };
      return;
    }
    const git = startGit(folder, diffTree);
    let last = -1;
    let entry: Entry | undefined;
    try {
      git.input.end([...commits.slice(next).map(({ id }) => id), ''].join('\n'));
      for await (const field of fieldsOf(git.output)) {
        const commit = commits[last];
        if (entry && commit && entry.isFile) yield { commit, file: { id: entry.id, path: field } };
        if (entry) entry = undefined;
        else if (field.startsWith(':')) entry = readEntry(field);
        else last = indexOf.get(field.trim()) ?? last;
      }
      if ((await git.failure) === undefined) return;
    } finally {
      git.stop();
    }
    // Where it told nothing, the first commit is the one that it cannot read.
    const [unread] = commits.slice(next);
    if (last < next && unread) yield { commit: unread };
    next = Math.max(next, last) + 1;
  }
}

const diffTree = [
  ...['diff-tree', '--stdin', '--root', '--raw', '-r', '-c', '-z', '--relative'],
  ...['--no-abbrev', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules=all'],
];

/** Each damaged object ends Git, which is then started again. */
const mostRestarts = 100;

interface Entry {
  readonly id: string;
  readonly isFile: boolean;
}

/** `:mode mode id id status`; of a merge a colon, a mode and an id more for each further parent. The last of each is the new one. */
function readEntry(field: string): Entry {
  const parents = field.lastIndexOf(':') + 1;
  const parts = field.slice(parents).split(' ');
  const mode = parts[parents] ?? '';
  return { id: parts[2 * parents + 1] ?? '', isFile: mode !== linkMode && mode !== submoduleMode && mode !== noMode };
}

/** Of a file that a commit removes. */
const noMode = '000000';

async function* fieldsOf(output: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const text of output.setEncoding('utf8') as AsyncIterable<string>) {
    const fields = (rest + text).split('\0');
    rest = fields.pop() ?? '';
    yield* fields;
  }
}

interface ObjectReader {
  read(id: string): Promise<Buffer | string>;
  close(): void;
}

/** The content of objects through one process of Git, or why one is not read. */
function objectReader(folder: string, maxBytes: number): ObjectReader {
  let git: (RunningGit & { readonly bytes: ByteReader }) | undefined;
  let restarts = 0;
  const start = () => {
    const started = startGit(folder, ['cat-file', '--batch']);
    return { ...started, bytes: byteReader(started.output) };
  };
  return {
    async read(id) {
      if (git === undefined && restarts > mostRestarts) return 'unreadable';
      git ??= start();
      git.input.write(`${id}\n`);
      const header = await git.bytes.line();
      if (header?.endsWith(' missing')) return 'missing or damaged';
      const size = Number(header?.split(' ')[2]);
      const content = header === undefined || Number.isNaN(size) ? undefined : await git.bytes.take(size + 1, size <= maxBytes);
      if (content === 'left out') return 'too large';
      if (content !== undefined) return content.subarray(0, size);
      git.stop();
      git = undefined;
      restarts++;
      return 'unreadable';
    },
    close: () => git?.stop(),
  };
}

interface ByteReader {
  /** Up to the next line break; nothing at the end. */
  line(): Promise<string | undefined>;
  /** So many bytes; nothing where there are fewer. What is not kept is read and forgotten. */
  take(length: number, keep: boolean): Promise<Buffer | 'left out' | undefined>;
}

function byteReader(output: Readable): ByteReader {
  const chunks = output.iterator() as AsyncIterator<Buffer>;
  let chunk: Buffer = Buffer.alloc(0);
  const next = async (): Promise<boolean> => {
    const { value, done } = await chunks.next();
    chunk = done ? Buffer.alloc(0) : value;
    return done !== true;
  };
  return {
    async line() {
      let text = '';
      for (;;) {
        const end = chunk.indexOf(0x0a);
        text += chunk.toString('latin1', 0, end < 0 ? chunk.length : end);
        if (end >= 0) {
          chunk = chunk.subarray(end + 1);
          return text;
        }
        if (!(await next())) return undefined;
      }
    },
    async take(length, keep) {
      const kept: Buffer[] = [];
      for (let missing = length; ; ) {
        const part = chunk.subarray(0, missing);
        if (keep) kept.push(part);
        chunk = chunk.subarray(part.length);
        missing -= part.length;
        if (missing === 0) return keep ? Buffer.concat(kept) : 'left out';
        if (!(await next())) return undefined;
      }
    },
  };
}
