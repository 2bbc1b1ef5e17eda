import type { Document, SourceFile } from '../../src/core/document.ts';
import { isFields, valueAt } from '../../src/core/fields.ts';
import { hasPlaceholder } from '../../src/core/filled-in-later.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import { at, type FieldPath, keyAt } from '../../src/core/place.ts';
import { defineRule } from '../../src/core/rule.ts';
import type { Schemas } from '../../src/core/schema.ts';
import { isOfToolClass, type ToolFormat, toolFormatOf } from '../../src/core/tool-formats.ts';

export const toolConfig = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'linting',
  summary: 'The file of a tool has a field that the tool does not know, or a value that it does not take.',
  rationale:
    'Kustomize, helmfile, GitHub, GitLab and Compose refuse the whole file, and nothing that it stands for is delivered; Helm, SOPS and others drop what they do not know, and something is missing that nobody misses yet. What a tool takes is accepted: older fields, any case of a name in a kustomization, expressions in a workflow, modules in a task. Where a tool gets new fields often, an unknown field is reported only if it is a slip of the pen away from a known one.',
  since: '0.1.0',

  *check(file, { schemas }) {
    if (file.classification.template !== undefined) {
      if (isOfToolClass(file.classification.class))
        yield { at: { path: file.path }, skipped: 'the fields of a template are known once it is rendered' };
      return;
    }
    for (const document of file.documents) {
      const format = toolFormatOf(document);
      if (format !== undefined && document.value !== null && document.value !== undefined) yield* judge(document, format, file, schemas);
    }
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
        title: 'a list that is none, and a field that images do not have',
        files: {
          'apps/web/kustomization.yaml': `
            resources: deployment.yaml
            images:
              - name: web
                tag: stable
          `,
        },
        findings: [
          'apps/web/kustomization.yaml:1:12 "resources" must be a list, not a string',
          'apps/web/kustomization.yaml:4:5 unknown field "tag": known here are "name", "newName", "tagSuffix", "newTag", "digest"',
        ],
      },
      {
        title: 'a key of a workflow, and an event',
        files: {
          '.github/workflows/ci.yml': `
            on: [push, pull_requests]
            jobs:
              test:
                run-on: ubuntu-latest
                steps:
                  - uses: actions/checkout@v5
                    wiht: { fetch-depth: 0 }
          `,
        },
        findings: [
          '.github/workflows/ci.yml:1:12 an item of "on" must be the name of an event: did you mean "pull_request"?',
          '.github/workflows/ci.yml:4:5 unknown field "run-on": did you mean "runs-on"?',
          '.github/workflows/ci.yml:7:9 unknown field "wiht": did you mean "with"?',
        ],
      },
      {
        title: 'a pipeline of GitLab, a helmfile and the configuration of SOPS',
        files: {
          '.gitlab-ci.yml': `
            build:
              stage: build
              scripts: [make]
              when: manuel
          `,
          'helmfile.yaml': `
            releases:
              - name: web
                chart: ./web
                need: [redis]
                wait: sometimes
          `,
          '.sops.yaml': `
            creation_rules:
              - path_regex: secrets/
                encrypted_regexp: ^data$
                age: age1qqq
          `,
        },
        findings: [
          '.gitlab-ci.yml:3:3 unknown field "scripts": did you mean "script"?',
          '.gitlab-ci.yml:4:9 "when" must be "on_success", "on_failure", "always", "never", "manual" or "delayed": did you mean "manual"?',
          '.sops.yaml:3:5 unknown field "encrypted_regexp": did you mean "encrypted_regex"?',
          'helmfile.yaml:4:5 unknown field "need": did you mean "needs"?',
          'helmfile.yaml:5:11 "wait" must be true or false',
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
        title: 'what GitLab puts together later, and a file that is none of its pipelines',
        files: {
          '.gitlab-ci.yml': `
            spec:
              inputs:
                stage: { default: test }
            ---
            .rules: { anything: [at, all] }
            "$[[ inputs.stage ]]-job":
              extends: .base
              environment: { action: stop }
              before_script:
          `,
          '.gitlab/changelog.yml': `
            categories: { fix: Fixes }
            order: [fix]
          `,
        },
      },
      {
        title: 'modules in the tasks of a playbook, and fields of a tool that gets new ones often',
        files: {
          'ansible/site.yml': `
            - hosts: all
              become: yes
              tasks:
                - acme.platform.release: { name: web }
                  when: "{{ enabled }}"
          `,
          'bitbucket-pipelines.yml': `
            pipelines:
              default:
                - step:
                    script: [make]
                    a-new-option: true
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
        title: 'a value that GitLab refers to',
        files: {
          '.gitlab-ci.yml': `
            build:
              script: [make]
              variables: !reference [.shared, variables]
          `,
        },
      },
      {
        title: 'an expression where Ansible wants true or false',
        files: {
          'ansible/site.yml': `
            - hosts: all
              become: "{{ use_become }}"
              tasks: []
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

function* judge(document: Document, format: ToolFormat, file: SourceFile, schemas: Schemas): Generator<Report | Skip> {
  for (const problem of schemas.problemsOf(format.schema, document.value)) {
    const { field, part, kind, message } = problem;
    // Values that only lack quotes are the matter of schema/implicit-type.
    if (kind === 'implicit-type') continue;
    const place = part === 'key' ? keyAt(document, ...field) : at(document, ...field);
    const judged = valueAt(document.value, field);
    if (format.isEmptyAbsent && kind === 'type' && (judged === null || judged === undefined)) continue;
    const filledIn = whoFillsIn(part === 'key' ? field.at(-1) : judged, document, field, file);
    const isTaken = format.isReadLeniently && (kind === 'unknown-field' || typeof judged === 'number' || typeof judged === 'boolean');
    if (filledIn === undefined) yield { at: place, message, ...(isTaken && { severity: 'warning' }) };
    else yield { at: place, skipped: `${filledIn} before ${format.reader} reads it` };
  }
  if (format.schema === 'kustomization') yield* judgeVersion(document);
}

function whoFillsIn(judged: unknown, document: Document, field: FieldPath, { text }: SourceFile): string | undefined {
  if (typeof judged === 'string' && hasPlaceholder(judged)) return 'something fills the value in';
  if (document.classification.class === 'gitlab-ci' && text.includes('!reference') && standsInReference(document.value, field))
    return '"!reference" puts another value here';
  return undefined;
}

/** A `!reference` is a list of the names that lead to a value. */
function standsInReference(value: unknown, field: FieldPath): boolean {
  const values = field.map((_, depth) => valueAt(value, field.slice(0, depth + 1)));
  return values.some(found => Array.isArray(found) && found.length > 1 && found.every(name => typeof name === 'string'));
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
