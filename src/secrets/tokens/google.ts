import { textAround } from './surroundings.ts';
import type { TokenPattern } from './token-pattern.ts';

const date = '2026-11';

/** Google Cloud and Firebase. */
export const googlePatterns: readonly TokenPattern[] = [
  {
    id: 'gcp-service-account',
    name: 'the key of a Google Cloud service account',
    keywords: ['private_key_id'],
    expression: /private_key_id\\?["']?\s{0,5}[:=]\s{0,5}\\?["']?(?<value>[0-9a-f]{40})/,
    validate: (_, surroundings) => {
      const around = textAround(surroundings, 3000);
      return around.includes('service_account') && /BEGIN (?:RSA )?PRIVATE KEY-----\\{0,4}[nr\s]/.test(around) ? 'certain' : 'no';
    },
    example: '<checksum>',
    source: 'cloud.google.com/iam/docs/keys-create-delete',
    date,
  },
  {
    id: 'gcp-api-key',
    name: 'a Google API key',
    keywords: ['AIza'],
    expression: /AIza[\w-]{35}/,
    validate: () => ({ doubt: 'some of these are meant for browsers' }),
    example: 'AIza<base62:35>',
    source: 'cloud.google.com/docs/authentication/api-keys',
    date,
  },
  {
    id: 'gcp-client-secret',
    name: 'a Google client secret',
    keywords: ['GOCSPX-'],
    expression: /GOCSPX-[\w-]{28}/,
    example: 'GOCSPX-<base62:28>',
    source: 'developers.google.com/identity/protocols/oauth2',
    date,
  },
  {
    id: 'gcp-access-token',
    name: 'a Google access token',
    keywords: ['ya29.'],
    expression: /ya29\.[\w-]{60,1000}(?:\.[\w-]{1,200})?/,
    validate: () => ({ doubt: 'it ends after an hour' }),
    example: 'ya29.a0<base62:200>',
    source: 'cloud.google.com/docs/authentication/token-types',
    date,
  },
  {
    id: 'gcp-refresh-token',
    name: 'a Google refresh token',
    keywords: ['1//0'],
    expression: /1\/\/0[\w-]{60,250}/,
    example: '1//0<base62:100>',
    source: 'developers.google.com/identity/protocols/oauth2',
    date,
  },
  {
    id: 'gcp-storage-key',
    name: 'an HMAC key of Google Cloud Storage',
    keywords: ['GOOG1E'],
    expression: /GOOG1E[A-Z2-7]{55}/,
    validate: (_, surroundings) =>
      /(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/.test(textAround(surroundings, 500)) ? 'certain' : { doubt: 'its secret is not here' },
    example: 'GOOG1E<base32:55>',
    source: 'cloud.google.com/storage/docs/authentication/hmackeys',
    date,
  },
  {
    id: 'firebase-server-key',
    name: 'a server key of Firebase',
    keywords: [':APA91b'],
    before: 11,
    expression: /AAAA[\w-]{7}:APA91b[\w-]{134}/,
    example: 'AAAA<base62:7>:APA91b<base62:134>',
    source: 'firebase.google.com/docs/cloud-messaging/auth-server',
    date,
  },
];
