import type { Protection, Sops } from '../core/protection.ts';
import type { Repo } from '../core/repo.ts';
import { decodeBase64, textOf } from './decode-base64.ts';
import { judgeValue, type ValueSettings } from './judge-value.ts';
import { isPasswordName } from './key-names.ts';
import { isPlaceholder, isTemplated } from './placeholders.ts';
import { judgeSealedValue } from './sealed/judge-sealed-value.ts';
import { secretNames } from './secret-names.ts';
import { findSops, readSops } from './sops/read-sops.ts';
import type { CompileExpression } from './sops/should-be-encrypted.ts';
import type { ValueJudge } from './sops/unencrypted.ts';

export interface ProtectionSources {
  readonly repo: Repo;
  readonly settings: Omit<ValueSettings, 'isSecretName'>;
  /** Loads what compiles expressions of Go: heavy, and needed where SOPS is used. */
  readonly loadCompiler: () => Promise<CompileExpression>;
}

/** How the repository protects what it keeps secret. */
export async function loadProtection({ repo, settings, loadCompiler }: ProtectionSources): Promise<Protection> {
  const found = findSops(repo.files);
  const isUsed = found.configs.length > 0 || found.encrypted.length > 0;
  const compile: CompileExpression = isUsed ? await loadCompiler() : () => 'no expression is there';
  const sops: Sops = readSops({ found, compile, judge: valueJudge({ ...settings, isSecretName: secretNames(repo) }) });
  return { sops, judgeSealedValue };
}

function valueJudge(settings: ValueSettings): ValueJudge {
  const isCredential = (key: string, value: string) => judgeValue({ key, path: [key], value, keptAs: 'secret' }, settings).verdict === 'secret';
  return {
    isHarmless: value => isPlaceholder(value, settings.placeholders),
    isTemplated,
    isCredential,
    isPassword: (key, value) => isPasswordName(key) && isCredential(key, value),
    decode,
  };
}

function decode(value: string): string {
  const bytes = decodeBase64(value);
  return (bytes && textOf(bytes)) ?? value;
}
