/** Whole values that stand in for a secret, in lower case or upper. */
const placeholder = new RegExp(
  `^(?:${[
    'null|~|true|false|yes|no|on|off|none|nil|n/a|empty|undefined|todo|tbd|fixme',
    '(.)\\1*|[x*.•_-]{3,}|[x*•]{3,}.{0,4}',
    'dummy|fake|mock|sample|example.*|redacted|default|foo|bar|baz|qux|foobar|foobarbaz|hello|world|test|testing|tests?123?',
    '(?:dummy|fake|mock|test|demo|dev|sample|some|any|the|a|my|your|super|very|new|old|secret|top)?[-_ ]?(?:dummy|fake|secret|password|passwd|passphrase|pass|pwd|token|key|api[-_ ]?key|credentials?|value)(?:[-_ ]?(?:here|value|goes[-_ ]here))?',
    '(?:.*[-_ ])?your.*|changeit|change|replace|insert[-_].*',
    '<[^<>\\n]+>|\\[[A-Z][\\w -]*\\]|@[A-Z0-9_]+@|%[A-Z0-9_]+%|__[A-Z0-9_]+__|\\$[A-Z_][A-Z0-9_.-]*(?::[\\w.-]+)?',
  ].join('|')})$`,
  'i',
);

/** Names of values in upper case, as templates and setup scripts have them. */
const taskInCapitals =
  /^(?:UPDATE|INSERT|ENTER|FILL|SET|ADD|PUT|PASTE|PROVIDE|SPECIFY|REPLACE|GENERATE|TO_BE|WILL_BE|MUST_BE|CHANGE)[-_ ][A-Z0-9_ -]+$/;
const nameInCapitals = /^[A-Z]+(?:_[A-Z0-9]+)*_(?:PASSWORD|PASS|SECRET|TOKEN|KEY|ID|VALUE)$/;

/** What says so anywhere in a short value. */
const says =
  /change[-_ ]?(?:me|it|this|default)|replace[-_ ]?(?:me|this|it|with|by)|placeholder|redacted|not[-_ ]?(?:a[-_ ]?)?real|do[-_ ]?not[-_ ]?use|fill[-_ ]?me|\bxxx+\b|insert[-_ ]?(?:here|your)|-here$/i;

/** What somebody meant to replace before it is used, and what is as good as that. */
const unset =
  /change[-_ ]?(?:me|it|this|default)|replace[-_ ]?(?:me|this|it|with|by)|placeholder|fill[-_ ]?me|insert[-_ ]?(?:here|your)|^(?:todo|tbd|fixme|insert_.*|(?:my|your|secret|the)?[-_ ]?(?:password|passwd|secret))$/i;

/** A mention of where the secret is kept. */
const reference = new RegExp(
  `^(?:${[
    '(?:secret)?ref\\+',
    '(?:vault|bao|op|kms|sm|akv|awssm|aws-?secrets?(?:manager)?|awsssm|ssm|gcpsm|gcp-?secrets?(?:manager)?|azurekeyvault|keyvault|secretsmanager|sops|conjur|doppler|infisical|bws|bitwarden|passbolt|akeyless|gopass|keeper|file|env|secret|k8s):',
    'arn:aws[\\w-]*:(?:secretsmanager|ssm|kms):',
    'projects/[^/]+/secrets/',
    '@Microsoft\\.KeyVault\\(',
    '\\$__\\w+\\{|SECRET\\[|@\\{\\w+:|>>vault:',
    '(?:var|local|data|module|random_password|each|self)\\.[a-z_]',
    '(?:/run/secrets|/var/run/secrets|/etc|/vault)/',
  ].join('|')})`,
  'i',
);

/** What encrypted values begin with: SOPS, Ansible Vault, Vault's transit, OpenPGP, age, sealed. */
const encrypted =
  /^(?:ENC\[|\$ANSIBLE_VAULT;|vault:v\d+:|-----BEGIN (?:PGP MESSAGE|AGE ENCRYPTED FILE)|age-encryption\.org\/|Ag[A-Za-z0-9+/]{200,}={0,2}$|pgp:|enc:)/;

/** Whether a value is filled in later, in whole or in part: Helm, Go, Jinja, shell, Flux, GitHub, CI, Argo CD Vault Plugin. */
export function isTemplated(value: string): boolean {
  return /\{\{|\{%|\$\{|\$\([A-Za-z]|\(\([a-zA-Z]|<path:|<%|<[A-Z][A-Z0-9_-]+>/.test(value);
}

/** Whether a value is no secret because it stands in for one, says where it is kept, or is encrypted. */
export function isPlaceholder(value: string, own: readonly RegExp[]): boolean {
  const text = value.trim();
  if (text === '' || encrypted.test(text) || own.some(pattern => pattern.test(text))) return true;
  if (text.length > longest) return false;
  return (
    placeholder.test(text) || taskInCapitals.test(text) || nameInCapitals.test(text) || reference.test(text) || (text.length <= 60 && says.test(text))
  );
}

const longest = 400;

/** Whether a placeholder is one that somebody meant to replace before it is used, such as `changeme`; references and templates are none. */
export function isUnset(value: string): boolean {
  const text = value.trim();
  return text.length <= 60 && !reference.test(text) && !/^[<[$@%]/.test(text) && (unset.test(text) || taskInCapitals.test(text));
}
