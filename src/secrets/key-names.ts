/** What the name of a key says of its value. */
export type KeyKind = 'credential' | 'public' | 'unknown';

const credentialWords = wordSet(`
  password passwords passwd pwd pass passphrase passcode pw secret secrets token tokens apikey apitoken credential credentials dsn auth salt pin psk
  htpasswd accesskey secretkey privatekey authtoken accesstoken refreshtoken bearertoken clientsecret authkey masterkey encryptionkey signingkey
  connectionstring dockerconfigjson dockercfg requirepass masterauth
`);

/** The last two words of a name, where the last alone says nothing. */
const credentialPairs = wordSet(`
  api:key access:key secret:key private:key encryption:key signing:key account:key master:key auth:key ssh:key storage:key shared:key
  session:key hmac:key deploy:key root:key license:key jwt:key routing:key integration:key service:key app:key application:key
  cert:key preshared:key key:data crypto:key cipher:key unseal:key cookie:key webhook:key key:base secret:value token:value password:value
  connection:string webhook:url webhook:urls hook:url private:pem recovery:code password:hash cookie:value database:url db:url redis:url mongo:url mongodb:uri
  postgres:url mysql:url amqp:url broker:url
`);

/** Names that end like that of a credential, of what every visitor of a page may see. */
const publicPairs = wordSet('publishable:token max:tokens min:tokens input:tokens output:tokens context:tokens');

/** Words that are written as one, as in `PGPASSWORD` and `clientsecret`. */
const joinedWord = /(?:password|passwd|passphrase|secret|token|(?:api|access|secret|private)key)$/;

/** Tag managers of web pages have an `auth` that every visitor gets. */
const isForPages = /tag_?manager|(?:^|_)gtm_/i;

const publicWords = wordSet(`
  id ids user users username usernames login email mail from to host hosts hostname port ports database databases db dbname name names namespace region zone
  bucket endpoint endpoints url urls uri uris issuer audience type kind realm domain domains server servers address addr path paths file files filename dir
  directory folder scope scopes version env environment mode level protocol schema scheme ca crt cert certs certificate certificates chain pub public arn
  account tenant client subscription project org organization owner repo repository branch tag image size count enabled disabled enable disable timeout ttl
  expiry expires expiration format algorithm alg provider driver locale timezone tz date time timestamp mtime created comment description label labels title
  method policy role roles group groups team mount prefix suffix header topic queue cluster ref reference store selector template annotation field min max
  length rotation verifier fingerprint thumbprint serial insecure index order priority weight interval schedule
`);

const known = new Map<string, KeyKind>();
/** A repository has few names, again and again. */
const mostKnown = 20_000;

/** Judges a key by the last words of its name, as in `DB_PASSWORD`, `clientSecret` and `tls.key`. */
export function kindOfKey(name: string): KeyKind {
  let kind = known.get(name);
  if (kind === undefined) {
    kind = readKind(name);
    if (known.size >= mostKnown) known.clear();
    known.set(name, kind);
  }
  return kind;
}

function readKind(name: string): KeyKind {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  const pair = `${words.at(-2) ?? ''}:${last}`;
  if (publicPairs.has(pair) || isForPages.test(name) || words.some(word => word === 'existing' || word === 'public')) return 'public';
  if (credentialPairs.has(pair) || credentialWords.has(last) || joinedWord.test(last)) return 'credential';
  return publicWords.has(last) ? 'public' : 'unknown';
}

/** Whether the value is one that people choose and type. */
export function isPasswordName(name: string): boolean {
  return /^(?:pass.*|pwd|pw|pin|requirepass|masterauth|.*(?:password|passwd|passphrase))$/.test(wordsOf(name).at(-1) ?? '');
}

/** In lower case, without a number at the end; the extensions of settings files are none. */
function wordsOf(name: string): readonly string[] {
  const words = name
    .replace(/\.(?:txt|json|ya?ml|ini|cfg|conf|env|properties|pem)$/i, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '');
  const last = words.at(-1);
  if (last !== undefined && words.length > 1 && /^\d+$/.test(last)) words.pop();
  return words.map(word => word.replace(/\d+$/, '') || word);
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
