import { didYouMean, editDistance } from '../../src/core/did-you-mean.ts';
import { environmentsOf } from '../../src/core/environment.ts';
import { type Fields, isFields } from '../../src/core/fields.ts';
import { holdsPlaceholder } from '../../src/core/filled-in-later.ts';
import type { Report } from '../../src/core/finding.ts';
import type { Chart, HelmModel, ValuesLayer } from '../../src/core/helm.ts';
import { at, type FieldPath, isFieldPlace, type Place } from '../../src/core/place.ts';
import { type KnownValues, knownValues, textsIn } from '../../src/core/read-values.ts';
import type { Repo } from '../../src/core/repo.ts';
import { folderOf, nameOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';

export const unknownValue = defineRule({
  severity: 'warning',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'A value that no template of the chart reads, and that is nearly the name of one that is read.',
  rationale:
    'Helm says nothing of values that nobody reads: `replicaCout: 5` delivers the default, and the review saw a five. Only charts that stand in the repository are known well enough, and only misspelt names are reported.',
  since: '0.1.0',

  *check(repo) {
    const helm = repo.helm();
    const judging: Judging = { helm, known: new Map(), found: new Map(), uses: new Map(), open: new Set() };
    for (const release of helm.releases) {
      const chart = release.chart === undefined ? undefined : helm.charts.get(release.chart);
      const layers = [...(release.defaults ?? []), ...release.layers];
      if (chart === undefined && layers.length > 0) yield { at: release.at, skipped: 'the chart is not in this repository' };
      for (const layer of layers) {
        if ('unknown' in layer.content) yield { at: layer.at, skipped: layer.content.unknown };
        judgeLayer(judging, layer, chart, release.unit, environmentsOf(release.environment));
      }
    }
    for (const { layer, chart } of filesBesideCharts(repo, helm, judging)) judgeLayer(judging, layer, chart, undefined, []);
    for (const chart of judging.open)
      yield { at: { path: chart.metadata.path }, skipped: 'templates read all values of the chart, or those of other charts do' };
    for (const finding of judging.found.values()) if (isAlwaysUnknown(finding, judging, repo)) yield asReport(finding);
  },

  examples: {
    bad: [
      {
        title: 'misspelt values in the file of production and in an Application',
        files: {
          ...chart(),
          'charts/web/values-production.yaml': 'replicaCout: 5\nimage:\n  tga: "1.2"\n',
          'argocd/production/web.yaml': application(
            'valueFiles: [values-production.yaml]\n      valuesObject:\n        resorces: { limits: { cpu: 1 } }',
          ),
        },
        findings: [
          'argocd/production/web.yaml:14:9 nothing in the chart "web" reads "resorces": did you mean "resources"?',
          'charts/web/values-production.yaml:1:1 nothing in the chart "web" reads "replicaCout": did you mean "replicaCount"?',
          'charts/web/values-production.yaml:3:3 nothing in the chart "web" reads "image.tga": did you mean "tag"?',
        ],
        fixed: {
          'argocd/production/web.yaml': application(
            'valueFiles: [values-production.yaml]\n      valuesObject:\n        resources: { limits: { cpu: 1 } }',
          ),
          'charts/web/values-production.yaml': 'replicaCount: 5\nimage:\n  tag: "1.2"\n',
        },
      },
      {
        title: 'a values file beside its chart that nobody mentions here',
        files: { ...chart(), 'charts/web/values-staging.yaml': 'replicaCount: 1\nresourcse: {}\n' },
        findings: ['charts/web/values-staging.yaml:2:1 nothing in the chart "web" reads "resourcse": did you mean "resources"?'],
        fixed: { 'charts/web/values-staging.yaml': 'replicaCount: 1\nresources: {}\n' },
      },
      {
        title: 'the values of a subchart in the repository',
        files: {
          'charts/web/Chart.yaml':
            'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - { name: db, alias: store, version: "*", repository: "file://../db", condition: store.enabled }\n',
          'charts/web/values-production.yaml': 'store:\n  enabled: true\n  storrage: 1Gi\n',
          'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
          'charts/db/templates/db.yaml': 'spec: { size: {{ .Values.storage }} }\n',
        },
        findings: ['charts/web/values-production.yaml:3:3 nothing in the chart "web" reads "store.storrage": did you mean "storage"?'],
        fixed: { 'charts/web/values-production.yaml': 'store:\n  enabled: true\n  storage: 1Gi\n' },
      },
    ],
    good: [
      {
        title: 'free maps, whole subtrees, other ways to read, and what is like nothing',
        files: {
          ...chart(),
          'charts/web/templates/more.yaml': `
            {{- with .Values.annotations }}{{ toYaml . }}{{ end }}
            {{- range $name, $item := $.Values.env }}{{ $name }}{{ end }}
            {{ index .Values "feature-flags" "dark" }} {{ (get .Values "colour") }} {{ tpl .Values.template . }}
          `,
          'charts/web/values-production.yaml':
            'annotations: { anotations: a }\nenv: { nev: 1, evn: 2 }\nfeature-flags: { dark: true }\ncolour: red\nresources: { limit: 1 }\nglobal: { imgae: x }\nnothingLikeIt: 1\ntemplate: "{{ .Values.replicaCont }}"\nreplicaCont: 1\n',
        },
      },
      {
        title: 'a values file of two charts, each of which reads a part',
        files: {
          ...chart(),
          'charts/api/Chart.yaml': 'apiVersion: v2\nname: api\nversion: 1.0.0\n',
          'charts/api/templates/api.yaml': 'replicas: {{ .Values.replicasCount }}\n',
          'common.yaml': 'replicasCount: 1\n',
          'argocd/production/web.yaml': application('valueFiles: [/common.yaml]'),
          'argocd/production/api.yaml': application('valueFiles: [/common.yaml]').replaceAll('web', 'api').replace('shop/api', 'shop/web'),
        },
      },
      {
        title: 'an ApplicationSet that gives the same values to several charts',
        files: {
          ...chart(),
          'charts/api/Chart.yaml': 'apiVersion: v2\nname: api\nversion: 1.0.0\n',
          'charts/api/templates/api.yaml': 'replicas: {{ .Values.replicasCount }}\n',
          'argocd/apps.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: { name: apps, namespace: argocd }
            spec:
              generators:
                - list: { elements: [{ name: web }, { name: api }] }
              template:
                metadata: { name: '{{name}}' }
                spec:
                  project: web
                  destination: { server: https://kubernetes.default.svc, namespace: web }
                  source:
                    repoURL: https://git.example.org/shop/web
                    targetRevision: main
                    path: 'charts/{{name}}'
                    helm: { valuesObject: { replicasCount: 2 } }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a chart whose templates hand all values on',
        files: {
          ...chart(),
          'charts/web/templates/all.yaml': 'data: {{ toYaml .Values | nindent 2 }}\n',
          'charts/web/values-production.yaml': 'replicaCout: 5\n',
        },
      },
      {
        title: 'a chart that includes the templates of another one',
        files: {
          ...chart(),
          'charts/web/templates/all.yaml': '{{ include "common.deployment" . }}\n',
          'charts/web/values-production.yaml': 'replicaCout: 5\n',
        },
      },
      {
        title: 'the values of a chart from a registry',
        files: {
          'argocd/production/web.yaml':
            'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec:\n  source: { repoURL: https://charts.example.org, chart: web, targetRevision: 1.0.0, helm: { valuesObject: { a: 1 } } }\n',
        },
      },
    ],
  },
});

interface Finding {
  readonly place: Place;
  readonly layer: ValuesLayer;
  readonly chart: Chart;
  readonly field: FieldPath;
  readonly near: string;
  readonly environments: Set<string>;
  /** How many releases with this layer do not know the value. */
  count: number;
}

interface Judging {
  readonly helm: HelmModel;
  readonly known: Map<Chart, KnownValues>;
  readonly found: Map<string, Finding>;
  /** The releases that take a layer, by its source and id of the unit; what stands beside its chart has none. */
  readonly uses: Map<string, (string | undefined)[]>;
  /** Charts of which everything may be read. */
  readonly open: Set<Chart>;
}

function judgeLayer(judging: Judging, layer: ValuesLayer, chart: Chart | undefined, unit: string | undefined, environments: readonly string[]): void {
  const { helm, uses, open } = judging;
  const takers = uses.get(sourceOf(layer));
  if (takers) takers.push(unit);
  else uses.set(sourceOf(layer), [unit]);
  if (chart === undefined || !('known' in layer.content)) return;
  const known = knownOf(chart, judging);
  if (known.isOpen) {
    open.add(chart);
    return;
  }
  const values = layer.content.known;
  const mentions = [...textsIn(values)];
  judgeFields({ judging, layer, chart, environments }, values, mentions.length === 0 ? known : knownValues(chart, helm, mentions), []);
}

function knownOf(chart: Chart, { known, helm }: Judging): KnownValues {
  const found = known.get(chart) ?? knownValues(chart, helm);
  known.set(chart, found);
  return found;
}

interface Layered {
  readonly judging: Judging;
  readonly layer: ValuesLayer;
  readonly chart: Chart;
  readonly environments: readonly string[];
}

function judgeFields(layered: Layered, fields: Fields, known: KnownValues, field: FieldPath): void {
  if (known.isOpen || field.length > deepest) return;
  for (const [key, value] of Object.entries(fields)) {
    const child = known.children.get(key);
    if (child !== undefined) {
      if (isFields(value)) judgeFields(layered, value, child, [...field, key]);
      continue;
    }
    const near = known.isClosed ? undefined : nearMiss(key, fields, known);
    if (near !== undefined) note(layered, [...field, key], near);
  }
}

const deepest = 50;

/** A name that is read, is not set beside it, and differs by more than a number. */
function nearMiss(key: string, fields: Fields, { children }: KnownValues): string | undefined {
  if (/^(x-|_|\.)/.test(key) || holdsPlaceholder(key)) return undefined;
  const candidates = [...children.keys()].filter(name => !Object.hasOwn(fields, name) && name.replace(/\d/g, '') !== key.replace(/\d/g, ''));
  const near = didYouMean(key, candidates);
  if (near === undefined || editDistance(key, near) > mostEdits) return undefined;
  const isSwapped = [...key].sort().join('') === [...near].sort().join('');
  return key.length > shortest || isSwapped ? near : undefined;
}

const mostEdits = 2;
/** Words as short as `cpu` and `gpu` are alike and are not misspelt. */
const shortest = 3;

function note({ judging: { found }, layer, chart, environments }: Layered, field: FieldPath, near: string): void {
  const place = layer.placeOf(field, 'key');
  const key = JSON.stringify(place);
  const finding = found.get(key) ?? { place, layer, chart, field, near, environments: new Set<string>(), count: 0 };
  finding.count++;
  for (const id of environments) finding.environments.add(id);
  found.set(key, finding);
}

/** Files named as values that stand beside Chart.yaml and that no release takes. */
function* filesBesideCharts(
  { files }: Repo,
  { charts }: HelmModel,
  { uses }: Judging,
): Iterable<{ readonly layer: ValuesLayer; readonly chart: Chart }> {
  for (const [path, { documents, classification, problems }] of files) {
    if (!/^values[-._].*\.ya?ml$/.test(nameOf(path)) || uses.has(path)) continue;
    const chart = charts.get(folderOf(path));
    const [document, ...more] = documents;
    if (chart === undefined || chart.isVendored || document === undefined || more.length > 0 || problems.length > 0) continue;
    if (classification.class !== 'helm-values' || classification.template !== undefined || !isFields(document.value) || 'sops' in document.value)
      continue;
    const placeOf = (field: FieldPath, part: 'key' | 'value'): Place => ({ ...at(document, ...field), part });
    yield { chart, layer: { at: { path }, content: { known: document.value }, file: path, placeOf } };
  }
}

/** A file, or the field of an object: an ApplicationSet gives the same values to many charts. */
function sourceOf({ file, at: place }: ValuesLayer): string {
  return file ?? JSON.stringify(place);
}

/** Whether everybody who takes the values does not know the one. */
function isAlwaysUnknown({ layer, count }: Finding, { uses }: Judging, repo: Repo): boolean {
  const units = uses.get(sourceOf(layer)) ?? [];
  const takers = layer.file === undefined ? [] : (repo.referencesTo.get(layer.file) ?? []);
  return count === units.length && takers.every(({ unit, kind }) => kind === 'helm-values' || units.includes(unit));
}

function asReport({ place, layer, chart, field, near, environments }: Finding): Report {
  const key = String(field.at(-1));
  const isKey = isFieldPlace(place) && place.within === undefined && place.field.at(-1) === key && /^[A-Za-z_][\w-]*$/.test(near);
  return {
    at: place,
    message: `nothing in the chart "${chart.name}" reads "${field.join('.')}": did you mean "${near}"?`,
    related: [{ at: { path: chart.metadata.path }, message: 'the chart' }],
    causes: [chart.folder],
    ...(environments.size > 0 && { environments: [...environments].sort() }),
    ...(isKey && layer.content && { fix: { title: `write "${near}"`, safety: 'suggestion', edits: [{ replace: place, by: near }] } as const }),
  };
}

/** For the examples. */
function chart(): Readonly<Record<string, string>> {
  return {
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/values.yaml': 'replicaCount: 1\nimage:\n  repository: web\n  tag: ""\nresources: {}\n',
    'charts/web/templates/deployment.yaml':
      'spec:\n  replicas: {{ .Values.replicaCount }}\n  image: {{ .Values.image.repository }}:{{ .Values.image.tag }}\n  resources: {{ toYaml .Values.resources }}\n',
  };
}

function application(helm: string): string {
  return [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: Application',
    'metadata: { name: web, namespace: argocd }',
    'spec:',
    '  project: web',
    '  destination: { server: https://kubernetes.default.svc, namespace: web }',
    '  source:',
    '    repoURL: https://git.example.org/shop/web',
    '    targetRevision: main',
    '    path: charts/web',
    '    helm:',
    `      ${helm}`,
    '',
  ].join('\n');
}
