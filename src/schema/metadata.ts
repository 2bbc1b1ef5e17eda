import type { Fields } from '../core/fields.ts';
import type { Resource } from '../core/repo.ts';
import type { MinorSet, SchemaProblem, SchemaSource } from '../core/schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { judge } from './validate.ts';

/** What is wrong with the metadata of an object; `node` is the ObjectMeta of Kubernetes. The form of names depends on who serves the kind. */
export function metadataProblems(
  node: SchemaNode,
  { group, kind, field }: Resource,
  metadata: Fields,
  { source, minors }: { readonly source: SchemaSource | undefined; readonly minors: MinorSet },
): SchemaProblem[] {
  const own = [...field, 'metadata'];
  const problems: SchemaProblem[] = [...judge(node, metadata, { minors, isStructural: true, field: own })];
  const { name, generateName } = metadata;
  if (source === undefined) return problems;
  if (typeof name === 'string') {
    const wanted = nameForm(group, kind);
    const message = `"name" of a ${kind} must be ${wanted.words}`;
    if (!wanted.accepts(name)) problems.push({ field: [...own, 'name'], part: 'value', kind: 'value', message, minors });
  } else if ((name ?? generateName ?? undefined) === undefined && needsName(kind))
    problems.push({ field: own, part: 'key', kind: 'missing-field', message: '"metadata" has no "name"', minors });
  return problems;
}

/** Reviews are questions to the API server: nothing is kept of them. */
function needsName(kind: string): boolean {
  return !kind.endsWith('Review');
}

interface NameForm {
  readonly words: string;
  readonly accepts: (name: string) => boolean;
}

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

const subdomainForm: NameForm = {
  words: 'lower-case letters, digits, "-" and ".", at most 253 of them, with a letter or digit at both ends of each part',
  accepts: name => name.length <= 253 && subdomain.test(name),
};
const labelForm: NameForm = {
  words: 'lower-case letters, digits and "-", at most 63 of them, with a letter or digit at both ends',
  accepts: name => name.length <= 63 && label.test(name),
};
const serviceForm: NameForm = {
  words: 'lower-case letters, digits and "-", at most 63 of them, with a letter at the start and a letter or digit at the end',
  accepts: name => labelForm.accepts(name) && !/^[0-9]/.test(name),
};
/** https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validation/path/name.go */
const pathForm: NameForm = {
  words: 'a name without "/" and "%", and not "." or ".."',
  accepts: name => name !== '.' && name !== '..' && !/[/%]/.test(name),
};

const forms: ReadonlyMap<string, NameForm> = new Map([
  ['Namespace', labelForm],
  ['Service', serviceForm],
]);

const pathGroups: ReadonlySet<string> = new Set([
  'rbac.authorization.k8s.io',
  'certificates.k8s.io',
  'apiregistration.k8s.io',
  'internal.apiserver.k8s.io',
]);

/** Most names are DNS subdomains; https://kubernetes.io/docs/concepts/overview/working-with-objects/names */
function nameForm(group: string, kind: string): NameForm {
  if (pathGroups.has(group)) return pathForm;
  return (group === '' ? forms.get(kind) : undefined) ?? subdomainForm;
}
