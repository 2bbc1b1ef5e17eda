import type { EntryMatch, PartialReason } from '../../core/rendering.ts';
import type { Repository } from './repository.ts';
import type { IsClusterScoped, Resource } from './resource.ts';
import type { MergeSchema } from './tables.ts';

/** One step of a kustomization: the objects as they are afterwards. Throws a `Refusal` where Kustomize would. */
export type Transform = (resources: readonly Resource[], context: TransformContext) => readonly Resource[];

export interface TransformContext {
  readonly repository: Repository;
  readonly isClusterScoped: IsClusterScoped;
  readonly schema: MergeSchema;
  /** Paths may not leave the folder of their kustomization, as for `kustomize build` without options. */
  readonly isRestricted: boolean;
  /** What is not known so far: an object that is missed may be there. */
  readonly partial: readonly PartialReason[];
  note(reason: PartialReason): void;
  /** Says whether an entry found something to change among the objects as they were. */
  tell(kind: EntryMatch['kind'], entry: Pick<EntryMatch, 'at' | 'wanted' | 'among'>, isMatched: boolean): void;
}
