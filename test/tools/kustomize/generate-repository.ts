import { stringify } from 'yaml';
import type { Random } from '../random.ts';

/** Path to documents; inline patches are data too, until they are written. */
export type GeneratedRepository = Readonly<Record<string, readonly Value[]>>;

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
type Fields = { readonly [key: string]: Value };
type Generate = (draw: Draw) => Fields;

/** What is drawn by chance. */
interface Draw {
  readonly pick: <T>(values: readonly [T, ...T[]]) => T;
  /** True once in `n`. */
  readonly oneIn: (n: number) => boolean;
  /** Up to `most` of what is generated. */
  readonly several: <T>(most: number, generate: () => T) => T[];
}

/**
 * A base, an overlay and sometimes a component, with the features that meet in real repositories.
 * Names are few, so that references, patches and conflicts happen.
 */
export function generateRepository(random: Random): GeneratedRepository {
  const pick: Draw['pick'] = values => values[random(values.length)] ?? values[0];
  const draw: Draw = {
    pick,
    oneIn: n => random(n) === 0,
    several: (most, generate) => Array.from({ length: 1 + random(most) }, generate),
  };
  const objects = uniqueObjects(draw.several(5, () => anObject(draw)));
  const component = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component', ...layerFields(draw, objects, 4) };
  const hasComponent = draw.oneIn(3);
  const own = draw.oneIn(2) ? [anObject(draw)] : [];
  return {
    'base/kustomization.yaml': [{ resources: ['objects.yaml'], ...layerFields(draw, objects, 6) }],
    'base/objects.yaml': objects,
    ...(hasComponent && { 'part/kustomization.yaml': [component] }),
    'overlay/kustomization.yaml': [
      {
        resources: ['../base', ...own.map(() => 'own.yaml')],
        ...(hasComponent && { components: ['../part'] }),
        ...layerFields(draw, [...objects, ...own], 3),
      },
    ],
    ...(own.length > 0 && { 'overlay/own.yaml': own }),
  };
}

/** The texts of the files. */
export function textsOf(repository: GeneratedRepository): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(repository).map(([path, documents]) => [path, documents.map(document => stringify(document, writeInline)).join('---\n')]),
  );
}

function writeInline(key: unknown, value: unknown): unknown {
  return key === 'patch' && typeof value === 'object' ? stringify(value) : value;
}

function uniqueObjects(objects: readonly Fields[]): Fields[] {
  return [...new Map(objects.map(object => [`${object.kind} ${nameOf(object)}`, object])).values()];
}

function nameOf({ metadata }: Fields): string {
  // Every object that is made here has a name.
  return (metadata as { readonly name: string }).name;
}

const names = ['web', 'api', 'db'] as const;
const name = ({ pick }: Draw) => pick(names);
/** Of ConfigMaps and Secrets: some only a generator makes. */
const dataName = ({ pick }: Draw) => pick([...names, 'conf', 'conf', 'vault']);

function metadata(draw: Draw, isNamespaced = true): Fields {
  return {
    name: name(draw),
    ...(isNamespaced && draw.oneIn(4) && { namespace: draw.pick(['one', 'two', 'default']) }),
    ...(draw.oneIn(3) && { labels: pairs(draw) }),
    ...(draw.oneIn(4) && { annotations: pairs(draw) }),
  };
}

function pairs(draw: Draw): Fields {
  return Object.fromEntries(draw.several(2, () => [draw.pick(['app', 'tier', 'team']), draw.pick(['web', '1', 'true', 'a b', ''])]));
}

const anObject: Generate = draw => draw.pick(kinds)(draw);

const kinds: readonly [Generate, ...Generate[]] = [
  draw => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(draw), data: pairs(draw) }),
  draw => ({ apiVersion: 'v1', kind: 'Secret', metadata: metadata(draw), stringData: pairs(draw) }),
  draw => workload(draw, 'Deployment'),
  draw => workload(draw, 'Deployment'),
  draw => workload(draw, 'StatefulSet'),
  draw => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: metadata(draw),
    spec: { schedule: '* * * * *', jobTemplate: { spec: { template: podTemplate(draw) } } },
  }),
  draw => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(draw),
    spec: { selector: { app: name(draw) }, ports: draw.several(2, () => servicePort(draw)) },
  }),
  draw => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadata(draw),
    spec: {
      ...(draw.oneIn(2) && { tls: [{ secretName: name(draw) }] }),
      rules: [{ http: { paths: [{ path: '/', backend: { service: { name: name(draw), port: { number: 80 } } } }] } }],
    },
  }),
  draw => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata(draw),
    ...(draw.oneIn(2) && { imagePullSecrets: [{ name: name(draw) }] }),
  }),
  draw => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: draw.pick(['Role', 'ClusterRole']),
    metadata: metadata(draw),
    rules: [{ apiGroups: [''], resources: ['configmaps'], resourceNames: [name(draw)], verbs: ['get'] }],
  }),
  draw => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: draw.pick(['RoleBinding', 'ClusterRoleBinding']),
    metadata: metadata(draw),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: draw.pick(['Role', 'ClusterRole']), name: name(draw) },
    subjects: [
      {
        kind: draw.pick(['ServiceAccount', 'ServiceAccount', 'User']),
        name: draw.pick([...names, 'default']),
        ...(draw.oneIn(2) && { namespace: draw.pick(['one', 'two']) }),
      },
    ],
  }),
  draw => ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata(draw),
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: draw.pick(['Deployment', 'StatefulSet']), name: name(draw) } },
  }),
  draw => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadata(draw),
    spec: { podSelector: { matchLabels: { app: 'web' } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'api' } } }] }] },
  }),
  draw => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: draw.pick(['one', 'two']) } }),
  draw => ({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: metadata(draw), spec: { resources: { requests: { storage: '1Gi' } } } }),
  draw => ({
    apiVersion: 'example.com/v1',
    kind: 'Thing',
    metadata: metadata(draw),
    spec: {
      image: 'nginx:1',
      replicas: 1,
      list: [{ name: 'a', value: 1 }, { name: 'b' }],
      ref: name(draw),
      containers: [{ name: 'c', image: 'nginx' }],
    },
  }),
];

function workload(draw: Draw, kind: string): Fields {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: metadata(draw),
    spec: {
      ...(draw.oneIn(2) && { replicas: draw.pick([0, 1, 2]) }),
      selector: { matchLabels: { app: 'web' } },
      ...(kind === 'StatefulSet' && { serviceName: name(draw) }),
      template: podTemplate(draw),
    },
  };
}

function podTemplate(draw: Draw): Fields {
  return {
    metadata: { labels: { app: 'web' } },
    spec: {
      ...(draw.oneIn(3) && { serviceAccountName: name(draw) }),
      containers: draw.several(2, () => container(draw)),
      ...(draw.oneIn(3) && { initContainers: [container(draw)] }),
      ...(draw.oneIn(2) && { volumes: draw.several(2, () => volume(draw)) }),
      ...(draw.oneIn(4) && { imagePullSecrets: [{ name: name(draw) }] }),
    },
  };
}

function container(draw: Draw): Fields {
  return {
    name: draw.pick(['main', 'side', 'log']),
    image: draw.pick(['nginx', 'nginx:1', 'nginx@sha256:abc', 'example.com:5000/team/nginx:1', 'busybox:2']),
    ...(draw.oneIn(2) && { env: draw.several(3, () => environment(draw)) }),
    ...(draw.oneIn(4) && { envFrom: [{ [draw.pick(['configMapRef', 'secretRef'])]: { name: dataName(draw) } }] }),
    ...(draw.oneIn(3) && { ports: draw.several(2, () => containerPort(draw)) }),
    ...(draw.oneIn(4) && { args: draw.several(2, () => draw.pick(['--a', '--b'])) }),
    ...(draw.oneIn(4) && { volumeMounts: draw.several(2, () => ({ name: draw.pick(['one', 'two']), mountPath: draw.pick(['/a', '/b']) })) }),
    ...(draw.oneIn(4) && { resources: { limits: { cpu: draw.pick<Value>([1, '500m', '1']) } } }),
  };
}

function environment(draw: Draw): Fields {
  const entry = draw.pick(['A', 'B', 'C']);
  if (draw.oneIn(3)) return { name: entry, valueFrom: { [draw.pick(['configMapKeyRef', 'secretKeyRef'])]: { name: dataName(draw), key: 'app' } } };
  return { name: entry, value: draw.pick(['x', '1', 'true', '$(VAR)']) };
}

function volume(draw: Draw): Fields {
  return {
    name: draw.pick(['one', 'two']),
    ...draw.pick<Fields>([
      { emptyDir: {} },
      { configMap: { name: dataName(draw) } },
      { secret: { secretName: dataName(draw) } },
      { persistentVolumeClaim: { claimName: name(draw) } },
      { projected: { sources: [{ configMap: { name: dataName(draw) } }] } },
    ]),
  };
}

function containerPort(draw: Draw): Fields {
  return {
    containerPort: draw.pick([80, 443]),
    ...(draw.oneIn(2) && { protocol: draw.pick(['TCP', 'UDP']) }),
    ...(draw.oneIn(2) && { name: 'http' }),
  };
}

function servicePort(draw: Draw): Fields {
  return { port: draw.pick([80, 443]), ...(draw.oneIn(2) && { protocol: draw.pick(['TCP', 'UDP']) }), ...(draw.oneIn(2) && { targetPort: 'http' }) };
}

/** Each field once in `rarity`. */
function layerFields(draw: Draw, objects: readonly Fields[], rarity: number): Fields {
  const fields: Record<string, Value> = {};
  const [first = {}, ...rest] = objects;
  const target = () => draw.pick([first, ...rest]);
  const add = (field: string, generate: () => Value) => {
    if (draw.oneIn(rarity)) fields[field] = generate();
  };
  add('namespace', () => draw.pick(['one', 'two', 'three']));
  add('namePrefix', () => draw.pick(['pre-', 'dev-']));
  add('nameSuffix', () => draw.pick(['-x', '-v1']));
  add('commonLabels', () => pairs(draw));
  add('commonAnnotations', () => pairs(draw));
  add('labels', () => [
    {
      pairs: pairs(draw),
      ...(draw.oneIn(3) && { includeSelectors: draw.oneIn(2) }),
      ...(draw.oneIn(3) && { includeTemplates: true }),
      ...(draw.oneIn(5) && { includeVolumeClaimTemplates: true }),
    },
  ]);
  add('images', () => draw.several(2, () => image(draw)));
  add('patches', () => draw.several(2, () => patch(draw, target())));
  add('configMapGenerator', () => [generator(draw)]);
  add('secretGenerator', () => [generator(draw)]);
  add('generatorOptions', () => ({
    ...(draw.oneIn(2) && { disableNameSuffixHash: true }),
    ...(draw.oneIn(2) && { labels: pairs(draw) }),
    ...(draw.oneIn(3) && { immutable: true }),
  }));
  add('replacements', () => [replacement(draw, target(), target())]);
  add('buildMetadata', () => [draw.pick(['managedByLabel', 'originAnnotations'])]);
  if (draw.oneIn(8)) fields.sortOptions = { order: 'legacy' };
  const scalable = objects.find(isWorkload);
  if (scalable) add('replicas', () => [{ name: nameOf(scalable), count: draw.pick([0, 3]) }]);
  return fields;
}

function image(draw: Draw): Fields {
  return {
    name: draw.pick(['nginx', 'busybox', 'example.com:5000/team/nginx', '.*/nginx']),
    ...(draw.oneIn(2) && { newName: draw.pick(['mirror/nginx', 'busybox']) }),
    ...(draw.oneIn(2) && { newTag: draw.pick(['2', '1.10', 'v3']) }),
    ...(draw.oneIn(4) && { digest: 'sha256:def' }),
    ...(draw.oneIn(6) && { tagSuffix: '-alpine' }),
  };
}

function generator(draw: Draw): Fields {
  return {
    name: dataName(draw),
    literals: [...new Set(draw.several(2, () => draw.pick(['a', 'b', 'app'])))].map(key => `${key}=${draw.pick(['1', 'x=y', '"q"', ''])}`),
    ...(draw.oneIn(6) && { behavior: draw.pick(['merge', 'replace', 'create']) }),
    ...(draw.oneIn(5) && { namespace: draw.pick(['one', 'two']) }),
    ...(draw.oneIn(4) && { options: { disableNameSuffixHash: true, labels: pairs(draw) } }),
  };
}

function patch(draw: Draw, object: Fields): Fields {
  const kind = String(object.kind);
  const { namespace } = object.metadata as { readonly namespace?: string };
  const isExact = draw.oneIn(2);
  const target: Fields = isExact
    ? { kind, name: nameOf(object) }
    : draw.pick<Fields>([{ kind }, { name: nameOf(object) }, { labelSelector: 'app' }, { name: '.*b' }, { kind: 'Deployment|StatefulSet' }]);
  if (draw.oneIn(3)) return { target, patch: draw.several(2, () => operation(draw, isExact ? kind : '')) };
  const isTargeted = draw.oneIn(3);
  const change: Fields = {
    apiVersion: object.apiVersion ?? 'v1',
    kind,
    metadata: {
      name: nameOf(object),
      ...(namespace !== undefined && { namespace }),
      ...(draw.oneIn(2) && { labels: { ...pairs(draw), ...(draw.oneIn(3) && { tier: null }) } }),
      ...(draw.oneIn(5) && { annotations: draw.oneIn(2) ? null : pairs(draw) }),
    },
    ...(draw.oneIn(15) && { $patch: draw.pick(['delete', 'replace', 'merge']) }),
    ...changeOfKind(draw, kind),
  };
  const options = draw.oneIn(6) ? { options: { [draw.pick(['allowNameChange', 'allowKindChange'])]: true } } : {};
  return { ...(isTargeted && { target, ...options }), patch: change };
}

/** What a strategic merge patch does to the fields of a kind. */
function changeOfKind(draw: Draw, kind: string): Fields {
  if (kind === 'ConfigMap') return { data: { ...pairs(draw), ...(draw.oneIn(3) && { app: null }) } };
  if (kind === 'Service') return { spec: { ports: draw.several(2, () => servicePort(draw)) } };
  if (kind === 'Thing') return { spec: { list: [{ name: 'b', value: 2 }], replicas: draw.pick([null, 3]), added: { a: 1 } } };
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return {};
  const element = (generate: () => Fields): Fields => ({
    ...generate(),
    ...(draw.oneIn(6) && { $patch: draw.pick(['delete', 'replace', 'merge']) }),
  });
  return {
    spec: {
      ...(draw.oneIn(3) && { replicas: draw.pick([null, 7]) }),
      template: {
        spec: {
          ...(draw.oneIn(2) && { containers: draw.several(2, () => element(() => container(draw))) }),
          ...(draw.oneIn(3) && { volumes: draw.oneIn(5) ? null : draw.several(2, () => element(() => volume(draw))) }),
          ...(draw.oneIn(4) && { initContainers: [element(() => container(draw)), ...(draw.oneIn(3) ? [{ $patch: 'replace' }] : [])] }),
          ...(draw.oneIn(4) && { serviceAccountName: draw.pick([null, 'api']) }),
        },
      },
    },
  };
}

/** Most are possible for every object of the kind; the kind is empty where there may be several. */
function operation(draw: Draw, kind: string): Fields {
  const common: readonly [Fields, ...Fields[]] = [
    { op: 'add', path: '/metadata/labels', value: pairs(draw) },
    { op: 'add', path: '/metadata/annotations', value: pairs(draw) },
    { op: 'replace', path: '/metadata/name', value: name(draw) },
    { op: 'add', path: '/added', value: { a: [1, '1', true, null] } },
    { op: 'copy', from: '/metadata/name', path: '/metadata/copied' },
  ];
  if (draw.oneIn(10))
    return draw.pick<Fields>([
      { op: 'remove', path: '/metadata/labels' },
      { op: 'add', path: '/metadata/labels/added', value: 'yes' },
    ]);
  if (kind === 'ConfigMap')
    return draw.pick<Fields>([...common, { op: 'move', from: '/data', path: '/moved' }, { op: 'add', path: '/data/new', value: 'x' }]);
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return draw.pick(common);
  return draw.pick<Fields>([
    ...common,
    { op: 'add', path: '/spec/replicas', value: 5 },
    { op: 'add', path: '/spec/template/spec/containers/-', value: container(draw) },
    { op: 'add', path: '/spec/template/spec/containers/0', value: container(draw) },
    { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'patched' },
    { op: 'remove', path: '/spec/template/spec/containers/0/image' },
    { op: 'test', path: '/kind', value: kind },
  ]);
}

function isWorkload({ kind }: Fields): boolean {
  return kind === 'Deployment' || kind === 'StatefulSet';
}

function replacement(draw: Draw, source: Fields, target: Fields): Fields {
  return {
    source: {
      kind: String(source.kind),
      name: nameOf(source),
      fieldPath: draw.pick([
        'metadata.name',
        'metadata.namespace',
        'data.app',
        'spec.replicas',
        'spec.template.spec.containers.0.image',
        'metadata.labels',
      ]),
      ...(draw.oneIn(5) && { options: { delimiter: ':', index: 0 } }),
    },
    targets: [
      {
        select: draw.oneIn(2) ? { kind: String(target.kind), name: nameOf(target) } : { kind: String(target.kind) },
        ...(draw.oneIn(5) && { reject: [{ name: name(draw) }] }),
        fieldPaths: [
          draw.pick<string>([
            'metadata.labels.app',
            'metadata.annotations.[example.com/x]',
            ...(isWorkload(target)
              ? ['spec.template.spec.containers.*.image', 'spec.template.spec.containers.[name=main].env.[name=A].value']
              : ['spec.ref']),
          ]),
        ],
        ...(!draw.oneIn(5) && { options: { create: !draw.oneIn(5), ...(draw.oneIn(3) && { delimiter: ':', index: draw.pick([0, 1, -1]) }) } }),
      },
    ],
  };
}
