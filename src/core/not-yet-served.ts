import type { Report } from './finding.ts';
import { describe, unionOf } from './judge-object.ts';
import { describeMinors } from './kubernetes-minors.ts';
import { at } from './place.ts';
import type { Repo, Resource } from './repo.ts';
import type { ObjectSchema } from './schema.ts';
import { kubernetesTargets } from './versions.ts';

/** Says where an object reaches clusters that are too old for the version of its kind; those that are too new are the matter of deprecations. */
export function* notYetServed(repo: Repo, { document, apiVersion, kind, field }: Resource, { minors }: ObjectSchema): Generator<Report> {
  const first = minors & -minors;
  const older = first - 1;
  // Most kinds are older than all versions that are known.
  if (older === 0) return;
  const targets = kubernetesTargets(repo, document.path);
  const asked = unionOf(targets);
  if ((asked & older) === 0) return;
  const message = `"${apiVersion}" of ${kind} is not served before Kubernetes ${describeMinors(first)}: upgrade first, or write an older version of it`;
  yield { at: at(document, ...field, 'apiVersion'), ...describe({ message, minors: asked & older }, asked, targets, 'error') };
}
