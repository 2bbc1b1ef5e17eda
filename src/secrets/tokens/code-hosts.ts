import { base62Checksum, upperHexChecksum } from './checksums.ts';
import type { TokenPattern, Verdict } from './token-pattern.ts';

const date = '2026-11';
const wrongChecksum: Verdict = { doubt: 'its checksum is not right' };
const atlassian = 'support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account';

/** Where repositories and packages of code are kept. */
export const codeHostPatterns: readonly TokenPattern[] = [
  {
    id: 'github',
    name: 'a GitHub token',
    keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    expression: /gh[pousr]_[A-Za-z0-9]{36}/,
    validate: hasChecksum,
    example: 'ghp_<checksum>',
    source: 'github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats',
    date,
  },
  {
    id: 'github-refresh',
    name: 'a GitHub refresh token',
    keywords: ['ghr_'],
    expression: /ghr_[A-Za-z0-9]{76}/,
    example: 'ghr_<base62:76>',
    source: 'docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens',
    date,
  },
  {
    id: 'github-fine-grained',
    name: 'a GitHub token',
    keywords: ['github_pat_'],
    expression: /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/,
    example: 'github_pat_<base62:22>_<base62:59>',
    source: 'github.blog/changelog/2022-10-18-introducing-fine-grained-personal-access-tokens',
    date,
  },
  {
    id: 'gitlab',
    name: 'a GitLab token',
    keywords: ['glpat-', 'gldt-', 'glrt-', 'glrtr-', 'glcbt-', 'glptt-', 'glft-', 'glagent-', 'glsoat-', 'glimt-', 'gloas-', 'glffct-', 'glwt-'],
    expression: /gl(?:pat|dt|rtr?|cbt|ptt|ft|agent|soat|imt|oas|ffct|wt)-[\w-]{20,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?/,
    example: 'glpat-<base62:20>',
    source: 'docs.gitlab.com/security/tokens',
    date,
  },
  {
    id: 'gitlab-runner-registration',
    name: 'a registration token of GitLab runners',
    keywords: ['GR1348941'],
    expression: /GR1348941[\w-]{20}/,
    example: 'GR1348941<base62:20>',
    source: 'docs.gitlab.com/ci/runners/new_creation_workflow',
    date,
  },
  {
    id: 'bitbucket-app-password',
    name: 'a Bitbucket app password',
    keywords: ['ATBB'],
    expression: /ATBB[A-Za-z0-9]{24}[A-F0-9]{8}/,
    validate: (value): Verdict => (upperHexChecksum(value.slice(0, -8)) === value.slice(-8) ? 'certain' : { doubt: 'it may have another form' }),
    example: 'ATBB<base62:24><HEX:8>',
    source: 'support.atlassian.com/bitbucket-cloud/docs/app-passwords',
    date,
  },
  {
    id: 'bitbucket-access-token',
    name: 'a Bitbucket access token',
    keywords: ['ATCTT3xFfG'],
    expression: /ATCTT3xFfG[\w-]{100,250}=[A-F0-9]{8}/,
    validate: hasAtlassianChecksum,
    example: 'ATCTT3xFfG<checksum>',
    source: 'support.atlassian.com/bitbucket-cloud/docs/access-tokens',
    date,
  },
  {
    id: 'bitbucket-assigned',
    name: 'a Bitbucket password',
    keywords: ['bitbucket', 'bb_app', 'bb_pass', 'bb_token'],
    isAssigned: true,
    expression: /[A-Za-z0-9]{18,20}|[A-Za-z0-9_=-]{32}|[A-Za-z0-9/+]{43}=?/,
    example: 'BITBUCKET_APP_PASSWORD=<base62:20>',
    source: 'support.atlassian.com/bitbucket-cloud/docs/app-passwords',
    date,
  },
  {
    id: 'atlassian',
    name: 'an Atlassian token',
    keywords: ['ATATT3'],
    expression: /ATATT3[\w-]{100,250}=[A-F0-9]{8}/,
    validate: hasAtlassianChecksum,
    example: 'ATATT3xFfGF0<checksum>',
    source: atlassian,
    date,
  },
  {
    id: 'atlassian-old',
    name: 'an Atlassian token',
    keywords: ['jira', 'confluence', 'atlassian'],
    isAssigned: true,
    expression: /[A-Za-z0-9]{24}/,
    example: 'JIRA_API_TOKEN=<base62:24>',
    source: atlassian,
    date,
  },
  {
    id: 'gitea',
    name: 'a token of Gitea or Forgejo',
    keywords: ['gitea', 'forgejo', 'codeberg'],
    isAssigned: true,
    expression: /[a-f0-9]{40}/,
    example: 'GITEA_TOKEN=<hex:40>',
    source: 'docs.gitea.com/development/api-usage',
    date,
  },
  {
    id: 'sourcegraph',
    name: 'a Sourcegraph token',
    keywords: ['sgp_'],
    expression: /sgp_(?:(?:[a-f0-9]{16}|local)_)?[a-f0-9]{40}/,
    example: 'sgp_<hex:16>_<hex:40>',
    source: 'sourcegraph.com/docs/cli/how-tos/creating-an-access-token',
    date,
  },
];

/** Everything between the two underscored ends but the last six characters is what they are the checksum of. */
export function hasChecksum(value: string): Verdict {
  return base62Checksum(value.slice(value.indexOf('_') + 1, -6)) === value.slice(-6) ? 'certain' : wrongChecksum;
}

/** The equals sign is part of what the checksum is of. */
function hasAtlassianChecksum(value: string): Verdict {
  return upperHexChecksum(value.slice(0, -8)) === value.slice(-8) ? 'certain' : wrongChecksum;
}
