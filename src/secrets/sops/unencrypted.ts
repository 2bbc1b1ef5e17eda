import type { DocumentClass } from '../../core/classification.ts';
import type { Document, SourceFile } from '../../core/document.ts';
import { type Fields, isFields } from '../../core/fields.ts';
import type { Skip } from '../../core/finding.ts';
import type { RepoPath } from '../../core/place.ts';
import type { RuleAnswer, SopsRule, UnencryptedFile } from '../../core/protection.ts';
import { nameOf } from '../../core/repo-path.ts';
import { readDotenv, readIni, type Setting } from './flat-store.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { type CompileExpression, selectorOf } from './should-be-encrypted.ts';

/** What is asked of a value, whoever answers. */
export interface ValueJudge {
  /** Nothing anybody has to hide: empty, a placeholder, a mention of where the secret is kept, ciphertext of others. */
  readonly isHarmless: (value: string) => boolean;
  readonly isTemplated: (value: string) => boolean;
  /** A credential by its key and by itself. */
  readonly isCredential: (key: string, value: string) => boolean;
  /** One that people choose and type, by its key too. */
  readonly isPassword: (key: string, value: string) => boolean;
  /** What the data of a Secret stands for; as it is written where it is no base64 or no text. */
  readonly decode: (value: string) => string;
}

export interface UnencryptedInput {
  /** There is a .sops.yaml or an encrypted file: else names alone count. */
  readonly isUsed: boolean;
  readonly ruleFor: (path: RepoPath) => RuleAnswer;
  /** A file that SOPS has encrypted and that is named alike. */
  readonly neighbourOf: (path: RepoPath) => RepoPath | undefined;
  readonly compile: CompileExpression;
  readonly judge: ValueJudge;
}

/**
 * Whether a file without metadata of SOPS was to be encrypted: a creation rule, its name or its neighbours say so, and it
 * holds a value that SOPS would have encrypted and that is worth it.
 */
export function findUnencrypted(file: SourceFile, input: UnencryptedInput): UnencryptedFile | Skip | undefined {
  if (neverEncrypted.has(file.classification.class)) return undefined;
  const isNamed = isNamedForSops(file.path);
  if (!isNamed && (!input.isUsed || !mayBeEncrypted(file))) return undefined;
  if (neverEncryptedNames.test(nameOf(file.path))) return undefined;
  const answer = input.ruleFor(file.path);
  const neighbour = isNamed || 'rule' in answer || isExample.test(file.path) ? undefined : input.neighbourOf(file.path);
  if (!('rule' in answer) && !isNamed && neighbour === undefined) {
    return 'unknown' in answer && holdsSecret(file) ? { at: { path: file.path }, skipped: answer.unknown } : undefined;
  }
  const rule = 'rule' in answer ? answer.rule : undefined;
  if (file.classification.template !== undefined) {
    return isNamed || file.text.includes('kind: Secret')
      ? { at: { path: file.path }, skipped: 'a template is encrypted once it is rendered' }
      : undefined;
  }
  const because = rule ?? (neighbour === undefined ? 'name' : { neighbour });
  const question: Question = { isNamed, isForSecrets: isNamed || (rule !== undefined && isForSecrets(rule, file.path)), rule, input };
  let templated: Leaf | undefined;
  for (const { leaf, dataOfSecret } of candidatesIn(file, question)) {
    const text = dataOfSecret === 'base64' ? input.judge.decode(String(leaf.value)) : String(leaf.value);
    if (input.judge.isTemplated(text)) templated ??= leaf;
    else if (!input.judge.isHarmless(text)) {
      const key = leaf.keys.at(-1) ?? '';
      if (question.isForSecrets || dataOfSecret !== undefined || input.judge.isCredential(key, text)) return { at: leaf.at, key, because };
    }
  }
  return templated && { at: templated.at, skipped: 'the value is filled in later' };
}

/** Classes whose files are no secrets, or protect themselves. */
const neverEncrypted: ReadonlySet<DocumentClass> = new Set<DocumentClass>([
  'sops-config',
  'sealed-secret',
  'external-secret',
  'ansible-vault',
  'kustomization',
  'kustomize-component',
  'kustomize-transformer',
  'kustomize-configuration',
  'helm-chart',
  'helm-lock',
  'custom-resource-definition',
  'github-workflow',
  'github-action',
  'github-settings',
  'gitlab-ci',
  'bitbucket-pipelines',
  'azure-pipelines',
  'ci-config',
  'codeowners',
  'owners',
  'tool-config',
  'policy-test',
  'json-schema',
  'lock-file',
  'terraform-lock',
  'documentation',
  'script',
  'source-code',
  'openapi',
  'dashboard',
]);

const neverEncryptedNames = /^(?:kustomization\.ya?ml|Kustomization|\.sops\.ya?ml|\.git\w*)$/;
/** The names that tools go by: helm-secrets, KSOPS, Talos, the pre-commit hooks for SOPS. */
const namedForSops = /\.(?:sops|enc|encrypted)\.(?:ya?ml|json|env|ini)$/;
const isExample = /(?:^|\/)(?:tests?|testdata|[\w-]*fixtures?|examples?|samples?|docs?|e2e|__\w+__)\//;
const wordOfSecrets = /secret|sops|\benc\b|encrypt|credential|vault|private|passw|token/i;

/** Programs that are called after the secrets that they manage. */
const secretsPrograms = /(?:external|sealed|vault|csi)-?secrets?|secrets?-?(?:stores?|operator|csi|manager|generator)/gi;
const secretsFolder = /(?:^|\/)(?:secrets?|private|credentials|encrypted|sops|vault)\//i;

/** Most paths are told by one look. */
function isNamedForSops(path: RepoPath): boolean {
  return (path.includes('.sops.') || path.includes('.enc')) && namedForSops.test(path) && !isExample.test(path);
}

/** Before expressions are asked: objects that are no Secrets are encrypted only where their name says so. */
function mayBeEncrypted({ path, text, documents, classification }: SourceFile): boolean {
  if (classification.template !== undefined) return text.includes('kind: Secret');
  if (documents.length === 0) return path.endsWith('.env') || path.endsWith('.ini');
  return documents.some(({ value }) => isFields(value) && (!isObject(value) || isSecretObject(value)));
}

function isObject({ apiVersion, kind }: Fields): boolean {
  return typeof kind === 'string' && apiVersion !== undefined;
}

/** SopsSecrets are what an operator makes Secrets of. */
function isSecretObject({ kind }: Fields): boolean {
  return kind === 'Secret' || kind === 'SopsSecret';
}

/** A rule that says by its words that it is for secrets, and a path whose name or folder does so too. */
function isForSecrets({ pathRegex }: SopsRule, path: RepoPath): boolean {
  if (pathRegex === undefined || !wordOfSecrets.test(pathRegex)) return false;
  return wordOfSecrets.test(nameOf(path).replace(secretsPrograms, '')) || secretsFolder.test(path);
}

function holdsSecret({ documents }: SourceFile): boolean {
  return documents.some(({ value }) => isFields(value) && value.kind === 'Secret');
}

interface Question {
  readonly isNamed: boolean;
  readonly isForSecrets: boolean;
  readonly rule: SopsRule | undefined;
  readonly input: UnencryptedInput;
}

/** A value that may be one to encrypt. */
interface Candidate {
  readonly leaf: Leaf;
  /** How it is written, where it is the data of a Secret. */
  readonly dataOfSecret?: 'base64' | 'text';
}

/** The values that SOPS would encrypt. */
function* candidatesIn(file: SourceFile, question: Question): Iterable<Candidate> {
  const { rule, input } = question;
  const selection = rule?.selection ?? {};
  // Which comments are meant is known to SOPS alone.
  if (selection.encrypted_comment_regex !== undefined || selection.unencrypted_comment_regex !== undefined) return;
  const isSelected = selectorOf(selection, input.compile);
  for (const document of file.documents) {
    for (const candidate of candidatesOf(document, question)) if (isSelected(candidate.leaf.keys)) yield candidate;
  }
  if (file.documents.length > 0) return;
  const settings = /\.env$/.test(file.path) ? readDotenv(file.path, file.text) : /\.ini$/.test(file.path) ? readIni(file.path, file.text) : undefined;
  for (const leaf of settings?.settings ?? noSettings) if (isSelected(leaf.keys)) yield { leaf };
}

const noSettings: readonly Setting[] = [];

/** Of an object the data of Secrets, and of others what is no metadata, where the name of the file says that it is a secret. */
function* candidatesOf(document: Document, { isNamed }: Question): Iterable<Candidate> {
  const { value } = document;
  if (neverEncrypted.has(document.classification.class) || !isFields(value)) return;
  const isOfKind = isObject(value);
  const isSecret = isOfKind && isSecretObject(value);
  // The generator of KSOPS names the files that it decrypts.
  if (isOfKind && (value.kind === 'ksops' || String(value.apiVersion).startsWith('viaduct.ai/'))) return;
  for (const leaf of leavesOf(document)) {
    if (leaf.value === null || leaf.value === undefined || leaf.value === '') continue;
    if (isSecret) {
      const part = leaf.keys.find(key => key === 'data' || key === 'stringData');
      if (part !== undefined) yield { leaf, dataOfSecret: part === 'data' ? 'base64' : 'text' };
    } else if (!isOfKind) yield { leaf };
    else if (isNamed && !/^(?:apiVersion|kind|metadata|type|status)$/.test(leaf.keys[0] ?? '')) yield { leaf };
  }
}
