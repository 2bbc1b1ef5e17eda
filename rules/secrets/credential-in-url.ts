import { defineRule } from '../../src/core/rule.ts';

/** A token that was never given to anybody, in pieces so that no scanner takes this file for a leak. */
const token = ['q7Zr1QkWv0', 'Lb7NdYx3Tc', 'Jf6HsMg9Ue'].join('');
const login = Buffer.from('robot:correct-horse-battery').toString('base64');
const known = ['xoxb-', '204839175536-', '731905628841-', 'kQ8vZr1WxLb7NdYt3TcJf6Hs'].join('');

export const credentialInUrl = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'secrets',
  summary: 'A URL, a header or a settings file of a client has a password in it.',
  rationale:
    'A connection string looks like an address, so nobody asks what is in it, and its key says nothing of a password. Everybody who can read the repository can log in with it.',
  compliance: ['NIS2 21(2)(h)', 'NIS2 21(2)(i)', 'DORA 9(4)(d)', 'RTS 7', 'SSCS 1.5.1'],
  since: '0.1.0',

  *check(file, { secrets }) {
    for (const found of secrets.urlCredentialsIn(file)) {
      if ('skipped' in found) {
        yield found;
        continue;
      }
      const { at, name, doubt } = found;
      if (doubt === undefined) yield { at, message: `${name} is in the repository: change it, and keep the next one in a secret store` };
      else
        yield {
          at,
          severity: 'warning',
          message: `${name} is in the repository, though ${doubt}: change it, and keep the next one in a secret store`,
        };
    }
  },

  examples: {
    bad: [
      {
        title: 'URLs and connection strings',
        files: {
          'apps/shop/values.yaml': `
            database: postgres://shop:correct-horse@db.shop:5432/shop
            cache: redis://:battery-staple@cache.shop
            broker: amqps://shop:h%40rse@mq.shop.internal/vhost
            legacy: jdbc:mysql://old.shop/shop?user=shop&password=correct-horse
            orders: shop:correct-horse@tcp(orders.shop:3306)/orders
          `,
          'scripts/clone.sh': `git clone https://${token}@git.shop.io/shop/web.git\n`,
        },
        findings: [
          'apps/shop/values.yaml:1:27 the password for "db.shop" is in the repository: change it, and keep the next one in a secret store',
          'apps/shop/values.yaml:2:17 the password for "cache.shop" is in the repository: change it, and keep the next one in a secret store',
          'apps/shop/values.yaml:3:22 the password for "mq.shop.internal" is in the repository: change it, and keep the next one in a secret store',
          'apps/shop/values.yaml:4:55 the password for "old.shop" is in the repository: change it, and keep the next one in a secret store',
          'apps/shop/values.yaml:5:14 the password for "orders.shop" is in the repository: change it, and keep the next one in a secret store',
          'scripts/clone.sh:1:19 the token for "git.shop.io" is in the repository: change it, and keep the next one in a secret store',
        ],
      },
      {
        title: 'headers, and the settings of npm, netrc and Docker',
        files: {
          'jobs/call.yaml': `
            headers:
              Authorization: Basic ${login}
            command: curl -H "Authorization: Bearer ${token}" https://api.shop
          `,
          '.npmrc': `//npm.shop.io/:_authToken=${token}\n`,
          '.netrc': 'machine git.shop.io login robot password correct-horse\n',
          'docker/config.json': `{"auths": {"registry.shop.io": {"auth": "${login}"}}}\n`,
        },
        findings: [
          '.netrc:1:42 the password for "git.shop.io" is in the repository: change it, and keep the next one in a secret store',
          '.npmrc:1:27 the token for "npm.shop.io" is in the repository: change it, and keep the next one in a secret store',
          'docker/config.json:1:42 the password for "registry.shop.io" is in the repository: change it, and keep the next one in a secret store',
          'jobs/call.yaml:2:24 the password of an "Authorization" header is in the repository: change it, and keep the next one in a secret store',
          'jobs/call.yaml:3:41 the token of an "Authorization" header is in the repository: change it, and keep the next one in a secret store',
        ],
      },
      {
        title: 'the default of an image is a warning',
        files: { 'apps/mq.yaml': 'url: amqp://guest:guest@mq.shop\n' },
        findings: [
          'apps/mq.yaml:1:19 the password for "mq.shop" is in the repository, though it is the name of the user: change it, and keep the next one in a secret store',
        ],
      },
    ],
    good: [
      {
        title: 'the machine itself, references, placeholders, ports and users without a password',
        files: {
          'apps/shop/values.yaml': `
            local: postgres://shop:correct-horse@localhost:5432/shop
            reference: postgres://\${USER}:\${PASS}@db.shop/shop
            templated: postgres://{{ .Values.user }}:{{ .Values.password }}@db.shop/shop
            placeholder: postgres://user:password@db.shop/shop
            example: https://shop:correct-horse@example.com
            port: http://web.shop:8080/@latest
            image: docker://alpine:3.20@sha256:beefdbd8a1da6d2915566fde36db9db0b524eb737fc57cd1367effd16dc0d06d
            git: git@github.com:shop/web.git
            ssh: ssh://git@github.com/shop/web.git
            header: "Authorization: Bearer $TOKEN"
          `,
          '.npmrc': `//npm.shop.io/:_authToken=\${NPM_TOKEN}\n`,
        },
      },
      { title: 'a token whose form tells its provider', files: { 'apps/bot.yaml': `header: "Authorization: Bearer ${known}"\n` } },
    ],
    unknown: [{ title: 'a password that is filled in in part', files: { 'apps/shop.env': `URL=postgres://shop:horse-\${SUFFIX}@db.shop/shop\n` } }],
  },
});
