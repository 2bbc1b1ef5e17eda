import type { JsonSchema } from '../../../src/schema/json-schema.ts';

/** What one package says about the API of one minor of Kubernetes. */
export interface KubernetesApi {
  /** As in `apps/v1 Deployment` → `V1Deployment`: the kinds that the server stores or answers, by definition. */
  readonly kinds: ReadonlyMap<string, string>;
  /** By the name of the definition, as @kubernetes/client-node calls its classes. */
  readonly definitions: ReadonlyMap<string, Definition>;
}

export interface Definition {
  readonly properties: ReadonlyMap<string, JsonSchema>;
  readonly required: readonly string[];
}
