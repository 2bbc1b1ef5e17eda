import { type Fields, isFields } from './fields.ts';
import type { Chart, HelmModel, HelmRelease, ValuesLayer } from './helm.ts';
import { at, type FieldPath, keyAt, type Place } from './place.ts';

/** The values that a chart is rendered with, and where each comes from. */
export interface MergedValues {
  readonly value: Fields;
  /** Why some of the values are not known; then what is absent here may be there. */
  readonly unknown?: string;
  /** The place that wins a field; of a field that nobody sets, that of its nearest parent, or of what installs the chart. */
  readonly originOf: (field: FieldPath, part: 'key' | 'value') => Place;
}

/** What Helm makes of a release's values: https://helm.sh/docs/chart_template_guide/values_files/ */
export function mergedValues(release: HelmRelease, helm: HelmModel): MergedValues {
  const chart = release.chart === undefined ? undefined : helm.charts.get(release.chart);
  const defaults = release.defaults ?? (chart ? defaultsOf(chart) : []);
  const given = overlay(release.layers);
  const value = complete(given, withDependencies(overlay(defaults), chart, helm));
  const layers = [...defaults, ...release.layers];
  const [unknown] = layers.flatMap(({ content }) => ('unknown' in content ? [content.unknown] : []));
  return {
    value,
    ...(unknown !== undefined && { unknown }),
    originOf: (field, part) => originOf(field, part, { layers, chart, helm }) ?? release.at,
  };
}

/** The chart's own values as a layer. */
export function defaultsOf({ values }: Chart): readonly ValuesLayer[] {
  if (values === undefined || !isFields(values.value)) return [];
  return [
    {
      at: at(values),
      content: { known: values.value },
      file: values.path,
      placeOf: (field, part) => (part === 'key' ? keyAt(values, ...field) : at(values, ...field)),
    },
  ];
}

/** Files and parameters, one over the other: mappings merge, everything else replaces, `null` too. */
function overlay(layers: readonly ValuesLayer[]): Fields {
  let merged: Fields = {};
  for (const { content } of layers) if ('known' in content) merged = overlayFields(merged, content.known);
  return merged;
}

function overlayFields(below: Fields, above: Fields): Fields {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const own = merged[key];
    merged[key] = isFields(own) && isFields(value) ? overlayFields(own, value) : value;
  }
  return merged;
}

/** Given values over those of the chart: `null` takes away what the chart sets. */
function complete(given: Fields, defaults: Fields): Fields {
  const merged: Record<string, unknown> = { ...given };
  for (const [key, value] of Object.entries(defaults)) {
    const own = merged[key];
    if (!Object.hasOwn(merged, key)) merged[key] = value;
    else if (own === null && value !== null) delete merged[key];
    else if (isFields(own) && isFields(value)) merged[key] = complete(own, value);
  }
  return merged;
}

/** The values of a chart with those of the subcharts that stand in the repository below them, and its globals in each. */
function withDependencies(values: Fields, chart: Chart | undefined, helm: HelmModel, depth = 0): Fields {
  if (chart === undefined || depth > deepestSubchart) return values;
  const merged: Record<string, unknown> = { ...values };
  for (const { key, folder } of chart.dependencies) {
    const subchart = folder === undefined ? undefined : helm.charts.get(folder);
    const own = merged[key] ?? {};
    if (subchart === undefined || !isFields(own)) continue;
    merged[key] = complete(own, withDependencies(overlay(defaultsOf(subchart)), subchart, helm, depth + 1));
  }
  return merged;
}

const deepestSubchart = 8;

interface Origins {
  readonly layers: readonly ValuesLayer[];
  readonly chart: Chart | undefined;
  readonly helm: HelmModel;
}

/** The place that wins a field or, where nobody writes it, the nearest of its parents. */
function originOf(field: FieldPath, part: 'key' | 'value', origins: Origins): Place | undefined {
  for (let length = field.length; length > 0; length--) {
    const place = writtenAt(field.slice(0, length), length === field.length ? part : 'key', origins);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The last layer that has a field wins it; what no layer has may be a value of a subchart. */
function writtenAt(field: FieldPath, part: 'key' | 'value', { layers, chart, helm }: Origins, depth = 0): Place | undefined {
  const layer = layers.findLast(({ content }) => 'known' in content && hasField(content.known, field));
  if (layer !== undefined) return layer.placeOf(field, part);
  const [key, ...rest] = field;
  const folder = chart?.dependencies.find(dependency => dependency.key === key)?.folder;
  const subchart = folder === undefined ? undefined : helm.charts.get(folder);
  if (subchart === undefined || rest.length === 0 || depth > deepestSubchart) return undefined;
  return writtenAt(rest, part, { layers: defaultsOf(subchart), chart: subchart, helm }, depth + 1);
}

function hasField(fields: Fields, field: FieldPath): boolean {
  let value: unknown = fields;
  for (const part of field) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return false;
    value = (value as Readonly<Record<string | number, unknown>>)[part];
  }
  return true;
}
