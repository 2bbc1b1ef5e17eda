import path from 'node:path/posix';
import type { RepoPath } from '../../../src/core/place.ts';
import { diceFrom, tokenShapes } from '../../secrets/token-shapes.ts';
import { addFields, addItem, append } from '../edit-text.ts';
import { fieldAt, isKustomization, isManifest } from '../mentions.ts';
import type { Repository } from '../read-repository.ts';
import type { Defect, Seeder, Seeders } from '../seed.ts';

// What is planted is made up, and in pieces so that no scanner takes this file for a leak.
const password = ['Tr0ub4dor', '&3-', 'horse'].join('');
const token = ['xox', 'b-', '2488163264', '12-', '3691215182', '124-', 'QwErTyUiOpAsDfGhJkLzXcVb'].join('');
const ageKey = ['AGE-SECRET-KEY-1', 'HCU7RGXKSFRGJA8C7282XN4RQ', 'A8XL23HCQ9M7ZE494QFPM0MX6CS9Z5GS3'].join('');
const key = [
  ['-----BEGIN RSA ', 'PRIVATE KEY-----'].join(''),
  `MIIEpAIBAAKCAQEA${'q7Zc0vXw2Lr9TfJ8sHn6Pc4GuEo1KqWb'}`,
  ...Array.from({ length: 22 }, (_, row) => encode(`line ${row} of a made-up key, no key at all`).slice(0, 64)),
  ['-----END RSA ', 'PRIVATE KEY-----'].join(''),
];

export const secretDefects: Seeders<Defect> = {
  'a Secret in plain text is added': inNewFile(
    'credentials.yaml',
    'secrets/plaintext-manifest',
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: credentials\nstringData:\n  user: harbour\n  password: ${password}\n`,
    7,
  ),
  'a Secret in base64 is added': inNewFile(
    'credentials.yaml',
    'secrets/plaintext-manifest',
    `apiVersion: v1\ndata:\n  db-password: ${encode(password)}\nkind: Secret\nmetadata:\n  name: credentials\n`,
    3,
  ),
  'a Secret in plain text is added to a list': inNewFile(
    'exported.yaml',
    'secrets/plaintext-manifest',
    `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata:\n      name: credentials\n    data:\n      password: ${encode(password)}\n`,
    9,
  ),
  'a Secret in plain text is added behind another document': inNewFile(
    'account.yaml',
    'secrets/plaintext-manifest',
    `---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: robot\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: robot}\nimmutable: true\nstringData: {"CLIENT_SECRET": '${password}'}\n`,
    11,
  ),
  'a Secret holds a URL with a password': inNewFile(
    'database.yaml',
    'secrets/plaintext-manifest',
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: database\nstringData:\n  DATABASE_URL: postgres://shop:${password}@database.harbour.example:5432/shop\n`,
    6,
  ),
  'a Secret holds a file with a password': inNewFile(
    'settings.yaml',
    'secrets/plaintext-manifest',
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: settings\nstringData:\n  settings.yaml: |\n    database:\n      user: harbour\n      password: ${password}\n`,
    9,
  ),
  'a Secret stands in a ConfigMap': inNewFile(
    'template.yaml',
    'secrets/plaintext-manifest',
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra\ndata:\n  secret.yaml: |\n    apiVersion: v1\n    kind: Secret\n    metadata:\n      name: credentials\n    stringData:\n      password: ${password}\n`,
    12,
  ),
  'a Secret in JSON is added': inNewFile(
    'credentials.json',
    'secrets/plaintext-manifest',
    `{\n  "apiVersion": "v1",\n  "kind": "Secret",\n  "metadata": { "name": "credentials" },\n  "data": { "api-key": "${encode(password)}" }\n}\n`,
    5,
  ),
  'a Secret of Docker is added': inNewFile(
    'registry.yaml',
    'secrets/plaintext-manifest',
    `apiVersion: v1\nkind: Secret\ntype: kubernetes.io/dockerconfigjson\nmetadata:\n  name: registry\ndata:\n  .dockerconfigjson: ${encode(
      JSON.stringify({ auths: { 'registry.example.org': { username: 'harbour', password, auth: encode(`harbour:${password}`) } } }),
    )}\n`,
    7,
  ),
  'a private key is added': inNewFile(
    'tls.yaml',
    'secrets/private-key',
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: tls\ndata:\n  tls.key: |\n${key.map(line => `    ${line}\n`).join('')}`,
    7,
  ),
  'a private key in base64 is added': inNewFile(
    'tls.yaml',
    'secrets/private-key',
    `apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata:\n  name: tls\ndata:\n  tls.key: ${encode(key.join('\n'))}\n`,
    7,
  ),
  'a key file is added': inNewFile('tls.key', 'secrets/private-key', `${key.join('\n')}\n`, 1),
  'the key of age is added': inNewFile('keys.txt', 'secrets/private-key', `# created: 2026-01-30T10:12:14Z\n# public key: age1none\n${ageKey}\n`, 3),
  'a token is added': inNewFile(
    'chat.yaml',
    'secrets/known-token',
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: chat\ndata:\n  chat.ini: |\n    [bot]\n    token = ${token}\n`,
    8,
  ),
  'a token in base64 is added': inNewFile(
    'chat.yaml',
    'secrets/known-token',
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: chat\ndata:\n  bot: ${encode(token)}\n`,
    6,
  ),
  'a token of any provider is added to a ConfigMap': function* ({ files, documents }) {
    const folders = [...new Set(documents.filter(isManifest).map(({ path: file }) => path.dirname(file)))];
    for (const [index, [name, make]] of Object.entries(tokenShapes).entries()) {
      const file = `${folders[index % folders.length]}/robot.yaml`;
      const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: robot\ndata:\n  robot.ini: |\n    # ${name}\n    access = ${make(diceFrom(index))}\n`;
      if (!(file in files)) yield found(file, text, 'secrets/known-token', 8);
    }
  },
  'a token is added to a file of another kind': function* ({ files }) {
    for (const [file, text, line] of [
      ['scripts/announce.sh', `#!/bin/sh\ncurl -H "Authorization: Bearer ${token}" https://chat.example.org\n`, 2],
      ['.github/workflows/announce.yml', `name: announce\non: push\nenv:\n  CHAT: ${token}\njobs: {}\n`, 4],
      ['terraform/chat/main.tf', `resource "chat" "bot" {\n  token = "${token}"\n}\n`, 2],
      ['settings/chat.json', `{\n  "bot": {\n    "token": "${token}"\n  }\n}\n`, 3],
      ['.env', `CHAT_CHANNEL=deployments\nCHAT_TOKEN=${token}\n`, 2],
    ] as const) {
      if (!(file in files)) yield found(file, text, 'secrets/known-token', line);
    }
  },
  'a token is added to values': function* (repository) {
    for (const document of repository.documents) {
      if (!/(^|\/)values[\w-]*\.ya?ml$/.test(document.path)) continue;
      const { text, line } = append(document, 'notifications:', '  chat:', `    bot: ${token}`);
      yield found(document.path, text, 'secrets/known-token', line + 2);
    }
  },
  'a Secret is added to the extra objects of values': function* (repository) {
    for (const document of repository.documents) {
      if (!/(^|\/)values[\w-]*\.ya?ml$/.test(document.path)) continue;
      const lines = ['- apiVersion: v1', '  kind: Secret', '  metadata:', '    name: credentials', '  stringData:', `    password: ${password}`];
      const { text, line } = append(document, 'extraObjects:', ...lines.map(text => `  ${text}`));
      yield found(document.path, text, 'secrets/plaintext-manifest', line + 6);
    }
  },
  'a token is added to the environment of a container': function* (repository) {
    for (const document of repository.documents.filter(isManifest)) {
      for (const { keys, kind } of document.fields) {
        const added = kind === 'sequence' && keys.at(-1) === 'env' ? addItem(document, keys, 'name: CHAT_BOT', `value: ${token}`) : undefined;
        if (added) yield found(document.path, added.text, 'secrets/known-token', added.line + 1);
      }
    }
  },
  'a password is added to the environment of a container': function* (repository) {
    for (const document of repository.documents.filter(isManifest)) {
      for (const { keys, kind } of document.fields) {
        const added = kind === 'sequence' && keys.at(-1) === 'env' ? addItem(document, keys, 'name: DB_PASSWORD', `value: ${password}`) : undefined;
        if (added) yield found(document.path, added.text, 'secrets/workload-literal', added.line + 1);
      }
    }
  },
  'a ConfigMap with a password is added': inNewFile(
    'database.yaml',
    'secrets/workload-literal',
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: database\ndata:\n  DB_HOST: database\n  DB_PASSWORD: ${password}\n`,
    7,
  ),
  'a ConfigMap with a file of settings is added': inNewFile(
    'settings.yaml',
    'secrets/workload-literal',
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  app.properties: |\n    database.host=database\n    database.password=${password}\n`,
    8,
  ),
  'a Job that hands a password over is added': inNewFile(
    'import.yaml',
    'secrets/workload-literal',
    `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: import\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: import\n          image: registry.example.org/import:1.0.0\n          args:\n            - --host=database\n            - --password=${password}\n`,
    14,
  ),
  'a generator of a ConfigMap holds a password': function* (repository) {
    for (const document of repository.documents) {
      if (!isKustomization(document) || fieldAt(document, 'configMapGenerator')) continue;
      const { text, line } = append(document, 'configMapGenerator:', '- name: database', '  literals:', `  - DB_PASSWORD=${password}`);
      yield found(document.path, text, 'secrets/workload-literal', line + 3);
    }
  },
  'a password is added to values': function* (repository) {
    for (const document of repository.documents) {
      if (!/(^|\/)values[\w-]*\.ya?ml$/.test(document.path)) continue;
      const { text, line } = append(document, 'backoffice:', '  auth:', `    password: ${password}`);
      yield found(document.path, text, 'secrets/values-credential', line + 2);
    }
  },
  'a password is added to the values of a release': function* (repository) {
    for (const document of repository.documents) {
      if (document.kind !== 'HelmRelease') continue;
      const added = fieldAt(document, 'spec', 'values') ? addFields(document, ['spec', 'values'], `adminPassword: ${password}`) : undefined;
      if (added) yield found(document.path, added.text, 'secrets/values-credential', added.line);
    }
  },
  'a token is added to a text': function* ({ files }) {
    const text = files['README.md'] ?? '';
    yield found(
      'README.md',
      `${text}\nPost with \`curl -H "Authorization: Bearer ${token}"\`.\n`,
      'secrets/known-token',
      text.split('\n').length + 1,
    );
  },
  'a generator holds a password': function* (repository) {
    for (const document of kustomizations(repository)) {
      const { text, line } = append(document, 'secretGenerator:', '- name: credentials', '  literals:', `  - password=${password}`);
      yield found(document.path, text, 'secrets/plaintext-manifest', line + 3);
    }
  },
  'a generator takes a file that is a password': function* (repository) {
    for (const document of kustomizations(repository)) {
      const { text } = append(document, 'secretGenerator:', '- name: credentials', '  files:', '  - password=credentials.txt');
      const file = path.join(path.dirname(document.path), 'credentials.txt');
      yield found(file, `${password}\n`, 'secrets/plaintext-manifest', 1, { [document.path]: text });
    }
  },
  "a generator's file holds a password": function* (repository) {
    for (const document of kustomizations(repository)) {
      const { text } = append(document, 'secretGenerator:', '- name: credentials', '  envs:', '  - credentials.env');
      const file = path.join(path.dirname(document.path), 'credentials.env');
      yield found(file, `USER_NAME=harbour\nPASSWORD=${password}\n`, 'secrets/plaintext-manifest', 2, { [document.path]: text });
    }
  },
};

function kustomizations({ documents }: Repository) {
  return documents.filter(document => isKustomization(document) && !fieldAt(document, 'secretGenerator'));
}

/** The same file in every folder that holds manifests. */
function inNewFile(name: string, ruleId: string, text: string, line: number): Seeder<Defect> {
  return function* ({ files, documents }) {
    for (const folder of new Set(documents.filter(isManifest).map(({ path: file }) => path.dirname(file)))) {
      const file = path.join(folder, name);
      if (!(file in files)) yield found(file, text, ruleId, line);
    }
  };
}

function found(file: RepoPath, text: string, ruleId: string, line: number, others: Defect['files'] = {}): Defect {
  return { files: { ...others, [file]: text }, expected: [{ ruleId, path: file, line }] };
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}
