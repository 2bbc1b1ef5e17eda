import { base62Checksum } from './base62-checksum.ts';
import { entropyOf, looksMadeUp } from './randomness.ts';

/** How sure it is that a text is a token that works. */
export type Verdict = 'certain' | 'doubtful' | 'no';

/** What a validator may look at beside the token. */
export interface TokenSurroundings {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** How the credentials of one provider look. */
export interface TokenPattern {
  readonly id: string;
  /** With its article, as in `a GitHub token`. */
  readonly name: string;
  /** Texts of which one stands in every such token or right before it, in ASCII. */
  readonly keywords: readonly string[];
  /** How many characters of the token stand before the keyword. */
  readonly before?: number;
  /**
   * Sticky and linear in time, from where the token begins. The group `value`, where there is one, is the
   * secret part; what comes before it only tells what it is.
   */
  readonly regex: RegExp;
  /** Judges what the expression matched; a text that looks made up was left out before. */
  readonly validate?: (value: string, surroundings: TokenSurroundings) => Verdict;
  /** Why a doubtful one is doubtful, as a clause. */
  readonly doubt?: string;
  /** Where the format is described, and when that was last looked at. */
  readonly source: string;
  readonly date: string;
}

const wrongChecksum = 'its checksum is not right';
const date = '2026-11';

/** Patterns in the order in which they are tried at one place. */
export const tokenPatterns: readonly TokenPattern[] = [
  {
    id: 'aws-access-key',
    name: 'an AWS access key',
    keywords: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    regex: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9/+=])/y,
    validate(value, surroundings) {
      if (!value.startsWith('AKIA') && !/\d/.test(value)) return 'no';
      return hasAwsSecretNearby(surroundings) ? 'certain' : 'doubtful';
    },
    doubt: 'its secret key is not here',
    source: 'docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
    date,
  },
  {
    id: 'aws-secret-key',
    name: 'an AWS secret key',
    keywords: ['ecret_access_key', 'ECRET_ACCESS_KEY', 'ecretAccessKey', 'ecret-access-key', 'ecret_key', 'ecretKey', 'ECRET_KEY'],
    regex: /[A-Za-z_-]{9,16}["']?\s{0,5}(?::|=|=>|:=)\s{0,5}["']?(?<value>[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/y,
    validate: (value, surroundings) =>
      isAwsSecret(value) && (/access/i.test(keyBefore(surroundings)) || hasAwsKeyNearby(surroundings)) ? 'certain' : 'no',
    source: 'docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
    date,
  },
  {
    id: 'github',
    name: 'a GitHub token',
    keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    regex: /gh[pousr]_[A-Za-z0-9]{36}(?![A-Za-z0-9])/y,
    validate: hasBase62Checksum,
    doubt: wrongChecksum,
    source: 'github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats',
    date,
  },
  {
    id: 'github-fine-grained',
    name: 'a GitHub token',
    keywords: ['github_pat_'],
    regex: /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}(?![A-Za-z0-9])/y,
    source: 'github.blog/changelog/2022-10-18-introducing-fine-grained-personal-access-tokens',
    date,
  },
  {
    id: 'gitlab',
    name: 'a GitLab token',
    keywords: ['glpat-', 'gldt-', 'glrt-', 'glrtr-', 'glcbt-', 'glptt-', 'glft-', 'glagent-', 'glsoat-', 'glimt-', 'gloas-'],
    regex: /gl(?:pat|dt|rtr?|cbt|ptt|ft|agent|soat|imt|oas)-[\w-]{20,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?(?![\w-])/y,
    source: 'docs.gitlab.com/security/tokens',
    date,
  },
  {
    id: 'slack',
    name: 'a Slack token',
    keywords: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxe.xox', 'xoxp-', 'xoxr-', 'xoxs-'],
    regex: /xox(?:[abprs]-(?:\d{8,14}-){1,3}[A-Za-z0-9-]{20,70}|e-\d-[A-Za-z0-9-]{100,200}|e\.xox[bp]-\d-[A-Za-z0-9-]{100,200})(?![\w-])/y,
    source: 'docs.slack.dev/authentication/tokens',
    date,
  },
  {
    id: 'slack-app',
    name: 'a Slack token',
    keywords: ['xapp-'],
    regex: /xapp-\d-[A-Z0-9]{9,13}-\d{8,14}-[a-f0-9]{64}(?![\w-])/y,
    source: 'docs.slack.dev/authentication/tokens',
    date,
  },
  {
    id: 'slack-webhook',
    name: 'a Slack webhook',
    keywords: ['hooks.slack.com/'],
    regex:
      /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<value>[TE][A-Z0-9]{8,12}\/[AB]?[A-Z0-9]{8,14}\/(?:\d+\/)?[A-Za-z0-9]{20,40})(?![\w/])/y,
    source: 'docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
    date,
  },
  {
    id: 'azure-storage-key',
    name: 'an Azure storage key',
    keywords: ['ccountKey', 'ccount_key', 'CCOUNT_KEY', 'ccount-key', 'ccountkey', 'ccess_key', 'CCESS_KEY', 'torageKey'],
    regex: /[A-Za-z_-]{9,10}["']?\s{0,5}(?::|=|=>|:=)\s{0,5}["']?(?<value>[A-Za-z0-9/+]{86}==)(?![A-Za-z0-9/+=])/y,
    // The key that every Azurite and storage emulator has is in the documentation.
    validate: value =>
      Buffer.from(value, 'base64').length === 64 && !value.startsWith('Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6') ? 'certain' : 'no',
    source: 'learn.microsoft.com/azure/storage/common/storage-configure-connection-string',
    date,
  },
  {
    id: 'azure-shared-access-signature',
    name: 'an Azure shared access signature',
    keywords: ['sig='],
    regex: /sig=(?<value>[A-Za-z0-9/+]{43}=|(?:[A-Za-z0-9]|%2[BbFf]){43}%3[Dd])(?![A-Za-z0-9])/y,
    validate: validateSharedAccessSignature,
    doubt: 'it has expired',
    source: 'learn.microsoft.com/rest/api/storageservices/create-service-sas',
    date,
  },
  {
    id: 'azure-client-secret',
    name: 'an Azure client secret',
    keywords: ['Q~'],
    before: 4,
    regex: /[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/y,
    source: 'learn.microsoft.com/purview/sit-defn-azure-ad-client-secret',
    date,
  },
  {
    id: 'gcp-service-account',
    name: 'the key of a Google Cloud service account',
    keywords: ['private_key_id'],
    regex: /private_key_id\\?["']?\s{0,5}[:=]\s{0,5}\\?["']?(?<value>[0-9a-f]{40})(?![0-9a-f])/y,
    validate: (_, { text, start }) => {
      const around = text.slice(Math.max(0, start - 3000), start + 3000);
      return around.includes('service_account') && /BEGIN (?:RSA )?PRIVATE KEY-----\\*[nr\s]/.test(around) ? 'certain' : 'no';
    },
    source: 'cloud.google.com/iam/docs/keys-create-delete',
    date,
  },
  {
    id: 'gcp-api-key',
    name: 'a Google API key',
    keywords: ['AIza'],
    regex: /AIza[\w-]{35}(?![\w-])/y,
    validate: () => 'doubtful',
    doubt: 'some of these are meant for browsers',
    source: 'cloud.google.com/docs/authentication/api-keys',
    date,
  },
  {
    id: 'stripe',
    name: 'a Stripe key',
    keywords: ['sk_live_', 'rk_live_'],
    regex: /[sr]k_live_[A-Za-z0-9]{24,250}(?![A-Za-z0-9])/y,
    source: 'docs.stripe.com/keys',
    date,
  },
  {
    id: 'npm',
    name: 'an npm token',
    keywords: ['npm_'],
    regex: /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/y,
    validate: hasBase62Checksum,
    doubt: wrongChecksum,
    source: 'github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format',
    date,
  },
  {
    id: 'pypi',
    name: 'a PyPI token',
    keywords: ['pypi-AgEIcHlwaS5vcmc', 'pypi-AgENdGVzdC5weXBpLm9yZw'],
    regex: /pypi-AgE(?:IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)[\w-]{50,500}(?![\w-])/y,
    source: 'docs.pypi.org/api/secrets',
    date,
  },
  {
    id: 'sendgrid',
    name: 'a SendGrid key',
    keywords: ['SG.'],
    regex: /SG\.[\w-]{22}\.[\w-]{43}(?![\w-])/y,
    source: 'docs.sendgrid.com/ui/account-and-settings/api-keys',
    date,
  },
  {
    id: 'vault',
    name: 'a Vault token',
    keywords: ['hvs.', 'hvb.', 'hvr.'],
    regex: /hv[sbr]\.[\w-]{24,300}(?![\w-])/y,
    source: 'developer.hashicorp.com/vault/docs/concepts/tokens',
    date,
  },
  {
    id: 'terraform-cloud',
    name: 'a Terraform Cloud token',
    keywords: ['.atlasv1.'],
    before: 14,
    regex: /[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}(?![\w=-])/y,
    source: 'developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens',
    date,
  },
  {
    id: 'digitalocean',
    name: 'a DigitalOcean token',
    keywords: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    regex: /do[opr]_v1_[a-f0-9]{64}(?![A-Za-z0-9])/y,
    source: 'docs.digitalocean.com/reference/api/create-personal-access-token',
    date,
  },
  {
    id: 'anthropic',
    name: 'an Anthropic key',
    keywords: ['sk-ant-'],
    regex: /sk-ant-(?:api03|admin01)-[\w-]{93}AA(?![\w-])/y,
    source: 'docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns',
    date,
  },
  {
    id: 'openai',
    name: 'an OpenAI key',
    keywords: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'],
    regex: /sk-(?:proj|svcacct|admin)-(?=[\w-]{20,100}T3BlbkFJ)[\w-]{48,200}(?![\w-])/y,
    source: 'docs.github.com/code-security/secret-scanning/introduction/supported-secret-scanning-patterns',
    date,
  },
  {
    id: 'grafana',
    name: 'a Grafana token',
    keywords: ['glsa_'],
    regex: /glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}(?![A-Za-z0-9])/y,
    source: 'grafana.com/docs/grafana/latest/administration/service-accounts',
    date,
  },
  {
    id: 'docker',
    name: 'a Docker Hub token',
    keywords: ['dckr_pat_', 'dckr_oat_'],
    regex: /dckr_(?:pat_[\w-]{27}|oat_[\w-]{32})(?![\w-])/y,
    source: 'docs.docker.com/security/access-tokens',
    date,
  },
  {
    id: 'databricks',
    name: 'a Databricks token',
    keywords: ['dapi'],
    regex: /dapi[a-f0-9]{32}(?:-\d)?(?![A-Za-z0-9])/y,
    source: 'docs.databricks.com/dev-tools/auth/pat',
    date,
  },
  {
    id: 'atlassian',
    name: 'an Atlassian token',
    keywords: ['ATATT3'],
    regex: /ATATT3[\w=-]{180,200}(?![\w=-])/y,
    source: 'support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account',
    date,
  },
  {
    id: 'tailscale',
    name: 'a Tailscale key',
    keywords: ['tskey-'],
    regex: /tskey-(?:auth|client|api|scim|webhook)-[A-Za-z0-9]{9,20}-[A-Za-z0-9]{20,40}(?![\w-])/y,
    source: 'tailscale.com/kb/1085/auth-keys',
    date,
  },
  {
    id: '1password',
    name: 'a 1Password service account token',
    keywords: ['ops_eyJ'],
    regex: /ops_eyJ[A-Za-z0-9+/_-]{250,2000}={0,3}(?![A-Za-z0-9])/y,
    source: 'developer.1password.com/docs/service-accounts',
    date,
  },
  {
    id: 'kubernetes-service-account',
    name: 'a token of a Kubernetes service account',
    keywords: ['eyJhbGciOi'],
    regex: /eyJhbGciOi[\w-]{10,500}\.(?<value>eyJ[\w-]{20,4000}\.[\w-]{40,1400})(?![\w-])/y,
    // One that ends, ends soon.
    validate: value => (Buffer.from(value, 'base64url').toString('latin1').includes('"iss":"kubernetes/serviceaccount"') ? 'certain' : 'no'),
    source: 'kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin',
    date,
  },
];

/** Everything between the two underscored ends but the last six characters is what they are the checksum of. */
function hasBase62Checksum(value: string): Verdict {
  return base62Checksum(value.slice(value.indexOf('_') + 1, -6)) === value.slice(-6) ? 'certain' : 'doubtful';
}

/** The secret of a pair stands in the same map or a few lines away. */
const nearby = 500;

function hasAwsSecretNearby({ text, start, end }: TokenSurroundings): boolean {
  const around = `${text.slice(Math.max(0, start - nearby), start)} ${text.slice(end, end + nearby)}`;
  return Array.from(around.matchAll(/(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g)).some(([candidate]) => isAwsSecret(candidate));
}

function hasAwsKeyNearby({ text, start, end }: TokenSurroundings): boolean {
  return /(?<![A-Za-z0-9])A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}(?![A-Za-z0-9])/.test(text.slice(Math.max(0, start - nearby), end + nearby));
}

/** A hash in hexadecimal and a path are as long. */
function isAwsSecret(value: string): boolean {
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && entropyOf(value) >= 4 && !looksMadeUp(value);
}

function keyBefore({ text, start }: TokenSurroundings): string {
  return text.slice(Math.max(0, start - 40), start);
}

/** The signature alone says nothing: the version stands beside it, and the day on which it ends. */
function validateSharedAccessSignature(_: string, { text, start, end, today }: TokenSurroundings): Verdict {
  const before =
    text
      .slice(Math.max(0, start - 600), start)
      .split(/[\s"'<>]/)
      .at(-1) ?? '';
  const [after = ''] = text.slice(end, end + 600).split(/[\s"'<>]/, 1);
  const query = before + after;
  if (!/(?:^|[?&;])(?:amp;)?s[vr]=/.test(query)) return 'no';
  const lastDay = /(?:^|[?&;])(?:amp;)?se=(\d{4}-\d{2}-\d{2})/.exec(query)?.[1];
  return lastDay !== undefined && lastDay < today ? 'doubtful' : 'certain';
}
