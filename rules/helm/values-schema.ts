import { environmentsOf } from '../../src/core/environment.ts';
import { type Fields, isFields, listAt, textAt, valueAt } from '../../src/core/fields.ts';
import { holdsPlaceholder } from '../../src/core/filled-in-later.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import type { Chart, HelmModel, HelmRelease } from '../../src/core/helm.ts';
import { defaultsOf, type MergedValues, mergedValues } from '../../src/core/helm-values.ts';
import { allMinors } from '../../src/core/kubernetes-minors.ts';
import { at, type FieldPath, type Place } from '../../src/core/place.ts';
import { isWithin } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';
import type { SchemaProblem, Schemas } from '../../src/core/schema.ts';

export const valuesSchema = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'The values of a release, all layers merged, do not fit the values.schema.json of its chart.',
  rationale:
    'Helm merges the values of the chart, the values files, the values of the release and its parameters, checks what comes out against the schema of the chart and of each subchart, and installs nothing where it does not fit. No file alone shows that; the finding stands at the layer that wins.',
  since: '0.1.0',

  *check(repo, { schemas }) {
    const helm = repo.helm();
    const found = new Map<string, Finding>();
    const released = new Set<string>();
    for (const release of helm.releases) {
      const chart = release.chart === undefined ? undefined : helm.charts.get(release.chart);
      if (chart === undefined) {
        if (release.layers.length > 0) yield { at: release.at, skipped: 'the chart is not in this repository' };
        continue;
      }
      released.add(chart.folder);
      if (!hasSchema(chart, helm)) continue;
      if (release.skipsSchema) {
        yield { at: release.at, skipped: 'the release leaves the schema out' };
        continue;
      }
      const values = mergedValues(release, helm);
      if (values.unknown !== undefined) yield { at: release.at, skipped: values.unknown };
      yield* judge({ release, values, helm, schemas, found }, chart, values.value, []);
    }
    for (const chart of helm.charts.values()) {
      if (chart.valuesSchema === undefined || chart.isVendored) continue;
      const schema = schemas.ofUserSchema(chart.valuesSchema);
      if ('invalid' in schema)
        yield { at: at(chart.valuesSchema, ...schema.field), message: `this is no JSON Schema, and Helm refuses the chart: ${schema.invalid}` };
      else if ('unknown' in schema) yield { at: at(chart.valuesSchema), skipped: schema.unknown };
      else if (!released.has(chart.folder)) yield* judgeAlone(chart, schemas);
    }
    for (const finding of found.values()) yield asReport(finding);
  },

  examples: {
    bad: [
      {
        title: 'a text where a number is wanted, in the values file that wins',
        files: {
          ...chartWithSchema(),
          'charts/web/values-production.yaml': 'replicaCount: "3"\n',
          'argocd/production/web.yaml': application('helm:\n      valueFiles: [values-production.yaml]'),
        },
        findings: [
          'charts/web/values-production.yaml:1:15 the values of "web" in production do not fit the schema of the chart: "replicaCount" must be a whole number, not a string: remove the quotes',
        ],
      },
      {
        title: 'layers of an Application: the parameter wins, an unknown key stands in its values',
        files: {
          ...chartWithSchema(),
          'charts/web/values-production.yaml': 'replicaCount: 2\n',
          'argocd/production/web.yaml': application(
            'helm:\n      valueFiles: [values-production.yaml]\n      values: |\n        imgae:\n          tag: "1"\n      parameters:\n        - { name: replicaCount, value: many }',
          ),
        },
        findings: [
          'argocd/production/web.yaml:14:9 the values of "web" in production do not fit the schema of the chart: unknown value "imgae": did you mean "image"?',
          'argocd/production/web.yaml:17:40 the values of "web" in production do not fit the schema of the chart: "replicaCount" must be a whole number, not a string',
        ],
      },
      {
        title: 'a HelmRelease that lacks what the schema requires, and a subchart with a schema of its own',
        files: {
          'charts/web/Chart.yaml':
            'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - { name: db, alias: store, version: "*", repository: "file://../db" }\n',
          'charts/web/values.yaml': 'image: {}\n',
          'charts/web/values.schema.json': '{ "properties": { "image": { "required": ["repository"] } } }\n',
          'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
          'charts/db/values.yaml': 'size: 1\n',
          'charts/db/values.schema.json': '{ "properties": { "size": { "type": "integer" } }, "additionalProperties": false }\n',
          'clusters/production/web.yaml': `
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: { name: shop, namespace: web }
            spec: { interval: 1m, url: https://git.example.org/shop/web, ref: { branch: main } }
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: web, namespace: web }
            spec:
              interval: 10m
              chart: { spec: { chart: ./charts/web, sourceRef: { kind: GitRepository, name: shop } } }
              values:
                store:
                  size: big
          `,
          'clusters/production/sync.yaml':
            'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop, namespace: web }\nspec: { interval: 10m, path: ./clusters/production, prune: true, sourceRef: { kind: GitRepository, name: shop } }\n',
        },
        findings: [
          'charts/web/values.yaml:1:1 the values of "web" in production do not fit the schema of the chart: "image" has no "repository"',
          'clusters/production/web.yaml:14:13 the values of "web" in production do not fit the schema of the chart "db": "size" must be a whole number, not a string',
        ],
      },
      {
        title: 'a schema that is none',
        files: {
          'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
          'charts/web/values.schema.json': '{\n  "properties": { "replicas": { "type": "int" } }\n}\n',
        },
        findings: [
          'charts/web/values.schema.json:2:41 this is no JSON Schema, and Helm refuses the chart: "type" must name types of JSON: "string", "number", "integer", "boolean", "object", "array", "null"',
        ],
      },
    ],
    good: [
      {
        title: 'what one layer lacks another one has, and null takes a default away',
        files: {
          ...chartWithSchema(),
          'charts/web/values.yaml': 'replicaCount: wrong\nobsolete: 1\n',
          'charts/web/values-production.yaml': 'replicaCount: 2\nobsolete: null\nimage: { tag: "1.0" }\n',
          'argocd/production/web.yaml': application(
            'helm:\n      valueFiles: [values-production.yaml]\n      valuesObject: { host: web.example.org }',
          ),
        },
      },
      {
        title: 'a release that leaves the schema out',
        files: {
          ...chartWithSchema(),
          'charts/web/values-production.yaml': 'replicaCount: many\n',
          'argocd/production/web.yaml': application('helm:\n      skipSchemaValidation: true\n      valueFiles: [values-production.yaml]'),
        },
      },
    ],
    unknown: [
      {
        title: 'a layer that is not known may bring what is required, and a parameter that is filled in',
        files: {
          'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
          'charts/web/values.schema.json': '{ "required": ["host"], "properties": { "replicaCount": { "type": "integer" } } }\n',
          'argocd/production/web.yaml': application(
            `helm:\n      valueFiles: ["values-\${REGION}.yaml"]\n      parameters: [{ name: replicaCount, value: $ARGOCD_ENV_COUNT }]`,
          ),
        },
      },
      {
        title: 'a chart of a registry',
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
  readonly message: string;
  readonly chart: Chart;
  readonly isOfSubchart: boolean;
  readonly names: Set<string>;
  readonly environments: Set<string>;
}

interface Judging {
  readonly release: HelmRelease;
  readonly values: MergedValues;
  readonly helm: HelmModel;
  readonly schemas: Schemas;
  readonly found: Map<string, Finding>;
}

function hasSchema(chart: Chart, helm: HelmModel, depth = 0): boolean {
  return (
    chart.valuesSchema !== undefined ||
    (depth < deepestSubchart &&
      chart.dependencies.some(({ folder }) => {
        const subchart = folder === undefined ? undefined : helm.charts.get(folder);
        return subchart !== undefined && hasSchema(subchart, helm, depth + 1);
      }))
  );
}

const deepestSubchart = 8;

/** Judges what a chart is rendered with, then its subcharts, each by its own schema. */
function* judge(judging: Judging, chart: Chart, own: Fields, prefix: FieldPath): Iterable<Skip> {
  const { helm, schemas, values } = judging;
  if (chart.valuesSchema !== undefined) {
    const schema = schemas.ofUserSchema(chart.valuesSchema);
    const problems = 'problemsOf' in schema ? schema.problemsOf(own) : [];
    if ('skipped' in problems) yield { at: at(chart.valuesSchema), skipped: problems.skipped };
    else for (const problem of problems) yield* note(judging, chart, own, prefix, problem);
    if ('skipped' in schema) for (const skipped of schema.skipped) yield { at: at(chart.valuesSchema), skipped };
  }
  if (prefix.length > deepestSubchart) return;
  for (const { key, entry, folder } of chart.dependencies) {
    const subchart = folder === undefined ? undefined : helm.charts.get(folder);
    const inner = own[key];
    if (subchart !== undefined && inner !== undefined && inner !== null && !isFields(inner)) yield* note(judging, chart, own, prefix, noMapping(key));
    if (subchart !== undefined && isFields(inner) && isEnabled(entry?.fields ?? {}, own, values.value))
      yield* judge(judging, subchart, inner, [...prefix, key]);
  }
}

function noMapping(key: string): SchemaProblem {
  return { field: [key], part: 'value', kind: 'type', minors: allMinors, message: `"${key}" must be a mapping: it holds the values of the subchart` };
}

/** Whether the conditions and tags of a dependency let it be installed: https://helm.sh/docs/topics/charts/#tags-and-condition-fields-in-dependencies */
function isEnabled(dependency: Fields, values: Fields, top: Fields): boolean {
  for (const path of (textAt(dependency, 'condition') ?? '').split(',')) {
    const value = path === '' ? undefined : valueAt(values, path.trim().split('.'));
    if (typeof value === 'boolean') return value;
    if (value !== undefined && holdsPlaceholder(value)) return false;
  }
  const tags = listAt(dependency, 'tags').map(tag => valueAt(top, ['tags', String(tag)]));
  return tags.includes(true) || !tags.includes(false);
}

function* note(judging: Judging, chart: Chart, own: Fields, prefix: FieldPath, problem: SchemaProblem): Iterable<Skip> {
  const { release, values, helm, found } = judging;
  const field = [...prefix, ...problem.field];
  const origin = values.originOf(field, problem.part);
  // Nobody edits what was unpacked.
  const isVendored = [...helm.charts.values()].some(other => other.isVendored && isWithin(origin.path, other.folder));
  const place = isVendored ? release.at : origin;
  const value = valueAt(own, problem.field);
  const why = whyOpen(judging, chart, problem, value, place);
  if (why !== undefined) {
    if (why !== '') yield { at: place, skipped: why };
    return;
  }
  const key = JSON.stringify([place, problem.message]);
  const finding = found.get(key) ?? {
    place,
    message: problem.message,
    chart,
    isOfSubchart: prefix.length > 0,
    names: new Set<string>(),
    environments: new Set<string>(),
  };
  finding.names.add(release.name);
  for (const id of environmentsOf(release.environment)) finding.environments.add(id);
  found.set(key, finding);
}

/** Why nothing is said: in words where it is not known, `''` where it is no mistake. */
function whyOpen({ values, release, helm }: Judging, chart: Chart, problem: SchemaProblem, value: unknown, place: Place): string | undefined {
  const { kind, field } = problem;
  const last = field.at(-1);
  if (kind === 'unknown-field') {
    if (field.length === 1 && last === 'global' && chart.folder !== release.chart) return '';
    // Helm adds the values of a subchart: nobody wrote them.
    if (field.length === 1 && chart.dependencies.some(({ key }) => key === last) && isOfSubchart(place, chart, helm)) return '';
    return holdsPlaceholder(String(last)) ? 'a key is filled in later' : undefined;
  }
  if (kind !== 'missing-field' && holdsPlaceholder(value)) return 'a value is filled in later';
  // Helm drops nested nulls of the defaults where it looks into subcharts.
  if (value === null && field.length > 1 && chart.dependencies.length > 0) return '';
  const isImporting = chart.dependencies.some(({ entry }) => entry?.fields['import-values'] !== undefined);
  if (kind === 'missing-field' && isImporting) return 'a subchart gives values';
  if (values.unknown === undefined) return undefined;
  const isOfRelease = release.layers.some(layer => 'known' in layer.content && layer.at.path === place.path);
  const isWhole = kind === 'missing-field' || kind === 'combination' || typeof value === 'object';
  return isWhole || !isOfRelease ? values.unknown : undefined;
}

function isOfSubchart(place: Place, chart: Chart, { charts }: HelmModel): boolean {
  return place.path !== chart.values?.path && [...charts.values()].some(({ values }) => values?.path === place.path);
}

/** Values that nobody installs as they are may wait for others: what is set is judged, what is empty is not. */
function* judgeAlone(chart: Chart, schemas: Schemas): Iterable<Report> {
  const { valuesSchema, values } = chart;
  const [layer] = defaultsOf(chart);
  const schema = valuesSchema && schemas.ofUserSchema(valuesSchema);
  if (values === undefined || layer === undefined || schema === undefined || !('problemsOf' in schema)) return;
  const problems = schema.problemsOf(values.value);
  if ('skipped' in problems) return;
  for (const { field, part, kind, message } of problems) {
    const value = valueAt(values.value, field);
    const isEmpty = value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
    if (kind === 'missing-field' || kind === 'combination' || (kind !== 'unknown-field' && (isEmpty || holdsPlaceholder(value)))) continue;
    if (field[0] === 'global' || chart.dependencies.some(({ key }) => key === field[0])) continue;
    yield {
      at: layer.placeOf(field, part),
      message: `the values of the chart do not fit its schema: ${message}`,
      causes: valuesSchema ? [valuesSchema.path] : [],
    };
  }
}

function asReport({ place, message, chart, isOfSubchart: isInner, names, environments }: Finding): Report {
  const [first = '', second, ...more] = [...names].sort();
  const others = more.length > 0 ? `, "${second}" and ${more.length} more` : second === undefined ? '' : ` and "${second}"`;
  const where = environments.size === 0 ? '' : ` in ${[...environments].sort().join(', ')}`;
  return {
    at: place,
    message: `the values of "${first}"${others}${where} do not fit the schema of the chart${isInner ? ` "${chart.name}"` : ''}: ${message}`,
    ...(chart.valuesSchema && { related: [{ at: { path: chart.valuesSchema.path }, message: 'the schema' }], causes: [chart.metadata.path] }),
    ...(environments.size > 0 && { environments: [...environments].sort() }),
  };
}

/** For the examples: a chart with a schema, and an Application that installs it. */
function chartWithSchema(): Readonly<Record<string, string>> {
  return {
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/values.yaml': 'replicaCount: 1\n',
    'charts/web/values.schema.json':
      '{ "additionalProperties": false, "properties": { "replicaCount": { "type": "integer" }, "image": { "type": "object" }, "host": { "type": "string" } } }\n',
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
    `    ${helm}`,
    '',
  ].join('\n');
}
