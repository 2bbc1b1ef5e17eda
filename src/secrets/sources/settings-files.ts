import type { SourceFile } from '../../core/document.ts';
import { nameOf } from '../../core/repo-path.ts';
import { mentionsCredential } from './collect-fields.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** By name: dotenv, properties, INI, TOML, and what tools for packages and files log in with. */
const settings =
  /(?:^|\/)(?:\.env(?:\.[\w.-]+)?|[^/]+\.(?:env|properties|ini|cfg|conf|toml)|\.?(?:npmrc|pypirc|netrc|_netrc|pgpass|my\.cnf)|hosts|inventory)$/;

/** Whether a file is there to be copied, and filled in then. */
export function isExample(path: string): boolean {
  return /[._-](?:example|examples|sample|template|tpl|tmpl|dist|defaults?)(?:[._-]|$)|^(?:example|sample|template)[._-]/i.test(nameOf(path));
}

/** Files of settings that are not YAML, JSON or HCL, line by line. */
export function* settingsFiles({ path, text, documents, classification }: SourceFile): Iterable<SecretCandidate> {
  if (documents.length > 0 || classification.template !== undefined || !settings.test(path) || isExample(path)) return;
  if (!mentionsCredential(text) || isEncrypted(text)) return;
  yield { at: { path, start: 0, end: text.length }, key: nameOf(path), path: [], value: text, holder: 'the file', keptAs: 'setting' };
}

/** SOPS writes its own settings into dotenv files, and a section of them into INI files; git-crypt and Ansible Vault encrypt all. */
export function isEncrypted(text: string): boolean {
  return /^sops_mac=/m.test(text) || /^\[sops\]/m.test(text) || text.startsWith('$ANSIBLE_VAULT;') || text.startsWith('\0GITCRYPT\0');
}
