import type { Configuration } from './configuration.ts';
import type { IsClusterScoped } from './resource.ts';

/** The tables that are generated from Kustomize itself: schemas/kustomize.json. */
export interface KustomizeTables {
  /** The release that they are of. */
  readonly version: string;
  readonly configuration: Configuration;
  readonly isClusterScoped: IsClusterScoped;
  /** Kinds that `sortOptions` puts first and last where it does not say. */
  readonly kindOrder: { readonly first: readonly string[]; readonly last: readonly string[] };
  readonly mergeSchema: MergeSchema;
}

/** What a strategic merge has to know of the kinds. */
export interface MergeSchema {
  /** The name of the definition of each kind, by apiVersion. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly definitions: Readonly<Record<string, MergeDefinition>>;
}

/** By field: where lists are merged, or where definitions lead to such lists; `*` is every other field. */
export type MergeDefinition = Readonly<Record<string, MergeField>>;

export interface MergeField {
  /** The items of the list are the same where these are; none: the list is a set of scalars. */
  readonly keys?: readonly string[];
  /** The definition of the items. */
  readonly items?: string;
  /** The definition of the value. */
  readonly value?: string;
}

interface TablesFile {
  readonly kustomize: string;
  readonly clusterScoped: Readonly<Record<string, readonly string[]>>;
  readonly fieldSpecs: Partial<Configuration>;
  readonly kindOrder: KustomizeTables['kindOrder'];
  readonly merge: MergeSchema;
}

/** Reads the text of schemas/kustomize.json. */
export function readTables(text: string): KustomizeTables {
  // The file ships with gitops-lint, and a test reads it.
  const { kustomize, clusterScoped, fieldSpecs, kindOrder, merge } = JSON.parse(text) as TablesFile;
  const scoped = new Map(Object.entries(clusterScoped).map(([apiVersion, kinds]) => [apiVersion, new Set(kinds)]));
  return {
    version: kustomize,
    configuration: { ...noConfiguration, ...fieldSpecs },
    isClusterScoped: ({ gvk }) => scoped.get(gvk.apiVersion)?.has(gvk.kind) ?? false,
    kindOrder,
    mergeSchema: merge,
  };
}

const noConfiguration: Configuration = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  volumeClaimTemplateLabels: [],
  commonAnnotations: [],
  nameReference: [],
  varReference: [],
  images: [],
  replicas: [],
};
