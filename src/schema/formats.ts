/** A format that the API server enforces, with the words for what it wants. */
export interface FormatCheck {
  readonly words: string;
  readonly accepts: (value: string | number | boolean) => boolean;
}

export const formatChecks: ReadonlyMap<string, FormatCheck> = new Map();
