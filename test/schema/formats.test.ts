import { describe, expect, test } from 'vitest';
import * as formats from '../../src/schema/formats.ts';
import recorded from './formats-cases.json' with { type: 'json' };

/** What is compared with what Go says, by the name that the recorded cases have. */
const checks: Readonly<Record<string, (text: string) => boolean>> = {
  quantity: formats.isQuantity,
  duration: formats.isGoDuration,
  cron: formats.isCronSchedule,
  'date-time': formats.isDateTime,
  base64: formats.isBase64,
  dns1123Label: formats.isDns1123Label,
  dns1123Subdomain: formats.isDns1123Subdomain,
  dns1035Label: formats.isDns1035Label,
  labelKey: formats.isLabelKey,
  labelValue: formats.isLabelValue,
  portName: formats.isPortName,
  envName: text => formats.isEnvName(text, 'strict'),
  relaxedEnvName: text => formats.isEnvName(text, 'relaxed'),
};

describe.each(Object.entries(recorded.cases))('%s', (name, { valid, invalid }) => {
  const check = checks[name] ?? ((text: string) => formats.fitsFormat(text, name.replace('format:', '')));

  test('takes what Go takes', () => {
    expect(valid.filter(text => !check(text))).toEqual([]);
  });

  // These two are looser than Go, which the rules of RFC 5322 and Unicode make long.
  test.skipIf(name === 'format:email' || name === 'format:hostname')('refuses what Go refuses', () => {
    expect(invalid.filter(check)).toEqual([]);
  });
});

test('a format that the API server does not know is ignored', () => {
  for (const format of ['int32', 'int64', 'k8s-short-name', 'toString', 'anything']) expect(formats.fitsFormat('?', format)).toBe(true);
});

test('hyphens in the name of a format do not matter', () => {
  expect(formats.fitsFormat('?', 'date-time')).toBe(false);
});

test('addresses may have leading zeros', () => {
  expect(formats.isIP('010.0.0.1')).toBe(true);
  expect(formats.isCidr('010.0.0.0/8')).toBe(true);
  expect(formats.isIP('10.0.0')).toBe(false);
});

test('long texts are judged in little time', () => {
  const start = performance.now();
  for (const character of ['a', '1', '-', '.', '*', ',', ' ', '=', ':', '/', 'µ']) {
    for (const check of Object.values(checks)) check(character.repeat(100_000));
    for (const name of Object.keys(recorded.cases)) formats.fitsFormat(character.repeat(100_000), name.replace('format:', ''));
  }
  expect(performance.now() - start).toBeLessThan(3000);
});
