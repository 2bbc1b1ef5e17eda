import { lintFiles, seededRepositories } from '../seeds/repositories.ts';
import { type Count, runSeeds } from '../seeds/run-seeds.ts';

/** `npm run seed-defects [-- PER-KIND [SEED]]`: plants mistakes and neutral edits, and prints what was found, missed and added. */
const [perKind = '2', seed = '1'] = process.argv.slice(2);
const report = await runSeeds(seededRepositories(), lintFiles, { perKind: Number(perKind), seed: Number(seed) });

print('found', report.defects);
print('without a finding', report.neutralEdits);
for (const line of report.missed) console.log(`missed: ${line}`);
for (const line of report.added) console.log(`added: ${line}`);
const defects = total(report.defects);
console.log(
  `${defects.found} of ${defects.planted} mistakes found at their line, ${report.added.length} findings added by ${total(report.neutralEdits).planted} neutral edits`,
);
process.exitCode = defects.found >= defects.planted * 0.95 && report.added.length === 0 ? 0 : 1;

function print(title: string, counts: ReadonlyMap<string, Count>): void {
  console.log(`\nplanted  ${title}`);
  for (const [kind, { planted, found }] of counts) console.log(`${String(planted).padStart(7)}  ${String(found).padStart(5)}  ${kind}`);
}

function total(counts: ReadonlyMap<string, Count>): Count {
  const sum = { planted: 0, found: 0 };
  for (const { planted, found } of counts.values()) [sum.planted, sum.found] = [sum.planted + planted, sum.found + found];
  return sum;
}
