import { decodeBase64, textOf } from './decode-base64.ts';
import { holdsKnownSecret, type Judgement, judgeBytes, judgeValue, type ValueSettings } from './judge-value.ts';
import { isSettings, readSettings } from './read-settings.ts';
import type { SecretCandidate } from './sources/secret-candidate.ts';

/** What a candidate holds, with what it is. */
export interface Judged {
  readonly found: SecretCandidate;
  readonly judgement: Judgement;
}

/**
 * Judges a candidate: decoded where it is encoded, and each of the settings where it is a file of them.
 * Those that cannot be shown alone are judged as one, by the worst of them.
 */
export function judgeCandidate(candidate: SecretCandidate, settings: ValueSettings): readonly Judged[] {
  // What is no base64 under `data` is a placeholder, or was meant for `stringData`.
  const bytes = candidate.isEncoded ? decodeBase64(candidate.value) : undefined;
  const text = bytes ? textOf(bytes) : candidate.value;
  if (bytes && text === undefined) return [{ found: candidate, judgement: judgeBytes(candidate.key, bytes) }];
  const judged = judgeText({ ...candidate, value: text ?? '' }, settings, 0);
  if (judged.length < 2) return judged;
  const together = judged.filter(({ found }) => found.at === candidate.at).map(({ judgement }) => judgement);
  const worst =
    together.find(isStrong) ?? together.find(({ verdict }) => verdict === 'secret') ?? together.find(({ verdict }) => verdict === 'templated');
  const alone = judged.filter(({ found }) => found.at !== candidate.at);
  return worst ? [...alone, { found: candidate, judgement: worst }] : alone;
}

function isStrong(judgement: Judgement): boolean {
  return judgement.verdict === 'secret' && judgement.strength === 'strong';
}

/** A manifest in the data of a ConfigMap that is written in values. */
const deepest = 3;

function judgeText(candidate: SecretCandidate, settings: ValueSettings, depth: number): readonly Judged[] {
  const { value, keptAs } = candidate;
  if (depth > deepest || !isSettings(candidate)) {
    const inner = keptAs === 'secret' && depth === 0 ? encodedSettings(candidate) : undefined;
    return inner ? judgeText(inner, settings, depth + 1) : [{ found: candidate, judgement: judgeValue(candidate, settings) }];
  }
  if (keptAs === 'secret' && holdsKnownSecret(value, settings))
    return [{ found: candidate, judgement: { verdict: 'secret', strength: 'strong', form: 'token' } }];
  return readSettings(candidate).flatMap(found => judgeText(found, settings, depth + 1));
}

/** Some encode a file before they write it under `data`, which encodes it again. */
function encodedSettings(candidate: SecretCandidate): SecretCandidate | undefined {
  if (candidate.value.length < 24) return undefined;
  const bytes = decodeBase64(candidate.value.trim());
  const value = bytes && textOf(bytes);
  const inner = value === undefined ? undefined : { ...candidate, value, isEncoded: true };
  return inner && isSettings(inner) ? inner : undefined;
}
