import { environmentsOf, includesProduction } from '../../src/core/environment.ts';
import { type Fields, fieldsAt, listAt } from '../../src/core/fields.ts';
import { at } from '../../src/core/place.ts';
import type { Repo, Resource, Unit } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

export const defaultProject = defineRule({
  severity: 'warning',
  presets: {
    recommended: {},
    strict: { options: { where: 'everywhere' } },
    regulated: { severity: 'error', options: { where: 'everywhere' } },
  },
  scope: 'repo',
  mistake: 'segregation',
  summary: "An Application is in Argo CD's default project.",
  rationale:
    "Unless somebody locks it down, the project `default` allows every repository, every cluster and every kind: nothing but the Application's own text keeps it from delivering anything anywhere.",
  compliance: ['DORA 9(4)(c)', 'RTS 21', 'NIS2 21(2)(i)'],
  since: '0.1.0',
  options: {
    schema: {
      where: {
        enum: ['production-or-several-projects', 'everywhere'],
        description: 'Report Applications of production and all of a repository that has projects of its own, or all Applications.',
      },
    },
    defaults: { where: 'production-or-several-projects' },
  },

  *check(repo, { options }) {
    const projects = repo.resources.filter(({ group, kind }) => group === 'argoproj.io' && kind === 'AppProject');
    if (projects.some(isLockedDefault)) return;
    const isSegregated = projects.length >= 2 || options.where === 'everywhere';
    const unitsOf = groupByResource(repo);
    const makers = new Set(repo.units.map(({ madeBy }) => madeBy));
    for (const [resource, units] of unitsOf) {
      const template = resource.kind === 'ApplicationSet' ? ['spec', 'template'] : [];
      const spec = template.reduce((fields: Fields, key) => fieldsAt(fields, key), resource.value).spec;
      const { project } = (spec ?? {}) as Fields;
      const place = at(resource.document, ...resource.field, ...template, 'spec', 'project');
      if (typeof project === 'string' && /\{\{|\$\{|<[A-Z_ -]+>/.test(project))
        yield { at: place, skipped: `the project "${project}" is filled in later` };
      if (project !== undefined && project !== null && project !== '' && project !== 'default') continue;
      // The Application that begins everything delivers Applications, which belong to projects themselves.
      if (resource.kind === 'Application' && units.some(({ id, madeBy }) => makers.has(id) && !madeBy?.startsWith('argocd'))) continue;
      const environments = [...new Set(units.flatMap(({ environment }) => environmentsOf(environment)))];
      if (!isSegregated && !includesProduction(environments, repo.environments)) continue;
      const which = project === 'default' ? 'the project "default"' : 'no project, which is the project "default"';
      yield {
        at: place,
        message: `${resource.kind} "${resource.name ?? ''}" is in ${which}: give it a project that allows what it needs`,
        environments,
      };
    }
  },

  examples: {
    bad: [
      {
        title: 'an Application of production, and one without a project beside two projects',
        files: {
          'argocd/production/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop }
            spec:
              project: default
              source: { repoURL: https://git.example.org/acme/fleet.git, path: apps/shop }
              destination: { name: production, namespace: shop }
          `,
          'argocd/staging/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop }
            spec:
              project: default
              source: { repoURL: https://git.example.org/acme/fleet.git, path: apps/shop }
              destination: { name: staging, namespace: shop }
          `,
          'apps/shop/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
        },
        findings: ['argocd/production/shop.yaml:5:12 Application "shop" is in the project "default": give it a project that allows what it needs'],
      },
      {
        title: 'no project, where there are projects',
        files: {
          'argocd/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: { name: shops }
            spec:
              generators: [{ list: { elements: [{ city: oslo }] } }]
              template:
                metadata: { name: "shop-{{city}}" }
                spec:
                  source: { repoURL: https://git.example.org/acme/fleet.git, path: apps/shop }
          `,
          'argocd/projects.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata: { name: shops }
            ---
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata: { name: platform }
          `,
        },
        findings: [
          'argocd/shop.yaml:8:5 ApplicationSet "shops" is in no project, which is the project "default": give it a project that allows what it needs',
        ],
      },
    ],
    good: [
      {
        title: 'a project of its own, and a laboratory with one project',
        files: {
          'argocd/shop.yaml':
            'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop }\nspec: { project: shops, source: { repoURL: https://git.example.org/a.git, path: apps/shop } }\n',
          'argocd/lab.yaml':
            'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: lab }\nspec: { project: default, source: { repoURL: https://git.example.org/a.git, path: apps/lab } }\n',
        },
      },
      {
        title: 'the default project is locked down',
        preset: 'strict',
        files: {
          'argocd/shop.yaml':
            'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: shop }\nspec: { project: default, source: { repoURL: https://git.example.org/a.git, path: apps/shop } }\n',
          'argocd/default.yaml':
            'apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: default }\nspec: { sourceRepos: [], sourceNamespaces: [], destinations: [] }\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a project that a generator gives',
        preset: 'strict',
        files: {
          'argocd/shops.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: { name: shops }
            spec:
              generators: [{ clusters: {} }]
              template:
                metadata: { name: "shop-{{name}}" }
                spec: { project: "{{metadata.labels.project}}", source: { repoURL: https://git.example.org/a.git, path: apps/shop } }
          `,
        },
      },
    ],
  },
});

/** The project `default` of this repository allows nothing. */
function isLockedDefault({ name, value }: Resource): boolean {
  const spec = fieldsAt(value, 'spec');
  return name === 'default' && (listAt(spec, 'sourceRepos').length === 0 || listAt(spec, 'destinations').length === 0);
}

/** The units that each Application or ApplicationSet of the repository stands for; patches stand for none of their own. */
function groupByResource(repo: Repo): ReadonlyMap<Resource, readonly Unit[]> {
  const known = new Set(repo.resources);
  const groups = new Map<Resource, Unit[]>();
  for (const unit of repo.units) {
    const { resource, kind } = unit;
    if (resource === undefined || !known.has(resource) || !kind.startsWith('argocd')) continue;
    const group = groups.get(resource);
    if (group) group.push(unit);
    else groups.set(resource, [unit]);
  }
  return groups;
}
