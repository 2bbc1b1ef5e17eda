import { type Fields, fieldsAt, isFields, listAt, textAt } from '../../core/fields.ts';
import { isCronSchedule } from '../formats.ts';
import { type Combination, fieldsAlong, isKnown, itemsAt } from './operand.ts';
import { podCombinations } from './pod.ts';

/**
 * Deployments, ReplicaSets, StatefulSets and DaemonSets.
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go
 */
export function* workloadCombinations(object: Fields): Generator<Combination> {
  const spec = fieldsAt(object, 'spec');
  const pod = fieldsAlong(spec, 'template', 'spec');
  yield* selectorCombinations(spec);
  // ValidatePodTemplateSpecForReplicaSet, ValidatePodTemplateSpecForStatefulSet, ValidateDaemonSetSpec
  if (pod.restartPolicy === 'Never' || pod.restartPolicy === 'OnFailure') {
    yield [['spec', 'template', 'spec', 'restartPolicy'], 'these pods are always restarted: write "Always" or leave it out'];
  }
  const claims = [...itemsAt(spec, 'volumeClaimTemplates')].map(([, claim]) => String(fieldsAt(claim, 'metadata').name));
  yield* podCombinations(pod, ['spec', 'template', 'spec'], claims);
}

/** ValidateDeploymentSpec, ValidateStatefulSetSpec, ValidateDaemonSetSpec, ValidateReplicaSetSpec */
function* selectorCombinations(spec: Fields): Generator<Combination> {
  const { selector } = spec;
  const template = fieldsAt(spec, 'template');
  const labels = fieldsAlong(template, 'metadata', 'labels');
  if (!isFields(selector) || !isFields(spec.template) || !isKnown(selector) || !isKnown(labels)) return;
  const expressions = listAt(selector, 'matchExpressions');
  const wanted = Object.entries(fieldsAt(selector, 'matchLabels'));
  if (expressions.length === 0 && wanted.length === 0) yield [['spec', 'selector'], 'an empty selector is not allowed: name labels of the template'];
  for (const [key, value] of wanted) {
    if (typeof value !== 'string' || labels[key] === value) continue;
    yield [['spec', 'selector', 'matchLabels', key], `the template has no label "${key}" with this value: make the two equal`];
  }
  for (const [index, { key, operator, values }] of itemsAt(selector, 'matchExpressions')) {
    if (typeof key !== 'string') continue;
    const value = labels[key];
    const fits =
      operator === 'Exists' ? value !== undefined : operator !== 'In' || !Array.isArray(values) || (value !== undefined && values.includes(value));
    if (!fits) yield [['spec', 'selector', 'matchExpressions', index], `the label "${key}" of the template does not fit: make the two agree`];
  }
}

/** ValidateDeploymentStrategy, ValidateRollingUpdateDeployment */
export function* deploymentCombinations(object: Fields): Generator<Combination> {
  yield* workloadCombinations(object);
  const strategy = fieldsAlong(object, 'spec', 'strategy');
  const { rollingUpdate } = strategy;
  if (!isFields(rollingUpdate)) return;
  const field = ['spec', 'strategy', 'rollingUpdate'];
  if (strategy.type === 'Recreate') yield [field, '"rollingUpdate" does not go with the strategy "Recreate": remove one of them'];
  else if (isZero(rollingUpdate.maxSurge) && isZero(rollingUpdate.maxUnavailable)) {
    yield [[...field, 'maxUnavailable'], '"maxSurge" and "maxUnavailable" are both 0, so that nothing can be replaced: raise one of them'];
  }
}

function isZero(value: unknown): boolean {
  return value === 0 || value === '0%';
}

/** ValidateJobSpec; https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/batch/validation/validation.go */
export function* jobCombinations(object: Fields, at: readonly string[] = []): Generator<Combination> {
  const spec = fieldsAt(object, 'spec');
  const { template } = spec;
  if (!isFields(template)) return;
  const pod = fieldsAt(template, 'spec');
  const field = [...at, 'spec', 'template', 'spec'];
  if (isFields(template.spec) && (pod.restartPolicy === undefined || pod.restartPolicy === 'Always')) {
    yield [[...field, 'restartPolicy'], 'the pods of a job are not always restarted: write "OnFailure" or "Never"'];
  }
  if (spec.completionMode === 'Indexed' && (spec.completions === undefined || spec.completions === null)) {
    yield [[...at, 'spec', 'completionMode'], 'an indexed job says how many completions it needs: add "completions"'];
  }
  yield* podCombinations(pod, field);
}

/** validateCronJobSpec */
export function* cronJobCombinations(object: Fields): Generator<Combination> {
  const spec = fieldsAt(object, 'spec');
  const schedule = textAt(spec, 'schedule');
  if (schedule !== undefined && isKnown(schedule)) {
    const field = ['spec', 'schedule'];
    if (!isCronSchedule(schedule)) yield [field, `"${schedule.slice(0, longestShown)}" is no schedule: write five fields as in "0 3 * * 1-5"`];
    else if (schedule.includes('TZ') && typeof spec.timeZone === 'string')
      yield [field, 'the time zone stands here and in "timeZone": keep the latter'];
  }
  const template = spec.jobTemplate;
  if (isFields(template)) yield* jobCombinations(template, ['spec', 'jobTemplate']);
}

const longestShown = 100;
