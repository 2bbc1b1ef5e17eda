import { base62Checksum } from '../../src/secrets/base62-checksum.ts';

/** Gives the same numbers below `limit` every time. */
export type Dice = (limit: number) => number;

export function diceFrom(seed: number): Dice {
  let state = seed;
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % limit;
  };
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const hex = `${digits}abcdef`;
const base32 = `${lower.toUpperCase()}234567`;
const base62 = `${digits}${lower.toUpperCase()}${lower}`;

export function pick(dice: Dice, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[dice(alphabet.length)]).join('');
}

/** A token of each pattern, made when the test runs: no scanner finds one in this repository. */
export const tokenShapes: Readonly<Record<string, (dice: Dice) => string>> = {
  'aws-access-key': dice => `AKIA${pick(dice, base32, 16)}`,
  'aws-secret-key': dice => `aws_secret_access_key = ${pick(dice, `${base62}/+`, 40)}`,
  github: dice => {
    const body = pick(dice, base62, 30);
    return `gh${pick(dice, 'pousr', 1)}_${body}${base62Checksum(body)}`;
  },
  'github-fine-grained': dice => `github_pat_${pick(dice, base62, 22)}_${pick(dice, base62, 59)}`,
  gitlab: dice => `glpat-${pick(dice, `${base62}-_`, 19)}${pick(dice, base62, 1)}`,
  slack: dice => `xoxb-${pick(dice, digits, 12)}-${pick(dice, digits, 13)}-${pick(dice, base62, 24)}`,
  'slack-app': dice => `xapp-1-A${pick(dice, base32, 10)}-${pick(dice, digits, 13)}-${pick(dice, hex, 64)}`,
  'slack-webhook': dice => `https://hooks.slack.com/services/T${pick(dice, base32, 9)}/B${pick(dice, base32, 10)}/${pick(dice, base62, 24)}`,
  'azure-storage-key': dice => `DefaultEndpointsProtocol=https;AccountKey=${pick(dice, base62, 86)}==;EndpointSuffix=core.windows.net`,
  'azure-shared-access-signature': dice =>
    `https://x.blob.core.windows.net/c?sv=2024-11-04&se=2099-01-01T00%3A00%3A00Z&sr=c&sp=r&sig=${pick(dice, base62, 43)}%3D`,
  'azure-client-secret': dice => `${pick(dice, base62, 3)}8Q~${pick(dice, base62, 34)}`,
  'gcp-service-account': dice =>
    JSON.stringify({
      type: 'service_account',
      private_key_id: pick(dice, hex, 40),
      private_key: `-----BEGIN PRIVATE KEY-----\n${pick(dice, base62, 64)}\n-----END PRIVATE KEY-----\n`,
    }),
  'gcp-api-key': dice => `AIza${pick(dice, base62, 35)}`,
  stripe: dice => `sk_live_${pick(dice, base62, 24)}`,
  npm: dice => {
    const body = pick(dice, base62, 30);
    return `npm_${body}${base62Checksum(body)}`;
  },
  pypi: dice => `pypi-${'AgEIcHlwaS5vcmc'}${pick(dice, base62, 120)}`,
  sendgrid: dice => `SG.${pick(dice, base62, 22)}.${pick(dice, base62, 43)}`,
  vault: dice => `hvs.${pick(dice, base62, 95)}`,
  'terraform-cloud': dice => `${pick(dice, base62, 14)}.atlasv1.${pick(dice, base62, 67)}`,
  digitalocean: dice => `dop_v1_${pick(dice, hex, 64)}`,
  anthropic: dice => `sk-ant-${'api03'}-${pick(dice, base62, 93)}AA`,
  openai: dice => `sk-${'proj'}-${pick(dice, base62, 74)}T3BlbkFJ${pick(dice, base62, 74)}`,
  grafana: dice => `glsa_${pick(dice, base62, 32)}_${pick(dice, hex, 8)}`,
  docker: dice => `dckr_pat_${pick(dice, base62, 27)}`,
  databricks: dice => `dapi${pick(dice, hex, 32)}`,
  atlassian: dice => `ATATT3${pick(dice, base62, 186)}`,
  tailscale: dice => `tskey-auth-${pick(dice, base62, 14)}-${pick(dice, base62, 32)}`,
  'kubernetes-service-account': dice => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'RS256', kid: pick(dice, base62, 20) })}.${part({ iss: 'kubernetes/serviceaccount', sub: pick(dice, base62, 20) })}.${pick(dice, base62, 342)}`;
  },
  '1password': dice => `ops_eyJ${pick(dice, base62, 400)}`,
};
