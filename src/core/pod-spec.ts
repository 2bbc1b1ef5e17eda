import { type Fields, fieldsAt } from './fields.ts';
import type { Resource } from './repo.ts';

/** What a workload says of its pods, and where; undefined of other kinds. */
export function podSpecOf({
  kind,
  value,
}: Pick<Resource, 'kind' | 'value'>): { readonly spec: Fields; readonly field: readonly string[] } | undefined {
  const field = podSpecs[kind];
  if (field === undefined) return undefined;
  let spec: Fields = value;
  for (const key of field) spec = fieldsAt(spec, key);
  return { spec, field };
}

const podTemplate = ['spec', 'template', 'spec'];
const podSpecs: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  Deployment: podTemplate,
  StatefulSet: podTemplate,
  DaemonSet: podTemplate,
  ReplicaSet: podTemplate,
  Job: podTemplate,
  CronJob: ['spec', 'jobTemplate', ...podTemplate],
};
