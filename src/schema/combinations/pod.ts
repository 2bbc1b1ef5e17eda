import { type Fields, fieldsAt, isFields, textAt } from '../../core/fields.ts';
import type { FieldPath } from '../../core/place.ts';
import { isDns1123Label, isEnvName, isPortName } from '../formats.ts';
import { parseQuantity } from '../quantity.ts';
import { type Combination, duplicates, fieldsAlong, isKnown, isPort, isPresent, itemsAt, presentOf } from './operand.ts';

/**
 * What ValidatePodSpec says of a pod; `claims` are the volumes that a StatefulSet adds.
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
 */
export function* podCombinations(spec: Fields, at: FieldPath, claims: readonly string[] = []): Generator<Combination> {
  const volumes = new Set(claims);
  // ValidateVolumes
  const names = [...itemsAt(spec, 'volumes')].map(([index, volume]) => [[...at, 'volumes', index, 'name'], volume.name] as const);
  yield* duplicates(names, name => `volume "${name}" is there twice: give each volume a name of its own`);
  for (const [index, volume] of itemsAt(spec, 'volumes')) {
    volumes.add(String(volume.name));
    yield* labelAsName(volume, [...at, 'volumes', index], 'a volume');
    const sources = Object.keys(volume).filter(key => key !== 'name' && isPresent(volume, key));
    if (sources.length > 1) yield [[...at, 'volumes', index], `a volume has one source, this one has ${list(sources)}: keep one of them`];
  }
  yield* containerNames(spec, at);
  for (const key of ['initContainers', 'containers']) {
    for (const [index, container] of itemsAt(spec, key)) {
      const field = [...at, key, index];
      yield* labelAsName(container, field, 'a container');
      yield* mountCombinations(container, field, volumes);
      yield* environmentCombinations(container, field);
      yield* portCombinations(container, field, spec.hostNetwork === true);
      yield* resourceCombinations(container, field);
      yield* probeCombinations(container, field);
    }
  }
}

function* labelAsName({ name }: Fields, at: FieldPath, what: string): Generator<Combination> {
  if (typeof name !== 'string' || !isKnown(name) || isDns1123Label(name)) return;
  yield [[...at, 'name'], `the name of ${what} is at most 63 lower-case letters, digits and hyphens inside: write such a name`];
}

function list(names: readonly string[]): string {
  return names.map(name => `"${name}"`).join(', ');
}

/** validateContainers, validateInitContainers */
function containerNames(spec: Fields, at: FieldPath): Generator<Combination> {
  const names = ['initContainers', 'containers'].flatMap(key =>
    [...itemsAt(spec, key)].map(([index, container]) => [[...at, key, index, 'name'], container.name] as const),
  );
  return duplicates(names, name => `container "${name}" is there twice: give each container a name of its own`);
}

/** ValidateVolumeMounts */
function* mountCombinations(container: Fields, at: FieldPath, volumes: ReadonlySet<string>): Generator<Combination> {
  const mounts = [...itemsAt(container, 'volumeMounts')];
  const paths = mounts.map(([index, mount]) => [[...at, 'volumeMounts', index, 'mountPath'], mount.mountPath] as const);
  yield* duplicates(paths, path => `something is mounted at "${path}" already: mount this elsewhere`);
  for (const [index, mount] of mounts) {
    const field = [...at, 'volumeMounts', index];
    const name = textAt(mount, 'name');
    if (name !== undefined && isKnown(name) && isKnown([...volumes]) && !volumes.has(name)) {
      yield [[...field, 'name'], `the pod has no volume "${name}": add it to "volumes" or name one that is there`];
    }
    if (textAt(mount, 'subPath') && textAt(mount, 'subPathExpr')) yield [field, '"subPath" and "subPathExpr" exclude each other: keep one of them'];
  }
}

const valueSources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];

/** ValidateEnv */
function* environmentCombinations(container: Fields, at: FieldPath): Generator<Combination> {
  for (const [index, variable] of itemsAt(container, 'env')) {
    const { name, valueFrom, value } = variable;
    // Older minors refuse more names.
    if (typeof name === 'string' && isKnown(name) && !isEnvName(name, 'relaxed')) {
      yield [[...at, 'env', index, 'name'], 'the name of a variable has printable ASCII characters other than "=": write such a name'];
    }
    if (!isFields(valueFrom)) continue;
    const field = [...at, 'env', index, 'valueFrom'];
    const sources = presentOf(valueFrom, valueSources);
    if (sources.length > 1) yield [field, `a variable has one source, this one has ${list(sources)}: keep one of them`];
    if (sources.length === 0 && Object.keys(valueFrom).length === 0) yield [field, 'there is no source in "valueFrom": name one or remove it'];
    if (sources.length > 0 && typeof value === 'string' && value !== '') {
      yield [field, '"value" and "valueFrom" exclude each other: keep one of them'];
    }
  }
}

/** validateContainerPorts, validateHostNetwork */
function* portCombinations(container: Fields, at: FieldPath, isOnHost: boolean): Generator<Combination> {
  const ports = [...itemsAt(container, 'ports')];
  const names = ports.map(([index, port]) => [[...at, 'ports', index, 'name'], port.name] as const);
  yield* duplicates(names, name => `port "${name}" is there twice: give each port a name of its own`);
  for (const [index, { name, containerPort, hostPort }] of ports) {
    const field = [...at, 'ports', index];
    if (isWrongPortName(name)) yield [[...field, 'name'], portNameMessage];
    if (!isPort(containerPort)) yield [[...field, 'containerPort'], portMessage];
    if (hostPort !== 0 && !isPort(hostPort)) yield [[...field, 'hostPort'], portMessage];
    if (isOnHost && typeof hostPort === 'number' && typeof containerPort === 'number' && hostPort !== 0 && hostPort !== containerPort) {
      yield [[...field, 'hostPort'], 'on the host\'s network "hostPort" is "containerPort": write the same number or leave it out'];
    }
  }
}

export const portMessage = 'a port is a number from 1 to 65535: write one';
const portNameMessage =
  "a port's name has at most 15 lower-case letters, digits and single hyphens inside, and a letter among them: write such a name";

/** Whether a port that may be a number or a name is a text that is no name. */
export function isWrongPortName(port: unknown): port is string {
  return typeof port === 'string' && port !== '' && isKnown(port) && !isPortName(port);
}

export function portNameRemedy(port: string): string {
  return /^\d+$/.test(port) ? 'a port in quotes is a name, and a name has a letter: remove the quotes' : portNameMessage;
}

/** ValidateContainerResourceRequirements */
function* resourceCombinations(container: Fields, at: FieldPath): Generator<Combination> {
  const resources = fieldsAt(container, 'resources');
  const limits = fieldsAt(resources, 'limits');
  for (const [name, request] of Object.entries(fieldsAt(resources, 'requests'))) {
    const requested = quantityOf(request);
    const limit = Object.hasOwn(limits, name) ? quantityOf(limits[name]) : undefined;
    if (requested === undefined || limit === undefined || requested <= limit) continue;
    yield [[...at, 'resources', 'requests', name], `the request of "${name}" is above its limit: lower it or raise the limit`];
  }
}

function quantityOf(value: unknown): bigint | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseQuantity(String(value)) : undefined;
}

const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

/** validateProbe, validateHandler, validateLivenessProbe */
function* probeCombinations(container: Fields, at: FieldPath): Generator<Combination> {
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[name];
    if (!isFields(probe)) continue;
    const present = presentOf(probe, handlers);
    if (present.length > 1) yield [[...at, name], `a probe has one handler, this one has ${list(present)}: keep one of them`];
    if (present.length === 0 && isKnown(Object.keys(probe)))
      yield [[...at, name], 'the probe has no handler: add "httpGet", "tcpSocket", "exec" or "grpc"'];
    const { successThreshold } = probe;
    if (name !== 'readinessProbe' && typeof successThreshold === 'number' && successThreshold > 1) {
      yield [[...at, name, 'successThreshold'], 'only a readiness probe may need several successes: write 1 or leave it out'];
    }
    yield* handlerPorts(probe, [...at, name]);
  }
  for (const name of ['postStart', 'preStop']) yield* handlerPorts(fieldsAlong(container, 'lifecycle', name), [...at, 'lifecycle', name]);
}

/** ValidatePortNumOrName */
function* handlerPorts(handler: Fields, at: FieldPath): Generator<Combination> {
  for (const name of ['httpGet', 'tcpSocket']) {
    const { port } = fieldsAt(handler, name);
    if (isWrongPortName(port)) yield [[...at, name, 'port'], portNameRemedy(port)];
    else if (!isPort(port)) yield [[...at, name, 'port'], portMessage];
  }
}
