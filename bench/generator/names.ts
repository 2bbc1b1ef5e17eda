import type { Random } from './random.ts';

export const environments = ['development', 'staging', 'production'] as const;
export type Environment = (typeof environments)[number];

export const repositoryUrl = 'https://git.example.org/acme/platform.git';

/** An application and who owns it; `name` is unique in the repository. */
export interface ApplicationName {
  readonly team: string;
  readonly name: string;
}

const teams = ['billing', 'catalog', 'checkout', 'identity', 'insights', 'logistics', 'messaging', 'partners', 'payments', 'search'];
const things = ['account', 'address', 'basket', 'card', 'carrier', 'contract', 'coupon', 'customer', 'delivery', 'document', 'invoice', 'ledger'];
const more = [
  'mandate',
  'offer',
  'order',
  'parcel',
  'price',
  'product',
  'profile',
  'receipt',
  'refund',
  'report',
  'session',
  'stock',
  'supplier',
  'tax',
];
const roles = ['api', 'backend', 'bridge', 'consumer', 'engine', 'exporter', 'frontend', 'gateway', 'indexer', 'notifier', 'publisher', 'worker'];

/** The name of the application with a number, from 0; after some three hundred the words repeat with a counter. */
export function applicationName(index: number): ApplicationName {
  const words = [...things, ...more];
  const word = (list: readonly string[], at: number) => list[at % list.length] ?? '';
  const round = Math.floor(index / (words.length * roles.length));
  const name = `${word(words, index)}-${word(roles, Math.floor(index / words.length))}`;
  return { team: word(teams, index * 7), name: round === 0 ? name : `${name}-${round + 1}` };
}

const comments = [
  'Sized after the load of last quarter; see docs/runbooks before changing it.',
  'Owned by the team named in the labels below.',
  'Keep in step with the dashboard of the same name.',
  'The probe is slow on purpose: the first query warms the cache.',
  'Agreed with the platform team, reviewed every half year.',
];

/** A comment as people leave them, for the top of a file. */
export function comment(random: Random): string {
  return `# ${random.pick(comments)}\n`;
}
