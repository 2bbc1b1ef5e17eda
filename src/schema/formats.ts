import { parseGoDuration } from './go-duration.ts';
import { parseCidr, parseIpAddress } from './ip-address.ts';
import { parseQuantity } from './quantity.ts';
import { parseUri } from './uri.ts';

/**
 * Whether the API server takes a text for the `format` of a CRD's schema. It enforces these and no other: `int32`
 * and the like are words for clients. A hyphen in the name does not matter.
 * https://github.com/kubernetes/apiextensions-apiserver/blob/master/pkg/apiserver/validation/formats.go
 */
export function fitsFormat(text: string, format: string): boolean {
  return formatNamed(format)?.(text) !== false;
}

/** What `fitsFormat` asks of a text; undefined where the API server enforces nothing. */
export function formatNamed(format: string): ((text: string) => boolean) | undefined {
  const name = format.replaceAll('-', '');
  return Object.hasOwn(formats, name) ? formats[name] : undefined;
}

/** https://github.com/kubernetes/kube-openapi/blob/master/pkg/validation/strfmt/default.go */
const formats: Readonly<Record<string, (text: string) => boolean>> = {
  uri: text => parseUri(text) !== undefined,
  // Go reads addresses by RFC 5322; what this refuses nobody takes.
  email: text => /[^@\s]@[^@\s]/.test(text),
  hostname: isHostname,
  ipv4: text => text.includes('.') && isIP(text),
  ipv6: text => text.includes(':') && parseIpAddress(text) !== undefined,
  cidr: isCidr,
  mac: isMac,
  uuid: text => /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(text),
  uuid3: text => /^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text),
  uuid4: text => /^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i.test(text),
  uuid5: text => /^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i.test(text),
  bsonobjectid: text => /^[0-9a-f]{24}$/i.test(text),
  hexcolor: text => /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.test(text),
  ssn: text => /^\d{3}[- ]\d{2}[- ]\d{4}$/.test(text),
  // Stricter than that of Secrets: no line breaks, and not empty.
  byte: text => text !== '' && text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
  date: isDate,
  datetime: isOpenApiDateTime,
  duration: isOpenApiDuration,
};

/** https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#ParseQuantity */
export function isQuantity(text: string): boolean {
  return parseQuantity(text) !== undefined;
}

/** https://pkg.go.dev/time#ParseDuration */
export function isGoDuration(text: string): boolean {
  return parseGoDuration(text) !== undefined;
}

/** RFC 3339 as Go's time.Parse takes it: `T` and `Z` in capitals, hours of one digit, a comma before the fraction. */
export function isDateTime(text: string): boolean {
  const match = /^(\d{4}-\d\d-\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))$/.exec(text);
  if (match === null) return false;
  const [, date = '', hours, minutes, seconds, zoneHours = 0, zoneMinutes = 0] = match;
  return isDate(date) && Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60 && Number(zoneHours) <= 24 && Number(zoneMinutes) <= 60;
}

/** Base64 with padding, as Go's StdEncoding decodes it: line breaks are left out. */
export function isBase64(text: string): boolean {
  const data = text.replace(/[\r\n]+/g, '');
  return data.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(data);
}

export function isDns1123Label(text: string): boolean {
  return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

export function isDns1123Subdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every(part => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(part));
}

export function isDns1035Label(text: string): boolean {
  return text.length <= 63 && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(text);
}

/** The key of a label or an annotation: a name, with the prefix of a domain or without; IsQualifiedName. */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf('/');
  return slash < 0 ? isQualifiedName(text) : isQualifiedName(text.slice(slash + 1)) && isDns1123Subdomain(text.slice(0, slash));
}

export function isLabelValue(text: string): boolean {
  return text === '' || isQualifiedName(text);
}

function isQualifiedName(text: string): boolean {
  return text.length <= 63 && /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(text);
}

/** The name of a container's port; IsValidPortName. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && /^[a-z0-9-]+$/.test(text) && /[a-z]/.test(text) && !text.includes('--') && !/^-|-$/.test(text);
}

/** Kubernetes 1.30 began to take every name of printable ASCII without `=`; IsEnvVarName and IsRelaxedEnvVarName. */
export function isEnvName(text: string, rules: 'strict' | 'relaxed'): boolean {
  if (rules === 'relaxed') return /^[ -<>-~]+$/.test(text);
  return /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(text) && text !== '.' && !text.startsWith('..');
}

/** Leading zeros are taken, as most versions of the API server do. */
export function isIP(text: string): boolean {
  return parseIpAddress(text, { leadingZeros: true }) !== undefined;
}

export function isCidr(text: string): boolean {
  return parseCidr(text, { leadingZeros: true }) !== undefined;
}

/** A schedule of CronJobs; https://pkg.go.dev/github.com/robfig/cron/v3#ParseStandard */
export function isCronSchedule(text: string): boolean {
  const zone = /^(?:CRON_)?TZ=(\S*) /.exec(text);
  if (zone !== null && !isTimeZone(zone[1] ?? '')) return false;
  const schedule = zone === null ? text : text.slice(zone[0].length).trim();
  if (schedule.startsWith('@every ')) return isGoDuration(schedule.slice('@every '.length));
  if (schedule.startsWith('@')) return cronMacros.has(schedule);
  const fields = schedule.split(/\s+/).filter(field => field !== '');
  return fields.length === cronFields.length && cronFields.every((limits, index) => isCronField(fields[index] ?? '', limits));
}

const cronMacros = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

interface CronLimits {
  readonly min: number;
  readonly max: number;
  readonly names?: string;
}

const cronFields: readonly CronLimits[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: 'janfebmaraprmayjunjulaugsepoctnovdec' },
  { min: 0, max: 6, names: 'sunmontuewedthufrisat' },
];

function isCronField(field: string, limits: CronLimits): boolean {
  return field.split(',').every(range => range === '' || isCronRange(range, limits));
}

function isCronRange(text: string, limits: CronLimits): boolean {
  const [range = '', step, ...furtherSteps] = text.split('/');
  const [low = '', high, ...furtherBounds] = range.split('-');
  if (furtherSteps.length > 0 || (step !== undefined && !(Number(wholeNumber(step)) > 0))) return false;
  if (low === '*' || low === '?') return true;
  if (furtherBounds.length > 0) return false;
  const start = cronNumber(low, limits);
  const end = high === undefined ? (step === undefined ? start : limits.max) : cronNumber(high, limits);
  return start !== undefined && end !== undefined && start >= limits.min && end <= limits.max && start <= end;
}

function cronNumber(text: string, { min, names = '' }: CronLimits): number | undefined {
  const index = /^[a-z]{3}$/i.test(text) ? names.indexOf(text.toLowerCase()) : -1;
  return index >= 0 && index % 3 === 0 ? index / 3 + min : wholeNumber(text);
}

function wholeNumber(text: string): number | undefined {
  return /^\+?\d{1,18}$/.test(text) ? Number(text) : undefined;
}

export function isTimeZone(name: string): boolean {
  if (name === '' || name === 'Local') return true;
  // An offset is one to JavaScript, but no name of the time zone database.
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isOpenApiDateTime(text: string): boolean {
  const [date = '', time = ''] = text.toLowerCase().split('t');
  const match = /^(\d\d):(\d\d):(\d\d)(.\d+)?(z|[+-]\d\d:\d\d)$/.exec(time);
  return match !== null && isDate(date) && Number(match[1]) < 24 && Number(match[2]) < 60 && Number(match[3]) < 60;
}

/** A duration of Go, or a text with a number and a unit somewhere in it. */
function isOpenApiDuration(text: string): boolean {
  if (isGoDuration(text)) return true;
  let isDuration = false;
  for (const [, number = '', unit = ''] of text.slice(0, longestText).matchAll(/(\d+)\s*([A-Za-zµ]+)/g)) {
    if (BigInt(number) >= 2n ** 63n) return false;
    isDuration ||= /^(?:ns|us|ms|s|m|h|hr|d|w|wk|µs)$|^(?:nano|micro|milli|sec|min|hour|day|week)/i.test(unit);
  }
  return isDuration || text.length > longestText;
}

function isHostname(text: string): boolean {
  if (text.length > longestText || Buffer.byteLength(text) > 255) return false;
  return /^[a-zA-Z0-9\p{S}\p{L}]/u.test(text) && text.split('.').every(part => Buffer.byteLength(part) <= 63) && !/[\s/:]/.test(text);
}

/** Of 6, 8 or 20 bytes. */
function isMac(text: string): boolean {
  if (/^([0-9a-f]{12}|[0-9a-f]{16}|[0-9a-f]{40})$/i.test(text)) return true;
  if (/^[0-9a-f]{4}(\.[0-9a-f]{4}){2}((\.[0-9a-f]{4})|(\.[0-9a-f]{4}){7})?$/i.test(text)) return true;
  return /^[0-9a-f]{2}([:-])[0-9a-f]{2}(\1[0-9a-f]{2}){4}((\1[0-9a-f]{2}){2}|(\1[0-9a-f]{2}){14})?$/i.test(text);
}

const longestText = 1000;
