import type { SourceFile } from '../../core/document.ts';
import { isFields, listAt, textAt } from '../../core/fields.ts';
import { at, isFieldPlace, type Place } from '../../core/place.ts';
import type { Kustomization, Repo } from '../../core/repo.ts';
import { nameOf } from '../../core/repo-path.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** What the generators of all kustomizations take: literals, lines of env files, whole files. Each file once. */
export function* generatorEntries(repo: Repo, generator: 'secretGenerator' | 'configMapGenerator'): Iterable<SecretCandidate> {
  const seen = new Set<string>();
  const keptAs = generator === 'secretGenerator' ? 'secret' : 'setting';
  for (const kustomization of repo.kustomizations.values()) {
    const generators = listAt(kustomization.value, generator);
    if (generators.length === 0) continue;
    const holderOf = (index: unknown): string => nameGenerator(generator, generators[Number(index)]);
    yield* literalsOf(kustomization, generator, holderOf);
    for (const { kind, from, target, state, to } of repo.referencesFrom.get(kustomization.path) ?? []) {
      if (kind !== 'kustomize-generator-file' || state !== 'resolved' || to === undefined) continue;
      if (!isFieldPlace(from) || from.field[0] !== generator) continue;
      const file = repo.files.get(to);
      if (!file || isEncrypted(file)) continue;
      const isEnv = from.field[2] === 'envs' || from.field[2] === 'env';
      const separator = target.indexOf('=');
      const key = separator > 0 ? target.slice(0, separator) : nameOf(to);
      const id = `${to}\n${isEnv ? '' : key}`;
      if (seen.has(id)) continue;
      seen.add(id);
      const holder = holderOf(from.field[1]);
      const entry = { holder, keptAs, usedAt: from } as const;
      if (isEnv) yield* linesOf(file, entry);
      else yield { at: { path: to, start: 0, end: file.text.trimEnd().length }, key, path: [key], value: file.text, ...entry };
    }
  }
}

function* literalsOf({ document, value }: Kustomization, generator: string, holderOf: (index: number) => string): Iterable<SecretCandidate> {
  for (const [number, fields] of listAt(value, generator).entries()) {
    for (const [index, literal] of (isFields(fields) ? listAt(fields, 'literals') : []).entries()) {
      const setting = typeof literal === 'string' ? readSetting(literal) : undefined;
      const keptAs = generator === 'secretGenerator' ? 'secret' : 'setting';
      if (setting)
        yield { at: at(document, generator, number, 'literals', index), ...setting, path: [setting.key], holder: holderOf(number), keptAs };
    }
  }
}

/** The lines of an env file, but for comments. */
function* linesOf({ path, text }: SourceFile, entry: Pick<SecretCandidate, 'holder' | 'keptAs'> & { usedAt: Place }): Iterable<SecretCandidate> {
  let start = 0;
  for (const line of text.split('\n')) {
    const setting = /^\s*#/.test(line) ? undefined : readSetting(line);
    if (setting) yield { at: { path, start, end: start + line.trimEnd().length }, ...setting, path: [setting.key], ...entry };
    start += line.length + 1;
  }
}

/** `key=value`; quotes round the value are none of it. */
function readSetting(text: string): { readonly key: string; readonly value: string } | undefined {
  const separator = text.indexOf('=');
  if (separator <= 0) return undefined;
  const value = text.slice(separator + 1).trim();
  return { key: text.slice(0, separator).trim(), value: /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value };
}

function nameGenerator(generator: string, fields: unknown): string {
  const kind = generator === 'secretGenerator' ? 'secret generator' : 'config map generator';
  const name = isFields(fields) ? textAt(fields, 'name') : undefined;
  return name === undefined ? `the ${kind}` : `${kind} "${name}"`;
}

function isEncrypted({ text, classification }: SourceFile): boolean {
  return classification.class === 'sops-encrypted' || classification.class === 'ansible-vault' || text.includes('sops_mac=');
}
