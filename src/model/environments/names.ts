import { type EnvironmentWord, isUnambiguous, mayNameEnvironment, wordOf } from './vocabulary.ts';

/** What the name of one file or folder says of an environment. */
export interface EnvironmentName {
  readonly word: EnvironmentWord;
  /** The word as it is written there, in lower case. */
  readonly spelling: string;
  /**
   * `exact`: the name is the word (`prod`, `03-prod`). `qualified`: the word with a number, a region or
   * a colour (`stage0`, `prod-eu-west-1`). `part`: the word stands among others (`pay-dev`).
   */
  readonly match: 'exact' | 'qualified' | 'part';
  /** That of the word, but for spellings that are words of other meanings too. */
  readonly strength: EnvironmentWord['strength'];
  /** The name with `*` in the place of the word, numbers and regions left out: equal for names that differ in the environment only. */
  readonly frame: string;
  /** The numbers and regions beside the word: `eu-west-1` in `prod-eu-west-1`. */
  readonly qualifier: string;
  /** It names an environment wherever it stands. */
  readonly isUnambiguous: boolean;
}

/** What tells clusters of one environment apart, as in `prod-eu-west-1`, `weu-prod01`, `prod-blue`, `eks-prod`. */
const qualifier =
  /^(\d+[a-z]?|[a-z]\d{0,2}|(us|eu|ap|ca|sa|af|uk|gb|de|fr|nl|jp|au|br|ch|sg|hk|kr|weu|neu|eus|wus|cus|scus|uks|ukw|euw|eun|euc|use|usw|apac|emea|amer|europe|asia|america|australia|gov|(north|south|west|east|central){1,2})\d*|blue|green|primary|secondary|main|dr|cluster|clusters|region|az|zone|env|environment|aks|eks|gke|ocp|k8s|kubernetes|rke2?|k3s)$/;
/** Of those, the ones that tell nothing apart by themselves. */
const commonWord = /^(main|clusters?|region|az|zone|env|environment|aks|eks|gke|ocp|k8s|kubernetes|rke2?|k3s)$/;
/** After the word these make a name speak of something else: teams, tools, channels of a product (`dev-team`, `test-runner`, `development-operator`). */
const afterWord =
  /^(teams?|squads?|guilds?|crews?|tribes?|users?|developers?|engineers?|tools?|tooling|spaces|operators?|runners?|suites?|balancers?|preview)$/;
/** Certificate endpoints: Let's Encrypt has a staging and a production one, in every environment. */
const certificateEndpoint = /^(letsencrypt|zerossl|issuers?|clusterissuers?)$/;
/** Spellings that mean other things as often: they count as a whole name only. */
const everydayWord = /^(live|load|pre)$/;
/** What file names end in that says nothing of the environment. */
const fileEnding =
  /\.(ya?ml|jsonn?e?t?|tf|tfvars|hcl|gotmpl|tpl|tmpl|j2|env|enc|age|sops|ini|toml|properties|conf|cfg|txt|params?|example|dist|sample|libsonnet|pkl|cue|k)$/;

/** Reads names; each is taken apart once. */
export function nameReader(): (segment: string, kind: 'file' | 'folder') => EnvironmentName | undefined {
  const folders = new Map<string, EnvironmentName | undefined>();
  const files = new Map<string, EnvironmentName | undefined>();
  return (segment, kind) => {
    const known = kind === 'file' ? files : folders;
    const before = known.get(segment);
    if (before !== undefined || known.has(segment)) return before;
    const name = mayNameEnvironment.test(segment)
      ? readTokens(tokensOf(kind === 'file' ? stemOf(segment) : segment), isDomain(segment, kind))
      : undefined;
    known.set(segment, name);
    return name;
  };
}

/** What a text such as the value of a label says of an environment. */
export function readText(text: string): EnvironmentName | undefined {
  return mayNameEnvironment.test(text) ? readTokens(tokensOf(text), false) : undefined;
}

/** Whether a folder's name is that of a region, a cluster or a ring, as in `us-east-1`, `green-p01`, `ring-0`. */
export function isQualifier(name: string): boolean {
  const tokens = tokensOf(name);
  return tokens.every(token => qualifier.test(token) || token === 'ring') && !tokens.every(token => commonWord.test(token));
}

/** The different core words in a text such as the name of a cluster. */
export function coreWordsIn(text: string): readonly EnvironmentWord[] {
  const words = new Set<EnvironmentWord>();
  for (const token of tokensOf(text)) {
    const found = wordOfToken(token);
    if (found?.word.strength === 'core' && !everydayWord.test(found.spelling)) words.add(found.word);
  }
  return [...words];
}

/** The words of a name: separators and camel case part them; the number that only orders folders goes, split words become one. */
function tokensOf(name: string): string[] {
  const tokens: string[] = [];
  const parts = name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/^\d+[-_]+(?=[a-z])/, '')
    .split(/[^a-z\d]+/);
  for (const part of parts) {
    if (part === '') continue;
    const last = tokens.at(-1);
    if ((last === 'pre' || last === 'non') && /^(prod|production|prd)$/.test(part)) tokens[tokens.length - 1] = last + part;
    else if (last === 'lets' && part === 'encrypt') tokens[tokens.length - 1] = 'letsencrypt';
    else if (last === 'pr' && /^\d+$/.test(part)) tokens[tokens.length - 1] = 'preview';
    else if (/^pr\d+$/.test(part)) tokens.push('preview');
    else tokens.push(part);
  }
  return tokens;
}

/** The word of each token that has one, whole or with a number behind (`stage0`). */
function wordOfToken(token: string): { readonly word: EnvironmentWord; readonly spelling: string; readonly number: string } | undefined {
  const spelling = token.replace(/\d+[a-z]?$/, '');
  const word = wordOf(spelling);
  return word && { word, spelling, number: token.slice(spelling.length) };
}

function readTokens(tokens: readonly string[], isDomain: boolean): EnvironmentName | undefined {
  if (tokens.some(token => certificateEndpoint.test(token))) return undefined;
  const at = indexOfWord(tokens, isDomain);
  if (afterWord.test(tokens[at + 1] ?? '')) return undefined;
  const found = wordOfToken(tokens[at] ?? '');
  if (!found) return undefined;
  const rest = tokens.filter((token, index) => index !== at && !qualifier.test(token));
  const qualifiers = [...(found.number ? [found.number] : []), ...tokens.filter((token, index) => index !== at && qualifier.test(token))];
  const match = rest.length > 0 ? 'part' : qualifiers.length > 0 ? 'qualified' : 'exact';
  if (match !== 'exact' && everydayWord.test(found.spelling)) return undefined;
  return {
    word: found.word,
    spelling: found.spelling,
    match,
    strength: everydayWord.test(found.spelling) ? 'weak' : found.word.strength,
    frame: tokens
      .map((token, index) => (index === at ? '*' : token))
      .filter(token => token === '*' || !qualifier.test(token))
      .join('-'),
    qualifier: qualifiers.join('-'),
    isUnambiguous: match !== 'part' && isUnambiguous(found.spelling),
  };
}

/** Of several words the last core one counts; a weak word counts at either end only. */
function indexOfWord(tokens: readonly string[], isDomain: boolean): number {
  let best = -1;
  let bestIsCore = false;
  for (const [index, token] of tokens.entries()) {
    const word = wordOfToken(token)?.word;
    if (!word || (isDomain && index === tokens.length - 1)) continue;
    if (word.strength === 'weak' && index > 0 && index < tokens.length - 1) continue;
    const isCore = word.strength === 'core';
    if (isCore || !bestIsCore) [best, bestIsCore] = [index, isCore];
  }
  return best;
}

/** `example.dev` is a domain: its last part is no environment. */
function isDomain(segment: string, kind: 'file' | 'folder'): boolean {
  return kind === 'folder' && /[^.]\.(dev|test|live|review|int|demo)$/.test(segment);
}

function stemOf(fileName: string): string {
  let stem = fileName;
  while (fileEnding.test(stem)) stem = stem.slice(0, stem.lastIndexOf('.'));
  return stem;
}
