import { argocdApplication } from './kustomize-application.ts';
import { type ApplicationName, comment, type Environment, environments, repositoryUrl } from './names.ts';
import type { Random } from './random.ts';

/** An application as a chart of its own, with values for each environment and the Argo CD Applications that deliver it. */
export function helmApplication(app: ApplicationName, random: Random): Record<string, string> {
  const folder = `charts/${app.name}`;
  const files: Record<string, string> = {
    [`${folder}/Chart.yaml`]: chart(app, random),
    [`${folder}/values.yaml`]: comment(random) + values(app, random),
    [`${folder}/templates/_helpers.tpl`]: helpers(app),
    [`${folder}/templates/deployment.yaml`]: deploymentTemplate(app),
    [`${folder}/templates/service.yaml`]: serviceTemplate(app),
    [`${folder}/templates/ingress.yaml`]: ingressTemplate(app),
    [`${folder}/templates/config.yaml`]: configTemplate(app),
  };
  for (const environment of environments) {
    files[`${folder}/values-${environment}.yaml`] = environmentValues(app, environment, random);
    files[`clusters/${environment}/argocd/${app.team}/${app.name}.yaml`] = argocdApplication(app, environment, source(folder, environment));
  }
  return files;
}

function source(folder: string, environment: Environment): string {
  return `  source:
    repoURL: ${repositoryUrl}
    targetRevision: main
    path: ${folder}
    helm:
      valueFiles:
        - values.yaml
        - values-${environment}.yaml
`;
}

function chart({ team, name }: ApplicationName, random: Random): string {
  return `apiVersion: v2
name: ${name}
description: The ${name.replaceAll('-', ' ')} of the ${team} team
type: application
version: 1.${random.below(30)}.${random.below(10)}
appVersion: "2.${random.below(60)}.0"
kubeVersion: ">=1.30.0-0"
home: https://handbook.example.org/${team}/${name}
keywords:
  - ${team}
  - ${name}
annotations:
  artifacthub.io/license: Apache-2.0
  example.org/owner: ${team}@example.org
maintainers:
  - name: ${team}
    email: ${team}@example.org
    url: https://handbook.example.org/${team}
`;
}

function values({ team, name }: ApplicationName, random: Random): string {
  return `replicaCount: 2

image:
  repository: registry.example.org/${team}/${name}
  # The chart's appVersion where this is empty.
  tag: ""
  pullPolicy: IfNotPresent

labels: &labels
  team: ${team}
  part-of: ${team}

podLabels: *labels

service:
  type: ClusterIP
  port: 80
  targetPort: 8080

ingress:
  enabled: false
  className: nginx
  annotations: {}
  host: ""
  tls: true

# Read by the application at start; a change restarts it.
config:
  log:
    level: info
    format: json
  http:
    timeout: ${5 + random.below(30)}s
    maxBodySize: ${1 + random.below(10)}MB
    corsOrigins: []
  cache:
    enabled: true
    size: ${100 * (1 + random.below(20))}
    ttl: ${random.below(600)}s
  features:
    bulkExport: ${random.below(2) === 0}
    newPricing: ${random.below(2) === 0}

resources:
  requests:
    cpu: ${50 * (1 + random.below(6))}m
    memory: ${128 * (1 + random.below(6))}Mi
  limits:
    memory: 1Gi

autoscaling:
  enabled: true
  minReplicas: 2
  maxReplicas: ${4 + random.below(8)}
  targetCPUUtilizationPercentage: 75

externalSecret:
  enabled: true
  store: vault
  keys: [database-username, database-password, signing-key]

nodeSelector: {}
tolerations: []
affinity: {}
`;
}

function environmentValues({ name }: ApplicationName, environment: Environment, random: Random): string {
  const host = environment === 'production' ? `${name}.example.org` : `${name}.${environment}.example.org`;
  return `replicaCount: ${environment === 'production' ? 3 + random.below(6) : 1}

image:
  tag: "2.${random.below(60)}.${random.below(9)}"

ingress:
  enabled: true
  host: ${host}
  annotations:
    cert-manager.io/cluster-issuer: letsencrypt
    nginx.ingress.kubernetes.io/proxy-body-size: ${1 + random.below(20)}m

config:
  log:
    level: ${environment === 'production' ? 'info' : 'debug'}
  http:
    corsOrigins:
      - https://${host}

resources:
  requests:
    cpu: ${50 * (1 + random.below(6))}m
    memory: ${128 * (1 + random.below(6))}Mi
`;
}

function helpers({ name }: ApplicationName): string {
  return `{{- define "${name}.fullname" -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "${name}.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}
`;
}

function deploymentTemplate({ name }: ApplicationName): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "${name}.fullname" . }}
  labels:
    {{- include "${name}.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  selector:
    matchLabels:
      app.kubernetes.io/instance: {{ .Release.Name }}
  template:
    metadata:
      annotations:
        checksum/config: {{ include (print $.Template.BasePath "/config.yaml") . | sha256sum }}
      labels:
        app.kubernetes.io/instance: {{ .Release.Name }}
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          ports:
            - name: http
              containerPort: {{ .Values.service.targetPort }}
          {{- range .Values.externalSecret.keys }}
          # {{ . }}
          {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
      {{- with .Values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
`;
}

function serviceTemplate({ name }: ApplicationName): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: {{ include "${name}.fullname" . }}
  labels:
    {{- include "${name}.labels" . | nindent 4 }}
spec:
  type: {{ .Values.service.type }}
  selector:
    app.kubernetes.io/instance: {{ .Release.Name }}
  ports:
    - name: http
      port: {{ .Values.service.port }}
      targetPort: http
`;
}

function ingressTemplate({ name }: ApplicationName): string {
  return `{{- if .Values.ingress.enabled }}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ include "${name}.fullname" . }}
  labels:
    {{- include "${name}.labels" . | nindent 4 }}
  {{- with .Values.ingress.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  ingressClassName: {{ .Values.ingress.className }}
  rules:
    - host: {{ required "a host is needed" .Values.ingress.host }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: {{ include "${name}.fullname" . }}
                port:
                  name: http
{{- end }}
`;
}

function configTemplate({ name }: ApplicationName): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "${name}.fullname" . }}
  labels:
    {{- include "${name}.labels" . | nindent 4 }}
  annotations:
    example.org/rendered-by: helm
data:
  config.yaml: |
    {{- .Values.config | toYaml | nindent 4 }}
`;
}
