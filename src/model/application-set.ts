import { didYouMean } from '../core/did-you-mean.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import { at, type FieldPath, type RepoPath } from '../core/place.ts';
import type { Reference, Resource } from '../core/repo.ts';
import { folderOf, nameOf } from '../core/repo-path.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import { matchFlatGlob, matchGlob } from './match-glob.ts';
import { type ReaderContext, trustIn } from './reader-context.ts';
import { hole, openUp, templateIn } from './template-marks.ts';

/** One set of parameters of an ApplicationSet: one Application. */
export interface Parameters {
  readonly values: Fields;
  /** There are parameters that only the cluster knows, or the set stands for any number of Applications. */
  readonly isOpen: boolean;
}

export interface ExpandedGenerators {
  readonly sets: readonly Parameters[];
  /** The files and folders that Git generators read. */
  readonly references: readonly Reference[];
}

/** More sets than any repository needs; generators that multiply beyond it are cut off. */
const maximumSets = 2000;

/** Longer texts are no paths or names, and expressions are not tried on them. */
const longestText = 4096;

/** Works out the parameters that the generators of an ApplicationSet give, as far as the repository tells. */
export function expandGenerators(spec: Fields, resource: Resource, unit: string, context: ReaderContext): ExpandedGenerators {
  const expansion: Expansion = { resource, unit, context, isGoTemplate: spec.goTemplate === true, references: [] };
  const sets = listAt(spec, 'generators').flatMap((generator, index) =>
    isFields(generator) ? expand(generator, ['spec', 'generators', index], expansion) : [],
  );
  return { sets: sets.slice(0, maximumSets), references: expansion.references };
}

/**
 * Fills the parameters into every text of a value, as fasttemplate (`{{path.basename}}`) or as the part of Go's
 * templates that needs no evaluation; what cannot be told becomes a hole.
 */
export function renderTemplate(value: unknown, { values, isOpen }: Parameters, isGoTemplate: boolean): unknown {
  const lookUp = (path: string): string => {
    const found = valueAt(values, path);
    return typeof found === 'string' ? found : typeof found === 'number' || typeof found === 'boolean' ? String(found) : hole;
  };
  const renderText = (text: string): string => {
    if (!text.includes('{{')) return text;
    if (text.length > longestText) return hole;
    if (!isGoTemplate) return text.replace(/\{\{(.*?)\}\}/g, (_, name: string) => lookUp(name.trim()));
    if (/\{\{-?\s*(if|range|with|end|else|define|template|block)\b/.test(text)) return hole;
    return text.replace(/\{\{-?(.*?)-?\}\}/g, (_, action: string) => evaluate(action.trim(), values) ?? hole);
  };
  const render = (part: unknown): unknown => {
    if (typeof part === 'string') return renderText(part);
    if (Array.isArray(part)) return part.map(render);
    if (!isFields(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, isLongText(key) ? item : render(item)]));
  };
  return isOpen || Object.keys(values).length > 0 ? render(value) : value;
}

interface Expansion {
  readonly resource: Resource;
  readonly unit: string;
  readonly context: ReaderContext;
  readonly isGoTemplate: boolean;
  readonly references: Reference[];
}

/** Values of charts: nothing in them is a path or a name that the model needs. */
function isLongText(key: string): boolean {
  return key === 'values' || key === 'valuesObject' || key === 'parameters' || key === 'patches';
}

function expand(generator: Fields, field: FieldPath, expansion: Expansion): Parameters[] {
  const [kind] = Object.keys(generator).filter(key => key !== 'selector' && key !== 'template' && key !== 'values');
  const body = kind === undefined ? {} : fieldsAt(generator, kind);
  const sets = kind === undefined ? [] : expandKind(kind, body, [...field, kind], expansion);
  return isFields(generator.selector) ? sets.flatMap(set => select(set, fieldsAt(generator, 'selector'))) : sets;
}

function expandKind(kind: string, body: Fields, field: FieldPath, expansion: Expansion): Parameters[] {
  switch (kind) {
    case 'list':
      return expandList(body, expansion);
    case 'git':
      return expandGit(body, field, expansion);
    case 'matrix':
      return expandMatrix(body, field, expansion);
    case 'merge':
      return expandMerge(body, field, expansion);
    default:
      return [{ values: literalValues(body), isOpen: true }];
  }
}

function expandList(body: Fields, { resource }: Expansion): Parameters[] {
  const text = textAt(body, 'elementsYaml');
  const isOpen = text !== undefined && templateIn(text) !== undefined;
  const parsed = text === undefined || isOpen ? [] : parseYaml(resource.document.path, text).documents[0]?.value;
  const elements = [...listAt(body, 'elements'), ...(Array.isArray(parsed) ? parsed : [])];
  const sets = elements.flatMap(element => (isFields(element) ? [{ values: nest(element), isOpen: false }] : []));
  return isOpen ? [...sets, { values: {}, isOpen: true }] : sets;
}

function expandGit(body: Fields, field: FieldPath, expansion: Expansion): Parameters[] {
  const { context, resource, unit, isGoTemplate, references } = expansion;
  const trust = trustIn(context, textAt(body, 'repoURL'), textAt(body, 'revision'));
  const open = { values: literalValues(body), isOpen: true };
  if (trust === 'no') return [open];
  const isOpen = trust === 'maybe';
  const sets: Parameters[] = [];
  for (const key of ['directories', 'files'] as const) {
    const items = listAt(body, key).flatMap((item, index) => {
      const path = isFields(item) ? textAt(item, 'path') : undefined;
      return path === undefined ? [] : [{ path, index, isExcluded: isFields(item) && item.exclude === true }];
    });
    const isExcluded = anyOf(
      items.filter(item => item.isExcluded).map(item => item.path),
      key,
    );
    const seen = new Set<RepoPath>();
    for (const { path, index } of items.filter(item => !item.isExcluded)) {
      const text = openUp(path);
      const matches = text.includes(hole) ? [] : matching(context, text, key).filter(match => !isExcluded(match));
      const place = {
        kind: 'argocd-generator',
        from: at(resource.document, ...resource.field, ...field, key, index, 'path'),
        target: path,
        unit,
      } as const;
      if (matches.length === 0)
        references.push({
          ...place,
          state: 'unknown',
          reason: 'a pattern that matches nothing here',
          ...(isOpen ? {} : misspeltFolder(text, context)),
        });
      if (text.includes(hole)) sets.push(open);
      for (const match of matches) {
        if (seen.has(match)) continue;
        seen.add(match);
        references.push({ ...place, state: isOpen ? 'maybe' : 'resolved', to: match, path: match });
        const parameters = key === 'directories' ? [{}] : contentOf(context, match);
        const prefix = textAt(body, 'pathParamPrefix');
        for (const content of parameters) {
          const ofPath = pathParameters(key === 'directories' ? match : folderOf(match), key === 'files' ? nameOf(match) : undefined, isGoTemplate);
          const own = { ...content, ...(prefix === undefined ? ofPath : { [prefix]: ofPath }) };
          const extra = renderTemplate(fieldsAt(body, 'values'), { values: own, isOpen }, isGoTemplate);
          sets.push({ values: { ...own, ...(isFields(body.values) && { values: extra }) }, isOpen });
        }
      }
    }
  }
  return sets.length === 0 && isOpen ? [open] : sets;
}

function expandMatrix(body: Fields, field: FieldPath, expansion: Expansion): Parameters[] {
  const [first, second] = listAt(body, 'generators');
  if (!isFields(first) || !isFields(second)) return [{ values: {}, isOpen: true }];
  const sets: Parameters[] = [];
  for (const left of expand(first, [...field, 'generators', 0], expansion)) {
    const rendered = renderTemplate(second, left, expansion.isGoTemplate);
    for (const right of expand(isFields(rendered) ? rendered : second, [...field, 'generators', 1], expansion)) {
      if (sets.length >= maximumSets) return sets;
      sets.push({ values: mergeDeep(left.values, right.values), isOpen: left.isOpen || right.isOpen });
    }
  }
  return sets;
}

/**
 * The first generator makes the sets, the others override what they match. Of sets that only the cluster knows, each override
 * stands for the one that it matches, and for all others only what no override touches is known.
 */
function expandMerge(body: Fields, field: FieldPath, expansion: Expansion): Parameters[] {
  const keys = listAt(body, 'mergeKeys').filter(key => typeof key === 'string');
  const [base = [], ...others] = listAt(body, 'generators').map((generator, index) =>
    isFields(generator) ? expand(generator, [...field, 'generators', index], expansion) : [],
  );
  const overrides = others.flat();
  return base.flatMap(set => {
    if (!set.isOpen) {
      const matching = overrides.filter(({ values }) => keys.every(key => valueAt(values, key) === valueAt(set.values, key)));
      return [
        {
          values: matching.reduce((values, override) => mergeDeep(values, override.values), set.values),
          isOpen: matching.some(({ isOpen }) => isOpen),
        },
      ];
    }
    const named = overrides.filter(({ values, isOpen }) => !isOpen && keys.some(key => valueAt(values, key) !== undefined));
    return [
      { values: overrides.reduce((values, override) => agree(values, override.values), set.values), isOpen: true },
      ...named.map(({ values }) => ({ values: mergeDeep(set.values, values), isOpen: false })),
    ];
  });
}

/** A selector over labels that are not all known keeps the set, as a possibility. */
function select(set: Parameters, selector: Fields): Parameters[] {
  const labels = fieldsAt(selector, 'matchLabels');
  if (set.isOpen || isFields(selector.matchExpressions) || Array.isArray(selector.matchExpressions)) return [{ ...set, isOpen: true }];
  return Object.entries(labels).every(([key, value]) => String(valueAt(set.values, key)) === String(value)) ? [set] : [];
}

/** `values.cluster: oslo` is the same as `values: { cluster: oslo }`. */
function nest(element: Fields): Fields {
  if (!Object.keys(element).some(key => key.includes('.'))) return element;
  return Object.entries(element).reduce<Fields>((nested, [key, value]) => {
    const [last = '', ...rest] = key.split('.').reverse();
    return mergeDeep(
      nested,
      rest.reduce<Fields>((inner, part) => ({ [part]: inner }), { [last]: value }),
    );
  }, {});
}

function literalValues(body: Fields): Fields {
  return isFields(body.values) ? { values: body.values } : {};
}

/** What is left of values when others may override them. */
function agree(values: Fields, others: Fields): Fields {
  const agreed: Record<string, unknown> = { ...values };
  for (const [key, other] of Object.entries(others)) {
    const own = agreed[key];
    if (isFields(own) && isFields(other)) agreed[key] = agree(own, other);
    else if (own !== undefined && own !== other) agreed[key] = hole;
  }
  return agreed;
}

function mergeDeep(values: Fields, others: Fields): Fields {
  const merged: Record<string, unknown> = { ...values };
  for (const [key, other] of Object.entries(others)) {
    const own = merged[key];
    merged[key] = isFields(own) && isFields(other) ? mergeDeep(own, other) : other;
  }
  return merged;
}

/** Patterns may match nothing yet; where their fixed beginning is nearly the name of a folder that is there, it is misspelt. */
function misspeltFolder(pattern: string, { tree }: ReaderContext): Pick<Reference, 'target' | 'state' | 'path'> | undefined {
  const fixed = pattern.replace(/^(\.?\/)+/, '').split(new RegExp(`[*?[{${hole}]`))[0] ?? '';
  let path = fixed.slice(0, Math.max(0, fixed.lastIndexOf('/')));
  if (path === '' || tree.entries.has(path)) return undefined;
  while (!tree.entries.has(folderOf(path))) path = folderOf(path);
  const names = (tree.foldersIn.get(folderOf(path)) ?? []).map(nameOf);
  const near = didYouMean(nameOf(path), names);
  return near === undefined || near.replace(/\d/g, '') === nameOf(path).replace(/\d/g, '') ? undefined : { target: path, state: 'missing', path };
}

/** Directories match segment by segment; the patterns of files are greedy by default, so `*` crosses folders. */
function matching({ tree }: ReaderContext, pattern: string, key: 'directories' | 'files'): RepoPath[] {
  const clean = pattern.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
  const kind = key === 'files' ? 'file' : 'folder';
  if (!/[*?[]/.test(clean)) return tree.entries.get(clean) === kind ? [clean] : [];
  const matches = matcherOf(clean, key);
  const fixed = clean.slice(0, Math.max(0, clean.lastIndexOf('/', clean.search(/[*?[]/))));
  const found: RepoPath[] = [];
  const walk = (folder: RepoPath): void => {
    if (key === 'files') for (const path of tree.filesIn.get(folder) ?? []) if (matches(path)) found.push(path);
    for (const child of tree.foldersIn.get(folder) ?? []) {
      if (key === 'directories' && nameOf(child).startsWith('.')) continue;
      if (key === 'directories' && matches(child)) found.push(child);
      walk(child);
    }
  };
  walk(fixed);
  return found.sort();
}

function anyOf(patterns: readonly string[], key: 'directories' | 'files'): (path: RepoPath) => boolean {
  const matchers = patterns.map(pattern => matcherOf(pattern.replace(/^(\.?\/)+/, '').replace(/\/+$/, ''), key));
  return path => matchers.some(matches => matches(path));
}

function matcherOf(pattern: string, key: 'directories' | 'files'): (path: RepoPath) => boolean {
  const bySegment = pattern.replace(/\*+/g, '*');
  return key === 'files' ? path => matchFlatGlob(path, pattern) : path => matchGlob(path, bySegment);
}

/** A file's content as parameters: one set for a mapping, one for each item of a list. */
function contentOf({ files }: ReaderContext, path: RepoPath): Fields[] {
  const value = files.get(path)?.documents[0]?.value;
  return (Array.isArray(value) ? value : [value]).filter(isFields);
}

function pathParameters(path: RepoPath, filename: string | undefined, isGoTemplate: boolean): Fields {
  const basename = nameOf(path);
  const of = {
    path,
    basename,
    basenameNormalized: normalise(basename),
    segments: path.split('/'),
    ...(filename !== undefined && { filename, filenameNormalized: normalise(filename) }),
  };
  return isGoTemplate
    ? { path: of }
    : {
        path,
        'path.basename': basename,
        'path.basenameNormalized': of.basenameNormalized,
        'path.segments': of.segments,
        ...(filename !== undefined && { 'path.filename': filename, 'path.filenameNormalized': normalise(filename) }),
      };
}

/** As Argo CD makes a DNS name of a folder's name. */
function normalise(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9.-]/g, '-');
}

/** A parameter by its flat name or its dotted path, with `[0]` for items; `path[0]` counts the segments of a path. */
function valueAt(values: Fields, path: string): unknown {
  if (path in values) return values[path];
  const segment = /^path\[(\d+)\]$/.exec(path);
  if (segment) return listAt(values, 'path.segments')[Number(segment[1])];
  let value: unknown = values;
  for (const key of path.replace(/\[(\w+)\]/g, '.$1').split('.')) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isFields(value)) value = value[key];
    else return undefined;
  }
  return value;
}

/** The actions of Go templates that only look up, or change the case of, a parameter. */
function evaluate(action: string, values: Fields): string | undefined {
  const [head = '', ...filters] = action.split('|').map(part => part.trim());
  const index = /^index\s+\.([\w.]+)\s+(?:"([^"]+)"|(\d+))$/.exec(head);
  const found = index
    ? valueAt(values, `${index[1]}[${index[2] ?? index[3]}]`)
    : /^\.[\w.]+$/.test(head)
      ? valueAt(values, head.slice(1))
      : undefined;
  if (typeof found !== 'string' && typeof found !== 'number' && typeof found !== 'boolean') return undefined;
  let text = String(found);
  for (const filter of filters) {
    if (filter === 'lower') text = text.toLowerCase();
    else if (filter === 'upper') text = text.toUpperCase();
    else if (filter === 'normalize') text = normalise(text);
    else if (!/^(quote|squote|toString|trim|default\s.*)$/.test(filter)) return undefined;
  }
  return text;
}
