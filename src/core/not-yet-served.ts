import type { Report } from './finding.ts';
import { describe, type JudgedObject } from './judge-object.ts';
import { describeMinors } from './kubernetes-minors.ts';
import { at } from './place.ts';

/** Says where an object reaches clusters that are too old for the version of its kind; those that are too new are the matter of deprecations. */
export function* notYetServed({ resource, schema, targets, asked }: JudgedObject): Generator<Report> {
  const { document, apiVersion, kind, field } = resource;
  const first = schema.minors & -schema.minors;
  const older = asked & (first - 1);
  if (older === 0) return;
  const message = `"${apiVersion}" of ${kind} is not served before Kubernetes ${describeMinors(first)}: upgrade first, or write an older version of it`;
  yield { at: at(document, ...field, 'apiVersion'), ...describe({ message, minors: older }, asked, targets, 'error') };
}
