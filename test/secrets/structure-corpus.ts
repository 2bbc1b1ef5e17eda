import { diceFrom, pick } from './token-shapes.ts';

/** How a value is put into a repository of one kind. */
export interface Source {
  readonly title: string;
  readonly rule: 'plaintext-manifest' | 'workload-literal' | 'values-credential';
  /** Where a finding points; its line is that of the value. */
  readonly path: string;
  readonly files: (key: string, value: string) => Readonly<Record<string, string>>;
  /** The line of the value, where it does not hold the value as it is. */
  readonly line?: number;
}

export type Example = readonly [key: string, value: string];

const dice = diceFrom(23);
const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** Credentials in plain text, made when the test runs. */
export const credentials: readonly Example[] = [
  ['DB_PASSWORD', ['hunter', '22'].join('')],
  ['adminPassword', `Tr0ub4dor-${pick(dice, letters, 4)}`],
  ['api-key', pick(dice, letters, 32)],
  ['clientSecret', pick(dice, letters, 24)],
  ['SESSION_SECRET', pick(dice, `${letters}_`, 40)],
  ['auth.token', `${pick(dice, letters, 8)}-${pick(dice, letters, 12)}`],
  ['PGPASSWORD', `notfalse${pick(dice, '123456789', 4)}X`],
];

/** Names of things, references, placeholders, settings and public values. */
export const harmless: readonly Example[] = [
  ['SECRET_NAME', 'db-credentials'],
  ['SECRETS_DIR', '/run/secrets/web'],
  ['TOKEN_PATH', '/var/run/token'],
  ['PASSWORD_FILE', '/run/secrets/password'],
  ['DB_SECRET_REF', 'shop-db-x7k2'],
  ['DB_PASSWORD_KEY_NAME', 'password'],
  ['secretName', 'web-tls'],
  ['existingSecret', 'web-auth42'],
  ['tokenURL', 'https://login.example.org/oauth/token'],
  ['KEY_VAULT_SECRET', 'https://shop.vault.example.net/secrets/web/0123456789abcdef0123456789abcdef'],
  ['PASSWORD_MIN_LENGTH', '12'],
  ['ADMIN_PASSWORD', ''],
  ['ADMIN_PASSWORD', 'changeme'],
  ['ADMIN_PASSWORD', 'REPLACE_ME'],
  ['ADMIN_PASSWORD', 'UPDATE_ADMIN_PASSWORD'],
  ['ADMIN_PASSWORD', 'xxxxxxxx'],
  ['ADMIN_PASSWORD', '********'],
  ['ADMIN_PASSWORD', 'your-password'],
  ['ADMIN_PASSWORD', '<path:secret/data/shop#admin>'],
  ['ADMIN_PASSWORD', 'ref+vault://secret/shop#/admin'],
  ['ADMIN_PASSWORD', 'op://shop/admin/password'],
  ['ADMIN_PASSWORD', 'vault:secret/data/shop#admin'],
  ['ADMIN_PASSWORD', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:admin'],
  ['ADMIN_PASSWORD', 'ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]'],
  ['API_TOKEN', '__API_TOKEN__'],
  ['API_TOKEN', '@API_TOKEN@'],
  ['API_TOKEN', 'none'],
  ['TENANT_ID', '5e9326ee-ac8d-40bf-9060-e91dbe9d9000'],
  ['USERNAME', 'administrator'],
  ['TOKEN_TTL', '30m'],
  ['AUTH_ENABLED', 'true'],
  ['PUBLIC_KEY', 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAhlI4WQ3tbIFE71M0'],
  ['IMAGE_DIGEST', 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
];

/** In a Secret these may be bad secrets; among settings they are the names of Secrets and of their keys. */
export const names: readonly Example[] = [
  ['passwordSecret', 'db-creds'],
  ['secretKey', 'client-secret'],
  ['WEBHOOK_SECRET', 'webhook-server-cert'],
  ['KEYSTORE_SECRET', 'eap7-app-secret'],
  ['SESSION_SECRET', 'web-session-7f9k2m5b6t'],
  ['AWS_SECRET_ACCESS_KEY', 'awsSecretAccessKey'],
];

const base64 = (text: string) => Buffer.from(text).toString('base64');
const quoted = (text: string) => JSON.stringify(text);
const secret = (fields: string) => `apiVersion: v1\nkind: Secret\nmetadata: { name: web }\n${fields}\n`;
const settings = (lines: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata:\n${lines}\n`;
const pod = (container: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers:\n    - name: web\n      image: web:1.0\n${container}\n`;
const chart = { 'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n' };
const application = (helm: string) =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web }\nspec:\n  project: web\n  destination: { name: in-cluster, namespace: web }\n` +
  `  source:\n    repoURL: https://charts.example.org\n    chart: web\n    targetRevision: 1.0.0\n    helm:\n${helm}\n`;
/** What stands in a line of a file of settings as it is: an empty value is none there, and quotes would be part of it. */
const bare = (text: string) => (text === '' ? "''" : text);

/** Every kind of place that is read. */
export const sources: readonly Source[] = [
  // Secrets
  {
    title: 'stringData',
    rule: 'plaintext-manifest',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': secret(`stringData:\n  ${key}: ${quoted(value)}`) }),
  },
  {
    title: 'data before the kind',
    rule: 'plaintext-manifest',
    path: 'a.yaml',
    line: 3,
    files: (key, value) => ({ 'a.yaml': `apiVersion: v1\ndata:\n  ${key}: ${quoted(base64(value))}\nmetadata: { name: web }\nkind: Secret\n` }),
  },
  {
    title: 'a Secret in JSON',
    rule: 'plaintext-manifest',
    path: 'a.json',
    files: (key, value) => ({
      'a.json': JSON.stringify({ apiVersion: 'v1', stringData: { [key]: value }, kind: 'Secret', metadata: { name: 'web' } }, null, 1),
    }),
  },
  {
    title: 'a List',
    rule: 'plaintext-manifest',
    path: 'a.yaml',
    files: (key, value) => ({
      'a.yaml': `apiVersion: v1\nkind: List\nitems:\n  - kind: Secret\n    apiVersion: v1\n    metadata: { name: web }\n    stringData:\n      ${key}: ${quoted(value)}\n`,
    }),
  },
  {
    title: 'extra objects in values',
    rule: 'plaintext-manifest',
    path: 'charts/web/values.yaml',
    files: (key, value) => ({
      ...chart,
      'charts/web/values.yaml': `extraObjects:\n  - apiVersion: v1\n    kind: Secret\n    metadata: { name: web }\n    stringData:\n      ${key}: ${quoted(value)}\n`,
    }),
  },
  {
    title: 'a Secret in the text of a ConfigMap',
    rule: 'plaintext-manifest',
    path: 'a.yaml',
    files: (key, value) => ({
      'a.yaml': settings(
        `  objects.yaml: |\n    kind: Secret\n    apiVersion: v1\n    metadata: { name: web }\n    stringData:\n      ${key}: ${quoted(value)}`,
      ),
    }),
  },
  {
    title: 'properties in a Secret',
    rule: 'plaintext-manifest',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': secret(`stringData:\n  app.properties: |\n    # settings\n    log.level=info\n    ${key}=${bare(value)}`) }),
  },
  {
    title: 'an INI file in a Secret',
    rule: 'plaintext-manifest',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': secret(`stringData:\n  app.ini: |\n    [main]\n    level = info\n    ${key} = ${bare(value)}`) }),
  },
  {
    title: 'JSON in a Secret',
    rule: 'plaintext-manifest',
    path: 'a.yaml',
    files: (key, value) => ({
      'a.yaml': secret(`stringData:\n  app.json: |\n    {\n      "level": "info",\n      "web": { ${quoted(key)}: ${quoted(value)} }\n    }`),
    }),
  },
  {
    title: 'YAML in a Secret',
    rule: 'plaintext-manifest',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': secret(`stringData:\n  app.yaml: |\n    level: info\n    web:\n      ${key}: ${quoted(value)}`) }),
  },
  {
    title: 'variables in base64',
    rule: 'plaintext-manifest',
    path: 'a.yaml',
    line: 5,
    files: (key, value) => ({ 'a.yaml': secret(`data:\n  .env: ${base64(`LEVEL=info\nexport ${key}=${bare(value)}\n`)}`) }),
  },
  {
    title: 'properties in base64 in base64',
    rule: 'plaintext-manifest',
    path: 'a.yaml',
    line: 5,
    files: (key, value) => ({ 'a.yaml': secret(`data:\n  app: ${base64(base64(`level=info\nregion=eu\n${key}=${bare(value)}\n`))}`) }),
  },
  {
    title: 'literals of a secret generator',
    rule: 'plaintext-manifest',
    path: 'kustomization.yaml',
    files: (key, value) => ({ 'kustomization.yaml': `secretGenerator:\n  - name: web\n    literals:\n      - ${quoted(`${key}=${value}`)}\n` }),
  },
  {
    title: 'an env file of a secret generator',
    rule: 'plaintext-manifest',
    path: 'web.env',
    files: (key, value) => ({
      'kustomization.yaml': 'secretGenerator:\n  - name: web\n    envs: [web.env]\n',
      'web.env': `LEVEL=info\n${key}=${value}\n`,
    }),
  },
  {
    title: 'a file of a secret generator',
    rule: 'plaintext-manifest',
    path: 'web.properties',
    files: (key, value) => ({
      'kustomization.yaml': 'secretGenerator:\n  - name: web\n    files: [web.properties]\n',
      'web.properties': `level=info\n${key}=${bare(value)}\n`,
    }),
  },
  {
    title: 'a Secret in a template',
    rule: 'plaintext-manifest',
    path: 'charts/web/templates/secret.yaml',
    files: (key, value) => ({
      ...chart,
      'charts/web/templates/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}\nstringData:\n  ${key}: ${quoted(value)}\n`,
    }),
  },
  {
    title: 'a patch of a Secret',
    rule: 'plaintext-manifest',
    path: 'kustomization.yaml',
    files: (key, value) => ({
      'kustomization.yaml': `resources: [secret.yaml]\npatches:\n  - patch: |\n      apiVersion: v1\n      kind: Secret\n      metadata: { name: web }\n      stringData:\n        ${key}: ${quoted(value)}\n`,
      'secret.yaml': secret('type: Opaque'),
    }),
  },
  // objects
  {
    title: 'a variable',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': pod(`      env:\n        - name: ${key}\n          value: ${quoted(value)}`) }),
  },
  {
    title: 'a flag with its value',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': pod(`      args:\n        - serve\n        - ${quoted(`--${key}=${value}`)}`) }),
  },
  {
    title: 'a flag before its value',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': pod(`      command:\n        - serve\n        - --${key}\n        - ${quoted(value)}`) }),
  },
  {
    title: 'a line of shell',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({
      'a.yaml': pod(`      command: [sh, -c]\n      args:\n        - ${quoted(`exec serve --port=80 --${key} ${bare(value)}`)}`),
    }),
  },
  {
    title: 'a ConfigMap',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': settings(`  LEVEL: info\n  ${key}: ${quoted(value)}`) }),
  },
  {
    title: 'properties in a ConfigMap',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': settings(`  app.properties: |\n    log.level=info\n    ${key}=${bare(value)}`) }),
  },
  {
    title: 'YAML in a ConfigMap',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': settings(`  app.yaml: |\n    level: info\n    web:\n      ${key}: ${quoted(value)}`) }),
  },
  {
    title: 'an item of a List',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({
      'a.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: ConfigMap\n    metadata: { name: web }\n    data:\n      ${key}: ${quoted(value)}\n`,
    }),
  },
  {
    title: 'a field of a custom resource',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({
      'a.yaml': `apiVersion: shop.example.org/v1\nkind: Shop\nmetadata: { name: web }\nspec:\n  login:\n    ${key}: ${quoted(value)}\n`,
    }),
  },
  {
    title: 'a parameter of Argo CD',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': application(`      parameters:\n        - name: web.${key}\n          value: ${quoted(value)}`) }),
  },
  {
    title: 'an element of a generator',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({
      'a.yaml':
        `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: shops }\nspec:\n  generators:\n    - list:\n        elements:\n          - shop: one\n            ${key}: ${quoted(value)}\n` +
        "  template:\n    metadata: { name: 'shop-{{shop}}' }\n    spec:\n      project: shops\n      destination: { name: in-cluster }\n      source: { repoURL: https://charts.example.org, chart: shop, targetRevision: 1.0.0 }\n",
    }),
  },
  {
    title: 'what Flux substitutes',
    rule: 'workload-literal',
    path: 'a.yaml',
    files: (key, value) => ({
      'a.yaml': `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: web, namespace: web }\nspec:\n  interval: 1m\n  prune: true\n  path: ./web\n  sourceRef: { kind: GitRepository, name: web }\n  postBuild:\n    substitute:\n      ${key}: ${quoted(value)}\n`,
    }),
  },
  {
    title: 'a JSON patch',
    rule: 'workload-literal',
    path: 'patch.yaml',
    files: (key, value) => ({
      'kustomization.yaml': 'resources: [pod.yaml]\npatches:\n  - path: patch.yaml\n    target: { kind: Pod }\n',
      'pod.yaml': pod('      env: []'),
      'patch.yaml': `- op: add\n  path: /spec/containers/0/env/-\n  value:\n    name: ${key}\n    value: ${quoted(value)}\n`,
    }),
  },
  {
    title: 'a patch in a kustomization',
    rule: 'workload-literal',
    path: 'kustomization.yaml',
    files: (key, value) => ({
      'kustomization.yaml': `resources: [pod.yaml]\npatches:\n  - patch: |\n      apiVersion: v1\n      kind: Pod\n      metadata: { name: web }\n      spec:\n        containers:\n          - name: web\n            env:\n              - name: ${key}\n                value: ${quoted(value)}\n`,
      'pod.yaml': pod('      env: []'),
    }),
  },
  {
    title: 'literals of a config map generator',
    rule: 'workload-literal',
    path: 'kustomization.yaml',
    files: (key, value) => ({ 'kustomization.yaml': `configMapGenerator:\n  - name: web\n    literals:\n      - ${quoted(`${key}=${value}`)}\n` }),
  },
  {
    title: 'a variable in a template',
    rule: 'workload-literal',
    path: 'charts/web/templates/pod.yaml',
    files: (key, value) => ({
      ...chart,
      'charts/web/templates/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  containers:\n    - name: web\n      env:\n        - name: ${key}\n          value: ${quoted(value)}\n`,
    }),
  },
  // values
  {
    title: 'values of a chart',
    rule: 'values-credential',
    path: 'charts/web/values.yaml',
    files: (key, value) => ({ ...chart, 'charts/web/values.yaml': `web:\n  ${key}: ${quoted(value)}\n` }),
  },
  {
    title: 'variables in values',
    rule: 'values-credential',
    path: 'charts/web/values.yaml',
    files: (key, value) => ({ ...chart, 'charts/web/values.yaml': `extraEnv:\n  - name: ${key}\n    value: ${quoted(value)}\n` }),
  },
  {
    title: 'a file of settings in values',
    rule: 'values-credential',
    path: 'charts/web/values.yaml',
    files: (key, value) => ({ ...chart, 'charts/web/values.yaml': `config: |\n  level = info\n  ${key} = ${bare(value)}\n` }),
  },
  {
    title: 'values of a HelmRelease',
    rule: 'values-credential',
    path: 'a.yaml',
    files: (key, value) => ({
      'a.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: web }\nspec:\n  interval: 1m\n  chart: { spec: { chart: web, sourceRef: { kind: HelmRepository, name: web } } }\n  values:\n    web:\n      ${key}: ${quoted(value)}\n`,
    }),
  },
  {
    title: 'values of an Application',
    rule: 'values-credential',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': application(`      values: |\n        web:\n          ${key}: ${quoted(value)}`) }),
  },
  {
    title: 'the values object of an Application',
    rule: 'values-credential',
    path: 'a.yaml',
    files: (key, value) => ({ 'a.yaml': application(`      valuesObject:\n        web:\n          ${key}: ${quoted(value)}`) }),
  },
  {
    title: 'values of a Helmfile release',
    rule: 'values-credential',
    path: 'helmfile.yaml',
    files: (key, value) => ({
      'helmfile.yaml': `releases:\n  - name: web\n    chart: shop/web\n    values:\n      - web:\n          ${key}: ${quoted(value)}\n`,
    }),
  },
  {
    title: 'values of a chart that Kustomize inflates',
    rule: 'values-credential',
    path: 'kustomization.yaml',
    files: (key, value) => ({
      'kustomization.yaml': `helmCharts:\n  - name: web\n    repo: https://charts.example.org\n    version: 1.0.0\n    valuesInline:\n      ${key}: ${quoted(value)}\n`,
    }),
  },
  {
    title: 'values of a chart that k3s installs',
    rule: 'values-credential',
    path: 'a.yaml',
    files: (key, value) => ({
      'a.yaml': `apiVersion: helm.cattle.io/v1\nkind: HelmChart\nmetadata: { name: web, namespace: kube-system }\nspec:\n  chart: web\n  valuesContent: |-\n    web:\n      ${key}: ${quoted(value)}\n`,
    }),
  },
  {
    title: 'values that are a template',
    rule: 'values-credential',
    path: 'values.yaml.gotmpl',
    files: (key, value) => ({
      'helmfile.yaml': 'releases:\n  - name: web\n    chart: shop/web\n    values: [values.yaml.gotmpl]\n',
      'values.yaml.gotmpl': `host: {{ .Values.host }}\nweb:\n  ${key}: ${quoted(value)}\n`,
    }),
  },
];
