import { environmentsOf, includesProduction } from '../../src/core/environment.ts';
import { type Fields, fieldsAt, isFields, listAt } from '../../src/core/fields.ts';
import type { Edit, Report, Skip } from '../../src/core/finding.ts';
import { patchesOver } from '../../src/core/including-kustomizations.ts';
import { at, type FieldPath, type FieldPlace } from '../../src/core/place.ts';
import type { Repo, Resource, Unit } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

export const selfHeal = defineRule({
  severity: 'warning',
  presets: { recommended: { severity: 'note' }, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'manual-intervention',
  summary: 'Nothing undoes changes that are made by hand in production.',
  rationale:
    'Without self-healing a change by hand survives until the next delivery and breaks production then; without pruning, what was deleted from Git lives on. Synchronisation by hand is a gate that some want: where most Applications of production have none that is automatic it is noted once, and not at all where their project has sync windows.',
  compliance: ['RTS 11', 'IR 6.3'],
  since: '0.1.0',

  *check(repo) {
    const objects = productionObjects(repo);
    yield* judgeApplications(
      objects.filter(({ kind }) => kind === 'Application' || kind === 'ApplicationSet'),
      repo,
    );
    for (const object of objects) if (object.kind === 'Kustomization') yield* judgePruning(object, repo);
    yield* judgeDriftDetection(
      objects.filter(({ kind }) => kind === 'HelmRelease'),
      repo,
    );
  },

  examples: {
    bad: [
      {
        title: 'an Application of production that neither heals nor prunes',
        files: {
          'argocd/production/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web }
            spec:
              project: web
              syncPolicy:
                automated: {}
          `,
          'argocd/staging/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
        },
        findings: ['argocd/production/web.yaml:7:16 the automatic sync of "web" in production does not set "prune" and "selfHeal": set them to true'],
        fixed: {
          'argocd/production/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web }
            spec:
              project: web
              syncPolicy:
                automated: { prune: true, selfHeal: true }
          `,
        },
      },
      {
        title: 'a Flux Kustomization of production that does not prune, and releases that do not detect drift',
        files: {
          'clusters/production/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: apps, namespace: flux-system }
            spec:
              interval: 10m
              path: ./apps
              prune: false
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'clusters/production/web.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: web, namespace: web }
            spec: { interval: 10m, chartRef: { kind: OCIRepository, name: web } }
          `,
          'clusters/staging/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
        },
        findings: [
          'clusters/production/apps.yaml:7:10 the Kustomization "apps" in production keeps what is deleted from Git: set "prune" to true',
          'clusters/production/web.yaml:4:7 1 HelmRelease of production does not detect drift: set "spec.driftDetection.mode" to "enabled"',
        ],
      },
    ],
    good: [
      {
        title: 'production heals and prunes, staging need not',
        files: {
          'argocd/production/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web }
            spec: { project: web, syncPolicy: { automated: { prune: true, selfHeal: true } } }
          `,
          'argocd/staging/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web-staging }
            spec: { project: web, syncPolicy: { automated: {} } }
          `,
        },
      },
      {
        title: 'sync by hand in the windows of the project',
        files: {
          'argocd/production/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web }
            spec: { project: shop }
          `,
          'argocd/production/project.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata: { name: shop }
            spec: { syncWindows: [{ kind: allow, schedule: '0 8 * * 1-5', duration: 8h, applications: ['*'] }] }
          `,
          'argocd/staging/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a policy that a patch of the parent sets',
        files: {
          'argocd/production/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web }
            spec: { project: web, syncPolicy: { automated: {} } }
          `,
          'argocd/production/kustomization.yaml': `
            resources: [web.yaml]
            patches:
              - target: { kind: Application }
                patch: |
                  - { op: add, path: /spec/syncPolicy/automated/selfHeal, value: true }
          `,
          'argocd/staging/kustomization.yaml': 'resources: []\n',
        },
      },
    ],
  },
});

/** An object that a controller delivers to production. */
interface ProductionObject {
  readonly kind: string;
  readonly name: string;
  readonly resource: Resource;
  readonly unit: Unit;
}

/** Units of production by the objects that define them: those that stand there, and those that reach it for certain. */
function productionObjects({ units, environments, reach }: Repo): ProductionObject[] {
  const objects = new Map<Resource, ProductionObject>();
  for (const unit of units) {
    const { resource } = unit;
    if (resource === undefined || objects.has(resource) || resource.document.classification.class === 'strategic-merge-patch') continue;
    const own = environmentsOf(unit.environment);
    const reached = reach.get(unit.at.path);
    const ids = own.length > 0 ? own : reached?.certainty === 'yes' ? reached.environments : [];
    if (includesProduction(ids, environments)) objects.set(resource, { kind: resource.kind, name: resource.name ?? unit.name, resource, unit });
  }
  return [...objects.values()];
}

function* judgeApplications(objects: readonly ProductionObject[], repo: Repo): Iterable<Report | Skip> {
  const manual: ProductionObject[] = [];
  for (const object of objects) {
    const automated = automatedOf(object);
    if (automated !== undefined) yield* judgeAutomation(object, automated, repo);
    else if (mayBePatched(object, repo, /syncPolicy|automated/))
      yield { at: placeOf(object, specField(object)), skipped: 'a patch may set the policy' };
    else manual.push(object);
  }
  const open = manual.filter(object => !hasSyncWindows(object, repo));
  const [first, ...others] = open;
  if (first !== undefined && manual.length * 2 > objects.length) {
    yield {
      at: placeOf(first, specField(first)),
      severity: 'note',
      message: `${open.length} of ${objects.length} Applications of production are synchronised by hand: automate that with "prune" and "selfHeal", or give their projects sync windows`,
      related: others.slice(0, 5).map(object => ({ at: placeOf(object, specField(object)), message: `"${object.name}" too` })),
    };
    return;
  }
  for (const object of open) {
    yield {
      at: placeOf(object, specField(object)),
      message: `"${object.name}" in production is synchronised by hand, unlike the others: set "syncPolicy.automated" with "prune" and "selfHeal"`,
    };
  }
}

function* judgeAutomation(object: ProductionObject, automated: Fields, repo: Repo): Iterable<Report | Skip> {
  // A null is the default, which is to be enabled; what is switched off is `drift/suspended`'s business.
  if (automated.enabled === false) return;
  const missing = ['prune', 'selfHeal'].filter(key => automated[key] !== true);
  if (missing.length === 0) return;
  const field = [...specField(object), 'syncPolicy', 'automated'];
  const place = placeOf(object, field);
  if (missing.some(key => typeof automated[key] === 'string') || mayBePatched(object, repo, /syncPolicy|automated|selfHeal|prune/)) {
    yield { at: place, skipped: 'a template or a patch may set the policy' };
    return;
  }
  const explicit = missing.filter(key => automated[key] === false);
  const edits: Edit[] =
    Object.keys(automated).length === 0
      ? [{ replace: place, by: '{ prune: true, selfHeal: true }' }]
      : explicit.map(key => ({ replace: placeOf(object, [...field, key]), by: 'true' }));
  const isFixed = edits.length === missing.length || Object.keys(automated).length === 0;
  yield {
    at: explicit[0] === undefined ? place : placeOf(object, [...field, explicit[0]]),
    message: `the automatic sync of "${object.name}" in production does not set ${missing.map(key => `"${key}"`).join(' and ')}: set ${missing.length > 1 ? 'them' : 'it'} to true`,
    ...(isFixed && { fix: { title: `set ${missing.join(' and ')} to true`, safety: 'suggestion', edits } }),
  };
}

function* judgePruning(object: ProductionObject, repo: Repo): Iterable<Report | Skip> {
  const field = [...object.resource.field, 'spec', 'prune'];
  if (fieldsAt(object.resource.value, 'spec').prune !== false) return;
  if (mayBePatched(object, repo, /prune/)) {
    yield { at: placeOf(object, field), skipped: 'a patch may set "prune"' };
    return;
  }
  yield {
    at: placeOf(object, field),
    message: `the Kustomization "${object.name}" in production keeps what is deleted from Git: set "prune" to true`,
  };
}

/** One finding for all releases: it is off by default, and the decision is one. */
function* judgeDriftDetection(objects: readonly ProductionObject[], repo: Repo): Iterable<Report | Skip> {
  const without: ProductionObject[] = [];
  for (const object of objects) {
    const { mode } = fieldsAt(specOf(object), 'driftDetection');
    if (mode !== undefined && mode !== 'disabled') continue;
    if (mayBePatched(object, repo, /driftDetection/)) yield { at: placeOf(object, specField(object)), skipped: 'a patch may set drift detection' };
    else without.push(object);
  }
  const [first, ...others] = without;
  if (first === undefined) return;
  const count = without.length;
  yield {
    at: placeOf(first, specField(first)),
    message: `${count} ${count === 1 ? 'HelmRelease of production does' : 'HelmReleases of production do'} not detect drift: set "spec.driftDetection.mode" to "enabled"`,
    related: others.slice(0, 5).map(object => ({ at: placeOf(object, specField(object)), message: `"${object.name}" neither` })),
  };
}

/** Where the spec of the Application stands, which an ApplicationSet holds as a template. */
function specField({ kind, resource }: ProductionObject): FieldPath {
  return kind === 'ApplicationSet' ? [...resource.field, 'spec', 'template', 'spec'] : [...resource.field, 'spec'];
}

function specOf({ kind, resource }: ProductionObject): Fields {
  const spec = fieldsAt(resource.value, 'spec');
  return kind === 'ApplicationSet' ? fieldsAt(fieldsAt(spec, 'template'), 'spec') : spec;
}

/** The settings of the automatic sync; absent where sync is by hand. */
function automatedOf(object: ProductionObject): Fields | undefined {
  const { automated } = fieldsAt(specOf(object), 'syncPolicy');
  return isFields(automated) ? automated : undefined;
}

function hasSyncWindows(object: ProductionObject, { resources }: Repo): boolean {
  const { project } = specOf(object);
  return resources.some(
    ({ kind, name, value }) => kind === 'AppProject' && name === project && listAt(fieldsAt(value, 'spec'), 'syncWindows').length > 0,
  );
}

function mayBePatched({ resource }: ProductionObject, repo: Repo, mention: RegExp): boolean {
  const { templatePatch } = fieldsAt(resource.value, 'spec');
  return (typeof templatePatch === 'string' && mention.test(templatePatch)) || mention.test(patchesOver(repo, resource.document.path));
}

function placeOf({ resource }: ProductionObject, field: FieldPath): FieldPlace {
  return at(resource.document, ...field);
}
