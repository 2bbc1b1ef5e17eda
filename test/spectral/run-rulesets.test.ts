import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import spectral from '@stoplight/spectral-core';
import spectralFunctions from '@stoplight/spectral-functions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { SourceFile } from '../../src/core/document.ts';
import { UsageError } from '../../src/core/errors.ts';
import { locatorFor } from '../../src/parse/locate.ts';
import { parseYaml } from '../../src/parse/parse-yaml.ts';
import { coreFunctions } from '../../src/spectral/core-functions.ts';
import { runRulesets } from '../../src/spectral/run-rulesets.ts';
import { twentyRules } from './twenty-rules.ts';
import { workloads } from './workloads.ts';

type Files = Readonly<Record<string, string>>;

function readDocuments(files: Files): readonly SourceFile[] {
  const classification = { class: 'kubernetes-manifest', reason: 'a test' } as const;
  return Object.entries(files).map(([path, text]) => {
    const { documents, ...parsed } = parseYaml(path, text);
    return { path, text, classification, ...parsed, documents: documents.map(document => ({ ...document, classification })) };
  });
}

/** `path:line:column rule severity message` of everything that the rulesets say of the files. */
async function lint(files: Files, rulesets: Files): Promise<string[]> {
  const sources = readDocuments(files);
  const { reports } = await runRulesets({
    documents: sources.flatMap(({ documents }) => documents),
    rulesets: Object.keys(rulesets).slice(0, 1),
    read: path => rulesets[path],
  });
  const locators = new Map(sources.map(file => [file.path, locatorFor(file)]));
  return reports
    .map(({ at, ruleId, severity, message }) => {
      const { path, start } = (locators.get(at.path) ?? fail)(at);
      return { start, line: `${path}:${start.line}:${start.column} ${ruleId} ${severity} ${message}`, path };
    })
    .sort((a, b) => a.path.localeCompare(b.path) || a.start.offset - b.start.offset || a.line.localeCompare(b.line))
    .map(({ line }) => line);
}

function fail(): never {
  throw new Error('a report of a file that was not given');
}

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ""\n  labels: {}\nspec:\n  replicas: 1\n';

const rule = (body: string) => `rules:\n  r:\n${body.replace(/^/gm, '    ')}\n`;
const named = rule('given: $.metadata\nthen: { field: name, function: truthy }');

describe('a ruleset', () => {
  test('reports a scalar where it stands and a mapping at its key, with its severity', async () => {
    const ruleset = `
rules:
  empty-name: { given: $.metadata, severity: error, message: give it a name, then: { field: name, function: truthy } }
  team: { given: $.metadata.labels, severity: info, description: A team is named, then: { field: team, function: defined } }
  one: { given: $.spec.replicas, severity: hint, then: { function: enumeration, functionOptions: { values: [2, 3] } } }
  quiet: { given: $, severity: "off", then: { function: falsy } }
`;
    expect(await lint({ 'a.yaml': deployment }, { 'policies/team.spectral.yaml': ruleset })).toEqual([
      'a.yaml:4:9 spectral/team/empty-name error give it a name',
      'a.yaml:5:3 spectral/team/team note A team is named',
      'a.yaml:7:13 spectral/team/one note 1 must be equal to one of the allowed values: 2, 3',
    ]);
  });

  test('tells its rules that are on', async () => {
    const text = `${named}  off-here: { given: $, severity: "off", then: { function: truthy } }\n`.replace(
      '  r:',
      '  r:\n    documentationUrl: https://example.org/r\n    description: It has a name',
    );
    const { rules } = await runRulesets({ documents: [], rulesets: ['.spectral.yaml'], read: () => text });
    expect(rules).toContainEqual({
      id: 'spectral/spectral/r',
      severity: 'warning',
      summary: 'It has a name',
      rationale: '',
      mistake: 'linting',
      helpUri: 'https://example.org/r',
    });
  });

  test('may be JSON, may extend files of the repository and change their rules, with aliases', async () => {
    const files = {
      'policies/team.json': `{
        "extends": ["./base.yaml", ["../shared/all.yml", "all"]],
        "aliases": { "Meta": ["$.metadata"] },
        "rules": {
          "kept": "error",
          "dropped": "off",
          "own": { "given": "#Meta.labels", "message": "own", "then": { "field": "x", "function": "truthy" } }
        }
      }`,
      'policies/base.yaml': `
rules:
  kept: { given: $.metadata, message: kept, then: { field: name, function: truthy } }
  dropped: { given: $.metadata, message: dropped, then: { field: name, function: truthy } }
`,
      'shared/all.yml': 'rules:\n  shy: { given: $.kind, recommended: false, message: shy, then: { function: falsy } }\n',
    };
    expect(await lint({ 'a.yaml': deployment }, files)).toEqual([
      'a.yaml:2:7 spectral/team/shy warning shy',
      'a.yaml:4:9 spectral/team/kept error kept',
      'a.yaml:5:3 spectral/team/own warning own',
    ]);
  });

  test('may be overridden for some files, counted from its folder', async () => {
    const ruleset = `${named}overrides:\n  - files: ["../apps/*.yaml"]\n    rules: { r: error }\n  - files: ["../legacy/**"]\n    rules: { r: "off" }\n`;
    const files = { 'apps/a.yaml': deployment, 'legacy/b.yaml': deployment, 'c.yaml': deployment };
    expect(await lint(files, { 'policies/x.yaml': ruleset })).toEqual([
      'apps/a.yaml:4:9 spectral/x/r error "name" property must be truthy',
      'c.yaml:4:9 spectral/x/r warning "name" property must be truthy',
    ]);
  });

  test('sees every document of a file', async () => {
    expect(await lint({ 'a.yaml': `${deployment}---\n${deployment}` }, { 'x.yaml': named })).toEqual([
      'a.yaml:4:9 spectral/x/r warning "name" property must be truthy',
      'a.yaml:12:9 spectral/x/r warning "name" property must be truthy',
    ]);
  });

  test('comes with gitops-lint for the recommended labels', async () => {
    const text = readFileSync(new URL('../../rules/rulesets/kubernetes-labels.spectral.yaml', import.meta.url), 'utf8');
    const labelled = deployment.replace('{}', '{ app.kubernetes.io/name: web, app.kubernetes.io/instance: web, app.kubernetes.io/version: "1" }');
    const found = await lint(
      { 'a.yaml': labelled, 'b.yaml': 'kind: Service\nmetadata: { name: web }\n', 'c.yaml': 'kind: Job\nmetadata: { name: x }\n' },
      { 'kubernetes-labels.spectral.yaml': text },
    );
    expect(found.filter(line => line.startsWith('a.yaml'))).toEqual([
      'a.yaml:5:3 spectral/kubernetes-labels/component note the label "app.kubernetes.io/component" is missing: say what part it plays in the application',
      'a.yaml:5:3 spectral/kubernetes-labels/managed-by note the label "app.kubernetes.io/managed-by" is missing: name the tool that delivers it',
      'a.yaml:5:3 spectral/kubernetes-labels/part-of note the label "app.kubernetes.io/part-of" is missing: name what the application is a part of',
    ]);
    expect(found.filter(line => line.startsWith('b.yaml'))).toEqual([]);
    expect(found.filter(line => line.startsWith('c.yaml:2:1 ')).length).toBe(6);
  });
});

describe('what is refused, with its line', () => {
  test.each([
    ['custom functions', `functions: [own]\n${named}`, 'ruleset x.yaml:1:12: custom functions are code, which is never run: use the core functions'],
    ['a folder of functions', `${named}functionsDir: ./f\n`, 'ruleset x.yaml:5:15: custom functions are code'],
    ['the rulesets for API descriptions', 'extends: [[spectral:oas, all]]\n', 'ruleset x.yaml:1:12: "spectral:oas" is for API descriptions'],
    ['an address', 'extends: https://example.org/x.yaml\n', 'ruleset x.yaml:1:10: "https://example.org/x.yaml" would be fetched, and nothing is'],
    ['a package', 'extends: ["@acme/rules"]\n', 'ruleset x.yaml:1:11: "@acme/rules" is a package'],
    ['a file that is not there', 'extends: ./nothing.yaml\n', 'ruleset x.yaml:1:10: "./nothing.yaml" does not exist'],
    ['a file outside the repository', 'extends: ../x.yaml\n', 'ruleset x.yaml:1:10: "../x.yaml" leaves the repository'],
    ['a ruleset that extends itself', 'extends: ./x.yaml\n', 'ruleset x.yaml:1:10: "./x.yaml" extends itself'],
    ['an unknown function', named.replace('truthy', 'truty'), 'ruleset x.yaml:4:36: "truty" is not a core function: did you mean "truthy"'],
    ['formats', `formats: [oas3]\n${named}`, 'ruleset x.yaml:1:10: formats of API descriptions are not known here'],
    [
      'code in a path',
      rule('given: "$[?(@.constructor)]"\nthen: { function: truthy }'),
      'ruleset x.yaml:3:12: the expression could run code, at "constructor)]"',
    ],
    ['code in an alias', `aliases:\n  A: ["$[?(exit())]"]\n${named}`, 'ruleset x.yaml:2:7: the expression could run code'],
    ['code in a field', rule('given: $\nthen: { field: "$[?(exit())]", function: truthy }'), 'ruleset x.yaml:4:20: the expression could run code'],
    [
      'code in a message',
      rule('given: $\nmessage: "#{{value + 1}}"\nthen: { function: truthy }'),
      'ruleset x.yaml:4:14: an expression in a message is code',
    ],
    ['options that the function does not have', rule('given: $\nthen: { function: length, functionOptions: { most: 1 } }'), 'ruleset x.yaml:4:'],
    ['no rules', 'description: nothing\n', 'ruleset x.yaml:1:1: Ruleset must have rules or extends or overrides defined'],
    ['a list', '- a\n', 'ruleset "x.yaml" is not a mapping'],
    ['broken YAML', 'rules: [\n', 'ruleset x.yaml:'],
    ['a change of a rule that is not there', 'rules: { a: error }\n', 'ruleset "x.yaml": Cannot extend non-existing rule: "a"'],
    ['a pattern that is none', rule('given: $.kind\nthen: { function: pattern, functionOptions: { match: "(" } }'), 'ruleset '],
  ])('%s', async (_, text, message) => {
    const run = lint({ 'a.yaml': deployment }, { 'x.yaml': text });
    await expect(run).rejects.toThrow(UsageError);
    await expect(run).rejects.toThrow(message);
  });

  test('a ruleset that is missing or JavaScript', async () => {
    const run = (path: string) => runRulesets({ documents: [], rulesets: [path], read: () => undefined });
    await expect(run('x.yaml')).rejects.toThrow('ruleset "x.yaml" does not exist');
    await expect(run('x.js')).rejects.toThrow('ruleset "x.js" is not YAML or JSON');
  });
});

describe('the network', () => {
  let requests = 0;
  const server = createServer((_, response) => {
    requests++;
    response.end('{}');
  });
  beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise(resolve => server.close(resolve)));

  test('gets no request for what documents and rulesets refer to', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.yaml`;
    const document = `$ref: "${url}"\nspec:\n  $ref: "${url}#/a"\n  schema: { $ref: ./b.yaml }\n`;
    const schema = rule(`given: $\nthen: { function: schema, functionOptions: { schema: { $ref: "${url}" } } }`);
    await lint({ 'a.yaml': document, 'b.yaml': document }, { 'x.yaml': schema });
    await lint({ 'a.yaml': document }, { 'x.yaml': rule('given: $.spec\nthen: { field: name, function: truthy }') });
    await expect(lint({ 'a.yaml': document }, { 'x.yaml': `extends: ${url}\n${named}` })).rejects.toThrow(UsageError);
    expect(requests).toBe(0);
  });
});

describe('twenty rules say of documents what Spectral says of their texts, at the same lines', () => {
  test('with all that is its own, on some', async () => {
    await compareWithSpectral(30, spectralFunctions);
  });

  test('on 1,000, where its schemas are compiled once', async () => {
    await compareWithSpectral(1000, coreFunctions);
  }, 60_000);
});

async function compareWithSpectral(number: number, functions: Readonly<Record<string, unknown>>): Promise<void> {
  const files = Object.fromEntries(workloads(number).map((text, index) => [`${index}.yaml`, text]));
  const ours = await lint(files, { 'twenty.yaml': twentyRules });

  const definition = parse(twentyRules, (_, value: unknown) => {
    const name = typeof value === 'object' && value !== null && 'function' in value ? value.function : undefined;
    return typeof name === 'string' ? { ...(value as object), function: functions[name] } : value;
  });
  const engine = new spectral.Spectral();
  engine.setRuleset(definition);
  const theirs: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    for (const { code, message, range, severity } of await engine.run(text)) {
      theirs.push(`${path}:${range.start.line + 1} spectral/twenty/${code} ${['error', 'warning'][severity] ?? 'note'} ${message}`);
    }
  }
  expect(theirs.length).toBeGreaterThan(number);
  expect(ours.map(line => line.replace(/:(\d+):\d+ /, ':$1 ')).sort()).toEqual(theirs.sort());
}
