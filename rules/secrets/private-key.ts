import { defineRule } from '../../src/core/rule.ts';

/** A key that nobody has used, in pieces so that no scanner takes this file for a leak. */
const body = [
  'MHcCAQEEIB5Qm0a7wYk3Lr9Vd2ZxTfJ8sHn6Pc4GuEo1Kq',
  'WbXiyRoAoGCCqGSM49AwEHoUQDQgAEzv8NfQk2Lw5Jt7Ya',
  'Rb3XcGm9Hd6PsUoVi1EnTqWkZ4rMx0CgSy8FjBhKpLu2A5',
];
const begin = (type: string) => `-----BEGIN ${type}PRIVATE KEY-----`;
const end = (type: string) => `-----END ${type}PRIVATE KEY-----`;
const key = (type: string, separator: string, headers: readonly string[] = []) => [begin(type), ...headers, ...body, end(type)].join(separator);
const ageKey = ['AGE-SECRET-KEY-1', 'HCU7RGXKSFRGJA8C7282XN4RQ', 'A8XL23HCQ9M7ZE494QFPM0MX6CS9Z5GS3'].join('');

export const privateKey = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'secrets',
  summary: 'A private key is in the repository.',
  rationale:
    'Whoever can read the repository can act as the owner of the key. The key of SOPS, age or Sealed Secrets opens everything that was ever encrypted for it, in the whole history.',
  compliance: ['RTS 7', 'NIS2 21(2)(h)'],
  since: '0.1.0',

  *check(file, { secrets }) {
    for (const found of secrets.privateKeysIn(file)) {
      if ('skipped' in found) {
        yield found;
        continue;
      }
      const { at, name, isEncrypted, isEncoded } = found;
      const what = isEncoded ? `${name} in base64` : name;
      if (isEncrypted)
        yield { at, severity: 'warning', message: `${what} is in the repository, and only a passphrase protects it: keep it in a secret store` };
      else yield { at, message: `${what} is in the repository: replace it, and keep the next one in a secret store` };
    }
  },

  examples: {
    bad: [
      {
        title: 'keys in files, in YAML, in JSON and in base64',
        files: {
          'keys/deploy.pem': key('EC ', '\n'),
          'apps/web/values.yaml': `tls:\n  key: |\n    ${key('', '\n    ')}\n`,
          'apps/account.json': JSON.stringify({ private_key: key('', '\n') }),
          'clusters/age.agekey': `# created: 2026-01-01\n${ageKey}\n`,
          'apps/encoded.yaml': `key: ${Buffer.from(key('EC ', '\n')).toString('base64')}\n`,
        },
        findings: [
          'keys/deploy.pem:1:1 an EC private key is in the repository: replace it, and keep the next one in a secret store',
          'apps/web/values.yaml:3:5 a private key is in the repository: replace it, and keep the next one in a secret store',
          'apps/account.json:1:17 a private key is in the repository: replace it, and keep the next one in a secret store',
          'clusters/age.agekey:2:1 an age key is in the repository: replace it, and keep the next one in a secret store',
          'apps/encoded.yaml:1:6 an EC private key in base64 is in the repository: replace it, and keep the next one in a secret store',
        ],
      },
      {
        title: 'a key that a passphrase protects is a warning',
        files: {
          'keys/old.pem': key('RSA ', '\n', ['Proc-Type: 4,ENCRYPTED', 'DEK-Info: AES-128-CBC,8F2A', '']),
          'keys/new.pem': key('ENCRYPTED ', '\n'),
        },
        findings: [
          'keys/new.pem:1:1 a private key is in the repository, and only a passphrase protects it: keep it in a secret store',
          'keys/old.pem:1:1 an RSA private key is in the repository, and only a passphrase protects it: keep it in a secret store',
        ],
      },
    ],
    good: [
      {
        title: 'documentation, certificates, public keys and what a test uses',
        files: {
          'README.md': `Paste your key:\n\n    ${begin('RSA ')}\n    ...\n    ${end('RSA ')}\n`,
          'apps/public.yaml':
            'recipient: age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq\nkey: |\n  -----BEGIN PUBLIC KEY-----\n  MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEzv8NfQk2Lw5Jt7YaRb3XcGm9Hd6P\n  -----END PUBLIC KEY-----\n',
          'charts/web/tests/fixtures/key.pem': key('EC ', '\n'),
        },
      },
    ],
    unknown: [{ title: 'a key that a template brings', files: { 'apps/key.yaml': `key: |\n  ${begin('')}\n  \${SIGNING_KEY}\n  ${end('')}\n` } }],
  },
});
