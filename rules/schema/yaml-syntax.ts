import { isHcl, isTemplatedData } from '../../src/core/document.ts';
import { defineRule } from '../../src/core/rule.ts';

export const yamlSyntax = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'linting',
  summary: 'A YAML or JSON file cannot be parsed.',
  rationale: 'One file that does not parse stops the whole Kustomization or Application that includes it, not itself alone.',
  since: '0.1.0',

  *check(file) {
    if (isTemplatedData(file)) yield { at: { path: file.path }, skipped: 'a template is no YAML or JSON before it is rendered' };
    if (isHcl(file)) return;
    for (const { message, start, end } of file.problems) yield { at: { path: file.path, start, end }, message };
  },

  examples: {
    bad: [
      {
        title: 'a flow sequence that is not closed',
        files: {
          'apps/web/settings.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
            data: {ports: [80, 443}
          `,
        },
        findings: ['apps/web/settings.yaml:5:15 a bracket is not closed, or its lines are indented too little: expected "]"'],
      },
      {
        title: 'a JSON object that ends too early',
        files: { 'dashboards/web.json': '{"title": "web", "panels": [}\n' },
        findings: ['dashboards/web.json:1:29 this is no JSON value: expected a string in double quotes, a number, true, false, null, "{" or "["'],
      },
    ],
    good: [
      {
        title: 'tags of other tools, a redefined anchor, a directive, a plain equals sign and a document of comments alone',
        files: {
          'apps/web/settings.yaml': `
            %YAML 1.2
            ---
            first: &anchor 1
            second: &anchor 2
            third: *anchor
            password: !vault secret/web
            rules: !reference [.web, rules]
            operator: =
            ---
            # nothing here yet
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a chart template, which is text until Helm renders it',
        files: {
          'charts/web/Chart.yaml': `
            apiVersion: v2
            name: web
            version: 1.0.0
          `,
          'charts/web/templates/service.yaml': `
            {{- if .Values.service }}
            metadata: {{ include "web.metadata" . }}
            {{- end }}
          `,
        },
      },
    ],
  },
});
