import type { EnvironmentId, Tier } from '../../core/environment.ts';

/** A canonical word for an environment, with the ways to write it. */
export interface EnvironmentWord {
  /** The canonical word, which is the environment's id. */
  readonly id: EnvironmentId;
  readonly tier: Tier;
  readonly rank: number;
  /**
   * How much a name proves: `core` words name environments and little else, `common` ones mostly do,
   * `weak` ones (preview, load, integration …) name products, channels and kinds of tests as often.
   */
  readonly strength: 'core' | 'common' | 'weak';
  /** It stands for all environments below production. */
  readonly isGroup?: true;
  readonly spellings: readonly string[];
}

const words: readonly EnvironmentWord[] = [
  { id: 'production', tier: 'production', rank: 40, strength: 'core', spellings: ['production', 'prod', 'prd', 'gprd', 'live'] },
  {
    id: 'preproduction',
    tier: 'staging',
    rank: 35,
    strength: 'core',
    spellings: ['preproduction', 'preprod', 'preprd', 'pprod', 'pre'],
  },
  { id: 'staging', tier: 'staging', rank: 30, strength: 'core', spellings: ['staging', 'stage', 'stg', 'stag'] },
  { id: 'performance', tier: 'staging', rank: 30, strength: 'weak', spellings: ['performance', 'perf', 'perftest', 'load', 'nft'] },
  { id: 'homologation', tier: 'staging', rank: 30, strength: 'common', spellings: ['homologation', 'homologacao', 'homolog', 'hml'] },
  { id: 'rc', tier: 'staging', rank: 30, strength: 'weak', spellings: ['rc'] },
  { id: 'uat', tier: 'test', rank: 20, strength: 'core', spellings: ['uat', 'acc', 'acceptance'] },
  { id: 'qa', tier: 'test', rank: 20, strength: 'core', spellings: ['qa'] },
  { id: 'test', tier: 'test', rank: 20, strength: 'common', spellings: ['test', 'testing', 'tst'] },
  { id: 'sit', tier: 'test', rank: 20, strength: 'common', spellings: ['sit'] },
  { id: 'integration', tier: 'test', rank: 20, strength: 'weak', spellings: ['integration', 'integ', 'int'] },
  { id: 'ithc', tier: 'test', rank: 20, strength: 'weak', spellings: ['ithc'] },
  { id: 'aat', tier: 'test', rank: 20, strength: 'weak', spellings: ['aat'] },
  { id: 'demo', tier: 'test', rank: 20, strength: 'weak', spellings: ['demo'] },
  { id: 'development', tier: 'development', rank: 10, strength: 'core', spellings: ['development', 'dev', 'develop', 'devel'] },
  { id: 'sandbox', tier: 'development', rank: 10, strength: 'common', spellings: ['sandbox', 'sbox', 'sbx'] },
  { id: 'local', tier: 'development', rank: 10, strength: 'weak', spellings: ['local'] },
  { id: 'lab', tier: 'development', rank: 10, strength: 'weak', spellings: ['lab'] },
  { id: 'playground', tier: 'development', rank: 10, strength: 'weak', spellings: ['playground'] },
  { id: 'poc', tier: 'development', rank: 10, strength: 'weak', spellings: ['poc'] },
  { id: 'ephemeral', tier: 'ephemeral', rank: 0, strength: 'weak', spellings: ['ephemeral', 'preview', 'review', 'reviewapps', 'reviewapp'] },
  {
    id: 'nonproduction',
    tier: 'test',
    rank: 20,
    strength: 'core',
    isGroup: true,
    spellings: ['nonproduction', 'nonprod', 'nonprd', 'nprod', 'nprd'],
  },
];

const bySpelling = new Map(words.flatMap(word => word.spellings.map(spelling => [spelling, word])));

/** Spellings that name an environment wherever they stand, siblings or not. */
const unambiguous = new Set(['prod', 'production', 'staging', 'stg', 'preprod', 'preproduction', 'uat', 'qa']);

/** The word that a lower-case spelling stands for. */
export function wordOf(spelling: string): EnvironmentWord | undefined {
  return bySpelling.get(spelling);
}

/** The word of an environment's id. */
export function wordOfId(id: EnvironmentId): EnvironmentWord | undefined {
  return words.find(word => word.id === id);
}

export function isUnambiguous(spelling: string): boolean {
  return unambiguous.has(spelling);
}

/** Matches every text that may hold a spelling: a cheap question before a name is taken apart. */
export const mayNameEnvironment = new RegExp(`${[...shortestSpellings()].join('|')}|pr-?\\d`, 'i');

/** The spellings that hold no other spelling. */
function* shortestSpellings(): Generator<string> {
  for (const spelling of bySpelling.keys()) {
    if (![...bySpelling.keys()].some(other => other !== spelling && spelling.includes(other))) yield spelling;
  }
}
