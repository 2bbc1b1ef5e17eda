import { defineRule } from '../../src/core/rule.ts';

/** Tokens of the right form that were never given to anybody, in pieces so that no scanner takes this file for a leak. */
const accessKey = ['AKIA', 'Q3ZK7WNB', 'X5RT2MHD'].join('');
const secretKey = ['p8Zr1QkWv0', 'Lb7NdYx3Tc', 'Jf6HsMg9Ue', '2RaKoXi5Bw'].join('');
const github = (checksum: string) => ['ghp_', 'Zq4vW8sKx1', 'Lm7RtYb3Nc', 'Jd6HpFg9Ue', checksum].join('');
const slack = ['xoxb-', '204839175536-', '731905628841-', 'kQ8vZr1WxLb7NdYt3TcJf6Hs'].join('');
const digitalOcean = ['dop_v1_', '8f3a1c9e5b7d2046', 'e1b8d7f3a9c5026e', '4c7a9e1f3b5d8206', 'a7c3e9f1b5d80264'].join('');

export const knownToken = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'secrets',
  summary: 'A credential is in the repository whose form tells the provider that gave it out.',
  rationale:
    'Robots read public repositories for these within minutes, and everybody who can clone a private one has them. What Git has seen once must be revoked.',
  compliance: ['NIS2 21(2)(h)', 'NIS2 21(2)(i)', 'DORA 9(4)(d)', 'RTS 7', 'SSCS 1.5.1'],
  since: '0.1.0',

  *check(file, { secrets }) {
    for (const found of secrets.tokensIn(file)) {
      if ('skipped' in found) {
        yield found;
        continue;
      }
      const { at, name, hint, doubt, isHarmless } = found;
      const what = hint === '' ? name : `${name} (${hint})`;
      if (doubt === undefined) yield { at, message: `${what} is in the repository: revoke it, and keep the next one in a secret store` };
      else if (isHarmless) yield { at, severity: 'note', message: `${what} is in the repository, and ${doubt}: delete it` };
      else yield { at, severity: 'warning', message: `what looks like ${what} is in the repository, though ${doubt}: revoke it if it works` };
    }
  },

  examples: {
    bad: [
      {
        title: 'tokens in plain text and in base64',
        files: {
          'apps/ci/settings.env': `GITHUB_TOKEN=${github('3WhCtq')}\nAWS_ACCESS_KEY_ID=${accessKey}\nAWS_SECRET_ACCESS_KEY=${secretKey}\n`,
          'apps/bot/values.yaml': `slack: { token: ${slack} }\n`,
          'apps/dns/secret.yaml': `apiVersion: v1\nkind: Secret\ndata:\n  token: ${Buffer.from(digitalOcean).toString('base64')}\n`,
        },
        findings: [
          'apps/ci/settings.env:1:14 a GitHub token (gh…tq) is in the repository: revoke it, and keep the next one in a secret store',
          'apps/ci/settings.env:2:19 an AWS access key (AK…HD) is in the repository: revoke it, and keep the next one in a secret store',
          'apps/ci/settings.env:3:23 an AWS secret key (p8…Bw) is in the repository: revoke it, and keep the next one in a secret store',
          'apps/bot/values.yaml:1:17 a Slack token (xo…Hs) is in the repository: revoke it, and keep the next one in a secret store',
          'apps/dns/secret.yaml:4:10 a DigitalOcean token (do…64) is in the repository: revoke it, and keep the next one in a secret store',
        ],
      },
      {
        title: 'what may not work is a warning',
        files: { 'apps/ci/settings.env': `GITHUB_TOKEN=${github('aaBBcc')}\n`, 'main.tf': `access_key = "${accessKey}"\n` },
        findings: [
          'apps/ci/settings.env:1:14 what looks like a GitHub token (gh…cc) is in the repository, though its checksum is not right: revoke it if it works',
          'main.tf:1:15 what looks like an AWS access key (AK…HD) is in the repository, though its secret key is not here: revoke it if it works',
        ],
      },
    ],
    good: [
      {
        title: 'examples of documentation and tokens of tests',
        files: {
          'README.md': `aws_access_key_id = ${['AKIA', 'IOSFODNN7', 'EXAMPLE'].join('')}\ntoken: ghp_${'x'.repeat(36)}\ntoken: glpat-<your-token>\n`,
          'charts/web/tests/values.yaml': `token: ${slack}\n`,
        },
      },
      {
        title: 'a role in place of keys',
        files: { 'apps/web/account.yaml': 'annotations:\n  eks.amazonaws.com/role-arn: arn:aws:iam::123456789012:role/web\n' },
      },
    ],
    unknown: [{ title: 'a token that is filled in later', files: { 'apps/ci/settings.env': `SLACK_TOKEN=xoxb-\${SLACK_TOKEN}\n` } }],
  },
});
