import { environmentsOf, includesProduction } from '../../src/core/environment.ts';
import { isFields } from '../../src/core/fields.ts';
import { at, type FieldPath, isFieldPlace, toPointer } from '../../src/core/place.ts';
import type { Repo, Unit, UnitSource } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

export const floatingRevision = defineRule({
  severity: 'warning',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'segregation',
  summary: 'Production follows a branch of another repository, or any version of a chart.',
  rationale:
    'A push to the other repository, or a new release of the chart, changes production without a commit here: nobody reviews it and nothing here can be reverted. The branch of this repository itself is what GitOps follows, and is left alone.',
  compliance: ['RTS 16'],
  since: '0.1.0',

  *check(repo) {
    const seen = new Set<string>();
    for (const unit of repo.units) {
      if (unit.kind !== 'argocd-application') continue;
      const environments = environmentsReached(unit, repo);
      if (!includesProduction(environments, repo.environments)) continue;
      for (const source of unit.sources) {
        if (!isFieldPlace(source.at) || (source.repository === 'this' && source.chart === undefined)) continue;
        const place = at({ path: source.at.path, index: source.at.document }, ...source.at.field, 'targetRevision');
        const key = `${place.path} ${place.document}${toPointer(place.field)}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (source.repository === 'unknown') {
          yield { at: place, skipped: 'it is not known whether the source is this repository' };
          continue;
        }
        const written = textAt(repo, place.path, place.document, place.field);
        const revision = /\{\{|\$\{|<[A-Z_]+>/.test(written ?? '') ? source.revision : written;
        if (revision !== written && (revision === undefined || revision.includes('*'))) {
          yield { at: place, skipped: `the revision "${written}" is filled in later` };
          continue;
        }
        const why = source.chart === undefined ? whyFloatingGit(revision) : whyFloatingChart(revision);
        if (why !== undefined) yield { at: place, message: `${describe(unit, source)} ${why}: name a tag, a version or a commit`, environments };
      }
    }
  },

  examples: {
    bad: [
      {
        title: 'the main branch of a product, and any version of a chart',
        files: {
          'argocd/production/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop }
            spec:
              sources:
                - repoURL: https://git.example.org/vendor/shop.git
                  path: deploy
                  targetRevision: main
                - repoURL: https://charts.example.org
                  chart: cache
                  targetRevision: ">=1.0.0"
              destination: { name: production, namespace: shop }
          `,
          'argocd/production/own.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: own }
            spec:
              source: { repoURL: https://git.example.org/acme/fleet.git, path: argocd/production, targetRevision: HEAD }
              destination: { name: production }
          `,
          'argocd/staging/own.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: own }
            spec:
              source: { repoURL: https://git.example.org/acme/fleet.git, path: argocd/staging, targetRevision: HEAD }
              destination: { name: staging }
          `,
        },
        findings: [
          'argocd/production/shop.yaml:8:23 production takes "https://git.example.org/vendor/shop.git" at the branch "main": name a tag, a version or a commit',
          'argocd/production/shop.yaml:11:23 production takes chart "cache" in any version of ">=1.0.0": name a tag, a version or a commit',
        ],
      },
    ],
    good: [
      {
        title: 'tags, commits, exact versions, the branch of this repository, and what staging tries',
        files: {
          'argocd/production/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop }
            spec:
              sources:
                - { repoURL: https://git.example.org/vendor/shop.git, path: deploy, targetRevision: v1.4.2 }
                - { repoURL: https://git.example.org/vendor/pay.git, path: deploy, targetRevision: 0f4c1d2e3b4a5968778695a4b3c2d1e0f9a8b7c6 }
                - { repoURL: https://charts.example.org, chart: cache, targetRevision: 1.2.3 }
                - { repoURL: https://git.example.org/acme/fleet.git, path: argocd/production, targetRevision: HEAD }
              destination: { name: production, namespace: shop }
          `,
          'argocd/staging/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop }
            spec:
              sources:
                - { repoURL: https://git.example.org/vendor/shop.git, path: deploy, targetRevision: main }
                - { repoURL: https://git.example.org/acme/fleet.git, path: argocd/staging, targetRevision: HEAD }
              destination: { name: staging, namespace: shop }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a revision that a generator gives',
        files: {
          'argocd/production/shops.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: { name: shops }
            spec:
              generators: [{ clusters: {} }]
              template:
                metadata: { name: "shop-{{name}}" }
                spec:
                  source: { repoURL: https://charts.example.org, chart: shop, targetRevision: "{{metadata.labels.version}}" }
                  destination: { name: production }
          `,
          'argocd/staging/shops.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
        },
      },
    ],
  },
});

/** Whom a unit changes: by its own environment, else by those of the units that deliver it. */
function environmentsReached({ environment, at: { path } }: Unit, repo: Repo): readonly string[] {
  const own = environmentsOf(environment);
  return own.length > 0 ? own : [...(repo.reach.get(path)?.environments ?? [])];
}

/** A branch by its name; what may be a tag says nothing. */
function whyFloatingGit(revision: string | undefined): string | undefined {
  if (revision === undefined || revision === '' || revision === 'HEAD') return 'at whatever its default branch holds';
  if (revision.startsWith('refs/heads/') || branchName.test(revision)) return `at the branch "${revision}"`;
  return undefined;
}

const branchName =
  /^(main|master|trunk|develop|development|dev|next|edge|latest|nightly|staging|production|prod|(feature|feat|fix|hotfix|bugfix|release)\/.+)$/;

function whyFloatingChart(revision: string | undefined): string | undefined {
  if (revision === undefined || revision === '') return 'in the newest version';
  return /[*^~<>|]|(^|\.)[xX](\.|$)|\s-\s/.test(revision) ? `in any version of "${revision}"` : undefined;
}

function describe(unit: Unit, { chart, url }: UnitSource): string {
  const { environment } = unit;
  const who = environment.kind === 'environment' ? environment.id : `Application "${unit.name}"`;
  return `${who} takes ${chart === undefined ? `"${url ?? ''}"` : `chart "${chart}"`}`;
}

function textAt({ files }: Repo, path: string, document: number, field: FieldPath): string | undefined {
  let value: unknown = files.get(path)?.documents[document]?.value;
  for (const key of field) value = Array.isArray(value) ? value[Number(key)] : isFields(value) ? value[String(key)] : undefined;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}
