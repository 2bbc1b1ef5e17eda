import { fieldsAt, isFields, listAt } from '../../core/fields.ts';
import { at, type FieldPath } from '../../core/place.ts';
import type { Resource } from '../../core/repo.ts';
import type { DeclaredEnvironment } from './infer-environments.ts';
import { coreWordsIn, type EnvironmentName, readText } from './names.ts';
import type { EnvironmentWord } from './vocabulary.ts';

/** One place where an Application names a cluster, a namespace or a branch. */
interface Mention {
  readonly resource: Resource;
  readonly field: FieldPath;
  readonly text: string;
  readonly kind: 'destination' | 'namespace' | 'branch';
  readonly word: EnvironmentWord;
  /** Mentions of one group are told apart by the word alone. */
  readonly group: string;
}

/**
 * Environments that the destinations and branches of Argo CD Applications name. One name proves nothing: at least two
 * that differ in the word are needed, one of them a core word.
 */
export function* namedDestinations(resources: readonly Resource[]): Generator<DeclaredEnvironment> {
  const groups = new Map<string, Mention[]>();
  for (const resource of resources) {
    if (resource.kind !== 'Application' || resource.group !== 'argoproj.io') continue;
    for (const mention of mentionsIn(resource)) {
      const group = groups.get(mention.group);
      if (group) group.push(mention);
      else groups.set(mention.group, [mention]);
    }
  }
  for (const group of groups.values()) {
    if (new Set(group.map(({ word }) => word)).size < 2 || !group.some(({ word }) => word.strength === 'core')) continue;
    for (const { resource, field, text, kind, word } of group) {
      const { document } = resource;
      const evidence = { kind, at: at(document, ...field), says: `${subjects[kind]} "${text}"` };
      yield { id: word.id, evidence, path: document.path };
    }
  }
}

const subjects: Readonly<Record<Mention['kind'], string>> = {
  destination: 'its cluster is',
  namespace: 'its namespace is',
  branch: 'it takes the branch',
};

function* mentionsIn(resource: Resource): Generator<Mention> {
  const spec = fieldsAt(resource.value, 'spec');
  const { name, namespace } = fieldsAt(spec, 'destination');
  const field = [...resource.field, 'spec'];
  if (typeof name === 'string') {
    const [word, other] = coreWordsIn(name);
    if (word && !other) yield { resource, field: [...field, 'destination', 'name'], text: name, kind: 'destination', word, group: 'cluster' };
  }
  if (typeof namespace === 'string') {
    const named = readText(namespace);
    if (named)
      yield { ...mention(resource, [...field, 'destination', 'namespace'], namespace, named), kind: 'namespace', group: `namespace ${named.frame}` };
  }
  const sources: [FieldPath, unknown][] = [
    [['source'], spec.source],
    ...listAt(spec, 'sources').map((source, index): [FieldPath, unknown] => [['sources', index], source]),
  ];
  for (const [place, source] of sources) {
    if (!isFields(source) || typeof source.targetRevision !== 'string' || source.chart !== undefined) continue;
    const branch = source.targetRevision.replace(/^refs\/heads\//, '');
    const named = readText(branch === 'release' ? 'production' : branch);
    if (named === undefined || named.match === 'part') continue;
    const group = `branch ${String(source.repoURL)}`;
    yield { ...mention(resource, [...field, ...place, 'targetRevision'], branch, named), kind: 'branch', group };
  }
}

function mention(
  resource: Resource,
  field: FieldPath,
  text: string,
  { word }: EnvironmentName,
): Pick<Mention, 'resource' | 'field' | 'text' | 'word'> {
  return { resource, field, text, word };
}
