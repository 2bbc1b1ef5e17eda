import type { DocumentClass } from '../../src/core/classification.ts';
import { type Document, isTemplatedData, nodeKind, type SourceFile } from '../../src/core/document.ts';
import type { Report, Severity, Skip } from '../../src/core/finding.ts';
import { judgedObjects, judgeObject } from '../../src/core/judge-object.ts';
import { at, isFieldPlace, type Place } from '../../src/core/place.ts';
import type { Repo } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';
import type { SchemaProblem, Schemas } from '../../src/core/schema.ts';
import { entryAt, fieldOf, kindOf, nextOf, sourceText, startOf } from '../../src/core/tape.ts';
import { type ToolFormat, toolFormatOf } from '../../src/core/tool-formats.ts';

export const implicitType = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'A text without quotes is read as a number or a boolean.',
  rationale:
    'The readers of Kubernetes, Helm, Argo CD and Flux follow YAML 1.1: `on`, `yes` and `n` are booleans, `0755` is octal, `1.10` is 1.1 and `12e3` is 12000. Where a string is wanted the API server refuses the object; where anything goes, `tag: 1.10` deploys version 1.1. Ansible reads `22:30` as 1350.',
  since: '0.1.0',

  *check(repo, { schemas }) {
    yield* judgeObjects(repo, schemas);
    for (const file of repo.files.values()) {
      if (isTemplatedData(file)) yield { at: { path: file.path }, skipped: 'the types in a template are known once it is rendered' };
      for (const document of file.documents) {
        const format = toolFormatOf(document);
        if (format !== undefined) yield* judgeToolFile(file, document, format, schemas);
        if (valuesClasses.has(document.classification.class)) yield* judgeVersions(file, document);
        else if (ansibleClasses.has(document.classification.class)) yield* judgeTimes(file, document);
      }
    }
  },

  examples: {
    bad: [
      {
        title: 'a variable, a label and a number in a ConfigMap',
        files: {
          'apps/web/deployment.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              labels:
                version: 1.10
            spec:
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec:
                  containers:
                    - name: web
                      image: web:1.10
                      env:
                        - name: DEBUG
                          value: yes
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: web
            data:
              port: 8080
          `,
        },
        findings: [
          'apps/web/deployment.yaml:6:14 "version" must be a string, not a number: quote it',
          'apps/web/deployment.yaml:17:22 "value" must be a string, not true or false: quote it',
          'apps/web/deployment.yaml:24:9 "port" must be a string, not a whole number: quote it',
        ],
        fixed: {
          'apps/web/deployment.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              labels:
                version: "1.10"
            spec:
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec:
                  containers:
                    - name: web
                      image: web:1.10
                      env:
                        - name: DEBUG
                          value: "yes"
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: web
            data:
              port: "8080"
          `,
        },
      },
      {
        title: 'a variable of Flux, which has to be a text, and a label of a kind that nobody knows',
        files: {
          'clusters/main/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: apps, namespace: flux-system }
            spec:
              interval: 5m
              prune: true
              path: ./apps
              sourceRef: { kind: GitRepository, name: flux-system }
              postBuild:
                substitute:
                  replicas: 3
            ---
            apiVersion: example.org/v1
            kind: Widget
            metadata:
              name: one
              labels: { enabled: true }
          `,
          'apps/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n',
        },
        findings: [
          'clusters/main/apps.yaml:11:17 "replicas" must be a string, not a whole number: quote it',
          'clusters/main/apps.yaml:17:22 "enabled" must be a string, not true or false: quote it',
        ],
        fixed: {
          'clusters/main/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: apps, namespace: flux-system }
            spec:
              interval: 5m
              prune: true
              path: ./apps
              sourceRef: { kind: GitRepository, name: flux-system }
              postBuild:
                substitute:
                  replicas: "3"
            ---
            apiVersion: example.org/v1
            kind: Widget
            metadata:
              name: one
              labels: { enabled: "true" }
          `,
        },
      },
      {
        title: 'versions of images in values that are another number than they look',
        files: {
          'apps/web/values.yaml': `
            image:
              repository: web
              tag: 1.10
            sidecar:
              image:
                tag: 12e3
            replicaCount: 2
          `,
          'apps/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
        },
        findings: [
          'apps/web/values.yaml:3:8 "tag" is read as the number 1.1: quote it',
          'apps/web/values.yaml:6:10 "tag" is read as the number 12000: quote it',
        ],
        fixed: {
          'apps/web/values.yaml': `
            image:
              repository: web
              tag: "1.10"
            sidecar:
              image:
                tag: "12e3"
            replicaCount: 2
          `,
        },
      },
      {
        title: 'a tag of an image in a kustomization',
        files: {
          'apps/web/kustomization.yaml': `
            images:
              - name: web
                newTag: 1.10
          `,
        },
        findings: ['apps/web/kustomization.yaml:3:13 "newTag" must be a string, not a number: quote it'],
        fixed: {
          'apps/web/kustomization.yaml': `
            images:
              - name: web
                newTag: "1.10"
          `,
        },
      },
      {
        title: 'a time in the variables of Ansible',
        files: { 'group_vars/all.yml': 'backup_at: 22:30\nbackup_host: backup.example.org\n' },
        findings: ['group_vars/all.yml:1:12 "backup_at" is read as the number 1350: quote it'],
        fixed: { 'group_vars/all.yml': 'backup_at: "22:30"\nbackup_host: backup.example.org\n' },
      },
    ],
    good: [
      {
        title: 'quoted texts, texts that no reader takes for anything else, and numbers where numbers are wanted',
        files: {
          'apps/web/deployment.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: web
              labels:
                version: "1.10"
                commit: 547914854b06a5d1e8a0e8b0a6a54f5b1c2d3e4f
                time: 12:30:15
            data:
              a: "true"
              b: 'no'
              c: v1.10
          `,
          'apps/web/values.yaml': 'image:\n  tag: 1.11\nfraction: 1.10\nversion: "1.20"\n',
          'apps/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a value that Helm fills in',
        files: {
          'apps/web/templates/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  port: {{ .Values.port }}\n',
          'apps/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
        },
      },
    ],
  },
});

function* judgeObjects(repo: Repo, schemas: Schemas): Generator<Report | Skip> {
  for (const object of judgedObjects(repo, schemas)) {
    const { document } = object.resource;
    const file = repo.files.get(document.path);
    for (const report of judgeObject(repo, object, weigh))
      yield 'skipped' in report || file === undefined ? report : withQuotes(report, file, document);
  }
}

function weigh({ kind }: SchemaProblem): Severity | undefined {
  return kind === 'implicit-type' ? 'error' : undefined;
}

function withQuotes(report: Report, file: SourceFile, document: Document): Report {
  const fix = quoteAt(report.at, file, document);
  return fix === undefined ? report : { ...report, fix };
}

function quoteAt(place: Place, { text }: SourceFile, { tape }: Document): Report['fix'] {
  const node = isFieldPlace(place) ? entryAt(tape, text, place.field)?.value : undefined;
  if (node === undefined || kindOf(tape, node) !== nodeKind.plain) return undefined;
  const quote = usualQuote(text);
  return { title: 'quote it', safety: 'suggestion', edits: [{ replace: place, by: `${quote}${sourceText(tape, text, node)}${quote}` }] };
}

/** The quotes that most strings of the file have. */
function usualQuote(text: string): string {
  return text.split("'").length > text.split('"').length ? "'" : '"';
}

/** The version of a chart is the matter of helm/chart-metadata. */
function* judgeToolFile(file: SourceFile, document: Document, { schema, isReadLeniently }: ToolFormat, schemas: Schemas): Generator<Report> {
  for (const { kind, field, message } of schemas.problemsOf(schema, document.value)) {
    if (kind !== 'implicit-type' || (schema === 'chart' && field.length === 1 && field[0] === 'version')) continue;
    yield withQuotes({ at: at(document, ...field), message, ...(isReadLeniently && { severity: 'warning' }) }, file, document);
  }
}

const valuesClasses: ReadonlySet<DocumentClass> = new Set(['helm-values', 'flux-helm-release', 'helmfile']);

/** Fields of values that say which version of something runs. */
const versionKeys: ReadonlySet<string> = new Set(['tag', 'imageTag', 'image_tag', 'newTag', 'appVersion', 'targetRevision']);

/** A number whose text is not the one that it is written back as. */
function judgeVersions(file: SourceFile, document: Document): Generator<Report> {
  return judgePlain(file, document, isOtherNumber, Number, key => versionKeys.has(key));
}

function isOtherNumber(text: string): boolean {
  return /^[0-9]+\.[0-9]*0$|^[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]+$/.test(text) && String(Number(text)) !== text;
}

const ansibleClasses: ReadonlySet<DocumentClass> = new Set(['ansible-playbook', 'ansible-tasks', 'ansible-variables', 'ansible-inventory']);

/** `22:30` is base 60 to PyYAML; https://yaml.org/type/int.html */
function judgeTimes(file: SourceFile, document: Document): Generator<Report> {
  return judgePlain(
    file,
    document,
    text => /^[1-9][0-9]*(?::[0-5]?[0-9])+$/.test(text),
    inBase60,
    () => true,
  );
}

function inBase60(text: string): number {
  return text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Reports every plain scalar of a mapping that looks like a text, and is a number, at one of the keys. */
function* judgePlain(
  file: SourceFile,
  document: Document,
  isMistaken: (text: string) => boolean,
  read: (text: string) => number,
  concerns: (key: string) => boolean,
): Generator<Report> {
  const { tape } = document;
  for (let node = tape.root; node < nextOf(tape, tape.root); node += 4) {
    if (kindOf(tape, node) !== nodeKind.plain || !isDigit(file.text.charCodeAt(startOf(tape, node)))) continue;
    const text = sourceText(tape, file.text, node);
    if (!isMistaken(text)) continue;
    const field = fieldOf(tape, file.text, node);
    const key = field.at(-1);
    // The field of a key is that of its value.
    const isValue = entryAt(tape, file.text, field)?.value === node;
    if (typeof key !== 'string' || !concerns(key) || !isValue) continue;
    yield withQuotes({ at: at(document, ...field), message: `"${key}" is read as the number ${read(text)}: quote it` }, file, document);
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
