import { lintFiles, seededRepositories } from '../seeds/repositories.ts';
import { runSeeds } from '../seeds/run-seeds.ts';

/** `npm run seed-defects [-- PER-KIND [SEED]]`: plants mistakes and neutral edits, and prints what was found, missed and added. */
const [perKind = '6', seed = '1'] = process.argv.slice(2);
const report = await runSeeds(seededRepositories(), lintFiles, Number(perKind), Number(seed));

const planted = [...report.defects.values()].reduce((sum, count) => sum + count.planted, 0);
const found = [...report.defects.values()].reduce((sum, count) => sum + count.found, 0);
for (const [kind, count] of report.defects) console.log(`${String(count.found).padStart(4)} of ${String(count.planted).padStart(4)}  ${kind}`);
for (const line of report.missed) console.log(`missed: ${line}`);
for (const line of report.added) console.log(`added: ${line}`);
console.log(`${found} of ${planted} mistakes found at their line, ${report.added.length} findings added by ${report.neutralEdits} neutral edits`);
process.exitCode = found >= planted * 0.95 && report.added.length === 0 ? 0 : 1;
