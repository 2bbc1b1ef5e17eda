import { type Document, isTemplatedData, type SourceFile } from '../../src/core/document.ts';
import { isFields } from '../../src/core/fields.ts';
import type { Report } from '../../src/core/finding.ts';
import { keyAt } from '../../src/core/place.ts';
import { defineRule } from '../../src/core/rule.ts';

export const duplicateKey = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'linting',
  summary: 'A mapping has the same key twice.',
  rationale:
    'Some readers refuse the file, others keep the last value without a word. Kustomize accepts a second `namespace:` in a kustomization and delivers to that one; it does not tell upper from lower case there either.',
  since: '0.1.0',

  *check(file) {
    if (isTemplatedData(file)) yield { at: { path: file.path }, skipped: 'the keys of a template are known once it is rendered' };
    for (const { key, start, end, firstStart, firstEnd } of file.duplicateKeys) {
      if (key === '<<' && takesSeveralMerges(file)) continue;
      yield {
        at: { path: file.path, start, end },
        message: `key "${key}" stands twice in this mapping: keep one of the two`,
        related: [{ at: { path: file.path, start: firstStart, end: firstEnd }, message: 'it stands here first' }],
      };
    }
    for (const document of file.documents) {
      if (isKustomization(document)) yield* caseVariants(document);
    }
  },

  examples: {
    bad: [
      {
        title: 'a second namespace',
        files: {
          'apps/web/kustomization.yaml': `
            namespace: web
            resources:
              - service.yaml
            namespace: shop
          `,
        },
        findings: ['apps/web/kustomization.yaml:4:1 key "namespace" stands twice in this mapping: keep one of the two'],
      },
      {
        title: 'two spellings that Kustomize does not tell apart',
        files: {
          'apps/web/kustomization.yaml': `
            Resources:
              - service.yaml
            resources:
              - deployment.yaml
            images:
              - name: web
                newTag: 1.2.3
                NewTag: 1.2.4
          `,
        },
        findings: [
          'apps/web/kustomization.yaml:3:1 keys "Resources" and "resources" are one field to Kustomize: keep one of the two',
          'apps/web/kustomization.yaml:8:5 keys "newTag" and "NewTag" are one field to Kustomize: keep one of the two',
        ],
      },
      {
        title: 'a key of a JSON object',
        files: { 'settings.json': '{"title": "web", "title": "shop"}\n' },
        findings: ['settings.json:1:18 key "title" stands twice in this mapping: keep one of the two'],
      },
    ],
    good: [
      {
        title: 'values with two merges, a key that overrides what a merge brings, and labels that differ in case',
        files: {
          'apps/web/values.yaml': `
            defaults: &defaults
              replicas: 1
            probes: &probes
              port: 8080
            web:
              <<: *defaults
              <<: *probes
              replicas: 2
          `,
          'apps/web/kustomization.yaml': `
            commonLabels:
              team: web
              Team: shop
            labels:
              - pairs:
                  app: web
                  App: web
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a chart template with the key in both branches',
        files: {
          'charts/web/Chart.yaml': `
            apiVersion: v2
            name: web
            version: 1.0.0
          `,
          'charts/web/templates/settings.yaml': `
            {{- if .Values.shop }}
            name: shop
            {{- else }}
            name: web
            {{- end }}
          `,
        },
      },
    ],
  },
});

/** Helm applies every merge of a mapping; Kustomize refuses the second one. */
function takesSeveralMerges({ documents }: SourceFile): boolean {
  return documents.every(({ classification }) => classification.class === 'helm-values');
}

function isKustomization({ classification }: Document): boolean {
  return classification.class === 'kustomization' || classification.class === 'kustomize-component';
}

/** Kustomize reads a kustomization into Go structs by way of encoding/json, which ignores the case of field names. */
function caseVariants(document: Document): readonly Report[] {
  const reports: Report[] = [];
  collectVariants(document, document.value, [], reports);
  return reports;
}

/** `field` is reused from call to call. */
function collectVariants(document: Document, value: unknown, field: (string | number)[], reports: Report[]): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      field.push(index);
      collectVariants(document, item, field, reports);
      field.pop();
    });
  } else if (isFields(value)) {
    const spellings = new Map<string, string>();
    for (const key of Object.keys(value)) {
      const folded = key.toLowerCase();
      const first = spellings.get(folded);
      if (first === undefined) spellings.set(folded, key);
      else {
        reports.push({
          at: keyAt(document, ...field, key),
          message: `keys "${first}" and "${key}" are one field to Kustomize: keep one of the two`,
          related: [{ at: keyAt(document, ...field, first), message: 'it stands here first' }],
        });
      }
      const child = value[key];
      if (typeof child !== 'object' || hasFreeKeys(folded, child)) continue;
      field.push(key);
      collectVariants(document, child, field, reports);
      field.pop();
    }
  }
}

/** Fields of a kustomization that hold a map of the user's own keys: labels, annotations, Helm values. */
function hasFreeKeys(field: string, value: unknown): boolean {
  return freeKeys.has(field) || (field === 'labels' && !Array.isArray(value));
}

const freeKeys = new Set(['commonlabels', 'commonannotations', 'annotations', 'pairs', 'valuesinline', 'openapi']);
