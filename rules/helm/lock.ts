import type { Document } from '../../src/core/document.ts';
import { type Fields, isFields, listAt, textAt } from '../../src/core/fields.ts';
import { holdsPlaceholder } from '../../src/core/filled-in-later.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import type { Chart, ChartDependency } from '../../src/core/helm.ts';
import { at, keyAt, type RepoPath } from '../../src/core/place.ts';
import type { Repo } from '../../src/core/repo.ts';
import { nameOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';
import { parseVersion } from '../../src/core/semantic-version.ts';
import { parseVersionConstraint } from '../../src/core/version-constraint.ts';

export const lock = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'The lock file of a chart, or a subchart that stands beside it, is not what the dependencies ask for.',
  rationale:
    'Argo CD runs `helm dependency build`, which refuses a lock file that does not belong to the dependencies. Without one, every environment takes the newest version of its range on the day that it is rendered: the presets `strict` and `regulated` ask for one.',
  compliance: ['NIS2 21(2)(d)'],
  since: '0.1.0',

  *check(repo, { settings }) {
    for (const chart of repo.helm().charts.values()) {
      if (chart.isVendored || chart.dependencies.every(({ entry }) => entry === undefined)) continue;
      const locked = lockOf(chart, repo);
      if (locked !== undefined) yield* judgeLock(chart, locked);
      else if (settings.preset !== 'recommended') yield* judgeAbsence(chart, repo);
      yield* judgeSubcharts(chart, locked, repo);
    }
  },

  examples: {
    bad: [
      {
        title: 'a range that left the locked version behind, an entry too few and one too many',
        files: {
          'charts/web/Chart.yaml': `
            apiVersion: v2
            name: web
            version: 1.0.0
            dependencies:
              - name: redis
                version: 18.x
                repository: https://charts.example.org
              - name: queue
                version: ~2.1
                repository: https://charts.example.org
          `,
          'charts/web/Chart.lock': `
            dependencies:
              - name: redis
                version: 17.3.2
                repository: https://charts.example.org/
              - name: postgresql
                version: 12.1.0
                repository: https://charts.example.org
            digest: sha256:0
            generated: "2026-01-01T00:00:00Z"
          `,
        },
        findings: [
          'charts/web/Chart.lock:3:14 "redis" is locked to "17.3.2", which "18.x" leaves out: run "helm dependency update" and commit the lock file',
          'charts/web/Chart.lock:5:11 "postgresql" is no dependency any more: run "helm dependency update" and commit the lock file',
          'charts/web/Chart.yaml:8:11 "queue" is not in Chart.lock: run "helm dependency update" and commit the lock file',
        ],
      },
      {
        title: 'a repository that moved',
        files: {
          'charts/web/Chart.yaml':
            'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - name: redis\n    version: 18.x\n    repository: oci://registry.example.org/charts\n',
          'charts/web/Chart.lock':
            'dependencies:\n  - name: redis\n    version: 18.0.0\n    repository: https://charts.example.org\ndigest: sha256:0\n',
        },
        findings: [
          'charts/web/Chart.lock:4:17 "redis" is locked to another repository than "oci://registry.example.org/charts": run "helm dependency update" and commit the lock file',
        ],
      },
      {
        title: 'a packed subchart of another version, and an unpacked one',
        files: {
          'charts/web/Chart.yaml':
            'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - name: redis\n    version: 18.x\n    repository: https://charts.example.org\n  - name: common\n    version: ^2.0.0\n    repository: https://charts.example.org\n',
          'charts/web/charts/redis-17.3.2.tgz': 'binary',
          'charts/web/charts/common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 1.4.0\n',
        },
        findings: [
          'charts/web/Chart.yaml:6:14 "charts/web/charts/redis-17.3.2.tgz" is not of "18.x": run "helm dependency update" and commit what it fetches',
          'charts/web/Chart.yaml:9:14 "charts/web/charts/common" is of version "1.4.0", not of "^2.0.0": run "helm dependency update" and commit what it fetches',
        ],
      },
      {
        title: 'a chart in a folder beside it that has moved on',
        files: {
          'charts/web/Chart.yaml':
            'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - name: common\n    version: ^1.0.0\n    repository: file://../common\n',
          'charts/common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 2.0.0\ntype: library\n',
        },
        findings: [
          'charts/web/Chart.yaml:6:14 "charts/common" is of version "2.0.0", not of "^1.0.0": widen the range, or keep the version of the chart in it',
        ],
      },
      {
        title: 'no lock file, where the preset asks for one',
        preset: 'strict',
        files: {
          'charts/web/Chart.yaml':
            'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - name: redis\n    version: 18.x\n    repository: https://charts.example.org\n',
        },
        findings: [
          'charts/web/Chart.yaml:6:14 no lock file says which version of "18.x" is delivered: run "helm dependency update" and commit Chart.lock',
        ],
      },
    ],
    good: [
      {
        title: 'a lock file that fits, local charts and aliases',
        files: {
          'charts/web/Chart.yaml': `
            apiVersion: v2
            name: web
            version: 1.0.0
            dependencies:
              - { name: redis, version: ">=17.0.0 <19", repository: "https://charts.example.org/" }
              - { name: redis, alias: cache, version: 16.x, repository: "https://charts.example.org" }
              - { name: common, version: "*", repository: "file://../common" }
              - { name: internal, version: 1.x, repository: "@internal" }
              - { name: own, version: 0.1.0 }
          `,
          'charts/web/Chart.lock': `
            dependencies:
              - { name: redis, version: 18.1.0, repository: "https://charts.example.org" }
              - { name: redis, version: 16.0.1, repository: "https://charts.example.org" }
              - { name: common, version: 0.3.0, repository: "file://../common" }
              - { name: internal, version: 1.0.3, repository: "https://internal.example.org" }
              - { name: own, version: 0.1.0, repository: "" }
            digest: sha256:0
          `,
          'charts/web/charts/own/Chart.yaml': 'apiVersion: v2\nname: own\nversion: 0.1.0\n',
          'charts/common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 0.4.0\n',
        },
      },
      {
        title: 'no lock file, in the preset that does not ask for one',
        preset: 'recommended',
        files: {
          'charts/web/Chart.yaml':
            'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - { name: redis, version: 18.x, repository: "https://charts.example.org" }\n',
        },
      },
      {
        title: 'no lock file, and every subchart is there',
        preset: 'strict',
        files: {
          'charts/web/Chart.yaml':
            'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - { name: redis, version: 18.x, repository: "https://charts.example.org" }\n',
          'charts/web/charts/redis-18.3.2.tgz': 'binary',
        },
      },
    ],
    unknown: [
      {
        title: 'a version that is filled in later',
        files: {
          'charts/web/Chart.yaml':
            'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - { name: redis, version: "<VERSION>", repository: "https://charts.example.org" }\n',
          'charts/web/Chart.lock': 'dependencies:\n  - { name: redis, version: 18.0.0, repository: "https://charts.example.org" }\n',
        },
      },
    ],
  },
});

interface Lock {
  readonly document: Document;
  readonly name: string;
  readonly entries: readonly Fields[];
}

/** Charts of Helm 2 have requirements.lock; an empty file locks nothing. */
function lockOf({ folder, metadata }: Chart, { files }: Repo): Lock | undefined {
  const names = (metadata.value as Fields).apiVersion === 'v1' ? ['requirements.lock', 'Chart.lock'] : ['Chart.lock', 'requirements.lock'];
  for (const name of names) {
    const [document] = files.get(folder === '' ? name : `${folder}/${name}`)?.documents ?? [];
    if (document && isFields(document.value) && 'dependencies' in document.value)
      return { document, name, entries: listAt(document.value, 'dependencies').filter(isFields) };
  }
  return undefined;
}

const update = 'run "helm dependency update" and commit the lock file';

function* judgeLock({ requirements, dependencies }: Chart, { document, name: file, entries }: Lock): Iterable<Report | Skip> {
  const wanted = dependencies.flatMap(({ entry }) => (entry ? [entry] : []));
  for (const { index, fields } of wanted) {
    const name = textAt(fields, 'name') ?? '';
    const place = (key: string) => at(requirements, 'dependencies', index, key);
    if (holdsPlaceholder(fields)) {
      yield { at: place('name'), skipped: 'a part of it is filled in later' };
      continue;
    }
    const named = entries.flatMap((entry, position) => (entry.name === name ? [{ entry, position }] : []));
    const isFitting = named.some(({ entry }) => fitsVersion(entry, fields) && fitsRepository(entry, fields));
    const nearest = named.find(({ entry }) => fitsVersion(entry, fields)) ?? named[0];
    if (isFitting) continue;
    if (nearest === undefined) {
      yield {
        at: place('name'),
        message: `"${name}" is not in ${file}: ${update}`,
        related: [{ at: { path: document.path }, message: 'the lock file' }],
      };
      continue;
    }
    const related = [{ at: place('name'), message: 'the dependency' }];
    const { entry, position } = nearest;
    if (!fitsVersion(entry, fields)) {
      const message = `"${name}" is locked to "${entry.version}", which "${fields.version}" leaves out: ${update}`;
      yield { at: at(document, 'dependencies', position, 'version'), message, related, causes: [requirements.path] };
    } else {
      const message = `"${name}" is locked to another repository than "${fields.repository ?? ''}": ${update}`;
      yield { at: at(document, 'dependencies', position, 'repository'), message, related, causes: [requirements.path] };
    }
  }
  for (const [position, entry] of entries.entries()) {
    const name = textAt(entry, 'name');
    if (name === undefined || wanted.some(({ fields }) => fields.name === name || holdsPlaceholder(fields.name))) continue;
    yield {
      at: at(document, 'dependencies', position, 'name'),
      message: `"${name}" is no dependency any more: ${update}`,
      causes: [requirements.path],
    };
  }
}

/** A version that cannot be read fits: that is another finding. */
function fitsVersion({ version: locked }: Fields, { version: wanted }: Fields): boolean {
  if (typeof locked !== 'string' || typeof wanted !== 'string' || locked === wanted) return true;
  const version = parseVersion(locked);
  const constraint = parseVersionConstraint(wanted);
  return version === undefined || constraint === undefined || constraint.accepts(version);
}

/** The name of a repository that Helm knows stands for a URL that the lock file has. */
function fitsRepository(entry: Fields, fields: Fields): boolean {
  const [locked, wanted] = [normalise(textAt(entry, 'repository')), normalise(textAt(fields, 'repository'))];
  return locked === wanted || /^(@|alias:)/.test(wanted) || /^(@|alias:)/.test(locked);
}

/** Schemes and hosts have no case, and a slash at the end says nothing. */
function normalise(repository = ''): string {
  return repository.replace(/\/+$/, '').replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, origin => origin.toLowerCase());
}

function* judgeAbsence({ requirements, dependencies }: Chart, repo: Repo): Iterable<Report> {
  const open = dependencies.filter(
    dependency => isFetched(dependency) && dependency.folder === undefined && !isPacked(dependency, requirements.path, repo),
  );
  const ranged = open.find(({ entry }) => typeof entry?.fields.version === 'string' && parseVersionConstraint(entry.fields.version)?.isRange);
  const { entry } = ranged ?? {};
  if (entry !== undefined) {
    const message = `no lock file says which version of "${entry.fields.version}" is delivered: run "helm dependency update" and commit Chart.lock`;
    yield { at: at(requirements, 'dependencies', entry.index, 'version'), severity: 'warning', message };
  } else if (open.length > 0) {
    const message = 'no lock file belongs to these dependencies: run "helm dependency update" and commit Chart.lock';
    yield { at: keyAt(requirements, 'dependencies'), severity: 'warning', message };
  }
}

function isFetched({ entry }: ChartDependency): boolean {
  const repository = textAt(entry?.fields ?? {}, 'repository') ?? '';
  return repository !== '' && !repository.startsWith('file://');
}

function isPacked({ entry }: ChartDependency, requirements: RepoPath, repo: Repo): boolean {
  return packedVersions(requirements, textAt(entry?.fields ?? {}, 'name') ?? '', repo).length > 0;
}

/** The archives of a dependency, `<name>-<version>.tgz`. */
function packedVersions(requirements: RepoPath, name: string, { entries }: Repo): { readonly path: RepoPath; readonly version: string }[] {
  const folder = requirements.slice(0, -nameOf(requirements).length);
  const prefix = `${folder}charts/${name}-`;
  const found: { readonly path: RepoPath; readonly version: string }[] = [];
  if (entries.get(`${folder}charts`) !== 'folder') return found;
  for (const path of entries.keys()) {
    if (!path.startsWith(prefix) || !path.endsWith('.tgz')) continue;
    const version = path.slice(prefix.length, -'.tgz'.length);
    if (/^v?\d/.test(version) && !version.includes('/') && parseVersion(version) !== undefined) found.push({ path, version });
  }
  return found;
}

/** What stands in the repository has to be of the range, and an archive of the locked version. */
function* judgeSubcharts({ requirements, dependencies }: Chart, locked: Lock | undefined, repo: Repo): Iterable<Report> {
  const { charts } = repo.helm();
  for (const dependency of dependencies) {
    const { entry, folder } = dependency;
    const wanted = entry?.fields.version;
    if (entry === undefined || typeof wanted !== 'string' || holdsPlaceholder(entry.fields)) continue;
    const place = at(requirements, 'dependencies', entry.index, 'version');
    const subchart = folder === undefined ? undefined : charts.get(folder);
    const version = subchart && textAt(subchart.metadata.value as Fields, 'version');
    if (folder !== undefined && version !== undefined && !holdsPlaceholder(version) && !fitsVersion({ version }, { version: wanted })) {
      const remedy = isFetched(dependency)
        ? 'run "helm dependency update" and commit what it fetches'
        : 'widen the range, or keep the version of the chart in it';
      yield { at: place, message: `"${folder}" is of version "${version}", not of "${wanted}": ${remedy}`, causes: [folder] };
    }
    const packed = packedVersions(requirements.path, textAt(entry.fields, 'name') ?? '', repo);
    const [archive] = packed;
    if (archive === undefined || !isFetched(dependency)) continue;
    const pins = (locked?.entries ?? []).filter(({ name }) => name === entry.fields.name).flatMap(pin => textAt(pin, 'version') ?? []);
    if (packed.every(({ version: found }) => !fitsVersion({ version: found }, { version: wanted }))) {
      yield {
        at: place,
        message: `"${archive.path}" is not of "${wanted}": run "helm dependency update" and commit what it fetches`,
        causes: [archive.path],
      };
    } else if (pins.length > 0 && packed.every(({ version: found }) => !pins.includes(found))) {
      yield {
        at: place,
        message: `"${archive.path}" is not of the locked version "${pins[0]}": run "helm dependency build" and commit what it fetches`,
        causes: [archive.path],
      };
    }
  }
}
