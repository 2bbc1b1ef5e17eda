import type { Document, SourceFile } from '../../src/core/document.ts';
import { type Fields, isFields, listAt, textAt } from '../../src/core/fields.ts';
import { holdsPlaceholder } from '../../src/core/filled-in-later.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import type { Chart, HelmModel } from '../../src/core/helm.ts';
import { describeMinors, firstMinor, hasMinor, lastMinor } from '../../src/core/kubernetes-minors.ts';
import { at, keyAt } from '../../src/core/place.ts';
import type { Repo } from '../../src/core/repo.ts';
import { nameOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';
import { isSemanticVersion, parseVersion } from '../../src/core/semantic-version.ts';
import { parseVersionConstraint } from '../../src/core/version-constraint.ts';
import { kubernetesTargets } from '../../src/core/versions.ts';

export const chartMetadata = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'The metadata of a chart is such that Helm refuses the chart, or installs something else than it says.',
  rationale:
    'Helm reads Chart.yaml when it renders the chart, which is in the cluster: a version that is none, two dependencies of one name, or a range of Kubernetes versions that leaves the cluster out stop the delivery there and not in the review.',
  since: '0.1.0',

  *check(repo, { settings }) {
    for (const file of repo.files.values()) {
      if (nameOf(file.path) !== 'Chart.yaml' || file.classification.generated) continue;
      if (file.classification.template !== undefined)
        yield { at: { path: file.path }, skipped: 'the fields of a template are known once it is rendered' };
    }
    const helm = repo.helm();
    for (const chart of helm.charts.values()) {
      if (chart.isVendored || isTemplate(repo.files.get(chart.metadata.path))) continue;
      const metadata = chart.metadata.value as Fields;
      yield* judgeIdentity(chart.metadata, metadata);
      yield* judgeGeneration(chart, metadata);
      yield* judgeDependencies(chart);
      yield* judgeKubernetesVersion(chart, metadata, repo);
      if (settings.preset === 'strict') yield* judgeFolder(chart, metadata, repo);
    }
    yield* judgeLibraries(helm);
  },

  examples: {
    bad: [
      {
        title: 'a version that is a number, and no name',
        files: { 'charts/web/Chart.yaml': 'apiVersion: v2\nversion: 1.2\n' },
        findings: [
          'charts/web/Chart.yaml:1:1 the chart has no "name": Helm refuses it without one',
          'charts/web/Chart.yaml:2:10 "version" is a number: write a text of three parts such as "1.2.0"',
        ],
      },
      {
        title: 'a version that is none, a misspelt type, a generation that is none',
        files: { 'charts/web/Chart.yaml': 'apiVersion: v3\nname: web\nversion: latest\ntype: app\n' },
        findings: [
          'charts/web/Chart.yaml:1:13 "apiVersion" must be "v2", or "v1" for Helm 2',
          'charts/web/Chart.yaml:3:10 "latest" is no version: write one of SemVer 2 such as "1.2.0"',
          'charts/web/Chart.yaml:4:7 "type" must be "application" or "library"',
        ],
      },
      {
        title: 'a version of two parts, and no generation',
        files: { 'charts/web/Chart.yaml': 'name: web\nversion: "1.2"\n' },
        findings: [
          'charts/web/Chart.yaml:1:1 the chart has no "apiVersion", and Helm takes it for one of Helm 2: write "apiVersion: v2"',
          'charts/web/Chart.yaml:2:10 "1.2" is no version of SemVer 2: write "1.2.0"',
        ],
      },
      {
        title: 'dependencies that Helm cannot tell apart or find',
        files: {
          'charts/web/Chart.yaml': `
            apiVersion: v2
            name: web
            version: 1.0.0
            dependencies:
              - name: redis
                version: 17.x
                repository: https://charts.example.org
              - name: redis
                version: 18.x
                repository: https://charts.example.org
              - name: common
                version: newest
                repository: ../common
              - name: db
                alias: my.db
                version: ^1.0.0
                repository: "@internal"
                condition: db.enabled, global.db
              - name: queue
                repository: oci://registry.example.org/charts
          `,
        },
        findings: [
          'charts/web/Chart.yaml:8:11 two dependencies are called "redis": give one an alias',
          'charts/web/Chart.yaml:12:14 "newest" is no range of versions: write one such as "~1.2.0"',
          'charts/web/Chart.yaml:13:17 "../common" is no repository: write "file://../common" for a chart in a folder',
          'charts/web/Chart.yaml:15:12 the alias "my.db" must have letters, digits, "-" and "_" only',
          'charts/web/Chart.yaml:18:16 " global.db" is not found: conditions are separated by commas without spaces',
          'charts/web/Chart.yaml:19:11 the dependency "queue" has no "version": name the version or a range',
        ],
      },
      {
        title: 'a library chart that an Application installs',
        files: {
          'argocd/lib.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: lib, namespace: argocd }
            spec:
              project: web
              destination: { server: https://kubernetes.default.svc, namespace: web }
              source:
                repoURL: https://git.example.org/shop/web
                targetRevision: main
                path: charts/lib
          `,
          'charts/lib/Chart.yaml': 'apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n',
        },
        findings: ['argocd/lib.yaml:7:3 "lib" is a library chart, which cannot be installed: install a chart that depends on it'],
      },
      {
        title: 'dependencies in two files, of which one counts',
        files: {
          'charts/web/Chart.yaml':
            'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - { name: a, version: 1.0.0, repository: "https://charts.example.org" }\n',
          'charts/web/requirements.yaml': 'dependencies:\n  - { name: b, version: 1.0.0, repository: "https://charts.example.org" }\n',
        },
        findings: ['charts/web/requirements.yaml:1:1 these dependencies replace those of Chart.yaml: move them there and delete this file'],
      },
      {
        title: 'a chart that is not called after its folder',
        preset: 'strict',
        files: { 'charts/web/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n' },
        findings: ['charts/web/Chart.yaml:2:7 the chart "shop" stands in the folder "web": give both the same name'],
      },
    ],
    good: [
      {
        title: 'what Helm accepts',
        files: {
          'charts/web/Chart.yaml': `
            apiVersion: v2
            name: web
            version: v1.2.0-rc.1+build.5
            appVersion: 1.10
            kubeVersion: ">=1.25.0-0"
            dependencies:
              - name: redis
                version: ">=17.0.0 <19 || ~20.1"
                repository: https://charts.example.org
                condition: redis.enabled,global.redis.enabled
              - { name: redis, alias: cache, version: 17.x, repository: "alias:internal" }
              - { name: common, version: "*", repository: "file://../common" }
              - { name: local, version: 0.1.0 }
          `,
          'old/web/Chart.yaml': 'apiVersion: v1\nname: web\nversion: 0.1.0\n',
          'old/web/requirements.yaml': 'dependencies:\n  - { name: a, version: 1.0.0, repository: "https://charts.example.org" }\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a chart of a boilerplate',
        files: {
          'skeleton/Chart.yaml': 'apiVersion: v2\nname: {{ .Name }}\nversion: 1.2\n',
          'other/Chart.yaml': `apiVersion: v2\nname: <APP_NAME>\nversion: \${VERSION}\ntype: __TYPE__\n`,
        },
      },
    ],
  },
});

function isTemplate(file: SourceFile | undefined): boolean {
  return file === undefined || file.classification.template !== undefined || file.problems.length > 0;
}

/** As `Metadata.Validate` of Helm: https://github.com/helm/helm/blob/v3.18.0/pkg/chart/metadata.go */
function* judgeIdentity(document: Document, metadata: Fields): Iterable<Report | Skip> {
  const { apiVersion, name, version, type } = metadata;
  for (const key of ['apiVersion', 'name', 'version']) {
    const value = metadata[key];
    if (value === undefined || value === null || value === '') yield missing(document, key);
    else if (holdsPlaceholder(value)) yield { at: at(document, key), skipped: 'a part of it is filled in later' };
  }
  if (isMeant(apiVersion) && apiVersion !== 'v1' && apiVersion !== 'v2')
    yield { at: at(document, 'apiVersion'), message: '"apiVersion" must be "v2", or "v1" for Helm 2' };
  if (isMeant(name) && (name.includes('/') || name === '.' || name === '..'))
    yield { at: at(document, 'name'), message: `"${name}" is no name of a chart: write it without "/"` };
  if (typeof version === 'number')
    yield { at: at(document, 'version'), message: '"version" is a number: write a text of three parts such as "1.2.0"' };
  else if (isMeant(version)) yield* judgeVersion(document, version);
  if (isMeant(type) && type !== 'application' && type !== 'library')
    yield { at: at(document, 'type'), message: '"type" must be "application" or "library"' };
}

/** Without an `apiVersion` Helm 3 takes a chart for one of Helm 2 and renders it; `helm lint` and `helm package` do not. */
function missing(document: Document, key: string): Report {
  if (key !== 'apiVersion') return { at: at(document), message: `the chart has no "${key}": Helm refuses it without one` };
  return {
    at: at(document),
    severity: 'warning',
    message: 'the chart has no "apiVersion", and Helm takes it for one of Helm 2: write "apiVersion: v2"',
  };
}

/** A text that is there and complete. */
function isMeant(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !holdsPlaceholder(value);
}

/** Helm completes `1.2` and drops the `v` when it renders; `helm lint` and registries do not. */
function* judgeVersion(document: Document, version: string): Iterable<Report> {
  const place = at(document, 'version');
  const parsed = parseVersion(version);
  if (parsed === undefined) yield { at: place, message: `"${version}" is no version: write one of SemVer 2 such as "1.2.0"` };
  else if (!isSemanticVersion(version.replace(/^v/, ''))) {
    const { major, minor, patch, prerelease } = parsed;
    const complete = `${major}.${minor}.${patch}${prerelease === '' ? '' : `-${prerelease}`}`;
    yield { at: place, severity: 'warning', message: `"${version}" is no version of SemVer 2: write "${complete}"` };
  }
}

/** Helm 3 reads the dependencies of both files, and those of requirements.yaml replace the others. */
function* judgeGeneration({ metadata: document, requirements }: Chart, metadata: Fields): Iterable<Report> {
  const own = listAt(metadata, 'dependencies');
  if (requirements !== document && own.length > 0) {
    yield {
      at: keyAt(requirements, 'dependencies'),
      message: 'these dependencies replace those of Chart.yaml: move them there and delete this file',
      related: [{ at: keyAt(document, 'dependencies'), message: 'what is replaced' }],
    };
  } else if (metadata.apiVersion === 'v1' && own.length > 0) {
    yield {
      at: keyAt(document, 'dependencies'),
      severity: 'warning',
      message: 'a chart of "apiVersion: v1" has its dependencies in requirements.yaml: write "apiVersion: v2"',
    };
  }
}

function* judgeDependencies({ requirements }: Chart): Iterable<Report | Skip> {
  const names = new Set<string>();
  for (const [index, dependency] of listAt(requirements.value as Fields, 'dependencies').entries()) {
    if (!isFields(dependency)) continue;
    const place = (key: string) => at(requirements, 'dependencies', index, key);
    const name = textAt(dependency, 'name') ?? '';
    const alias = textAt(dependency, 'alias');
    if (holdsPlaceholder(dependency)) {
      yield { at: place('name'), skipped: 'a part of it is filled in later' };
      continue;
    }
    if (name === '' && dependency.name === undefined)
      yield { at: at(requirements, 'dependencies', index), message: 'a dependency has no "name": Helm cannot find it without one' };
    const key = alias ?? name;
    if (key !== '' && names.has(key))
      yield { at: place(alias === undefined ? 'name' : 'alias'), message: `two dependencies are called "${key}": give one an alias` };
    names.add(key);
    if (alias !== undefined && !/^[\w-]+$/.test(alias))
      yield { at: place('alias'), message: `the alias "${alias}" must have letters, digits, "-" and "_" only` };
    yield* judgeSource(dependency, name, place);
    yield* judgeConditions(dependency, place);
  }
}

function* judgeSource(dependency: Fields, name: string, place: (key: string) => Report['at']): Iterable<Report> {
  const { version } = dependency;
  const repository = textAt(dependency, 'repository') ?? '';
  const isFetched = repository !== '' && !repository.startsWith('file://');
  if ((version === undefined || version === '' || version === null) && isFetched)
    yield { at: place('name'), message: `the dependency "${name}" has no "version": name the version or a range` };
  if (typeof version === 'string' && version !== '' && parseVersionConstraint(version) === undefined)
    yield { at: place('version'), message: `"${version}" is no range of versions: write one such as "~1.2.0"` };
  if (repository === '' || /^@|^[a-z][a-z0-9+.-]*:/i.test(repository)) return;
  const remedy = /^[./]/.test(repository)
    ? `write "file://${repository}" for a chart in a folder`
    : `write its URL, such as "https://${repository}", or "@${repository}" for one that "helm repo add" knows`;
  yield { at: place('repository'), message: `"${repository}" is no repository: ${remedy}` };
}

/** Paths in the values, separated by commas; Helm takes a space for a part of the path. */
function* judgeConditions(dependency: Fields, place: (key: string) => Report['at']): Iterable<Report> {
  const condition = textAt(dependency, 'condition')?.trim() ?? '';
  for (const path of condition.split(',')) {
    if (/^\.?Values\.|^\./.test(path.trim()))
      yield {
        at: place('condition'),
        message: `"${path}" is not found: write "${path.trim().replace(/^\.?(Values\.)?/, '')}", the path in the values`,
      };
    else if (/\s/.test(path)) yield { at: place('condition'), message: `"${path}" is not found: conditions are separated by commas without spaces` };
  }
}

function* judgeKubernetesVersion({ metadata: document }: Chart, metadata: Fields, repo: Repo): Iterable<Report> {
  const { kubeVersion } = metadata;
  if (!isMeant(kubeVersion)) return;
  const constraint = parseVersionConstraint(kubeVersion);
  const place = at(document, 'kubeVersion');
  if (constraint === undefined) {
    yield { at: place, message: `"${kubeVersion}" is no range of versions: write one such as ">=1.29.0-0"` };
    return;
  }
  for (const { environments, minors, isKnown } of kubernetesTargets(repo, document.path)) {
    if (!isKnown) continue;
    const isTaken = (minor: number): boolean =>
      patches.some(
        patch => constraint.accepts({ major: 1, minor, patch, prerelease: '' }) || constraint.accepts({ major: 1, minor, patch, prerelease: 'a' }),
      );
    const wanted = [];
    for (let minor = firstMinor; minor <= lastMinor; minor++) if (hasMinor(minors, minor)) wanted.push(minor);
    if (wanted.length === 0 || wanted.some(isTaken)) continue;
    const where = environments.length === 0 ? 'the clusters run' : `${environments.join(' and ')} runs`;
    yield {
      at: place,
      message: `"${kubeVersion}" leaves out Kubernetes ${describeMinors(minors)}, which ${where}: widen the range, or do not deliver the chart there`,
      ...(environments.length > 0 && { environments }),
    };
  }
}

/** No minor has had more patches. */
const patches = Array.from({ length: 40 }, (_, patch) => patch);

/** A folder that is called after an environment cannot be called after the chart, too. */
function* judgeFolder({ metadata: document, folder }: Chart, metadata: Fields, { owners }: Repo): Iterable<Report> {
  const { name } = metadata;
  const owner = owners.get(folder);
  const isOfEnvironment = owner?.kind === 'environment' && owner.anchor === folder;
  if (folder === '' || !isMeant(name) || name.includes(nameOf(folder)) || isOfEnvironment) return;
  yield {
    at: at(document, 'name'),
    severity: 'note',
    message: `the chart "${name}" stands in the folder "${nameOf(folder)}": give both the same name`,
  };
}

function* judgeLibraries({ charts, releases }: HelmModel): Iterable<Report> {
  const seen = new Set<string>();
  for (const { chart: folder, at: place } of releases) {
    const chart = folder === undefined ? undefined : charts.get(folder);
    const key = JSON.stringify(place);
    if (chart === undefined || (chart.metadata.value as Fields).type !== 'library' || seen.has(key)) continue;
    seen.add(key);
    yield {
      at: place,
      message: `"${chart.name}" is a library chart, which cannot be installed: install a chart that depends on it`,
      related: [{ at: at(chart.metadata, 'type'), message: 'here it is one' }],
      causes: [chart.metadata.path],
    };
  }
}
