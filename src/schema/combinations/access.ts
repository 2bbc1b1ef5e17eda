import { type Fields, fieldsAt, isFields, listAt } from '../../core/fields.ts';
import { type Combination, isKnown, itemsAt } from './operand.ts';

const group = 'rbac.authorization.k8s.io';

/** ValidateRoleBinding, ValidateClusterRoleBinding; https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/validation/validation.go */
export function* bindingCombinations(object: Fields): Generator<Combination> {
  const role = fieldsAt(object, 'roleRef');
  const kinds = object.kind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  if (typeof role.kind === 'string' && isKnown(role.kind) && !kinds.includes(role.kind)) {
    yield [['roleRef', 'kind'], `a role here is a ${kinds.map(kind => `"${kind}"`).join(' or a ')}: write that`];
  }
  if (typeof role.apiGroup === 'string' && role.apiGroup !== '' && isKnown(role.apiGroup) && role.apiGroup !== group) {
    yield [['roleRef', 'apiGroup'], `roles are of the group "${group}": write that`];
  }
  for (const [index, subject] of itemsAt(object, 'subjects')) yield* subjectCombinations(subject, index, object.kind === 'ClusterRoleBinding');
}

/** ValidateRoleBindingSubject */
function* subjectCombinations({ kind, apiGroup, namespace }: Fields, index: number, isClusterWide: boolean): Generator<Combination> {
  if (typeof kind !== 'string' || !isKnown(kind)) return;
  const hasGroup = typeof apiGroup === 'string' && apiGroup !== '' && isKnown(apiGroup);
  if (kind === 'ServiceAccount') {
    if (hasGroup) yield [['subjects', index, 'apiGroup'], 'service accounts are of no group: write "" or leave it out'];
    if (isClusterWide && (namespace === undefined || namespace === null || namespace === '')) {
      yield [['subjects', index], 'a service account has a namespace: add it'];
    }
  } else if (kind !== 'User' && kind !== 'Group') {
    yield [['subjects', index, 'kind'], 'a subject is a "User", a "Group" or a "ServiceAccount": write one of them'];
  } else if (hasGroup && apiGroup !== group) yield [['subjects', index, 'apiGroup'], `users and groups are of the group "${group}": write that`];
}

/** ValidatePolicyRule */
export function* roleCombinations(object: Fields): Generator<Combination> {
  for (const [index, rule] of itemsAt(object, 'rules')) {
    const field = ['rules', index];
    const hasUrls = listAt(rule, 'nonResourceURLs').length > 0;
    const hasResources = listAt(rule, 'resources').length > 0 || listAt(rule, 'apiGroups').length > 0;
    if (hasUrls && object.kind === 'Role') yield [[...field, 'nonResourceURLs'], 'a role of a namespace has no say about URLs: use a ClusterRole'];
    else if (hasUrls && hasResources) yield [field, 'a rule is about resources or about URLs: make it two rules'];
    if (hasUrls || !isKnown(rule)) continue;
    for (const key of ['apiGroups', 'resources']) if (listAt(rule, key).length === 0) yield [field, `a rule about resources has "${key}": add it`];
  }
}

/** ValidatePriorityClass; https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/scheduling/validation/validation.go */
export function* priorityClassCombinations(object: Fields): Generator<Combination> {
  const { name } = fieldsAt(object, 'metadata');
  if (typeof object.value !== 'number' || object.value <= highestPriority || typeof name !== 'string' || name.startsWith('system-')) return;
  yield [['value'], `priorities above ${highestPriority} are those of the system: write a lower one`];
}

const highestPriority = 1_000_000_000;

/** ValidateHorizontalPodAutoscalerSpec; https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go */
export function* autoscalerCombinations(object: Fields): Generator<Combination> {
  const { minReplicas, maxReplicas } = fieldsAt(object, 'spec');
  if (typeof maxReplicas !== 'number') return;
  if (maxReplicas < 1) yield [['spec', 'maxReplicas'], 'there is at least one replica: write 1 or more'];
  else if (typeof minReplicas === 'number' && minReplicas > maxReplicas) {
    yield [['spec', 'maxReplicas'], '"maxReplicas" is below "minReplicas": write the two in order'];
  }
}

/** ValidatePodDisruptionBudgetSpec; https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/policy/validation/validation.go */
export function* disruptionBudgetCombinations(object: Fields): Generator<Combination> {
  const { minAvailable, maxUnavailable } = fieldsAt(object, 'spec');
  if (minAvailable === undefined || minAvailable === null || maxUnavailable === undefined || maxUnavailable === null) return;
  yield [['spec', 'maxUnavailable'], '"minAvailable" and "maxUnavailable" exclude each other: keep one of them'];
}

/** ValidatePersistentVolumeClaimSpec; https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go */
export function* claimCombinations(object: Fields): Generator<Combination> {
  const { spec } = object;
  if (!isFields(spec)) return;
  if (listAt(spec, 'accessModes').length === 0) yield [['spec', 'accessModes'], 'a claim says how it is mounted: add "accessModes"'];
  const requests = fieldsAt(fieldsAt(spec, 'resources'), 'requests');
  if (requests.storage === undefined || requests.storage === null) {
    yield [['spec', 'resources'], 'a claim says how much it wants: add "storage" to "requests"'];
  }
}
