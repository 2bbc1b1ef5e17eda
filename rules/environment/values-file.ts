import { type EnvironmentOwner, environmentsOf, includesProduction } from '../../src/core/environment.ts';
import { fieldsAt, isFields, listAt } from '../../src/core/fields.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import { isFieldPlace, type RepoPath } from '../../src/core/place.ts';
import type { Reference, Repo, Unit, UnitSource } from '../../src/core/repo.ts';
import { folderOf, nameOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';

export const valuesFile = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'segregation',
  summary: 'Production is delivered with the Helm values of another environment, or without its own.',
  rationale:
    'The values file that comes last wins. Where that is the file of another environment, production runs with what was meant for it; where the file of production stands beside the others and is not listed, nobody uses it.',
  compliance: ['RTS 8(2)(b)(v)'],
  since: '0.1.0',

  *check(repo) {
    if (repo.environments.length === 0) return;
    const ownFiles = valuesFilesOfEnvironments(repo);
    for (const unit of repo.units) {
      if (unit.environment.kind !== 'environment' || !includesProduction([unit.environment.id], repo.environments)) continue;
      for (const source of unit.sources) yield* judgeSource(unit, source, ownFiles, repo);
      yield* judgeGeneratedValues(unit, repo);
    }
  },

  examples: {
    bad: [
      {
        title: 'an Application of production with the values of development last',
        files: {
          'argocd/production/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata:
              name: web
              namespace: argocd
            spec:
              project: web
              destination:
                server: https://kubernetes.default.svc
                namespace: web
              source:
                repoURL: https://git.example.org/shop/web
                targetRevision: main
                path: charts/web
                helm:
                  valueFiles:
                    - values-prod.yaml
                    - values-dev.yaml
          `,
          'argocd/development/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
          'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
          'charts/web/values.yaml': 'replicas: 1\n',
          'charts/web/values-prod.yaml': 'replicas: 3\n',
          'charts/web/values-dev.yaml': 'replicas: 1\n',
        },
        findings: [
          'argocd/production/web.yaml:18:11 the last values file of "web" in production is "values-dev.yaml" of development: put the values of production last',
        ],
      },
      {
        title: 'a release of production that leaves its own values file out',
        files: {
          'clusters/production/source.yaml': `
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: { name: shop, namespace: web }
            spec: { interval: 1m, url: https://git.example.org/shop/web, ref: { branch: main } }
          `,
          'clusters/production/web.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata:
              name: web
              namespace: web
            spec:
              interval: 10m
              chart:
                spec:
                  chart: ./charts/web
                  sourceRef:
                    kind: GitRepository
                    name: shop
                  valuesFiles:
                    - ./charts/web/values.yaml
          `,
          'clusters/production/sync.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: shop, namespace: web }
            spec: { interval: 10m, path: ./clusters/production, prune: true, sourceRef: { kind: GitRepository, name: shop } }
          `,
          'clusters/staging/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
          'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
          'charts/web/values.yaml': 'replicas: 1\n',
          'charts/web/values-production.yaml': 'replicas: 3\n',
          'charts/web/values-staging.yaml': 'replicas: 1\n',
        },
        findings: [
          'clusters/production/web.yaml:15:11 "web" in production leaves out "charts/web/values-production.yaml": add it as the last values file',
        ],
      },
    ],
    good: [
      {
        title: 'the values of production last',
        files: {
          'argocd/production/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web, namespace: argocd }
            spec:
              project: web
              destination: { server: https://kubernetes.default.svc, namespace: web }
              source:
                repoURL: https://git.example.org/shop/web
                targetRevision: main
                path: charts/web
                helm:
                  valueFiles: [values.yaml, values-production-eu.yaml]
          `,
          'argocd/staging/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
          'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
          'charts/web/values.yaml': 'replicas: 1\n',
          'charts/web/values-production-eu.yaml': 'replicas: 3\n',
          'charts/web/values-production-us.yaml': 'replicas: 3\n',
          'charts/web/values-staging.yaml': 'replicas: 1\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a values file whose name is filled in later',
        files: {
          'argocd/production/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web, namespace: argocd }
            spec:
              project: web
              destination: { server: https://kubernetes.default.svc, namespace: web }
              source:
                repoURL: https://git.example.org/shop/web
                targetRevision: main
                path: charts/web
                helm:
                  valueFiles: ['values-$ARGOCD_ENV_REGION.yaml', 'values-\${REGION}.yaml']
          `,
          'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
        },
      },
    ],
  },
});

type Owned = Extract<EnvironmentOwner, { readonly kind: 'environment' }>;

function* judgeSource(unit: Unit, source: UnitSource, ownFiles: ReadonlyMap<RepoPath, readonly RepoPath[]>, repo: Repo): Iterable<Report | Skip> {
  const { valueFiles } = source;
  const open = valueFiles.find(({ state }) => state === 'unknown' || state === 'maybe');
  if (open) {
    yield { at: open.from, skipped: open.reason ?? 'it is not known which values file is meant' };
    return;
  }
  const last = valueFiles.at(-1);
  const other = last && ownerOfOther(last, unit, repo);
  if (last && other) {
    yield {
      at: last.from,
      message: `the last values file of "${unit.name}" in ${idOf(unit)} is "${last.target}" of ${other.id}: put the values of ${idOf(unit)} last`,
      related: [{ at: { path: other.anchor }, message: `of ${other.id}: ${other.evidence[0]?.says ?? ''}` }],
      environments: [idOf(unit), other.id],
    };
    return;
  }
  if (hasInlineValues(unit) || valueFiles.some(file => file.to !== undefined && isOf(repo.owners.get(file.to), unit))) return;
  const left = leftOut(unit, source, ownFiles, repo);
  if (left === undefined) return;
  yield {
    at: last?.from ?? source.at,
    message: `"${unit.name}" in ${idOf(unit)} leaves out "${left}": add it as the last values file`,
    environments: [idOf(unit)],
    causes: [left],
  };
}

/** The ConfigMap of a HelmRelease's last values, where a kustomization beside it makes it of a file. */
function* judgeGeneratedValues(unit: Unit, repo: Repo): Iterable<Report> {
  const references = repo.referencesFrom.get(unit.at.path) ?? [];
  const last = references.findLast(({ kind, unit: id }) => kind === 'flux-values-from' && id === unit.id);
  if (last === undefined) return;
  for (const including of repo.referencesTo.get(unit.at.path) ?? []) {
    const generators = listAt(repo.kustomizations.get(including.from.path)?.value ?? {}, 'configMapGenerator');
    const at = generators.findIndex(generator => isFields(generator) && generator.name === last.target);
    if (at < 0) continue;
    for (const file of repo.referencesFrom.get(including.from.path) ?? []) {
      const isOfGenerator = file.kind === 'kustomize-generator-file' && isFieldPlace(file.from) && file.from.field[1] === at;
      const other = isOfGenerator ? ownerOfOther(file, unit, repo) : undefined;
      if (!other) continue;
      yield {
        at: file.from,
        message: `the values of "${unit.name}" in ${idOf(unit)} are made of "${file.target}" of ${other.id}: use the values of ${idOf(unit)}`,
        related: [{ at: last.from, message: 'the release takes them here' }],
        environments: [idOf(unit), other.id],
      };
    }
  }
}

/** The environment that a values file is of, where that is of another tier than the unit's. */
function ownerOfOther({ state, to }: Reference, { environment }: Unit, { owners, environments }: Repo): Owned | undefined {
  const owner = state === 'resolved' && to !== undefined ? owners.get(to) : undefined;
  if (owner?.kind !== 'environment' || environment.kind !== 'environment' || owner.id === environment.id) return undefined;
  const inherits = environments.find(({ id }) => id === environment.id)?.inherits ?? [];
  return includesProduction([owner.id], environments) || inherits.includes(owner.id) ? undefined : owner;
}

function isOf(owner: EnvironmentOwner | undefined, { environment }: Unit): boolean {
  return environmentsOf(owner).some(id => environmentsOf(environment).includes(id));
}

function idOf({ environment }: Unit): string {
  return environmentsOf(environment)[0] ?? '';
}

/** The unit's own values file beside those that it uses, or in its chart; of several, such as one for each region, none is meant. */
function leftOut(
  unit: Unit,
  { path, valueFiles }: UnitSource,
  ownFiles: ReadonlyMap<RepoPath, readonly RepoPath[]>,
  { owners }: Repo,
): RepoPath | undefined {
  const folders = new Set(valueFiles.flatMap(({ to }) => (to === undefined ? [] : [folderOf(to)])));
  if (valueFiles.length === 0 && path !== undefined && 'known' in path) folders.add(path.known);
  const stems = ['values', ...valueFiles.flatMap(({ to }) => (to === undefined ? [] : [stemOf(to)]))];
  const candidates = [...folders]
    .flatMap(folder => ownFiles.get(folder) ?? [])
    .filter(
      file => isOf(owners.get(file), unit) && stems.some(stem => /^[-._]/.test(stemOf(file).slice(stem.length)) && stemOf(file).startsWith(stem)),
    );
  return candidates.length === 1 ? candidates[0] : undefined;
}

function stemOf(path: RepoPath): string {
  return nameOf(path).replace(/\.ya?ml$/, '');
}

/** Values files whose own name says whose they are, by their folder. */
function valuesFilesOfEnvironments({ files, owners }: Repo): ReadonlyMap<RepoPath, readonly RepoPath[]> {
  const byFolder = new Map<RepoPath, RepoPath[]>();
  for (const [path, { classification }] of files) {
    if (classification.class !== 'helm-values') continue;
    const owner = owners.get(path);
    if (owner?.kind !== 'environment' || owner.anchor !== path) continue;
    const list = byFolder.get(folderOf(path));
    if (list) list.push(path);
    else byFolder.set(folderOf(path), [path]);
  }
  return byFolder;
}

/** Whether the unit carries values of its own, which may be all that differs in its environment. */
function hasInlineValues({ resource }: Unit): boolean {
  const spec = fieldsAt(resource?.value ?? {}, 'spec');
  const sources = [spec.source, ...listAt(spec, 'sources')].filter(isFields).map(source => fieldsAt(source, 'helm'));
  return [spec, ...sources].some(fields => ['values', 'valuesObject', 'valuesFrom', 'parameters'].some(key => fields[key] !== undefined));
}
