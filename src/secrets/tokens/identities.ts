import { readJsonWebToken } from './json-web-token.ts';
import type { TokenPattern, Verdict } from './token-pattern.ts';

const date = '2026-11';

/** Tokens that say themselves who gave them out. */
export const identityPatterns: readonly TokenPattern[] = [
  {
    id: 'kubernetes-service-account',
    name: 'a token of a Kubernetes service account',
    keywords: ['eyJhbGciOi'],
    expression: /eyJhbGciOi[\w-]{4,500}\.eyJ[\w-]{20,4000}\.[\w-]{40,1400}/,
    validate(value, { today }) {
      const payload = readJsonWebToken(value)?.payload;
      if (!payload || !isServiceAccount(payload)) return 'no';
      return isPast(payload.exp, today) ? { doubt: 'it has expired', isHarmless: true } : 'certain';
    },
    example: '<checksum>',
    source: 'kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin',
    date,
  },
  {
    id: 'json-web-token',
    name: 'a JSON Web Token',
    keywords: ['eyJ'],
    expression: /eyJ[\w-]{10,500}\.eyJ[\w-]{10,4000}\.[\w-]{40,1400}/,
    validate: (value, { today }) => judgeJsonWebToken(value, today),
    example: '<checksum>',
    source: 'datatracker.ietf.org/doc/html/rfc7519',
    date,
  },
];

/** Legacy tokens have this issuer, the others name the account in a field of Kubernetes. */
function isServiceAccount(payload: Readonly<Record<string, unknown>>): boolean {
  return payload.iss === 'kubernetes/serviceaccount' || 'kubernetes.io' in payload;
}

function judgeJsonWebToken(value: string, today: string): Verdict {
  const token = readJsonWebToken(value);
  if (!token) return 'no';
  const { role, sub, exp, ref } = token.payload;
  // The one of jwt.io, and the key of Supabase that browsers get.
  if (sub === '1234567890' || (role === 'anon' && ref !== undefined)) return 'no';
  if (isPast(exp, today)) return { doubt: 'it has expired', isHarmless: true };
  return role === 'service_role' ? 'certain' : { doubt: 'what it opens cannot be told' };
}

/** `exp` counts seconds since 1970. */
function isPast(exp: unknown, today: string): boolean {
  return typeof exp === 'number' && exp * 1000 < Date.parse(today);
}
