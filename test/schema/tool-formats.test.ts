import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { toolConfig } from '../../rules/schema/tool-config.ts';
import { defaultConfig } from '../../src/config/default-config.ts';
import { lint } from '../../src/lint.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { mistakes } from './tool-mistakes.ts';

const folder = new URL('tool-config/', import.meta.url);

/** Where the tool looks for a file of a format. */
const paths: Readonly<Record<string, string>> = {
  'ansible-galaxy': 'ansible/acme/galaxy.yml',
  'ansible-playbook': 'ansible/site.yml',
  'ansible-requirements': 'ansible/requirements.yml',
  'azure-pipelines': 'azure-pipelines.yml',
  'bitbucket-pipelines': 'bitbucket-pipelines.yml',
  'chart-lock': 'charts/shop/Chart.lock',
  'github-action': '.github/actions/one/action.yml',
  'github-ruleset': '.github/rulesets/main.json',
  'github-settings': '.github/settings.yml',
  'github-workflow': '.github/workflows/ci.yaml',
  'gitlab-ci': '.gitlab-ci.yml',
  'jx-requirements': 'jx-requirements.yml',
  'jx-settings': '.jx/settings.yaml',
  'lighthouse-triggers': '.lighthouse/jenkins-x/triggers.yaml',
  backstage: 'catalog-info.yaml',
  chart: 'charts/shop/Chart.yaml',
  compose: 'docker-compose.yaml',
  dependabot: '.github/dependabot.yml',
  helmfile: 'helmfile.yaml',
  kustomization: 'apps/shop/kustomization.yaml',
  sops: '.sops.yaml',
};

test('every format has files', () => {
  const schemas = readdirSync(new URL('../../schemas/tools/', import.meta.url)).map(name => name.replace('.json', ''));
  expect(schemas.sort()).toEqual(formats.map(({ format }) => format).sort());
});

const formats = readdirSync(folder).map(format => ({ format, files: readdirSync(new URL(`${format}/`, folder)) }));
const tool = rules.filter(({ id }) => id === 'schema/tool-config' || id === 'schema/implicit-type');

describe.each(formats)('$format', ({ format, files }) => {
  test.each(files)('%s has no mistake', async file => {
    expect(await lines(format, read(format, file))).toEqual([]);
  });

  test.each(mistakes[format] ?? [])('%s: %s becomes %s', async (file, from, to, line) => {
    const text = read(format, file);
    expect(text).toContain(from);
    expect(
      await lines(
        format,
        text.replace(from, () => to),
      ),
    ).toEqual([line]);
  });

  test('the schema is one to Ajv, too', () => {
    const schema: unknown = JSON.parse(readFileSync(new URL(`../../schemas/tools/${format}.json`, import.meta.url), 'utf8'));
    expect(() => new Ajv({ strict: false, formats: {} }).compile(schema as object)).not.toThrow();
  });

  test('five files or more, and five mistakes or more', () => {
    expect(files.length).toBeGreaterThan(4);
    expect(mistakes[format]?.length).toBeGreaterThan(4);
  });
});

function read(format: string, file: string): string {
  return readFileSync(new URL(`${format}/${file}`, folder), 'utf8');
}

/** What the rule says, as `line:column message`. */
async function lines(format: string, text: string): Promise<readonly string[]> {
  const { findings } = await lint({
    workspace: memoryWorkspace({ [paths[format] ?? '']: text, 'ansible/ansible.cfg': '' }),
    config: defaultConfig(),
    rules: tool,
    repository: { remotes: [], isWorkTree: false },
    today: '2026-06-01',
  });
  return findings.map(
    ({ at, message, severity }) => `${at.start.line}:${at.start.column} ${severity === toolConfig.severity ? '' : `${severity} `}${message}`,
  );
}
