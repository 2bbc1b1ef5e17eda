import { type Fields, fieldsAt, isFields } from '../core/fields.ts';
import { allMinors } from '../core/kubernetes-minors.ts';
import type { SchemaProblem } from '../core/schema.ts';
import {
  autoscalerCombinations,
  bindingCombinations,
  claimCombinations,
  disruptionBudgetCombinations,
  priorityClassCombinations,
  roleCombinations,
} from './combinations/access.ts';
import { configMapCombinations, secretCombinations } from './combinations/data.ts';
import { definitionCombinations } from './combinations/definition.ts';
import { ingressCombinations, networkPolicyCombinations, serviceCombinations } from './combinations/network.ts';
import type { Combination } from './combinations/operand.ts';
import { podCombinations } from './combinations/pod.ts';
import { cronJobCombinations, deploymentCombinations, jobCombinations, workloadCombinations } from './combinations/workload.ts';

/** The names of a kind; the core group is `''`. */
export interface ObjectKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What the API server itself refuses in a complete object, and no schema says. Templates are given the benefit of the doubt. */
export function combinationProblems({ group, version, kind }: ObjectKind, value: unknown): readonly SchemaProblem[] {
  const name = `${group}/${version}/${kind}`;
  if (!isFields(value) || !Object.hasOwn(checks, name)) return [];
  const problems: SchemaProblem[] = [];
  for (const [field, message] of checks[name]?.(value) ?? []) {
    problems.push({ field, part: 'value', kind: 'combination', message, minors: allMinors });
  }
  return problems;
}

const checks: Readonly<Record<string, (object: Fields) => Iterable<Combination>>> = {
  '/v1/Pod': object => podCombinations(fieldsAt(object, 'spec'), ['spec']),
  '/v1/Service': serviceCombinations,
  '/v1/ConfigMap': configMapCombinations,
  '/v1/Secret': secretCombinations,
  '/v1/PersistentVolumeClaim': claimCombinations,
  'apps/v1/Deployment': deploymentCombinations,
  'apps/v1/ReplicaSet': workloadCombinations,
  'apps/v1/StatefulSet': workloadCombinations,
  'apps/v1/DaemonSet': workloadCombinations,
  'batch/v1/Job': object => jobCombinations(object),
  'batch/v1/CronJob': cronJobCombinations,
  'networking.k8s.io/v1/Ingress': ingressCombinations,
  'networking.k8s.io/v1/NetworkPolicy': networkPolicyCombinations,
  'autoscaling/v1/HorizontalPodAutoscaler': autoscalerCombinations,
  'autoscaling/v2/HorizontalPodAutoscaler': autoscalerCombinations,
  'policy/v1/PodDisruptionBudget': disruptionBudgetCombinations,
  'rbac.authorization.k8s.io/v1/Role': roleCombinations,
  'rbac.authorization.k8s.io/v1/ClusterRole': roleCombinations,
  'rbac.authorization.k8s.io/v1/RoleBinding': bindingCombinations,
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': bindingCombinations,
  'scheduling.k8s.io/v1/PriorityClass': priorityClassCombinations,
  'apiextensions.k8s.io/v1/CustomResourceDefinition': definitionCombinations,
};
