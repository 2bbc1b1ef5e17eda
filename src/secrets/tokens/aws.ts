import { entropyOf, looksMadeUp } from '../randomness.ts';
import { textAround } from './surroundings.ts';
import type { TokenPattern, TokenSurroundings } from './token-pattern.ts';

const date = '2026-11';
const identifiers = 'docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html';

/** Amazon Web Services. */
export const awsPatterns: readonly TokenPattern[] = [
  {
    id: 'aws-access-key',
    name: 'an AWS access key',
    keywords: ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T'],
    expression: /(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![/+=])/,
    validate(value, surroundings) {
      if (!value.startsWith('AKIA') && !/\d/.test(value.slice(4))) return 'no';
      return hasSecretNearby(surroundings) ? 'certain' : { doubt: 'its secret key is not here' };
    },
    example: 'AKIA<base32:16>',
    source: identifiers,
    date,
  },
  {
    id: 'aws-secret-key',
    name: 'an AWS secret key',
    keywords: [
      'secret_access_key',
      'secretaccesskey',
      'secret-access-key',
      'secret_key',
      'secretkey',
      'secret-key',
      'aws_secret',
      'aws-secret',
      'awssecret',
    ],
    isAssigned: true,
    expression: /[A-Za-z0-9/+]{40}/,
    validate: (value, surroundings) => (isSecretKey(value) && belongsToAws(surroundings) ? 'certain' : 'no'),
    example: 'aws_secret_access_key=<base64:40>',
    source: 'docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
    date,
  },
  {
    id: 'aws-session-token',
    name: 'an AWS session token',
    keywords: ['FwoGZXIvYXdz', 'FQoGZXIvYXdz', 'IQoJb3JpZ2lu'],
    expression: /(?:F[wQ]oGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9/+]{150,2000}={0,2}/,
    validate: () => ({ doubt: 'it ends within 36 hours of when it was made' }),
    example: 'IQoJb3JpZ2lu<base64:400>',
    source: 'docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_use-resources.html',
    date,
  },
  {
    id: 'aws-marketplace',
    name: 'an Amazon MWS token',
    keywords: ['amzn.mws.'],
    expression: /amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
    example: 'amzn.mws.<uuid>',
    source: 'docs.developer.amazonservices.com/en_US/dev_guide/DG_Authenticate.html',
    date,
  },
  {
    id: 'aws-bedrock',
    name: 'an Amazon Bedrock key',
    keywords: ['ABSKQmVkcm9ja0FQSUtleS'],
    expression: /ABSKQmVkcm9ja0FQSUtleS[A-Za-z0-9/+]{70,260}={0,2}/,
    validate: value => (/^BedrockAPIKey-[\w+=,.@-]{1,100}:\S{20}/.test(Buffer.from(value.slice(4), 'base64').toString('latin1')) ? 'certain' : 'no'),
    example: 'ABSKQmVkcm9ja0FQSUtleS<checksum>',
    source: 'docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
    date,
  },
  {
    id: 'aws-bedrock-session',
    name: 'an Amazon Bedrock key',
    keywords: ['bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t'],
    expression: /bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9/+]{100,4000}={0,2}/,
    validate: () => ({ doubt: 'it ends within 12 hours of when it was made' }),
    example: 'bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t<base64:400>',
    source: 'docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html',
    date,
  },
  {
    id: 'aws-appsync',
    name: 'an AWS AppSync key',
    keywords: ['da2-'],
    expression: /da2-[a-z0-9]{26}/,
    example: 'da2-<lower36:26>',
    source: 'docs.aws.amazon.com/appsync/latest/devguide/security-authz.html',
    date,
  },
  {
    id: 'aws-ses-password',
    name: 'an Amazon SES password',
    keywords: ['smtp_pass', 'smtp-pass', 'smtppass', 'mail_pass', 'mailpass', 'ses_pass'],
    isAssigned: true,
    expression: /B[A-Za-z0-9/+]{43}/,
    // The version 4, and the 32 bytes of a signature after it.
    validate: value => (Buffer.from(value, 'base64')[0] === 4 ? 'certain' : 'no'),
    example: 'SMTP_PASSWORD=BC<base64:42>',
    source: 'docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html',
    date,
  },
  {
    id: 'aws-registry-password',
    name: 'a password of Amazon ECR',
    keywords: ['eyJwYXlsb2FkIjoi'],
    expression: /eyJwYXlsb2FkIjoi[A-Za-z0-9/+]{200,4000}={0,2}/,
    validate: value =>
      Buffer.from(value.slice(-400), 'base64').toString('latin1').includes('"version"') ||
      Buffer.from(value, 'base64').toString('latin1').includes('"datakey"')
        ? { doubt: 'it ends within 12 hours of when it was made' }
        : 'no',
    example: 'eyJwYXlsb2FkIjoi<checksum>',
    source: 'docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html',
    date,
  },
];

/** The secret of a pair stands in the same map or a few lines away. */
const nearby = 500;

function hasSecretNearby(surroundings: TokenSurroundings): boolean {
  const candidates = textAround(surroundings, nearby).matchAll(/(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g);
  return Array.from(candidates).some(([candidate]) => isSecretKey(candidate));
}

/** The name of the key says so, or an access key stands nearby. */
function belongsToAws(surroundings: TokenSurroundings): boolean {
  const { text, start } = surroundings;
  if (/access|aws/i.test(text.slice(Math.max(0, start - 60), start))) return true;
  return /(?<![A-Za-z0-9])A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}(?![A-Za-z0-9])/.test(textAround(surroundings, nearby));
}

/** A hash in hexadecimal and a path are as long. */
function isSecretKey(value: string): boolean {
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && entropyOf(value) >= 4 && !looksMadeUp(value);
}
