import type { Place } from '../../core/place.ts';

/** Kustomize would not go on here. Caught where the folder is evaluated, and never seen outside. */
export class Refusal extends Error {
  readonly at: Place;
  /** The kind of entry that finds nothing to change, or too much; `bound`: Kustomize may go on, and we do not. */
  readonly why: 'patch' | 'replacement' | 'bound' | undefined;

  constructor(at: Place, message: string, why?: 'patch' | 'replacement' | 'bound') {
    super(message);
    this.at = at;
    this.why = why;
  }
}
