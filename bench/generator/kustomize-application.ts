import { type ApplicationName, comment, type Environment, environments, repositoryUrl } from './names.ts';
import type { Random } from './random.ts';

/** An application in Kustomize: a base, an overlay for each environment, and the unit that delivers each overlay. */
export function kustomizeApplication(app: ApplicationName, controller: 'argocd' | 'flux', random: Random, extras: boolean): Record<string, string> {
  const folder = `apps/${app.team}/${app.name}`;
  const base: Record<string, string> = {
    'deployment.yaml': comment(random) + deployment(app, random),
    'service.yaml': service(app),
    ...(extras && {
      'service-account.yaml': serviceAccount(app),
      'network-policy.yaml': networkPolicy(app, random),
      'disruption-budget.yaml': disruptionBudget(app),
      'external-secret.yaml': externalSecret(app),
      'service-monitor.yaml': serviceMonitor(app),
      'alerts.yaml': alerts(app, random),
    }),
  };
  const files: Record<string, string> = { [`${folder}/base/kustomization.yaml`]: baseKustomization(app, Object.keys(base)) };
  for (const [name, text] of Object.entries(base)) files[`${folder}/base/${name}`] = text;
  for (const environment of environments) {
    const overlay = `${folder}/overlays/${environment}`;
    files[`${overlay}/kustomization.yaml`] = overlayKustomization(app, environment, random, extras);
    files[`${overlay}/deployment-patch.yaml`] = deploymentPatch(app, environment, random);
    if (extras) files[`${overlay}/autoscaler.yaml`] = autoscaler(app, environment, random);
    files[unitPath(app, environment, controller)] = (controller === 'flux' ? fluxUnit : argocdUnit)(app, environment, overlay);
  }
  return files;
}

/** Where the unit stands that delivers an application to an environment. */
function unitPath(app: ApplicationName, environment: Environment, controller: 'argocd' | 'flux'): string {
  return controller === 'flux'
    ? `clusters/${environment}/apps/${app.team}-${app.name}.yaml`
    : `clusters/${environment}/argocd/${app.team}/${app.name}.yaml`;
}

function baseKustomization({ team, name }: ApplicationName, resources: readonly string[]): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
labels:
  - includeSelectors: true
    pairs:
      app.kubernetes.io/name: ${name}
  - pairs:
      app.kubernetes.io/part-of: ${team}
      app.kubernetes.io/managed-by: kustomize
resources:
${resources.map(resource => `  - ${resource}\n`).join('')}`;
}

function overlayKustomization({ team, name }: ApplicationName, environment: Environment, random: Random, extras: boolean): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${team}-${environment}
resources:
  - ../../base
${extras ? '  - autoscaler.yaml\n' : ''}patches:
  - path: deployment-patch.yaml
images:
  - name: registry.example.org/${team}/${name}
    newTag: ${version(random)}
configMapGenerator:
  - name: ${name}
    literals:
      - ENVIRONMENT=${environment}
      - LOG_LEVEL=${environment === 'production' ? 'info' : 'debug'}
      - PUBLIC_URL=https://${name}.${environment}.example.org
`;
}

function deployment({ team, name }: ApplicationName, random: Random): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  annotations:
    reloader.stakater.com/auto: "true"
    example.org/owner: ${team}@example.org
    example.org/runbook: https://handbook.example.org/${team}/${name}
spec:
  replicas: 2
  revisionHistoryLimit: 5
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9090"
    spec:
      serviceAccountName: ${name}
      terminationGracePeriodSeconds: ${30 + random.below(60)}
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        fsGroup: 10001
        seccompProfile:
          type: RuntimeDefault
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: ${name}
      containers:
        - name: ${name}
          image: registry.example.org/${team}/${name}
          args: ["--config", "/etc/${name}/config.yaml", "--listen", ":8080"]
          envFrom:
            - configMapRef:
                name: ${name}
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: DATABASE_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: ${name}-database
                  key: password
                  optional: true
${Array.from({ length: 4 + random.below(12) }, () => environmentVariable(random)).join('')}          ports:
            - name: http
              containerPort: 8080
            - name: metrics
              containerPort: 9090
          livenessProbe:
            httpGet:
              path: /health/live
              port: http
            initialDelaySeconds: ${5 + random.below(20)}
          readinessProbe:
            httpGet:
              path: /health/ready
              port: http
            periodSeconds: 5
          resources:
            requests:
              cpu: ${50 * (1 + random.below(10))}m
              memory: ${128 * (1 + random.below(8))}Mi
            limits:
              memory: 1Gi
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: ["ALL"]
          volumeMounts:
            - name: temporary
              mountPath: /tmp
        # Ships the logs; the platform team keeps its version.
        - name: log-shipper
          image: registry.example.org/platform/log-shipper:1.9.${random.below(30)}@sha256:${random.hex(64)}
          args:
            - --input=/var/log/${name}
            - --output=https://logs.example.org/ingest
          resources:
            requests:
              cpu: 10m
              memory: 32Mi
            limits:
              memory: 64Mi
      volumes:
        - name: temporary
          emptyDir: {}
`;
}

function environmentVariable(random: Random): string {
  const name = `${random.pick(['CACHE', 'HTTP', 'QUEUE', 'RETRY', 'SESSION', 'TOKEN'])}_${random.pick(['LIMIT', 'SIZE', 'TIMEOUT', 'TTL'])}_${random.hex(4)}`;
  return `            - name: ${name.toUpperCase()}\n              value: "${random.below(10_000)}"\n`;
}

function deploymentPatch({ name }: ApplicationName, environment: Environment, random: Random): string {
  const replicas = { development: 1, staging: 2, production: 3 + random.below(9) }[environment];
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  annotations:
    example.org/tier: ${environment}
spec:
  replicas: ${replicas}
  template:
    spec:
      containers:
        - name: ${name}
          env:
            - name: TRACE_SAMPLE_RATE
              value: "0.${random.below(9) + 1}"
          resources:
            requests:
              cpu: ${100 * replicas}m
              memory: ${256 + 64 * random.below(8)}Mi
`;
}

function service({ name }: ApplicationName): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  annotations:
    service.kubernetes.io/topology-mode: Auto
    example.org/protocol: http
spec:
  type: ClusterIP
  internalTrafficPolicy: Cluster
  selector:
    app.kubernetes.io/name: ${name}
  ports:
    - name: http
      port: 80
      targetPort: http
      protocol: TCP
    - name: metrics
      port: 9090
      targetPort: metrics
      protocol: TCP
`;
}

function serviceAccount({ team, name }: ApplicationName): string {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  annotations:
    example.org/workload-identity: ${team}-${name}
    example.org/contact: ${team}@example.org
automountServiceAccountToken: false
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: ${name}
rules:
  - apiGroups: [""]
    resources: ["configmaps"]
    verbs: ["get", "list", "watch"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: ${name}
subjects:
  - kind: ServiceAccount
    name: ${name}
`;
}

function networkPolicy({ name }: ApplicationName, random: Random): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  policyTypes: ["Ingress", "Egress"]
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ingress
      ports:
        - port: http
  egress:
    - to:
        - ipBlock:
            cidr: 10.${random.below(250)}.0.0/16
      ports:
        - port: 5432
    - ports:
        - port: 53
          protocol: UDP
`;
}

function disruptionBudget({ name }: ApplicationName): string {
  return `# One replica may go while nodes are drained; a second has to wait.
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${name}
  annotations:
    example.org/reviewed-by: platform@example.org
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
`;
}

function externalSecret({ team, name }: ApplicationName): string {
  return `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: ${name}-database
spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: vault
  target:
    name: ${name}-database
    creationPolicy: Owner
  data:
    - secretKey: username
      remoteRef:
        key: ${team}/${name}/database
        property: username
    - secretKey: password
      remoteRef:
        key: ${team}/${name}/database
        property: password
`;
}

function serviceMonitor({ name }: ApplicationName): string {
  return `apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: ${name}
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  endpoints:
    - port: metrics
      interval: 30s
      scrapeTimeout: 10s
      relabelings:
        - sourceLabels: ["__meta_kubernetes_pod_node_name"]
          targetLabel: node
        - action: labeldrop
          regex: "pod|endpoint"
`;
}

function alerts({ team, name }: ApplicationName, random: Random): string {
  const alert = (title: string, expression: string, wait: string) => `        - alert: ${title}
          expr: |
            ${expression}
          for: ${wait}
          labels:
            severity: ${random.pick(['warning', 'critical'])}
            team: ${team}
          annotations:
            summary: "{{ $labels.pod }} of ${name}: {{ $value | humanize }}"
            runbook_url: https://handbook.example.org/${team}/${name}#${title.toLowerCase()}
`;
  const latencies = Array.from({ length: random.below(30) }, (_, route) =>
    alert(
      `LatencyHigh${route}`,
      `histogram_quantile(0.99, sum by (le) (rate(http_request_seconds_bucket{app="${name}", route="${random.hex(8)}"}[5m]))) > ${1 + random.below(4)}`,
      '15m',
    ),
  );
  return `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: ${name}
spec:
  groups:
    - name: ${name}.rules
      rules:
${alert('ErrorRateHigh', `sum(rate(http_requests_total{app="${name}", code=~"5.."}[5m])) > 0.0${1 + random.below(9)}`, '10m')}${alert('PodRestarts', `increase(kube_pod_container_status_restarts_total{container="${name}"}[1h]) > 3`, '5m')}${latencies.join('')}`;
}

function autoscaler({ name }: ApplicationName, environment: Environment, random: Random): string {
  const least = environment === 'production' ? 3 : 1;
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
  annotations:
    example.org/tier: ${environment}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  minReplicas: ${least}
  maxReplicas: ${least + 1 + random.below(10)}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: ${60 + random.below(30)}
`;
}

function fluxUnit({ team, name }: ApplicationName, environment: Environment, path: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${team}-${name}
  namespace: flux-system
  labels:
    example.org/team: ${team}
    example.org/environment: ${environment}
spec:
  interval: 10m
  retryInterval: 1m
  timeout: 5m
  path: ./${path}
  prune: true
  wait: true
  sourceRef:
    kind: GitRepository
    name: flux-system
  dependsOn:
    - name: infrastructure
  targetNamespace: ${team}-${environment}
`;
}

function argocdUnit({ team, name }: ApplicationName, environment: Environment, path: string): string {
  return argocdApplication(
    { team, name },
    environment,
    `  source:
    repoURL: ${repositoryUrl}
    targetRevision: main
    path: ${path}
`,
  );
}

/** An Argo CD Application with everything but its source, which is given as YAML. */
export function argocdApplication({ team, name }: ApplicationName, environment: Environment, source: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}-${environment}
  namespace: argocd
  labels:
    example.org/team: ${team}
    example.org/environment: ${environment}
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  project: ${team}
${source}  destination:
    name: ${environment}
    namespace: ${team}-${environment}
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
    syncOptions:
      - CreateNamespace=true
      - ServerSideApply=true
    retry:
      limit: 5
      backoff:
        duration: 10s
        factor: 2
        maxDuration: 3m
`;
}

function version(random: Random): string {
  return `v${1 + random.below(6)}.${random.below(40)}.${random.below(20)}`;
}
