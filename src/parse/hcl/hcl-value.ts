/** A value as it is written, with its offsets: a scalar, the items of a tuple, or the entries of an object or a block. */
export type HclValue = HclSpan &
  (
    | { readonly kind: number; readonly value: string | number | boolean | null; readonly items?: never; readonly entries?: never }
    | { readonly items: readonly HclValue[]; readonly entries?: never }
    | { readonly entries: readonly HclEntry[]; readonly items?: never }
  );

/** An attribute, an element of an object, or a block, whose keys are its type and its labels. */
export interface HclEntry {
  readonly keys: readonly HclKey[];
  readonly value: HclValue;
}

export interface HclKey extends HclSpan {
  readonly isQuoted: boolean;
}

/** UTF-16 offsets; `end` is behind the last character. */
export interface HclSpan {
  readonly start: number;
  readonly end: number;
}
