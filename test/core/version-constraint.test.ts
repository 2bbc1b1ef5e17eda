import { expect, test } from 'vitest';
import { compareVersions, isSemanticVersion, parseVersion } from '../../src/core/semantic-version.ts';
import { parseVersionConstraint } from '../../src/core/version-constraint.ts';

/** The versions that a constraint accepts; `refused` where Helm cannot read it. */
function accepted(constraint: string, ...versions: string[]): string {
  const parsed = parseVersionConstraint(constraint);
  if (parsed === undefined) return 'refused';
  return versions
    .filter(version => {
      const read = parseVersion(version);
      return read !== undefined && parsed.accepts(read);
    })
    .join(' ');
}

test('versions are read as Helm reads them, and judged by SemVer', () => {
  for (const version of ['1.2.3', '0.0.0', '1.2.3-rc.1', '1.2.3+build.5', '1.0.0-a.b-c'])
    expect([version, isSemanticVersion(version)]).toEqual([version, true]);
  for (const version of ['1', '1.2', 'v1.2.3', '01.2.3']) {
    expect([version, isSemanticVersion(version)]).toEqual([version, false]);
    expect([version, parseVersion(version) !== undefined]).toEqual([version, true]);
  }
  for (const version of ['', 'latest', '1.2.3.4', '1.2.3-', '1.2.3-01', 'V1', '1.2.3-rc_1', '1'.repeat(300)])
    expect([version, parseVersion(version)]).toEqual([version, undefined]);
});

test('versions are in order', () => {
  const ordered = ['0.9.0', '1.0.0-1', '1.0.0-2', '1.0.0-11', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-beta', '1.0.0', '1.0.1', '1.10.0', '2.0.0'];
  const shuffled = [...ordered].reverse().map(version => ({ version, parsed: parseVersion(version) }));
  const sorted = shuffled.sort((a, b) => (a.parsed && b.parsed ? compareVersions(a.parsed, b.parsed) : 0)).map(({ version }) => version);
  expect(sorted).toEqual(ordered);
});

test.each([
  ['1.2.3', '1.2.3', '1.2.4'],
  ['1.2', '1.2.0 1.2.9', '1.3.0 1.1.0'],
  ['1.x', '1.0.0 1.9.0', '2.0.0 0.9.0'],
  ['*', '0.0.1 9.0.0', '1.0.0-rc.1'],
  ['~1', '1.0.0 1.9.0', '2.0.0'],
  ['~1.2', '1.2.0 1.2.9', '1.3.0'],
  ['~1.2.3', '1.2.3 1.2.9', '1.2.2 1.3.0'],
  ['~>1.2', '1.2.9', '1.3.0'],
  ['^1.2', '1.2.0 1.9.0', '1.1.0 2.0.0'],
  ['^0.2.3', '0.2.3 0.2.9', '0.3.0'],
  ['^0.0.3', '0.0.3', '0.0.4'],
  ['^0.0', '0.0.9', '0.1.0'],
  ['^0', '0.9.0', '1.0.0'],
  ['>=1.2 <2', '1.2.0 1.9.0', '2.0.0'],
  ['>= 1.2, < 2', '1.2.0', '2.0.0'],
  ['>1.2', '1.3.0 2.0.0', '1.2.9'],
  ['>11', '12.0.0', '11.1.0'],
  ['<=1.2', '1.2.9 1.0.0', '1.3.0'],
  ['!=1.2', '1.3.0', '1.2.5'],
  ['1.2 - 1.4', '1.2.0 1.4.9', '1.5.0'],
  ['<1 || >=2.0.0', '0.9.0 2.0.0', '1.5.0'],
  ['>=1.25.0-0', '1.25.0 1.29.3-gke.1', '1.24.9'],
  ['>=1.25.0', '1.25.0', '1.29.3-gke.1'],
])('%s accepts %s and not %s', (constraint, inside, outside) => {
  expect(accepted(constraint, ...inside.split(' '), ...outside.split(' '))).toBe(inside);
});

test.each(['', 'latest', '>=1.2,', '1,,2', '==1', '>=1.2<2', '||', '1 ||', '1.2.3.4', '^1.2!', 'a'.repeat(600)])('%s is refused', constraint => {
  expect(accepted(constraint, '1.2.0')).toBe('refused');
});

test('a range is told from a version', () => {
  expect(['1.2.3', '=1.2.3', 'v1.2.3'].map(text => parseVersionConstraint(text)?.isRange)).toEqual([false, false, false]);
  expect(['1.2', '^1.2.3', '>=1.2.3', '1.2.3 || 1.2.4', '*'].map(text => parseVersionConstraint(text)?.isRange)).toEqual([
    true,
    true,
    true,
    true,
    true,
  ]);
});
