/** `npm run new-rule <category>/<name>` writes a rule that passes its tests at once, and the index with it. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ruleFile } from './rule-files.ts';

const [id = ''] = process.argv.slice(2);
const { path, exportName } = ruleFile(id);
const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));

if (!/^[a-z]+(-[a-z]+)*\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) fail('usage: npm run new-rule <category>/<name>, in lower case with hyphens');
else if (existsSync(file)) fail(`${path} is there already`);
else {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, scaffold());
  console.log(`wrote ${path}: say what is wrong there, then run \`npm test\``);
  await import('./generate.ts');
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}

function scaffold(): string {
  return `import { at } from '../../src/core/place.ts';
import { defineRule } from '../../src/core/rule.ts';

export const ${exportName} = defineRule({
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
    if (name.includes('\${')) yield { at: place, skipped: 'the name is templated' };
    else if (name === 'todo') yield { at: place, message: 'the name is "todo": name it after what it holds' };
  },

  examples: {
    bad: [
      {
        title: 'a name that says nothing',
        files: {
          'apps/web/settings.yaml': \`
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: todo
          \`,
        },
        findings: ['apps/web/settings.yaml:4:9 the name is "todo": name it after what it holds'],
      },
    ],
    good: [
      {
        title: 'a name that says what it holds',
        files: {
          'apps/web/settings.yaml': \`
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: web-settings
          \`,
        },
      },
    ],
    unknown: [
      {
        title: 'a name that is filled in later',
        files: {
          'apps/web/settings.yaml': \`
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: \\\${NAME}
          \`,
        },
      },
    ],
  },
});
`;
}
