import type { AllowedSecret } from '../core/config.ts';
import type { SecretCandidate } from './sources/secret-candidate.ts';

/** Tells whether the config says of a value that it is no secret: everything that one of its entries names has to fit. */
export function allowedValues(allow: readonly AllowedSecret[]): (candidate: Pick<SecretCandidate, 'at' | 'key' | 'path' | 'value'>) => boolean {
  return ({ at, key, path, value }) =>
    allow.some(
      ({ matchesPath, matchesKey, valueSha256 }) =>
        (matchesPath === undefined || matchesPath(at.path)) &&
        (matchesKey === undefined || matchesKey(key) || matchesKey(path.join('.'))) &&
        (valueSha256 === undefined || valueSha256 === sha256(value.trim())),
    );
}

/** The module would cost the start of each run, and few have such an entry. */
function sha256(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex');
}
