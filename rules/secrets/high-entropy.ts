import { isTemplatedData } from '../../src/core/document.ts';
import { defineRule } from '../../src/core/rule.ts';

export const highEntropy = defineRule({
  severity: 'note',
  presets: { strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'secrets',
  summary: 'A long value looks random, and nothing says what it is.',
  rationale: 'Credentials also stand under names that nobody thinks of. This net is wide: what is public goes into `secrets.allow` of the config.',
  since: '0.1.0',

  *check(file, { secrets }) {
    if (isTemplatedData(file)) yield { at: { path: file.path }, skipped: 'a template has no values before it is rendered' };
    for (const { at, path } of secrets.randomValuesIn(file)) {
      yield { at, message: `"${path.join('.')}" looks random: if it is a credential, keep it in a secret store and change it` };
    }
  },

  examples: {
    bad: [
      {
        title: 'random values of several alphabets',
        files: {
          'apps/web/values.yaml': `
            custom: 9fK2mXq7RtV4wZ1pLs8YbN3c
            custom_hex: 8f3a91c07be24d56f01a3
            extra: { seed: q7-RtV4_wZ1pLs8YbN3cHj6K-dG5 }
            env: [{ name: CUSTOM, value: 9fK2mXq7RtV4wZ1pLs8YbN3c }]
          `,
          'main.tf': 'locals {\n  custom = "9fK2mXq7RtV4wZ1pLs8YbN3c"\n}\n',
        },
        findings: [
          'apps/web/values.yaml:1:9 "custom" looks random: if it is a credential, keep it in a secret store and change it',
          'apps/web/values.yaml:2:13 "custom_hex" looks random: if it is a credential, keep it in a secret store and change it',
          'apps/web/values.yaml:3:16 "extra.seed" looks random: if it is a credential, keep it in a secret store and change it',
          'apps/web/values.yaml:4:30 "env.CUSTOM" looks random: if it is a credential, keep it in a secret store and change it',
          'main.tf:2:12 "locals.custom" looks random: if it is a credential, keep it in a secret store and change it',
        ],
      },
    ],
    good: [
      {
        title: 'digests, ids, revisions, keys that are public, ciphertext, and names',
        files: {
          'apps/web/values.yaml': `
            image: { tag: 9fK2mXq7RtV4wZ1pLs8YbN3c, digest: "sha256:8f3a91c07be24d56f01a38f3a91c07be24d56f01a38f3a91c07be24d56f01a3ab" }
            some: 8f3a91c07be24d56f01a3c8f3a91c07be24d56f0
            integrity: sha512-9fK2mXq7RtV4wZ1pLs8YbN3cHj6KdG5q7RtV4wZ1pLs8YbN3cHj6KdG5==
            revision: 9fK2mXq7RtV4wZ1pLs8YbN3c
            other: 0b6d8f0e-8a1b-4c2d-9e3f-a1b2c3d4e5f6
            clientId: 9fK2mXq7RtV4wZ1pLs8YbN3c
            ssh: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ9fK2mXq7RtV4wZ1pLs8YbN3cHj6KdG5
            caBundle: 9fK2mXq7RtV4wZ1pLs8YbN3cHj6KdG5q7
            jwk: { kty: RSA, n: 9fK2mXq7RtV4wZ1pLs8YbN3cHj6KdG5q7, e: AQAB }
            recipient: age1qyqszqgpqyqszqgpqyqszqgpqyqszqgp2mXq7rtv4
            service: web-frontend-production-eu-west-1a-blue2
            class: com.example.shop.v2.OrderRepository3
            path: /9fK2mXq7RtV4wZ1pLs8YbN3cHj6KdG5
            url: https://example.org/9fK2mXq7RtV4wZ1pLs8YbN3cHj6KdG5
            annotations: { checksum/config: 9fK2mXq7RtV4wZ1pLs8YbN3c }
            env: [{ name: API_TOKEN, value: 9fK2mXq7RtV4wZ1pLs8YbN3c }]
            templated: "\${PREFIX}9fK2mXq7RtV4wZ1pLs8YbN3c"
          `,
          'apps/web/sealed.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: web, namespace: web }
            spec: { encryptedData: { custom: 9fK2mXq7RtV4wZ1pLs8YbN3c } }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a chart template',
        files: {
          'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
          'charts/web/templates/config.yaml': 'custom: {{ .Values.prefix }}9fK2mXq7RtV4wZ1pLs8YbN3c\n',
        },
      },
    ],
  },
});
