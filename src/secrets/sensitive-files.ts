import type { SourceFile } from '../core/document.ts';
import { type Fields, isFields, listAt } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import type { Repo } from '../core/repo.ts';
import { nameOf } from '../core/repo-path.ts';
import type { SensitiveFile } from '../core/secrets.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import { isPlaceholder, isTemplated } from './placeholders.ts';
import { isEncrypted, isExample } from './sources/settings-files.ts';

/** What a file is by its name, or undefined where it is nothing that has to stay out of a repository. */
export function sensitiveKind(path: RepoPath): SensitiveFile['kind'] | undefined {
  const name = nameOf(path);
  if (isExample(path)) return undefined;
  if (name.includes('.tfstate') && !name.endsWith('.info')) return 'state';
  if (/^\.env(?:\.|$)/.test(name)) return 'environment';
  if (/^(?:kubeconfig|.*\.kubeconfig|kubeconfig[-_.].*)$/.test(name) || path.endsWith('.kube/config')) return 'kubeconfig';
  if (/\.(?:pfx|p12|jks|keystore)$/.test(name)) return /trust|cacerts|^debug\./i.test(name) ? undefined : 'keystore';
  if (/^\.?(?:ansible[-_.])?vault[-_.]?pass(?:word|wd)?(?:[-_.]file)?(?:\.txt)?$/.test(name) || name.startsWith('.vault_pass'))
    return 'vault password';
  if (/\.dec(?:rypted)?\.[a-z]+$|^decrypted\b/i.test(name) && /\.(?:ya?ml|json|env|ini|txt|properties|tfvars|toml)$/.test(name)) return 'decrypted';
  return undefined;
}

/** The files that their names call sensitive, and that hold what the names promise. */
export function* findSensitiveFiles(repo: Repo): Iterable<SensitiveFile> {
  for (const file of repo.files.values()) {
    const kind = sensitiveKind(file.path);
    if (kind && !isProtected(file) && isWhatItSays(kind, file)) yield { at: { path: file.path }, kind };
  }
  for (const { path, reason } of repo.skippedFiles) {
    // Of what was not read the name tells; what leads elsewhere is no file.
    const kind = reason === 'binary' || reason === 'not UTF-8' || reason === 'too large' ? sensitiveKind(path) : undefined;
    if (kind === 'keystore' || kind === 'state') yield { at: { path }, kind };
  }
}

/** By SOPS, Ansible Vault or a filter of Git; or what Git LFS keeps elsewhere. */
function isProtected({ text, documents, classification }: SourceFile): boolean {
  return (
    classification.encryptedByGit === true ||
    isEncrypted(text) ||
    text.startsWith('version https://git-lfs.github.com/spec/') ||
    /^-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE)|^age-encryption\.org\//.test(text) ||
    documents.some(({ value }) => isFields(value) && (isFields(value.sops) || 'encrypted_data' in value))
  );
}

function isWhatItSays(kind: SensitiveFile['kind'], file: SourceFile): boolean {
  const { text } = file;
  switch (kind) {
    case 'state':
      return holdsState(file);
    case 'kubeconfig':
      return parseYaml(file.path, text).documents.some(({ value }) => isFields(value) && listAt(value, 'users').some(holdsLogin));
    case 'vault password':
      // A program that asks a store for the password.
      return text.trim() !== '' && !text.startsWith('#!') && !text.trim().includes('\n') && !isFilledIn(text);
    case 'decrypted':
      return text.trim() !== '';
    case 'environment':
      // The scanner looks for credentials in it.
      return true;
    case 'keystore':
      // A text is none.
      return false;
  }
}

/** A state without resources and outputs says where the real one is kept. */
function holdsState({ documents, text }: SourceFile): boolean {
  const value = documents[0]?.value;
  if (!isFields(value)) return /"(?:resources|modules)"\s*:\s*\[\s*\{|"outputs"\s*:\s*\{\s*"/.test(text) && !text.includes('"encrypted_data"');
  const hasOutputs = isFields(value.outputs) && Object.keys(value.outputs).length > 0;
  return hasOutputs || listAt(value, 'resources').length > 0 || listAt(value, 'modules').some(hasResources);
}

/** As states before version 4 have it. */
function hasResources(module: unknown): boolean {
  return isFields(module) && isFields(module.resources) && Object.keys(module.resources).length > 0;
}

/** Whoever has the file is that user; programs that log in, and paths of keys, are not enough. */
function holdsLogin(entry: unknown): boolean {
  const user = isFields(entry) && isFields(entry.user) ? entry.user : {};
  const provider = isFields(user['auth-provider']) && isFields(user['auth-provider'].config) ? user['auth-provider'].config : {};
  return [user.token, user.password, user['client-key-data'], ...loginFields.map(name => provider[name])].some(isLiteral);
}

const loginFields = ['access-token', 'refresh-token', 'id-token', 'client-secret'] satisfies (keyof Fields)[];

function isLiteral(value: unknown): boolean {
  return typeof value === 'string' && !isFilledIn(value);
}

function isFilledIn(value: string): boolean {
  return isPlaceholder(value, []) || isTemplated(value) || /^(?:REDACTED|DATA\+OMITTED)$/.test(value.trim());
}
