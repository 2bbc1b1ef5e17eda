import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DeprecatedApi } from '../../src/core/deprecations/api.ts';
import { endOfLifeTools } from '../../src/core/deprecations/end-of-life-tools.ts';
import { gitopsApis } from '../../src/core/deprecations/gitops-apis.ts';
import { judgeApi } from '../../src/core/deprecations/judge-api.ts';
import { kubernetesApis } from '../../src/core/deprecations/kubernetes-apis.ts';
import { firstMinor, lastMinor } from '../../src/core/kubernetes-minors.ts';
import { compareVersions, readVersion } from '../../src/core/running-versions.ts';
import type { VersionTarget } from '../../src/core/versions.ts';

const apis = [...kubernetesApis, ...gitopsApis];

test('every row has versions that can be read, a source and a day; no kind stands twice', () => {
  const seen = new Set<string>();
  for (const { apiVersion, kinds, deprecated, removed, replacements, remedy, source, date } of apis) {
    for (const kind of kinds) {
      expect(seen.has(`${apiVersion} ${kind}`), `${apiVersion} ${kind}`).toBe(false);
      seen.add(`${apiVersion} ${kind}`);
    }
    for (const text of [deprecated, removed, ...replacements.map(({ since }) => since)]) expect(readVersion(text), apiVersion).toBeDefined();
    expect(replacements.length > 0 || remedy !== undefined, apiVersion).toBe(true);
    expect(source).not.toBe('');
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
  }
  for (const { source, date } of endOfLifeTools) expect([source === '', /^\d{4}-\d\d-\d\d$/.test(date)]).toEqual([false, true]);
});

test('replacements are newer first, and none is itself gone before what it replaces', () => {
  for (const { apiVersion, kinds, removed, replacements } of apis) {
    const since = replacements.map(replacement => readVersion(replacement.since));
    for (const [index, version] of since.entries()) {
      const next = since[index + 1];
      if (version && next) expect(compareVersions(version, next), apiVersion).toBeGreaterThan(0);
    }
    for (const replacement of replacements) {
      const old = apis.find(api => api.apiVersion === replacement.apiVersion && api.kinds.some(kind => kinds.includes(kind)));
      const [first, second] = [readVersion(removed), readVersion(old?.removed ?? '999.0')];
      if (first && second) expect(compareVersions(second, first), apiVersion).toBeGreaterThan(0);
    }
  }
});

const table = join(import.meta.dirname, '../../schemas/kubernetes.jsonl');

test.skipIf(!existsSync(table))('the schemas of Kubernetes end where the table says that a version goes', () => {
  const [head = ''] = readFileSync(table, 'utf8').split('\n', 1);
  const { kinds } = JSON.parse(head) as { kinds: Record<string, Record<string, [name: string, first: number, last: number]>> };
  for (const { apiVersion, kinds: names, removed } of kubernetesApis) {
    const minor = readVersion(removed)?.minor ?? 0;
    for (const name of names) {
      const last = kinds[apiVersion]?.[name]?.[2];
      if (minor <= firstMinor) expect(last, `${apiVersion} ${name}`).toBeUndefined();
      else if (last !== undefined) expect(last, `${apiVersion} ${name}`).toBe(Math.min(minor - 1, lastMinor));
    }
  }
});

describe('what holds of an old version', () => {
  const api: DeprecatedApi = {
    tool: 'kubernetes',
    apiVersion: 'example.org/v1beta1',
    kinds: ['Thing'],
    deprecated: '1.29',
    removed: '1.32',
    replacements: [{ apiVersion: 'example.org/v1', since: '1.30', isSame: () => true }],
    source: '',
    date: '',
  };
  const target = (environment: string, ...minors: readonly number[]): VersionTarget => ({
    environments: environment === '' ? [] : [environment],
    versions: minors.map(minor => ({ major: 1, minor, evidence: [] })),
  });
  const judge = (...targets: readonly VersionTarget[]) => {
    const verdict = judgeApi(api, targets);
    return verdict && `${verdict.severity}: ${verdict.says} [${verdict.environments}] ${verdict.isServed}`;
  };

  test('known', () => {
    expect(judge(target('a', 32))).toBe('error: is not served since Kubernetes 1.32, and a runs 1.32 [a] yes');
    expect(judge(target('a', 31))).toBe('warning: is deprecated and goes with Kubernetes 1.32 [a] yes');
    expect(judge(target('a', 29))).toBeUndefined();
    expect(judge(target('a', 28))).toBeUndefined();
  });

  test('several environments: the worst, and a replacement that all of them serve', () => {
    expect(judge(target('a', 28), target('b', 33))).toBe('error: is not served since Kubernetes 1.32, and b runs 1.33 [b] no');
    expect(judge(target('a', 31), target('b', 33))).toBe('error: is not served since Kubernetes 1.32, and b runs 1.33 [b] yes');
  });

  test('one of several versions', () => {
    expect(judge(target('a', 31, 33))).toBe('warning: is not served from Kubernetes 1.32 on, and a runs 1.31 or 1.33 [a] yes');
    expect(judge(target('a', 32, 33))).toBe('error: is not served since Kubernetes 1.32, and a runs 1.32 or 1.33 [a] yes');
  });

  test('not known: an error where no version serves it', () => {
    expect(judge(target(''))).toBe('warning: is not served from Kubernetes 1.32 on [] no');
    expect(judgeApi({ ...api, removed: '1.25' }, [target('')])?.severity).toBe('error');
    expect(judgeApi({ ...api, removed: '1.40' }, [target('')])).toBeUndefined();
    expect(judgeApi({ ...api, tool: 'flux', removed: '2.8' }, [target('')])?.severity).toBe('warning');
  });
});
