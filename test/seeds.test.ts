import { beforeAll, describe, expect, test } from 'vitest';
import { defectSeeders } from './seeds/defects.ts';
import { neutralSeeders } from './seeds/neutral-edits.ts';
import { lintFiles, seededRepositories } from './seeds/repositories.ts';
import { runSeeds, type SeedReport } from './seeds/run-seeds.ts';

/** A few of each kind; `npm run seed-defects` plants all that are asked for. */
describe('mistakes and neutral edits, planted in healthy repositories', () => {
  let report: SeedReport;
  beforeAll(async () => {
    report = await runSeeds(seededRepositories(), lintFiles, { perKind: 1, perKindInAll: 2 });
  }, 60_000);

  test('every kind finds room', () => {
    expect(Object.keys(defectSeeders).filter(kind => !report.defects.has(kind))).toEqual([]);
    expect(Object.keys(neutralSeeders).filter(kind => !report.neutralEdits.has(kind))).toEqual([]);
  });

  test('mistakes are found at their line, 95 in 100 at least', () => {
    const counts = [...report.defects.values()];
    const planted = counts.reduce((sum, count) => sum + count.planted, 0);
    expect(report.missed.length, report.missed.join('\n')).toBeLessThanOrEqual(planted * 0.05);
  });

  test('neutral edits add no finding', () => {
    expect(report.added).toEqual([]);
  });
});
