import type { Fields } from '../../core/fields.ts';
import { compiledExpression } from '../../schema/foreign-expression.ts';
import type { Selector } from './kustomization.ts';
import { annotationsOf, effectiveNamespace, type Gvk, type IsClusterScoped, labelsOf, originalIdentity, type Resource } from './resource.ts';

/** Why a selector is none. */
export interface NoSelector {
  readonly problem: string;
}

export function isProblem(value: object): value is NoSelector {
  return 'problem' in value;
}

/** The objects that a target selects, by their names and namespaces of now or at first. */
export function selectResources(
  resources: readonly Resource[],
  selector: Selector,
  isClusterScoped: IsClusterScoped,
): readonly Resource[] | NoSelector {
  const match = compileSelector(selector);
  if (isProblem(match)) return match;
  return resources.filter(resource => {
    const original = originalIdentity(resource);
    return (
      match.gvk(resource.id) &&
      (match.name(original.name) || match.name(resource.id.name)) &&
      (selector.namespace === undefined ||
        selector.namespace === '' ||
        match.namespace(effectiveNamespace(original, isClusterScoped)) ||
        match.namespace(effectiveNamespace(resource.id, isClusterScoped))) &&
      match.labels(resource)
    );
  });
}

export interface CompiledSelector {
  gvk(gvk: Gvk): boolean;
  name(name: string): boolean;
  namespace(namespace: string): boolean;
  /** Labels and annotations. */
  labels(resource: Resource): boolean;
}

/** Every part is a regular expression for the whole text; empty parts select everything. */
export function compileSelector(selector: Selector): CompiledSelector | NoSelector {
  const parts: Record<string, (text: string) => boolean> = {};
  for (const name of ['group', 'version', 'kind', 'name', 'namespace'] as const) {
    const compiled = wholeExpression(selector[name] ?? '');
    if (typeof compiled === 'object') return compiled;
    parts[name] = compiled;
  }
  const labels = parseLabelSelector(selector.labelSelector ?? '');
  if ('problem' in labels) return labels;
  const annotations = parseLabelSelector(selector.annotationSelector ?? '');
  if ('problem' in annotations) return annotations;
  const { group = always, version = always, kind = always, name = always, namespace = always } = parts;
  return {
    gvk: gvk => kind(gvk.kind) && group(gvk.group) && version(gvk.version),
    name,
    namespace,
    labels: resource => matchesAll(labels, labelsOf(resource)) && matchesAll(annotations, annotationsOf(resource)),
  };
}

function always(): boolean {
  return true;
}

/** Most patterns are plain names, and most others `.*`. */
function wholeExpression(pattern: string): ((text: string) => boolean) | NoSelector {
  if (pattern === '' || pattern === '.*') return always;
  if (/^[\w -]+$/.test(pattern)) return text => text === pattern;
  const expression = compiledExpression(`^(?:${pattern})$`);
  return typeof expression === 'string'
    ? { problem: `"${pattern}" is no regular expression: ${expression}` }
    : text => expression.matcher(text).find();
}

interface Requirement {
  readonly key: string;
  readonly operator: 'exists' | '!' | 'in' | 'notin' | '>' | '<';
  readonly values: readonly string[];
}

type Requirements = readonly Requirement[];

function matchesAll(requirements: Requirements, labels: Fields): boolean {
  return requirements.every(({ key, operator, values }) => {
    const has = Object.hasOwn(labels, key);
    const value = has ? String(labels[key] ?? '') : '';
    switch (operator) {
      case 'exists':
        return has;
      case '!':
        return !has;
      case 'in':
        return has && values.includes(value);
      case 'notin':
        return !has || !values.includes(value);
      default:
        return has && /^[-+]?\d+$/.test(value) && (operator === '>' ? Number(value) > Number(values[0]) : Number(value) < Number(values[0]));
    }
  });
}

const labelKey = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;

/** `app=web,tier in (a, b),!old` as the API machinery reads it: k8s.io/apimachinery/pkg/labels/selector.go */
function parseLabelSelector(selector: string): Requirements | NoSelector {
  const known = parsedSelectors.get(selector);
  if (known) return known;
  const parsed = readRequirements(tokens(selector));
  if (parsedSelectors.size > mostParsedSelectors) parsedSelectors.clear();
  const result = typeof parsed === 'string' ? { problem: `"${selector}" is no label selector: ${parsed}` } : parsed;
  parsedSelectors.set(selector, result);
  return result;
}

const parsedSelectors = new Map<string, Requirements | NoSelector>();
const mostParsedSelectors = 1000;

function tokens(selector: string): string[] {
  return selector.match(/[^\s=!(),<>]+|==|!=|[=!(),<>]/g) ?? [];
}

function readRequirements(words: readonly string[]): Requirements | string {
  const requirements: Requirement[] = [];
  let position = 0;
  while (position < words.length) {
    const read = readRequirement(words, position);
    if (typeof read === 'string') return read;
    requirements.push(read.requirement);
    position = read.next;
    if (position === words.length) break;
    if (words[position] !== ',') return `expected "," before "${words[position] ?? ''}"`;
    position++;
    if (position === words.length) return 'expected a label after ","';
  }
  return requirements;
}

function readRequirement(words: readonly string[], start: number): { readonly requirement: Requirement; readonly next: number } | string {
  const isNegated = words[start] === '!';
  const position = isNegated ? start + 1 : start;
  const key = words[position] ?? '';
  if (!labelKey.test(key)) return `"${key}" is no name of a label`;
  const operator = words[position + 1];
  if (isNegated || operator === undefined || operator === ',') {
    return { requirement: { key, operator: isNegated ? '!' : 'exists', values: [] }, next: position + 1 };
  }
  if (operator === 'in' || operator === 'notin') {
    const close = words.indexOf(')', position);
    if (words[position + 2] !== '(' || close < 0) return `expected "(" and ")" after "${operator}"`;
    return checked({ key, operator, values: listedValues(words.slice(position + 3, close)) }, close + 1);
  }
  const follows = words[position + 2];
  const value = follows === undefined || follows === ',' ? '' : follows;
  const next = position + (value === '' ? 2 : 3);
  if (operator === '=' || operator === '==') return checked({ key, operator: 'in', values: [value] }, next);
  if (operator === '!=') return checked({ key, operator: 'notin', values: [value] }, next);
  if (operator === '>' || operator === '<') {
    return /^[-+]?\d+$/.test(value) ? { requirement: { key, operator, values: [value] }, next } : `"${value}" is no number`;
  }
  return `"${operator}" is no operator`;
}

function listedValues(words: readonly string[]): string[] {
  const values: string[] = [];
  let expectsValue = true;
  for (const word of words) {
    if (word !== ',') values.push(word);
    else if (expectsValue) values.push('');
    expectsValue = word === ',';
  }
  if (expectsValue) values.push('');
  return values;
}

function checked(requirement: Requirement, next: number): { readonly requirement: Requirement; readonly next: number } | string {
  const wrong = requirement.values.find(value => value.length > 63 || !labelValue.test(value));
  return wrong === undefined ? { requirement, next } : `"${wrong}" is no value of a label`;
}
