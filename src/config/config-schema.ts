import type { Rule } from '../core/rule.ts';
import { versionedTools } from '../core/running-versions.ts';
import type { JsonSchema } from '../schema/json-schema.ts';

/** What the schema of the config needs to know of a rule. */
export type ConfigurableRule = Pick<Rule, 'id' | 'summary'> & { readonly options?: { readonly schema: Readonly<Record<string, object>> } };

/** The one definition of gitops-lint.yaml: it judges the file at run time and, written to schemas/, helps editors. */
export function configSchema(rules: readonly ConfigurableRule[]): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'gitops-lint.yaml',
    description: 'The config of gitops-lint. Every field is optional; patterns are globs relative to the root of the repository.',
    type: 'object',
    properties: {
      extends: {
        description: 'A preset (recommended, strict, regulated) or a local file (./shared.yaml), or a list of them: the later wins, this file last.',
        anyOf: [text, { type: 'array', items: text }],
      },
      exclude: { ...globs, description: 'What is not looked at, beside what .gitignore leaves out.' },
      repository: {
        ...fields({
          urls: { ...texts, description: 'URLs by which this repository is known, beside those of its Git remotes.' },
          platform: { type: 'string', enum: ['github', 'gitlab', 'bitbucket', 'azure'] },
          protectedBranch: text,
        }),
        description: 'What this repository is called elsewhere.',
      },
      roots: { ...globs, description: 'Files and folders at which delivery begins, if inference is wrong.' },
      environments: {
        type: 'object',
        additionalProperties: environment,
        description: 'Deployment targets by name, where inference is wrong or says too little.',
      },
      inherits: {
        type: 'object',
        additionalProperties: texts,
        description: 'The environments that an environment may build on: what it takes in of them is no leak.',
      },
      versions: {
        ...fields(Object.fromEntries(versionedTools.map(tool => [tool, version]))),
        description: 'What runs in the clusters, where the repository does not tell or tells it wrong.',
      },
      secrets: {
        ...fields({
          placeholders: { ...texts, description: 'Regular expressions for values that look like secrets and are none.' },
          allow: {
            type: 'array',
            items: allowedSecret,
            description: 'Values that look like secrets and are none: everything that an entry names has to fit.',
          },
          sharedRecipients: { ...texts, description: 'Recipients of SOPS that decrypt in every environment by design, such as one for emergencies.' },
          maxAge: { type: 'integer', minimum: 1, description: 'Days after which an encrypted secret is to be changed.' },
        }),
        description: 'What is no secret, and how secrets are kept.',
      },
      maxFileSize: {
        anyOf: [
          { type: 'integer', minimum: 1 },
          { type: 'string', pattern: fileSizePattern },
        ],
        'x-expected': 'a size such as 5MB, 500 kB or 1MiB',
        default: '5MB',
        description: 'Larger files are reported as skipped.',
      },
      rules: { ...ruleSettings(rules), description: 'Severity and options by rule id, or severity by a pattern such as format/*.' },
      overrides: {
        type: 'array',
        items: fields({ files: globs, environments: texts, rules: { $ref: '#/$defs/rules' } }, ['rules']),
        description: 'Other settings for some files, or for what concerns some environments alone. The last that holds wins.',
      },
      waivers: {
        type: 'array',
        items: fields(
          {
            rule: text,
            path: text,
            reason: text,
            owner: text,
            expires: date,
            digest: {
              anyOf: [digest, { type: 'array', items: digest }],
              description: 'The secret that is accepted, as the finding names it, or a list of them. Without it no secret is.',
            },
          },
          ['rule', 'path', 'reason'],
        ),
        description: 'Findings that are accepted for now, with the reason.',
      },
      schemas: {
        ...texts,
        description: 'Folders with JSON schemas of custom resources, group/kind_version.json: paths relative to this file.',
      },
      rulesets: { ...texts, description: 'Spectral rulesets to run as well: paths relative to this file.' },
    },
    additionalProperties: false,
    $defs: { rules: ruleSettings(rules) },
  };
}

const text: JsonSchema = { type: 'string', minLength: 1 };
const texts: JsonSchema = { type: 'array', items: text };
const globs: JsonSchema = { type: 'array', items: text };
/** A number would lose the last zero of 1.30. */
const version: JsonSchema = { type: 'string', pattern: '^v?\\d+\\.\\d+(\\.\\d+)?$', 'x-expected': 'a version such as "1.33"' };
const date: JsonSchema = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$', 'x-expected': 'a date such as 2027-03-31' };
/** Without quotes YAML may take it for a number. */
const digest: JsonSchema = { type: 'string', pattern: '^[0-9a-f]{4}$', 'x-expected': 'a digest in quotes such as "3f2a"' };

/** A number of bytes, in decimal or binary multiples. */
export const fileSizePattern = '^(\\d+(?:\\.\\d+)?) ?([kKMG]?)(i?)B$';

const environment = fields({
  tier: { type: 'string', enum: ['ephemeral', 'development', 'test', 'staging', 'production', 'shared'] },
  rank: { type: 'number', description: 'The turn in the order of promotion: lower comes first.' },
  paths: { ...globs, description: 'Files and folders that belong to the environment.' },
  clusters: { ...globs, description: 'Names of its clusters.' },
  namespaces: { ...globs, description: 'Names of its namespaces.' },
  kubernetes: { ...version, description: 'The version of Kubernetes that its clusters run.' },
  group: { ...texts, description: 'The environments that this name stands for together.' },
});

const allowedSecret: JsonSchema = {
  ...fields({
    key: { ...text, description: 'The name of the value alone or with what it stands in, as in grafana.adminPassword; * stands for any text.' },
    path: { ...text, description: 'A glob for files.' },
    'value-sha256': { type: 'string', pattern: '^[0-9A-Fa-f]{64}$', 'x-expected': 'the SHA-256 of the value, in 64 hexadecimal digits' },
  }),
  minProperties: 1,
};

function ruleSettings(rules: readonly ConfigurableRule[]): JsonSchema {
  const severity: JsonSchema = { type: 'string', enum: ['off', 'note', 'warning', 'error'] };
  const setting = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
    anyOf: [severity, fields(properties)],
    'x-expected': 'off, note, warning, error or a mapping',
  });
  return {
    type: 'object',
    'x-name': 'rule',
    properties: Object.fromEntries(
      rules.map(({ id, summary, options }) => [
        id,
        {
          description: summary,
          ...setting({ severity, ...(options && { options: fields(options.schema as Readonly<Record<string, JsonSchema>>) }) }),
        },
      ]),
    ),
    patternProperties: { '\\*': setting({ severity }), '^spectral/': setting({ severity }) },
    additionalProperties: false,
  };
}

function fields(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema {
  return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false };
}
