/** The keywords of JSON Schema (draft 7) that the interpreter knows; a test holds the shipped schemas to them. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: JsonType | readonly JsonType[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly anyOf?: readonly JsonSchema[];
  /** Says in words what `pattern` or `anyOf` want, as in `a date such as 2027-03-31`. */
  readonly 'x-expected'?: string;
  /** What the keys of this mapping are called; `field` where absent. */
  readonly 'x-name'?: string;
  /**
   * At the root: the file is read by Go's encoding/json, so that the case of a key does not
   * matter, null leaves a field as it is, and booleans are those of YAML 1.1.
   */
  readonly 'x-reader'?: 'go';
  readonly $schema?: string;
  readonly $id?: string;
  readonly $comment?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';
