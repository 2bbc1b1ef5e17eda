import { didYouMean } from '../../src/core/did-you-mean.ts';
import type { Edit, Fix } from '../../src/core/finding.ts';
import { isFieldPlace, type Place, type RepoPath, toPointer, within } from '../../src/core/place.ts';
import { objectReferences, type Reference, type Repo, type Unit } from '../../src/core/repo.ts';
import { folderOf, nameOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';

export const missingPath = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'A path leads to nothing in the repository.',
  rationale:
    'Kustomize, Argo CD, Flux, Helm and helmfile stop at the first path that they cannot read: nothing of the unit is delivered any more. Names that differ in upper and lower case are found on some machines and not in the cluster.',
  since: '0.1.0',

  *check(repo) {
    const namesIn = childrenByFolder(repo);
    const units = new Map(repo.units.map(unit => [unit.id, unit]));
    let searches = 0;
    for (const [first, ...others] of groupByPlace(repo)) {
      if (first.state === 'unknown') {
        yield { at: first.from, skipped: first.reason ?? 'the path is not known' };
        continue;
      }
      const path = first.path ?? first.target;
      const isSearched = first.reason === undefined && searches++ < maximumSearches;
      const near = isSearched ? nearestPath(path, first, repo, namesIn()) : undefined;
      const fix = near === undefined ? undefined : rename(first, path, near);
      yield {
        at: first.from,
        message: describe(first, path, near, fix?.target) + ofUnits([first, ...others], units),
        causes: [path],
        ...(near !== undefined && { related: [{ at: { path: near }, message: 'this is there' }] }),
        ...(fix && { fix: fix.fix }),
      };
    }
  },

  examples: {
    bad: [
      {
        title: 'a misspelt resource',
        files: {
          'apps/shop/kustomization.yaml': `
            resources:
              - deploymnet.yaml
              - service.yaml
          `,
          'apps/shop/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\n',
          'apps/shop/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
        },
        findings: ['apps/shop/kustomization.yaml:2:5 "deploymnet.yaml" does not exist: did you mean "deployment.yaml"?'],
        fixed: { 'apps/shop/kustomization.yaml': 'resources:\n  - deployment.yaml\n  - service.yaml\n' },
      },
      {
        title: 'a folder in another case',
        files: {
          'apps/shop/overlays/qa/kustomization.yaml': 'resources: ["../../Base"]\n',
          'apps/shop/base/kustomization.yaml': 'resources: [service.yaml]\n',
          'apps/shop/base/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
        },
        findings: ['apps/shop/overlays/qa/kustomization.yaml:1:13 "../../Base" does not exist: "../../base" does, and upper and lower case differ'],
        fixed: { 'apps/shop/overlays/qa/kustomization.yaml': 'resources: ["../../base"]\n' },
      },
      {
        title: 'a folder without a kustomization, a component that is a file, a file of a generator',
        files: {
          'apps/shop/overlays/qa/kustomization.yaml': `
            resources:
              - ../../notes
            components:
              - tls.yaml
            configMapGenerator:
              - name: settings
                files:
                  - app.ini=settings/app.ini
          `,
          'apps/shop/overlays/qa/tls.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
          'apps/shop/notes/README.md': 'notes\n',
        },
        findings: [
          'apps/shop/overlays/qa/kustomization.yaml:2:5 "../../notes" cannot be used: the folder has no kustomization',
          'apps/shop/overlays/qa/kustomization.yaml:4:5 "tls.yaml" cannot be used: it is a file, and a folder with a kustomization is needed',
          'apps/shop/overlays/qa/kustomization.yaml:8:9 "app.ini=settings/app.ini" does not exist: "apps/shop/overlays/qa/settings/app.ini" is not in the repository',
        ],
      },
      {
        title: 'values of an Application that count from its path and from the root',
        files: {
          'argocd/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop }
            spec:
              source:
                repoURL: https://git.example.org/acme/fleet.git
                path: charts/shop
                helm:
                  valueFiles: [values.yaml, values-qa.yaml, /values/shop.yaml, /value/shop.yaml]
          `,
          'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
          'charts/shop/values.yaml': 'replicas: 1\n',
          'values/shop.yaml': 'replicas: 2\n',
        },
        findings: [
          'argocd/shop.yaml:9:33 "values-qa.yaml" does not exist: "charts/shop/values-qa.yaml" is not in the repository',
          'argocd/shop.yaml:9:68 "/value/shop.yaml" does not exist: "value/shop.yaml" is not in the repository',
        ],
      },
      {
        title: 'one of the paths that a list generator gives',
        files: {
          'argocd/shops.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: { name: shops }
            spec:
              generators:
                - list:
                    elements:
                      - city: oslo
                      - city: bergen
              template:
                metadata: { name: 'shop-{{city}}' }
                spec:
                  source:
                    repoURL: https://git.example.org/acme/fleet.git
                    path: 'shops/{{city}}'
          `,
          'argocd/others.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: others }
            spec:
              source: { repoURL: https://git.example.org/acme/fleet.git, path: shops/oslo }
          `,
          'shops/oslo/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
        },
        findings: ['argocd/shops.yaml:15:15 "shops/bergen" does not exist: nothing of that name is in the repository (for "shop-bergen")'],
      },
    ],
    good: [
      {
        title: 'files, folders, URLs and keyed files that are there',
        files: {
          'apps/shop/kustomization.yaml': `
            resources:
              - deployment.yaml
              - ../base
              - https://example.org/install.yaml
              - github.com/acme/base//deploy?ref=v1.0.0
            patches:
              - path: patch.yaml
              - patch: |-
                  - op: remove
                    path: /spec/replicas
                target: { kind: Deployment }
            configMapGenerator:
              - name: settings
                literals: [a=b]
                files: [app.ini=settings.ini]
          `,
          'apps/shop/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\n',
          'apps/shop/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\nspec: { replicas: 2 }\n',
          'apps/shop/settings.ini': 'a=b\n',
          'apps/base/kustomization.yaml': 'resources: []\n',
        },
      },
      {
        title: 'a values file that may be absent, and a chart of another repository',
        files: {
          'argocd/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop }
            spec:
              sources:
                - repoURL: https://charts.example.org
                  chart: shop
                  targetRevision: 1.2.3
                  helm:
                    ignoreMissingValueFiles: true
                    valueFiles:
                      - values-special.yaml
                      - $here/values/none.yaml
                - repoURL: https://git.example.org/acme/fleet.git
                  ref: here
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'paths that are filled in later, ignored by Git, or written by a job',
        files: {
          'apps/shop/kustomization.yaml': `
            resources:
              - \${CLUSTER}.yaml
              - generated.yaml
              - crds.yaml
            secretGenerator:
              - name: keys
                envs: [.env.local]
          `,
          'apps/shop/.gitignore': 'generated.yaml\n*.local\n',
          Makefile: 'crds:\n\tcontroller-gen crd > apps/shop/crds.yaml\n',
        },
      },
    ],
  },
});

/** Similar names are looked for this often: where more is missing, misspelling is not the reason. */
const maximumSearches = 200;

/** What is reported or skipped, one group for each place and target: a generated unit mentions what its neighbours do. */
function groupByPlace(repo: Repo): readonly (readonly [Reference, ...Reference[]])[] {
  const groups = new Map<string, [Reference, ...Reference[]]>();
  for (const reference of repo.references) {
    const { kind, state, from, target } = reference;
    if ((state !== 'missing' && state !== 'unknown') || objectReferences.has(kind)) continue;
    const key = `${state} ${from.path} ${keyOf(from)} ${target}`;
    const group = groups.get(key);
    if (group) group.push(reference);
    else groups.set(key, [reference]);
  }
  return [...groups.values()];
}

function keyOf(place: Place): string {
  return isFieldPlace(place) ? `${place.document}${toPointer(place.field)}` : '';
}

/** The names that stand in each folder; worked out for the first path that is missing. */
function childrenByFolder({ entries }: Repo): () => ReadonlyMap<RepoPath, readonly string[]> {
  let children: Map<RepoPath, string[]> | undefined;
  return () => {
    if (children !== undefined) return children;
    children = new Map();
    for (const path of entries.keys()) {
      if (path === '') continue;
      const names = children.get(folderOf(path));
      if (names) names.push(nameOf(path));
      else children.set(folderOf(path), [nameOf(path)]);
    }
    return children;
  };
}

/** What is there under a name that differs a little, and that the same file does not mention already. */
function nearestPath(path: RepoPath, reference: Reference, repo: Repo, namesIn: ReadonlyMap<RepoPath, readonly string[]>): RepoPath | undefined {
  const isFolder = !/\.[a-z]+$/i.test(path);
  const mentioned = new Set((repo.referencesFrom.get(reference.from.path) ?? []).map(({ to }) => to));
  let near = '';
  for (const segment of path.split('/')) {
    const next = near === '' ? segment : `${near}/${segment}`;
    if (repo.entries.has(next)) {
      near = next;
      continue;
    }
    const isLast = next.split('/').length === path.split('/').length;
    const names = (namesIn.get(near) ?? []).filter(name => {
      const candidate = near === '' ? name : `${near}/${name}`;
      return !mentioned.has(candidate) && repo.entries.get(candidate) === (isLast && !isFolder ? 'file' : 'folder');
    });
    const name = names.find(candidate => candidate.toLowerCase() === segment.toLowerCase()) ?? didYouMean(segment, names);
    if (name === undefined || differInDigits(name, segment)) return undefined;
    near = near === '' ? name : `${near}/${name}`;
  }
  return near !== path && !mentioned.has(near) ? near : undefined;
}

/** `shop-1` and `shop-2` are two things, not one misspelt. */
function differInDigits(a: string, b: string): boolean {
  return a !== b && a.replace(/\d/g, '') === b.replace(/\d/g, '');
}

/** The target with the segments that are wrong put right; the part before `=` of a generator's file stays. */
function rename(reference: Reference, path: RepoPath, near: RepoPath): { readonly target: string; readonly fix: Fix<Edit> } | undefined {
  const { target, from } = reference;
  const start = reference.kind === 'kustomize-generator-file' ? target.indexOf('=') + 1 : 0;
  const written = target.slice(start).replace(/\/+$/, '').split('/');
  const right = near.split('/');
  const wrong = path.split('/');
  if (right.length !== wrong.length) return undefined;
  for (let back = 1; back <= wrong.length; back++) {
    const [own, should] = [wrong.at(-back), right.at(-back)];
    if (own === should || should === undefined) continue;
    if (written.at(-back) !== own) return undefined;
    written[written.length - back] = should;
  }
  const by = written.join('/');
  if (!isFieldPlace(from)) return undefined;
  const old = target.slice(start);
  return { target: target.slice(0, start) + by, fix: { title: `write "${by}"`, safety: 'suggestion', edits: [{ replace: within(from, old), by }] } };
}

function describe({ target, reason }: Reference, path: RepoPath, near: RepoPath | undefined, instead: string | undefined): string {
  if (reason !== undefined) return `"${target}" cannot be used: ${reason}`;
  if (near === undefined) return `"${target}" does not exist: ${path === target ? 'nothing of that name is' : `"${path}" is not`} in the repository`;
  const meant = instead ?? near;
  if (near.toLowerCase() === path.toLowerCase()) return `"${target}" does not exist: "${meant}" does, and upper and lower case differ`;
  return `"${target}" does not exist: did you mean "${meant}"?`;
}

/** Which Applications a path of an ApplicationSet is missing for; one path stands for many of them. */
function ofUnits(references: readonly Reference[], units: ReadonlyMap<string, Unit>): string {
  const names = references.flatMap(({ unit }) => {
    const made = units.get(unit ?? '');
    return made?.kind === 'argocd-application' && made.resource?.kind === 'ApplicationSet' ? [made.name] : [];
  });
  const [first, ...others] = new Set(names);
  if (first === undefined) return '';
  return others.length === 0 ? ` (for "${first}")` : ` (for "${first}" and ${others.length} more)`;
}
