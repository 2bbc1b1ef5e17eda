import type { SourceFile } from '../../core/document.ts';
import { at, isFieldPlace, type Place } from '../../core/place.ts';
import type { Kustomization, Repo } from '../../core/repo.ts';
import { nameOf } from '../../core/repo-path.ts';

/** One entry of a Secret that Kustomize makes. */
export interface GeneratedEntry {
  readonly at: Place;
  readonly key: string;
  readonly value: string;
  /** As in `secret generator "db"`. */
  readonly holder: string;
  /** Where the kustomization mentions the file that holds the value. */
  readonly usedAt?: Place;
}

/** What the secret generators of all kustomizations take: literals, lines of env files, whole files. Each file once. */
export function* generatedSecrets(repo: Repo): Iterable<GeneratedEntry> {
  const seen = new Set<string>();
  for (const kustomization of repo.kustomizations.values()) {
    const generators = kustomization.value.secretGenerator;
    if (!Array.isArray(generators)) continue;
    yield* literalsOf(kustomization, generators);
    for (const { kind, from, target, state, to } of repo.referencesFrom.get(kustomization.path) ?? []) {
      if (kind !== 'kustomize-generator-file' || state !== 'resolved' || to === undefined) continue;
      if (!isFieldPlace(from) || from.field[0] !== 'secretGenerator') continue;
      const file = repo.files.get(to);
      if (!file || isEncrypted(file)) continue;
      const isEnv = from.field[2] === 'envs' || from.field[2] === 'env';
      const separator = target.indexOf('=');
      const key = separator > 0 ? target.slice(0, separator) : nameOf(to);
      const id = `${to}\n${isEnv ? '' : key}`;
      if (seen.has(id)) continue;
      seen.add(id);
      const holder = holderOf(generators[Number(from.field[1])]);
      if (isEnv) yield* linesOf(file, holder, from);
      else yield { at: { path: to, start: 0, end: file.text.trimEnd().length }, key, value: file.text, holder, usedAt: from };
    }
  }
}

function* literalsOf({ document }: Kustomization, generators: readonly unknown[]): Iterable<GeneratedEntry> {
  for (const [number, generator] of generators.entries()) {
    const literals = typeof generator === 'object' && generator !== null && 'literals' in generator ? generator.literals : undefined;
    if (!Array.isArray(literals)) continue;
    for (const [index, literal] of literals.entries()) {
      const setting = typeof literal === 'string' ? readSetting(literal) : undefined;
      if (setting) yield { at: at(document, 'secretGenerator', number, 'literals', index), ...setting, holder: holderOf(generator) };
    }
  }
}

/** The lines of an env file, but for comments. */
function* linesOf({ path, text }: SourceFile, holder: string, usedAt: Place): Iterable<GeneratedEntry> {
  let start = 0;
  for (const line of text.split('\n')) {
    const setting = /^\s*#/.test(line) ? undefined : readSetting(line);
    if (setting) yield { at: { path, start, end: start + line.trimEnd().length }, ...setting, holder, usedAt };
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

function holderOf(generator: unknown): string {
  const name = typeof generator === 'object' && generator !== null && 'name' in generator ? generator.name : undefined;
  return typeof name === 'string' ? `secret generator "${name}"` : 'the secret generator';
}

function isEncrypted({ text, classification }: SourceFile): boolean {
  return classification.class === 'sops-encrypted' || classification.class === 'ansible-vault' || text.includes('sops_mac=');
}
