import { at } from '../../src/core/place.ts';
import { defineRule } from '../../src/core/rule.ts';

export const endOfLifeTool = defineRule({
  severity: 'warning',
  presets: { strict: {}, regulated: {} },
  scope: 'document',
  mistake: 'linting',
  summary: 'A ConfigMap is named "todo".',
  rationale: 'Say here what goes wrong for the team when nobody mends this.',
  since: '0.1.0',

  *check(document) {
    const object = document.value as { kind?: unknown; metadata?: { name?: unknown } } | null;
    const name = object?.metadata?.name;
    if (document.classification.class !== 'kubernetes-manifest' || object?.kind !== 'ConfigMap' || typeof name !== 'string') return;
    const place = at(document, 'metadata', 'name');
    if (name.includes('${')) yield { at: place, skipped: 'the name is templated' };
    else if (name === 'todo') yield { at: place, message: 'the name is "todo": name it after what it holds' };
  },

  examples: {
    bad: [
      {
        title: 'a name that says nothing',
        files: {
          'apps/web/settings.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: todo
          `,
        },
        findings: ['apps/web/settings.yaml:4:9 the name is "todo": name it after what it holds'],
      },
    ],
    good: [
      {
        title: 'a name that says what it holds',
        files: {
          'apps/web/settings.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: web-settings
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a name that is filled in later',
        files: {
          'apps/web/settings.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: \${NAME}
          `,
        },
      },
    ],
  },
});
