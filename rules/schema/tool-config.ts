import type { Document, SourceFile } from '../../src/core/document.ts';
import { isFields } from '../../src/core/fields.ts';
import { hasPlaceholder, isFilledInLater } from '../../src/core/filled-in-later.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import { at, keyAt } from '../../src/core/place.ts';
import { nameOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';
import type { Schemas } from '../../src/core/schema.ts';

export const toolConfig = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'linting',
  summary: 'The file of a tool has a field that the tool does not know, or a value of the wrong type.',
  rationale:
    'Kustomize refuses a kustomization with an unknown field or a wrong type, and nothing that it lists is delivered. Fields of older versions and any case of a field name are accepted, as Kustomize accepts them.',
  since: '0.1.0',

  *check(file, { schemas }) {
    if (!isReadByKustomize(file)) return;
    if (file.classification.template !== undefined)
      yield { at: { path: file.path }, skipped: 'the fields of a template are known once it is rendered' };
    const [document] = file.documents;
    if (document !== undefined && isKustomization(document)) yield* judge(document, schemas);
  },

  examples: {
    bad: [
      {
        title: 'a misspelt field',
        files: {
          'apps/web/kustomization.yaml': `
            resources:
              - deployment.yaml
            patch:
              - path: replicas.yaml
          `,
        },
        findings: ['apps/web/kustomization.yaml:3:1 unknown field "patch": did you mean "patches"?'],
      },
      {
        title: 'a tag that YAML reads as a number, and a list that is none',
        files: {
          'apps/web/kustomization.yaml': `
            resources: deployment.yaml
            images:
              - name: web
                newTag: 1.10
                tag: stable
          `,
        },
        findings: [
          'apps/web/kustomization.yaml:1:12 "resources" must be a list, not a string',
          'apps/web/kustomization.yaml:4:13 "newTag" must be a string, not a number: quote it',
          'apps/web/kustomization.yaml:5:5 unknown field "tag": known here are "name", "newName", "tagSuffix", "newTag", "digest"',
        ],
      },
      {
        title: 'a component with the version of a kustomization',
        files: {
          'components/tls/kustomization.yaml': `
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Component
            patches:
              - path: tls.yaml
          `,
        },
        findings: ['components/tls/kustomization.yaml:1:13 "apiVersion" of a Component must be "kustomize.config.k8s.io/v1alpha1"'],
      },
    ],
    good: [
      {
        title: 'fields of older versions, any case, and neither apiVersion nor kind',
        files: {
          'apps/web/kustomization.yaml': `
            Bases:
              - ../base
            namePrefix: web-
            commonLabels:
              app: web
            configmapgenerator:
              - name: web
                env: web.properties
            generatorOptions:
              disableNameSuffixHash: yes
            patchesStrategicMerge:
              - replicas.yaml
            imageTags:
              - name: web
                newTag: "1.10"
            patches:
          `,
        },
      },
      {
        title: 'the fields of Kustomize 5',
        files: {
          'apps/web/kustomization.yaml': `
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            metadata:
              name: web
            sortOptions:
              order: fifo
            buildMetadata: [originAnnotations]
            labels:
              - pairs: { app: web }
                includeTemplates: true
                fields:
                  - path: spec/selector
                    kind: Rollout
                    create: true
            helmGlobals:
              chartHome: charts
            helmCharts:
              - name: web
                version: 1.0.0
                valuesInline: { replicas: 2 }
            replacements:
              - source: { kind: ConfigMap, name: web, fieldPath: data.host }
                targets:
                  - select: { kind: Ingress }
                    fieldPaths: [spec.rules.0.host]
                    options: { delimiter: ".", index: 1 }
          `,
        },
      },
      {
        title: 'a Flux object in a file of that name',
        files: {
          'clusters/main/kustomization.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: web
            spec:
              interval: 5m
              path: ./apps/web
              prune: true
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a value that something fills in before Kustomize runs',
        files: {
          'apps/web/kustomization.yaml': `
            resources:
              - deployment.yaml
            replicas:
              - name: web
                count: \${WEB_REPLICAS}
          `,
        },
      },
      {
        title: 'a template',
        files: {
          'apps/web/kustomization.yaml': `
            resources:
            {{- range .apps }}
              - {{ . }}
            {{- end }}
          `,
        },
      },
    ],
  },
});

/** Kustomize looks for exactly these names. */
function isReadByKustomize({ path }: SourceFile): boolean {
  return ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].includes(nameOf(path));
}

function isKustomization({ classification }: Document): boolean {
  return classification.class === 'kustomization' || classification.class === 'kustomize-component';
}

function* judge(document: Document, schemas: Schemas): Generator<Report | Skip> {
  for (const problem of schemas.problemsOf('kustomization', document.value)) {
    const { field, part, message } = problem;
    const place = part === 'key' ? keyAt(document, ...field) : at(document, ...field);
    if (isFilledInLater(document.value, problem)) yield { at: place, skipped: 'something fills the value in before Kustomize reads it' };
    else yield { at: place, message };
  }
  yield* judgeVersion(document);
}

/** Kustomize fills in what is missing and takes one version for each kind. */
function* judgeVersion(document: Document): Generator<Report> {
  const kind = fieldNamed(document, 'kind')?.value || 'Kustomization';
  const version = fieldNamed(document, 'apiversion');
  const expected = kind === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1';
  if (kind !== 'Kustomization' && kind !== 'Component') return;
  if (typeof version?.value !== 'string' || version.value === '' || version.value === expected || hasPlaceholder(version.value)) return;
  yield { at: at(document, version.key), message: `"${version.key}" of a ${kind} must be "${expected}"` };
}

/** The last one, of those that Kustomize takes for the same. */
function fieldNamed({ value }: Document, lowerCase: string): { readonly key: string; readonly value: unknown } | undefined {
  if (!isFields(value)) return undefined;
  const key = Object.keys(value).findLast(name => name.length === lowerCase.length && name.toLowerCase() === lowerCase);
  return key === undefined ? undefined : { key, value: value[key] };
}
