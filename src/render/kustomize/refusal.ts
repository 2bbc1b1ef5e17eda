import type { Place } from '../../core/place.ts';

/** Kustomize would not go on here. Caught where the folder is evaluated, and never seen outside. */
export class Refusal extends Error {
  readonly at: Place;
  /** It may be so only because something is missing that cannot be read here. */
  readonly isOpen: boolean;

  constructor(at: Place, message: string, isOpen = false) {
    super(message);
    this.at = at;
    this.isOpen = isOpen;
  }
}
