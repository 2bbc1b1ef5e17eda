import type { Fields } from '../fields.ts';
import type { VersionedTool } from '../running-versions.ts';

/** A version of an API that a later release of its server does not know. */
export interface DeprecatedApi {
  /** Whose versions count; absent where nothing tells which version runs. */
  readonly tool?: VersionedTool;
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** The first version that warns of it, as in `1.21`. */
  readonly deprecated: string;
  /** The first version that does not serve it. */
  readonly removed: string;
  /** What stands in its place, the newest first; none where the API went without one. */
  readonly replacements: readonly ApiReplacement[];
  /** What to do where nothing stands in its place. */
  readonly remedy?: string;
  /** Where this is written, and the day it was looked up. */
  readonly source: string;
  readonly date: string;
}

export interface ApiReplacement {
  readonly apiVersion: string;
  /** The first version that serves it. */
  readonly since: string;
  /** What has to change beside the apiVersion, as a clause that follows `use "…" and`. */
  readonly changes?: string;
  /** Whether the object means the same under the new version without any other change. */
  readonly isSame: (object: Fields) => boolean;
}

/** Every object means the same under both versions. */
export const always = (): boolean => true;

/** The schema differs, or a default does: somebody has to look. */
export const never = (): boolean => false;
