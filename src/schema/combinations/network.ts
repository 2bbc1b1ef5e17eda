import { type Fields, fieldsAt, isFields, listAt, textAt } from '../../core/fields.ts';
import type { FieldPath } from '../../core/place.ts';
import { isDns1123Label, isDns1123Subdomain, isIP } from '../formats.ts';
import { type Combination, duplicates, isKnown, isPort, isPresent, itemsAt, presentOf } from './operand.ts';
import { isWrongPortName, portMessage, portNameRemedy } from './pod.ts';

/** ValidateService; https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go */
export function* serviceCombinations(object: Fields): Generator<Combination> {
  const spec = fieldsAt(object, 'spec');
  const { type = 'ClusterIP' } = spec;
  if (!isKnown(type)) return;
  const isHeadless = spec.clusterIP === 'None';
  if (type === 'ExternalName' && !isPresent(spec, 'externalName')) yield [['spec', 'type'], 'a service of this type has an "externalName": add it'];
  if (isHeadless && (type === 'NodePort' || type === 'LoadBalancer')) {
    yield [['spec', 'clusterIP'], `"None" does not go with the type "${type}": remove it or write the type "ClusterIP"`];
  }
  if (isFields(object.spec) && listAt(spec, 'ports').length === 0 && !isHeadless && type !== 'ExternalName') {
    yield [['spec', 'ports'], 'a service has a port: add "ports"'];
  }
  yield* servicePortCombinations(spec, type);
}

/** validateServicePort, and what ValidateService says of all of them */
function* servicePortCombinations(spec: Fields, type: unknown): Generator<Combination> {
  const ports = [...itemsAt(spec, 'ports')];
  const field = (index: number, ...rest: FieldPath) => ['spec', 'ports', index, ...rest];
  yield* duplicates(
    ports.map(([index, port]) => [field(index, 'name'), port.name]),
    name => `port "${name}" is there twice: give each port a name of its own`,
  );
  yield* duplicates(
    ports.map(([index, { port, protocol = 'TCP' }]) => [
      field(index, 'port'),
      typeof port === 'number' && isKnown(protocol) ? `${port}/${protocol}` : '',
    ]),
    port => `port "${port}" is there twice: remove one of them`,
  );
  for (const [index, port] of ports) {
    const { name, targetPort, nodePort } = port;
    if (ports.length > 1 && (name === undefined || name === null || name === '')) yield [field(index), 'a port among several has a name: add it'];
    if (typeof name === 'string' && name !== '' && isKnown(name) && !isDns1123Label(name)) {
      yield [field(index, 'name'), 'a name has lower-case letters, digits and hyphens inside, and at most 63 of them: write such a name'];
    }
    if (!isPort(port.port)) yield [field(index, 'port'), portMessage];
    if (targetPort !== 0 && !isPort(targetPort)) yield [field(index, 'targetPort'), portMessage];
    if (isWrongPortName(targetPort)) yield [field(index, 'targetPort'), portNameRemedy(targetPort)];
    if (type === 'ClusterIP' && typeof nodePort === 'number' && nodePort !== 0) {
      yield [field(index, 'nodePort'), 'a service of type "ClusterIP" has no port of the node: remove it or write the type "NodePort"'];
    }
  }
}

/** ValidateIngressSpec; https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go */
export function* ingressCombinations(object: Fields): Generator<Combination> {
  const spec = fieldsAt(object, 'spec');
  if (isFields(object.spec) && listAt(spec, 'rules').length === 0 && !isPresent(spec, 'defaultBackend')) {
    yield [['spec'], 'an ingress has "rules" or a "defaultBackend": add one of them'];
  }
  if (isFields(spec.defaultBackend)) yield* backendCombinations(spec.defaultBackend, ['spec', 'defaultBackend']);
  for (const [index, rule] of itemsAt(spec, 'rules')) {
    const host = textAt(rule, 'host') ?? '';
    if (host !== '' && isKnown(host) && !isHost(host)) {
      yield [['spec', 'rules', index, 'host'], 'a host is a domain name in lower case, with "*." before it at most: write such a name'];
    }
    for (const [pathIndex, path] of itemsAt(fieldsAt(rule, 'http'), 'paths')) {
      yield* pathCombinations(path, ['spec', 'rules', index, 'http', 'paths', pathIndex]);
    }
  }
}

function isHost(host: string): boolean {
  return !isIP(host) && isDns1123Subdomain(host.startsWith('*.') ? host.slice(2) : host);
}

/** validateHTTPIngressPath */
function* pathCombinations(item: Fields, at: FieldPath): Generator<Combination> {
  const { pathType, backend } = item;
  const path = textAt(item, 'path') ?? '';
  if (pathType === undefined || pathType === null) yield [at, 'a path has a "pathType": add "Prefix", "Exact" or "ImplementationSpecific"'];
  else if (isKnown(path) && isKnown(pathType)) {
    const mayBeEmpty = pathType === 'ImplementationSpecific';
    if (!path.startsWith('/') && !(mayBeEmpty && path === '')) yield [[...at, 'path'], 'a path begins with "/": add it'];
    else if (!mayBeEmpty && /\/\/|\/\.\.?(\/|$)|%2[fF]/.test(path))
      yield [[...at, 'path'], 'a path has no "//", "/.", "/.." or "%2f": write it without'];
  }
  if (isFields(backend)) yield* backendCombinations(backend, [...at, 'backend']);
}

/** validateIngressBackend */
function* backendCombinations(backend: Fields, at: FieldPath): Generator<Combination> {
  const { service } = backend;
  if (presentOf(backend, ['service', 'resource']).length > 1) yield [at, '"service" and "resource" exclude each other: keep one of them'];
  if (!isFields(service)) return;
  const ports = presentOf(fieldsAt(service, 'port'), ['name', 'number']);
  if (ports.length > 1) yield [[...at, 'service', 'port'], '"name" and "number" exclude each other: keep one of them'];
  if (ports.length === 0 && isKnown(service))
    yield [[...at, 'service'], 'a backend names the port of its service: add "port" with "number" or "name"'];
}

/** ValidateNetworkPolicySpec */
export function* networkPolicyCombinations(object: Fields): Generator<Combination> {
  const spec = fieldsAt(object, 'spec');
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const [index, rule] of itemsAt(spec, direction)) {
      const field = ['spec', direction, index];
      for (const [peerIndex, peer] of itemsAt(rule, peers)) {
        if (!isPresent(peer, 'ipBlock') || presentOf(peer, ['podSelector', 'namespaceSelector']).length === 0) continue;
        yield [[...field, peers, peerIndex], '"ipBlock" does not go with selectors: make them two peers'];
      }
      for (const [portIndex, { port, endPort }] of itemsAt(rule, 'ports')) {
        if (typeof endPort !== 'number') continue;
        const place = [...field, 'ports', portIndex, 'endPort'];
        if (port === undefined || port === null) yield [place, '"endPort" needs a "port" where the range begins: add it'];
        else if (typeof port === 'number' && port > endPort) yield [place, '"endPort" is below "port": write the two in order'];
      }
    }
  }
}
