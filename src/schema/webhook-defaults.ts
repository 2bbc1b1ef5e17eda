import type { Resource } from '../core/repo.ts';
import type { SchemaProblem } from '../core/schema.ts';

/**
 * Whether the webhook of the kind's controller fills in what is missing, before the API server looks: Tekton's writes
 * the empty name of a step or sidecar, which its definition requires.
 */
export function isFilledInByWebhook({ group }: Resource, { missing, field }: SchemaProblem): boolean {
  return group === 'tekton.dev' && missing === 'name' && (field.at(-2) === 'steps' || field.at(-2) === 'sidecars');
}
