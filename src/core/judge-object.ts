import { objectClasses } from './classification.ts';
import { fieldsAt, isFields, listAt } from './fields.ts';
import { isFilledInLater } from './filled-in-later.ts';
import type { Report, Severity, Skip } from './finding.ts';
import { deliveringUnits, includingKustomizations, patchesOver } from './including-kustomizations.ts';
import { describeMinors, maintainedMinors } from './kubernetes-minors.ts';
import { at, keyAt } from './place.ts';
import type { Kustomization, Repo, Resource, Unit } from './repo.ts';
import type { MinorSet, ObjectSchema, SchemaProblem, Schemas } from './schema.ts';
import { type KubernetesTarget, kubernetesTargets } from './versions.ts';

/** How grave a problem is to a rule; `open`: it may be none in another version of the kind; nothing where it is not the rule's matter. */
export type Weigh = (problem: SchemaProblem) => Severity | 'open' | undefined;

/** An object of which there is something to say, with the versions of Kubernetes that it is delivered to. */
export interface JudgedObject {
  readonly resource: Resource;
  readonly schema: ObjectSchema;
  readonly targets: readonly KubernetesTarget[];
  /** Of the targets. */
  readonly asked: MinorSet;
  /** Those that it is judged by. */
  readonly minors: MinorSet;
}

const judged = new WeakMap<Repo, readonly JudgedObject[]>();

/** The objects of a repository of which schemas say something, or could not. Several rules ask, and of nearly every object there is nothing to say. */
export function judgedObjects(repo: Repo, schemas: Schemas): readonly JudgedObject[] {
  let objects = judged.get(repo);
  if (objects === undefined) {
    objects = judgeAll(repo, schemas);
    judged.set(repo, objects);
  }
  return objects;
}

function judgeAll(repo: Repo, schemas: Schemas): JudgedObject[] {
  const objects: JudgedObject[] = [];
  for (const resource of repo.resources) {
    if (!isDeliveredObject(resource)) continue;
    const schema = schemas.ofResource(resource);
    const targets = kubernetesTargets(repo, resource.document.path);
    const asked = unionOf(targets);
    const minors = servedOf(asked, schema);
    const isSilent = schema.problemsOf(minors).length === 0 && schema.skipped(minors).length === 0 && (asked & ~schema.minors) === 0;
    if (!isSilent) objects.push({ resource, schema, targets, asked, minors });
  }
  return objects;
}

/** What schemas say of an object. */
export function* judgeObject(repo: Repo, { resource, schema, targets, minors }: JudgedObject, weigh: Weigh): Generator<Report | Skip> {
  const { document } = resource;
  for (const problem of schema.problemsOf(minors)) {
    const severity = weigh(problem);
    if (severity === undefined) continue;
    const place = problem.part === 'key' ? keyAt(document, ...problem.field) : at(document, ...problem.field);
    const skipped = whyOpen(problem, severity, resource, repo);
    if (skipped !== undefined) yield { at: place, skipped };
    else if (severity !== 'open') yield { at: place, ...describe(problem, minors, targets, severity) };
  }
}

/** Why some of the schema of an object was not applied. */
export function* skippedChecks({ resource: { document }, schema, minors }: JudgedObject): Generator<Skip> {
  for (const skipped of schema.skipped(minors)) yield { at: { path: document.path }, skipped };
}

/** Why what a schema says of an object alone may not be so of the object that is delivered. */
function whyOpen(
  problem: SchemaProblem,
  severity: Severity | 'open',
  { document, kind: objectKind, field: root }: Resource,
  repo: Repo,
): string | undefined {
  if (severity === 'open') return 'it may be right in another version of the kind';
  if (isFilledInLater(document.value, problem)) return 'something fills the value in before Kubernetes reads it';
  const { kind, field, missing } = problem;
  if (kind === 'unknown-field') return undefined;
  const { path } = document;
  const patches = patchesOver(repo, path);
  const isCompletion = kind === 'missing-field' || kind === 'combination';
  if (patches.includes(objectKind) && (isCompletion || patches.includes(String(field.at(-1))))) return 'a patch may change this';
  const including = includingKustomizations(repo, path);
  if (isCompletion && including.some(isUnusedComponent)) return 'who takes in the component may complete the object';
  const isAbout = (...names: readonly string[]) => names.some(name => name === missing || field.includes(name));
  if (isCompletion && isAbout('selector', 'labels') && including.some(isLabelling)) return 'a kustomization adds labels';
  const isLoose = repo.reach.get(path)?.certainty !== 'yes';
  if (isAbout('subjects', 'namespace')) {
    if (setsNamespace(including, deliveringUnits(repo, path))) return 'the namespace is set elsewhere';
    const isAbsent = missing === 'namespace' || typeof field.at(-1) === 'number';
    if (isCompletion && isAbsent && isLoose && including.length > 0) return 'who includes the kustomization may set the namespace';
  }
  if (field[root.length] !== 'metadata') return undefined;
  if (isAbout('name') && including.some(isRenaming)) return 'a kustomization renames the object';
  return kind === 'missing-field' && isLoose ? 'nothing is known to deliver the object as it is' : undefined;
}

function isUnusedComponent({ kind, includedBy }: Kustomization): boolean {
  return kind === 'Component' && includedBy.length === 0;
}

/** Labels of a kustomization go into selectors too, and make those that are not there. */
function isLabelling({ value }: Kustomization): boolean {
  return 'commonLabels' in value || listAt(value, 'labels').some(item => isFields(item) && item.includeSelectors === true);
}

function setsNamespace(including: readonly Kustomization[], delivering: readonly Unit[]): boolean {
  const isFluxTarget = ({ resource }: Unit) => resource !== undefined && fieldsAt(resource.value, 'spec').targetNamespace !== undefined;
  return including.some(({ value }) => 'namespace' in value) || delivering.some(isFluxTarget);
}

function isRenaming({ value }: Kustomization): boolean {
  return ['namespace', 'namePrefix', 'nameSuffix'].some(key => key in value);
}

function unionOf(targets: readonly KubernetesTarget[]): MinorSet {
  let minors = 0;
  for (const target of targets) minors |= target.minors;
  return minors;
}

/** A kind that none of the versions serves is judged by those that do: that it is not served is another rule's matter. */
function servedOf(minors: MinorSet, schema: ObjectSchema): MinorSet {
  const served = minors & schema.minors;
  return served === 0 ? schema.minors : served;
}

/** Where only some of the versions refuse it, the message names them. */
export function describe(
  { message, minors: failing }: Pick<SchemaProblem, 'message' | 'minors'>,
  judged: MinorSet,
  targets: readonly KubernetesTarget[],
  severity: Severity,
): Pick<Report, 'message' | 'severity' | 'environments'> {
  if (failing === judged) return { message, severity };
  const refusing = targets.filter(target => (target.minors & failing) !== 0);
  if (targets.every(({ isKnown }) => isKnown)) {
    const environments = refusing.flatMap(target => target.environments);
    const where = environments.length === 0 ? '' : ` of ${environments.join(', ')}`;
    return { message: `in Kubernetes ${describeMinors(failing)}${where}: ${message}`, severity, environments };
  }
  return { message: `in Kubernetes ${describeMinors(failing)}: ${message}`, severity: (failing & maintainedMinors) === 0 ? 'note' : 'warning' };
}

/** Documents that an API server gets as they are, or a controller on its way there. */
export function isDeliveredObject({ document, value }: Resource): boolean {
  return objectClasses.has(document.classification.class) && !('$patch' in value);
}
