import { type Fields, fieldsAt, isFields, listAt, textAt } from './fields.ts';
import type { Chart, HelmModel } from './helm.ts';

/** The values that a chart knows: those that its templates read, its defaults have or its schema names. */
export interface KnownValues {
  /** Everything below may be read. */
  isOpen: boolean;
  /** The schema of the chart takes no other key here, and says so itself. */
  isClosed: boolean;
  readonly children: Map<string, KnownValues>;
}

/** What a chart knows; `texts` are values that templates may be rendered from with `tpl`. */
export function knownValues(chart: Chart, helm: HelmModel, texts: Iterable<string> = [], depth = 0): KnownValues {
  const root = emptyNode();
  const charts = withLocalSubcharts(chart, helm);
  const definitions = new Set(charts.flatMap(({ files }) => files.flatMap(({ text }) => [...text.matchAll(definition)].map(([, name]) => name))));
  for (const { path, text } of chart.files) {
    if (/(^|\/)(README|CHANGELOG)[^/]*$|Chart\.yaml$/.test(path)) continue;
    addUses(root, text);
    if (includesForeign(text, definitions)) root.isOpen = true;
  }
  for (const text of texts) addUses(root, text);
  if (isFields(chart.values?.value)) {
    addDefaults(root, chart.values.value);
    for (const text of textsIn(chart.values.value)) addUses(root, text);
  }
  if (isFields(chart.valuesSchema?.value)) addSchema(root, chart.valuesSchema.value);
  for (const name of ['global', 'tags']) childOf(root, name).isOpen = true;
  for (const { key, entry, folder } of chart.dependencies) {
    const subchart = folder === undefined ? undefined : helm.charts.get(folder);
    if (subchart === undefined || depth > deepestSubchart) childOf(root, key).isOpen = true;
    else join(childOf(root, key), knownValues(subchart, helm, texts, depth + 1));
    addDependency(root, entry?.fields ?? {});
  }
  return root;
}

const deepestSubchart = 8;

/** The texts in values that mention others. */
export function* textsIn(value: unknown, depth = 0): Generator<string> {
  if (typeof value === 'string') {
    if (value.includes('.Values')) yield value;
  } else if (typeof value === 'object' && value !== null && depth < deepestText) {
    for (const child of Object.values(value)) yield* textsIn(child, depth + 1);
  }
}

const deepestText = 50;

function emptyNode(): KnownValues {
  return { isOpen: false, isClosed: false, children: new Map() };
}

function childOf(node: KnownValues, key: string): KnownValues {
  let child = node.children.get(key);
  if (child === undefined) {
    child = emptyNode();
    node.children.set(key, child);
  }
  return child;
}

function join(node: KnownValues, other: KnownValues): void {
  node.isOpen ||= other.isOpen;
  node.isClosed ||= other.isClosed;
  for (const [key, child] of other.children) join(childOf(node, key), child);
}

function withLocalSubcharts(chart: Chart, helm: HelmModel, depth = 0): readonly Chart[] {
  if (depth > deepestSubchart) return [];
  const below = chart.dependencies.flatMap(({ folder }) => (folder === undefined ? [] : (helm.charts.get(folder) ?? [])));
  return [chart, ...below.flatMap(subchart => withLocalSubcharts(subchart, helm, depth + 1))];
}

const definition = /\{\{-?\s*(?:define|block)\s+"([^"\n]{1,200})"/g;

/** Whether a template of another chart is given the values, or one whose name is worked out; files of the chart itself are its own. */
function includesForeign(text: string, definitions: ReadonlySet<string | undefined>): boolean {
  for (const [, name, call] of text.matchAll(inclusion)) {
    if (name === undefined ? !call?.includes('.Template.BasePath') : !definitions.has(name)) return true;
  }
  return false;
}

const inclusion = /\b(?:include|template)\s+(?:"([^"\n]{1,200})"|\(([^)\n]{1,200})\)|[($.`])/g;

/**
 * Every mention of `.Values`, whatever stands before it, with the fields behind it. Everything below a mention is open: it
 * may be printed, walked over or handed on.
 */
function addUses(root: KnownValues, text: string): void {
  for (let start = text.indexOf('.Values'); start >= 0; start = text.indexOf('.Values', start + 1)) {
    path.lastIndex = start + '.Values'.length;
    const [fields = ''] = path.exec(text) ?? [];
    if (/\w/.test(text.charAt(start + '.Values'.length))) continue;
    const keys = fields.split('.').slice(1);
    if (isLookedUp.test(text.slice(Math.max(0, start - longestCall), start)))
      keys.push(...literalsAt(text, path.lastIndex || start + '.Values'.length));
    let node = root;
    if (!wholes.has(keys[0])) for (const key of keys) node = childOf(node, key);
    node.isOpen = true;
  }
}

/** Methods of Helm's values, which give all of them. */
const wholes: ReadonlySet<string | undefined> = new Set(['AsMap', 'Table', 'PathValue', 'YAML', 'Encode']);
const longestCall = 60;
const path = /(?:\.[A-Za-z_]\w*)*/y;
/** `index .Values "a" "b"`, `get $.Values.a "b"`, `hasKey .Values "a"`. */
const isLookedUp = /\b(?:index|get|hasKey)\s+\(?\s*(?:\$\w*|\.[\w.]*)?$/;

/** The quoted words at a place, up to the first thing that is none. */
function literalsAt(text: string, start: number): string[] {
  const words: string[] = [];
  const word = /\s+"([^"\n]{1,200})"/y;
  word.lastIndex = start;
  for (let found = word.exec(text); found !== null; found = word.exec(text)) words.push(found[1] ?? '');
  return words;
}

/** An empty default says that anything may stand there. */
function addDefaults(node: KnownValues, defaults: Fields): void {
  for (const [key, value] of Object.entries(defaults)) {
    const child = childOf(node, key);
    if (isFields(value) && Object.keys(value).length > 0) addDefaults(child, value);
    else child.isOpen = true;
  }
}

/** Of a schema, what it says in plain words: alternatives and references may allow anything. */
function addSchema(node: KnownValues, schema: Fields): void {
  const { additionalProperties } = schema;
  if (additionalProperties === false) node.isClosed = true;
  else if (additionalProperties !== undefined) node.isOpen = true;
  if (['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'patternProperties', 'propertyNames'].some(key => schema[key] !== undefined)) node.isOpen = true;
  for (const [key, property] of Object.entries(fieldsAt(schema, 'properties'))) {
    const child = childOf(node, key);
    if (isFields(property) && isFields(property.properties)) addSchema(child, property);
    else child.isOpen = true;
  }
}

function addDependency(root: KnownValues, dependency: Fields): void {
  for (const condition of (textAt(dependency, 'condition') ?? '').split(',')) {
    let node = root;
    for (const key of condition.trim().split('.')) if (key !== '') node = childOf(node, key);
    if (node !== root) node.isOpen = true;
  }
  for (const item of listAt(dependency, 'import-values')) {
    const parent = isFields(item) ? textAt(item, 'parent') : undefined;
    let node = root;
    for (const key of (parent ?? '.').split('.')) if (key !== '') node = childOf(node, key);
    node.isOpen = true;
  }
}
