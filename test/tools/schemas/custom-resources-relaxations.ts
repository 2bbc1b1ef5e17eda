import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import type { Declaration, FindDeclaration } from './custom-resources-declarations.ts';

/** Where a declaration is stricter than the CustomResourceDefinition of some release of its project, and what is so instead. */
interface Relaxation {
  /** The API group, or the end of it. */
  readonly in: string;
  /** The objects that are meant: those with all of these fields, in every version of the group. */
  readonly has: string;
  /** Fields of other releases: with any content. */
  readonly add?: string;
  /** Fields that are not required. */
  readonly optional?: string;
  /** Fields that take anything. */
  readonly open?: string;
  /** Fields without limits and patterns. */
  readonly unlimited?: string;
  /** More values of an enum. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** A schema in place of that of a field. */
  readonly fields?: Readonly<Record<string, JsonSchema>>;
  /** What holds only in some cases: `if` and `else`. */
  readonly condition?: JsonSchema;
  readonly because: string;
}

const anything: JsonSchema = { 'x-kubernetes-preserve-unknown-fields': true };
const duration: JsonSchema = { type: 'string', format: 'duration' };
const newer = 'fields of other releases than the one that was read';
const anyString = 'Workflows read numbers and booleans as text, and their usual CRD does not look into them';
const defaults = 'the CRD has a default, and the API server applies it before it looks for what is required';

/** Found by comparing with the CRDs of the projects' own releases, old and new. */
const relaxations: readonly Relaxation[] = [
  // Argo CD 2.14 to 3.6, Rollouts 1.8 to 1.10, Workflows 3.7 and 4.0
  { in: 'argoproj.io', has: 'repoURL targetRevision chart helm', add: 'tagPrefix', because: newer },
  { in: 'argoproj.io', has: 'exclude include jsonnet recurse', add: 'disableExtensionFilter', because: newer },
  { in: 'argoproj.io', has: 'targetBranch path', add: 'repoURL', because: newer },
  { in: 'argoproj.io', has: 'clusterDecisionResource pullRequest', add: 'oci', because: newer },
  { in: 'argoproj.io', has: 'allBranches api tokenRef', add: 'excludeArchivedRepos includeArchivedRepos', because: newer },
  { in: 'argoproj.io', has: 'allBranches group', add: 'includeArchivedRepos', because: newer },
  { in: 'argoproj.io', has: 'sourceRepos destinations', add: 'sourceIntegrity', because: newer },
  { in: 'argoproj.io', has: 'duration kind schedule applications', add: 'syncOverrun', because: newer },
  { in: 'argoproj.io', has: 'mutexes semaphores', add: 'mutex semaphore', because: 'fields of Workflows 3' },
  { in: 'argoproj.io', has: 'schedules workflowSpec', add: 'schedule', optional: 'schedules', open: 'schedules', because: 'a field of Workflows 3' },
  { in: 'argoproj.io', has: 'name source command image', optional: 'name', because: 'the only container of a template needs no name' },
  { in: 'argoproj.io', has: 'globalName valueFrom value', open: 'default description enum value', because: anyString },
  { in: 'argoproj.io', has: 'jqFilter supplied', open: 'default', because: anyString },
  { in: 'argoproj.io', has: 'aggregator apiVersion formula', add: 'requestTimeout', because: newer },
  {
    in: 'argoproj.io',
    has: 'cache maxAge',
    fields: {
      cache: {
        type: 'object',
        properties: {
          configMap: { type: 'object', properties: { name: { type: 'string' }, key: { type: 'string' }, optional: { type: 'boolean' } } },
        },
      },
    },
    because: 'Workflows 3 names a key of the ConfigMap, Workflows 4 only the ConfigMap',
  },
  // Flux
  { in: 'kustomize.toolkit.fluxcd.io', has: 'prune sourceRef', add: 'buildMetadata ignore', because: newer },
  { in: 'kustomize.toolkit.fluxcd.io', has: 'substitute substituteFrom', add: 'substituteStrategy', because: newer },
  { in: 'toolkit.fluxcd.io', has: 'current inProgress kind', optional: 'kind', because: newer },
  { in: 'source.toolkit.fluxcd.io', has: 'matchOIDCIdentity provider', add: 'trustedRootSecretRef', optional: 'provider', because: defaults },
  { in: 'source.toolkit.fluxcd.io', has: 'provider secretRef', optional: 'provider', because: defaults },
  { in: 'source.toolkit.fluxcd.io', has: 'layerSelector url', optional: 'interval url', because: newer },
  { in: 'source.toolkit.fluxcd.io', has: 'sparseCheckout provider', values: { provider: ['aws'] }, because: newer },
  {
    in: 'helm.toolkit.fluxcd.io',
    has: 'provider secretRef',
    optional: 'provider',
    add: 'matchOIDCIdentity trustedRootSecretRef',
    because: `${defaults}; ${newer}`,
  },
  { in: 'helm.toolkit.fluxcd.io', has: 'metadata spec', add: 'kind', because: newer },
  {
    in: 'helm.toolkit.fluxcd.io',
    has: 'chart reconcileStrategy sourceRef',
    optional: 'chart sourceRef',
    add: 'certSecretRef ignore insecure layerSelector provider proxySecretRef ref secretRef serviceAccountName suspend timeout url',
    because: 'a template of an OCIRepository, of newer releases, has neither',
  },
  {
    in: 'helm.toolkit.fluxcd.io',
    has: 'chart interval releaseName',
    fields: { postRenderStrategy: { type: 'string', enum: ['nohooks', 'combined', 'separate'] } },
    condition: {
      if: { properties: { chart: { properties: { kind: { enum: ['OCIRepository'] } }, required: ['kind'] } }, required: ['chart'] },
      else: { properties: { chart: { properties: { spec: { required: ['chart', 'sourceRef'] } } } } },
    },
    because: newer,
  },
  {
    in: 'helm.toolkit.fluxcd.io',
    has: 'cleanupOnFail preserveValues',
    fields: { chartNameChangeStrategy: { type: 'string', enum: ['InPlaceUpdate', 'Reinstall'] } },
    because: newer,
  },
  { in: 'image.toolkit.fluxcd.io', has: 'policySelector sourceRef', fields: { policyChangeDelay: duration }, because: newer },
  {
    in: 'image.toolkit.fluxcd.io',
    has: 'author messageTemplate signingKey',
    fields: {
      signingKey: {
        type: 'object',
        properties: {
          secretRef: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
          type: { type: 'string', enum: ['gpg', 'ssh'] },
        },
        required: ['secretRef'],
      },
    },
    because: newer,
  },
  {
    in: 'notification.toolkit.fluxcd.io',
    has: 'events resources secretRef type',
    optional: 'secretRef',
    add: 'oidcProviders',
    condition: { if: { properties: { type: { enum: ['generic-oidc'] } } }, else: { required: ['secretRef'] } },
    because: newer,
  },
  { in: 'notification.toolkit.fluxcd.io', has: 'kind matchLabels name', add: 'filter', because: newer },
  {
    in: 'notification.toolkit.fluxcd.io',
    has: 'kind matchLabels name',
    values: { kind: ['FluxInstance', 'FluxReport', 'ResourceSet', 'ResourceSetInputProvider'] },
    because: 'the Flux Operator adds its own kinds to the enum when it installs the CRDs',
  },
  // cert-manager 1.13 to 1.21
  { in: 'cert-manager.io', has: 'secretName issuerRef keystores', add: 'renewal', because: newer },
  { in: 'cert-manager.io', has: 'dns01 http01', add: 'waitInsteadOfSelfCheck', because: newer },
  { in: 'cert-manager.io', has: 'appRole clientCertificate', add: 'aws', because: newer },
  { in: 'cert-manager.io', has: 'tpp cloud', add: 'ngts', because: newer },
  { in: 'acme.cert-manager.io', has: 'issuerRef request dnsNames', add: 'replaces', because: newer },
  { in: 'cert-manager.io', has: 'profile passwordSecretRef create', values: { profile: ['Modern2026'] }, because: newer },
  // External Secrets 0.10 to 1.3
  { in: 'external-secrets.io', has: 'akeyless vault', add: 'barbican dvls ngrok onepasswordSDK volcengine', because: newer },
  { in: 'external-secrets.io', has: 'vaultUrl authType', add: 'customCloudConfig useAzureSDK', because: newer },
  { in: 'external-secrets.io', has: 'environmentType', values: { environmentType: ['AzureStackCloud'] }, because: newer },
  { in: 'external-secrets.io', has: 'projectID location', add: 'secretVersionSelectionPolicy', because: newer },
  { in: 'external-secrets.io', has: 'secretRef workloadIdentity', add: 'workloadIdentityFederation', because: newer },
  {
    in: 'external-secrets.io',
    has: 'universalAuthCredentials',
    add: 'awsAuthCredentials azureAuthCredentials gcpIdTokenAuthCredentials gcpIamAuthCredentials jwtAuthCredentials kubernetesAuthCredentials ldapAuthCredentials ociAuthCredentials tokenAuthCredentials',
    because: newer,
  },
  { in: 'external-secrets.io', has: 'secretsScope hostAPI', add: 'caBundle caProvider', because: newer },
  { in: 'external-secrets.io', has: 'projectID groupIDs', add: 'caBundle caProvider', because: newer },
  { in: 'external-secrets.io', has: 'username password serverURL', add: 'caBundle caProvider domain', because: newer },
  { in: 'external-secrets.io', has: 'retrievalType separator', add: 'decrypt', because: newer },
  { in: 'external-secrets.io', has: 'secretApiKeySecretRef', add: 'iamEndpoint', because: newer },
  { in: 'external-secrets.io', has: 'auth caProvider server', add: 'checkAndSet', because: newer },
  { in: 'external-secrets.io', has: 'auth caProvider apiEndpoint', add: 'fetching', because: newer },
  { in: 'external-secrets.io', has: 'appRole cert kubernetes', add: 'gcp', because: newer },
  { in: 'external-secrets.io', has: 'clientCert secretRef', add: 'path', because: newer },
  { in: 'external-secrets.io', has: 'regexp transform', add: 'merge', because: newer },
  { in: 'external-secrets.io', has: 'creationPolicy deletionPolicy template', add: 'manifest', because: newer },
  { in: 'external-secrets.io', has: 'engineVersion templateFrom', values: { engineVersion: ['v1'] }, because: 'External Secrets 0.10 had it' },
  { in: 'external-secrets.io', has: 'name kind apiVersion', values: { kind: ['CloudsmithAccessToken', 'MFA', 'SSHKey'] }, because: newer },
  { in: 'external-secrets.io', has: 'length digits symbols', add: 'encoding secretKeys', optional: 'allowRepeat length noUpper', because: defaults },
  { in: 'external-secrets.io', has: 'passwordSpec uuidSpec', add: 'cloudsmithAccessTokenSpec mfaSpec sshKeySpec', because: newer },
  { in: 'external-secrets.io', has: 'apiHost environment project', optional: 'apiHost environment project', because: defaults },
  { in: 'external-secrets.io', has: 'path secretRef roleRef', optional: 'path', because: defaults },
  { in: 'external-secrets.io', has: 'path role kubernetesServiceAccountToken', optional: 'path', because: defaults },
  { in: 'external-secrets.io', has: 'mountPath role', optional: 'mountPath', because: defaults },
  { in: 'external-secrets.io', has: 'path username', optional: 'path', because: defaults },
  { in: 'external-secrets.io', has: 'url result', optional: 'result', because: newer },
  { in: 'external-secrets.io', has: 'annotations labels', add: 'finalizers', because: newer },
  { in: 'external-secrets.io', has: 'auth config nameTransformer', fields: { auth: { type: 'object', ...anything } }, because: newer },
  { in: 'external-secrets.io', has: 'doppler fake', open: 'fake', because: newer },
  // Prometheus Operator 0.70 to 0.85
  { in: 'monitoring.coreos.com', has: 'imagePullPolicy image', values: { imagePullPolicy: [''] }, because: 'the CRD has the empty text in its enum' },
  { in: 'monitoring.coreos.com', has: 'followRedirects tlsConfig', add: 'proxyURL', because: 'older releases had it' },
  { in: 'monitoring.coreos.com', has: 'routingKey', optional: 'routingKey', because: newer },
  { in: 'monitoring.coreos.com', has: 'chatID', optional: 'chatID', because: newer },
  { in: 'monitoring.coreos.com', has: 'apiURL avatarURL', optional: 'apiURL', because: newer },
  { in: 'monitoring.coreos.com', has: 'name timeIntervals', optional: 'name', because: newer },
  { in: 'monitoring.coreos.com', has: 'endpoints selector', optional: 'endpoints', because: newer },
  { in: 'monitoring.coreos.com', has: 'targets labels', optional: 'targets', because: newer },
  {
    in: 'monitoring.coreos.com',
    has: 'role',
    values: { role: ['node', 'service', 'pod', 'endpoints', 'endpointslice', 'ingress'] },
    because: 'older releases had them',
  },
  // Gateway API 1.4 to 1.7
  { in: 'gateway.networking.k8s.io', has: 'gatewayClassName listeners', add: 'backendTLS', because: newer },
  { in: 'gateway.networking.k8s.io', has: 'type value', add: 'routability', because: newer },
  { in: 'gateway.networking.k8s.io', has: 'allowedRoutes port protocol', add: 'filters', unlimited: 'protocol', because: newer },
  { in: 'gateway.networking.k8s.io', has: 'certificateRefs mode options', add: 'frontendValidation', because: 'older releases had it' },
  { in: 'networking.k8s.io', has: 'absoluteTimeout sessionName', add: 'cookie header', because: newer },
  { in: 'networking.x-k8s.io', has: 'absoluteTimeout sessionName', add: 'cookie header', because: newer },
  { in: 'gateway.networking.k8s.io', has: 'backendRefs', optional: 'backendRefs', because: 'older releases did not require it' },
  {
    in: 'gateway.networking.k8s.io',
    has: 'allowOrigins',
    unlimited: 'allowOrigins allowHeaders exposeHeaders',
    because: 'releases differ in the pattern',
  },
  { in: 'gateway.networking.k8s.io', has: 'hostnames rules', unlimited: 'hostnames', because: 'releases differ in how many' },
  { in: 'gateway.networking.k8s.io', has: 'caCertificateRefs', unlimited: 'caCertificateRefs', because: 'releases differ in how many' },
  {
    in: 'gateway.networking.k8s.io',
    has: 'annotations labels parametersRef',
    unlimited: 'annotations labels',
    because: 'releases differ in how many',
  },
  // Istio 1.28 to 1.32
  { in: 'istio.io', has: 'http1MaxPendingRequests', add: 'http2KeepAlive', because: newer },
  { in: 'istio.io', has: 'consistentHash simple', add: 'backendUtilization zoneAwareLbSetting', because: newer },
  { in: 'istio.io', has: 'consecutive5xxErrors', add: 'failurePercentageThreshold outlierDetectionHttpErrorCodes', because: newer },
  { in: 'istio.io', has: 'credentialName subjectAltNames', add: 'caCertCredentialName alpnProtocols ecdhCurves insecureSkipVerify', because: newer },
  { in: 'istio.io', has: 'minRetryConcurrency percent', add: 'budgetInterval', because: newer },
  { in: 'istio.io', has: 'derivePort redirectCode', add: 'prefixRewrite', because: newer },
  { in: 'istio.io', has: 'applicationProtocols destinationPort', add: 'transportSocket', because: newer },
  { in: 'istio.io', has: 'notPrincipals principals', add: 'notTrustDomains trustDomains', because: newer },
  { in: 'istio.io', has: 'issuer jwksUri', add: 'presence', because: newer },
  { in: 'istio.io', has: 'disableSpanReporting', add: 'disableContextPropagation', because: newer },
  { in: 'istio.io', has: 'operation value filterClass', values: { operation: ['MERGE_AND_REPLACE_LIST'] }, because: newer },
  // Kyverno 1.11 to 1.19
  { in: 'kyverno.io', has: 'list preconditions', open: 'preconditions', because: 'the CRD takes the old list of conditions too' },
  { in: 'kyverno.io', has: 'validate mutate generate', add: 'reportProperties', because: newer },
  { in: 'kyverno.io', has: 'matchConstraints mutations', add: 'auditAnnotations targetMatchConditions', because: newer },
  { in: 'kyverno.io', has: 'matchConstraints generate', add: 'auditAnnotations useServerSideApply', because: newer },
  { in: 'kyverno.io', has: 'admission mutateExisting', add: 'skipBackgroundRequests useServerSideApply', because: newer },
  { in: 'kyverno.io', has: 'admission generateExisting', add: 'skipBackgroundRequests', because: newer },
  { in: 'kyverno.io', has: 'subject subjectRegExp issuer', add: 'subjectExpression', because: newer },
  { in: 'kyverno.io', has: 'policyRefs', add: 'expiresAt properties', because: newer },
  { in: 'kyverno.io', has: 'expression', add: 'template', optional: 'expression', because: newer },
  // Cilium 1.15 to 1.20, Karpenter 1.0 to 1.15, KEDA 2.12 to 2.21, CloudNativePG 1.28, Traefik 3
  { in: 'cilium.io', has: 'toEndpoints', open: 'toRequires', values: { toEntities: ['cluster-mesh'] }, because: newer },
  { in: 'cilium.io', has: 'fromEndpoints', open: 'fromRequires', values: { fromEntities: ['cluster-mesh'] }, because: newer },
  { in: 'cilium.io', has: 'serverNames ports', open: 'serverNames', because: 'releases differ in the pattern' },
  { in: 'cilium.io', has: 'blocks serviceSelector', add: 'cidrs', because: 'older releases had it' },
  { in: 'cilium.io', has: 'advertisementType', values: { advertisementType: ['CiliumLoadBalancerIP'] }, because: 'older releases had it' },
  { in: 'cilium.io', has: 'communities localPreference', add: 'community', because: 'older releases had it' },
  { in: 'cilium.io', has: 'description service', add: 'envoy httpOptions telemetry', because: newer },
  { in: 'cilium.io', has: 'services resources', optional: 'resources', because: newer },
  { in: 'cilium.io', has: 'ipv4 ipv6', add: 'allowFirstIP allowLastIP', because: newer },
  { in: 'karpenter.k8s.aws', has: 'amiFamily kubelet', add: 'connectionTracking cpuOptions enclaveOptions', because: newer },
  { in: 'karpenter.sh', has: 'nodes reasons', optional: 'nodes', values: { reasons: ['Unhealthy'] }, because: defaults },
  { in: 'karpenter.sh', has: 'budgets consolidateAfter', optional: 'consolidateAfter', because: defaults },
  { in: 'karpenter.sh', has: 'key operator values', values: { operator: ['Gte', 'Lte'] }, because: newer },
  { in: 'keda.sh', has: 'secretTargetRef hashiCorpVault', add: 'azureServicePrincipal oauth2', because: newer },
  { in: 'keda.sh', has: 'identityId provider', add: 'externalID', because: newer },
  { in: 'keda.sh', has: 'behavior failureThreshold', values: { behavior: ['scalingModifiers'] }, because: newer },
  { in: 'postgresql.cnpg.io', has: 'bootstrap instances', optional: 'instances', because: defaults },
  { in: 'postgresql.cnpg.io', has: 'enabled excludePatterns', optional: 'enabled', because: defaults },
  { in: 'postgresql.cnpg.io', has: 'cluster method', optional: 'cluster', because: newer },
  { in: 'traefik.io', has: 'query status', add: 'errorRequestHeaders', because: newer },
  { in: 'traefik.io', has: 'match priority', unlimited: 'priority', because: 'the greatest 64-bit number is no number of JavaScript' },
  // Elastic Cloud on Kubernetes 3.2 to 3.5
  { in: 'elastic.co', has: 'podTemplate', open: 'podTemplate', add: 'resources zoneAwareness spaceID', because: 'the CRD does not look into it' },
  { in: 'elastic.co', has: 'secretName serviceName', add: 'clientCertificateSecretName', because: newer },
  { in: 'elastic.co', has: 'selfSignedCertificate', add: 'client', because: newer },
  // Knative
  { in: 'sinks.knative.dev', has: 'job', open: 'job', because: 'the CRD does not look into it' },
  { in: 'sources.knative.dev', has: 'sink template', open: 'template', because: 'the CRD does not look into it' },
  { in: 'serving.knative.dev', has: 'containerConcurrency containers', open: 'volumes', because: 'the CRD does not look into most of them' },
  { in: 'elastic.co', has: 'daemonSet deployment', add: 'resources spaceID', because: newer },
  { in: 'elastic.co', has: 'resourceSelector version', add: 'config configRef', because: newer },
  { in: 'elastic.co', has: 'elasticsearch kibana resourceSelector', add: 'variablesFrom', because: newer },
  { in: 'elastic.co', has: 'indexTemplates snapshotRepositories', add: 'securityRoles', because: newer },
  // Kubernetes' own, in whatever embeds them
  { in: '', has: 'resourceClaimName resourceClaimTemplateName', add: 'source', because: 'Kubernetes before 1.31 had it' },
];

/** Durations that Go parses; the pattern of the CRD is lost in the declarations. */
const durations: readonly { readonly in: string; readonly fields: string }[] = [
  { in: 'toolkit.fluxcd.io', fields: 'interval timeout retryInterval' },
  { in: 'cert-manager.io', fields: 'duration renewBefore' },
  { in: 'external-secrets.io', fields: 'refreshInterval refreshTime' },
];

/** A declaration as the API server takes what a group embeds of it. */
export function relax(group: string, { name, schema }: Declaration, find: FindDeclaration): JsonSchema {
  // The Go type has a field, its JSON is the list alone.
  if (name === 'ParallelSteps') return schema.properties?.steps ?? schema;
  return relaxObjects(schema, group, find);
}

function relaxObjects(schema: JsonSchema, group: string, find: FindDeclaration): JsonSchema {
  const { properties, items, additionalProperties } = schema;
  const inside: JsonSchema = {
    ...schema,
    ...(items && { items: relaxObjects(items, group, find) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: relaxObjects(additionalProperties, group, find) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, relaxObjects(field, group, find)])),
    }),
  };
  return properties === undefined ? inside : relaxObject(inside, group, find);
}

function relaxObject(object: JsonSchema, group: string, find: FindDeclaration): JsonSchema {
  let { properties = {}, required = [] } = object;
  let conditions: JsonSchema = {};
  for (const relaxation of relaxations) {
    if (!isOf(group, relaxation.in) || !words(relaxation.has).every(field => Object.hasOwn(properties, field))) continue;
    used.add(relaxation);
    properties = relaxFields(properties, relaxation, find);
    required = required.filter(field => !words(relaxation.optional).includes(field));
    conditions = { ...conditions, ...relaxation.condition };
  }
  // The kind of an embedded object is known.
  if (properties.apiVersion?.enum && properties.kind?.enum) required = required.filter(field => field !== 'apiVersion' && field !== 'kind');
  // Webhooks of Knative set defaults and judge; its CRDs require next to nothing.
  if (isOf(group, 'knative.dev')) required = [];
  if (isOf(group, 'argoproj.io') && properties.container?.$ref)
    properties = { ...properties, container: withoutName(find(properties.container.$ref).schema) };
  properties = { ...properties, ...durationFields(properties, group) };
  const { required: _, ...rest } = object;
  return { ...rest, properties, ...(required.length > 0 && { required }), ...conditions };
}

function relaxFields(
  properties: Readonly<Record<string, JsonSchema>>,
  { add, open, unlimited, values, fields }: Relaxation,
  find: FindDeclaration,
): Record<string, JsonSchema> {
  const changed: Record<string, JsonSchema> = { ...properties, ...fields };
  for (const field of words(add)) changed[field] ??= anything;
  for (const field of words(open)) changed[field] = anything;
  for (const field of words(unlimited)) if (changed[field]) changed[field] = withoutLimits(changed[field], find);
  for (const [field, more] of Object.entries(values ?? {})) if (changed[field]) changed[field] = withValues(changed[field], more, find);
  return changed;
}

function withoutLimits(schema: JsonSchema, find: FindDeclaration): JsonSchema {
  if (schema.$ref !== undefined) return withoutLimits(find(schema.$ref).schema, find);
  const { pattern: _, minLength: __, maxLength: ___, minimum: ____, maximum: _____, maxItems: ______, maxProperties: _______, ...rest } = schema;
  if (rest.items) return { ...rest, items: withoutLimits(rest.items, find) };
  return typeof rest.additionalProperties === 'object' ? { ...rest, additionalProperties: withoutLimits(rest.additionalProperties, find) } : rest;
}

function withValues(schema: JsonSchema, more: readonly string[], find: FindDeclaration): JsonSchema {
  if (schema.$ref !== undefined) return withValues(find(schema.$ref).schema, more, find);
  if (schema.items) return { ...schema, items: withValues(schema.items, more, find) };
  return schema.enum ? { ...schema, enum: [...new Set([...schema.enum, ...more])] } : schema;
}

/** The only container of a template of a workflow needs no name. */
function withoutName({ required: _, ...container }: JsonSchema): JsonSchema {
  return container;
}

function durationFields(properties: Readonly<Record<string, JsonSchema>>, group: string): Record<string, JsonSchema> {
  const names = durations.filter(entry => isOf(group, entry.in)).flatMap(({ fields }) => words(fields));
  return Object.fromEntries(
    names.filter(name => properties[name]?.type === 'string' && properties[name].pattern === undefined).map(name => [name, duration]),
  );
}

function isOf(group: string, end: string): boolean {
  return group === end || group.endsWith(end === '' ? '' : `.${end}`);
}

function words(text: string | undefined): readonly string[] {
  return text === undefined ? [] : text.split(' ');
}

const used = new Set<Relaxation>();

/** Those that met nothing: a mistake, or the package has caught up. */
export function unusedRelaxations(): readonly string[] {
  return relaxations.filter(relaxation => !used.has(relaxation)).map(relaxation => `${relaxation.in}: ${relaxation.has}`);
}
