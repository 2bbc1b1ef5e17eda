import type { Severity } from '../finding.ts';
import { firstMinor, lastMinor } from '../kubernetes-minors.ts';
import { compareVersions, describeVersion, productNames, type RunningVersion, readVersion } from '../running-versions.ts';
import type { VersionTarget } from '../versions.ts';
import type { ApiReplacement, DeprecatedApi } from './api.ts';

/** What holds of an old version of an API where it is delivered to. */
export interface ApiVerdict {
  readonly severity: Severity;
  /** As in `is not served since Kubernetes 1.25, and production runs 1.33`. */
  readonly says: string;
  /** The environments in which it holds; none where nothing tells, or where it holds everywhere. */
  readonly environments: readonly string[];
  /** What to use; absent where the API went without a replacement. */
  readonly replacement?: ApiReplacement;
  /** Whether the replacement is served wherever the object is delivered to; `maybe` where no version is known. */
  readonly isServed: 'yes' | 'maybe' | 'no';
}

/**
 * Known and removed is an error, and so is what no version of Kubernetes serves that we know of. Where the version is not
 * known, or the API goes with a later one, it is a warning. What is deprecated is left alone until its replacement is served.
 */
export function judgeApi(api: DeprecatedApi, targets: readonly VersionTarget[]): ApiVerdict | undefined {
  const name = api.tool === undefined ? serverNames[api.apiVersion.split('/')[0] ?? ''] : productNames[api.tool];
  const { replacement, isServed } = chooseReplacement(api, targets);
  const verdict = (severity: Severity, says: string, concerned: readonly VersionTarget[]): ApiVerdict => ({
    severity,
    says,
    environments: concerned.flatMap(({ environments }) => environments),
    ...(replacement && { replacement }),
    isServed,
  });

  const gone = targets.filter(({ versions }) => versions.length > 0 && versions.every(isFrom(api.removed)));
  if (gone.length > 0) return verdict('error', `is not served since ${name} ${api.removed}, and ${gone.map(describeTarget).join(', ')}`, gone);
  const unknown = targets.filter(({ versions }) => versions.length === 0);
  if (unknown.length > 0 && api.tool === 'kubernetes' && isFrom(api.removed)(oldest))
    return verdict('error', `is not served since ${name} ${api.removed}`, unknown);
  const doubtful = targets.filter(({ versions }) => versions.some(isFrom(api.removed)));
  if (doubtful.length > 0)
    return verdict('warning', `is not served from ${name} ${api.removed} on, and ${doubtful.map(describeTarget).join(', ')}`, doubtful);
  if (unknown.length > 0 && (api.tool !== 'kubernetes' || isFrom(api.removed)(newest)))
    return verdict('warning', `is not served from ${name} ${api.removed} on`, unknown);
  const deprecated = targets.filter(({ versions }) => versions.length > 0 && versions.every(isFrom(api.deprecated)));
  if (deprecated.length === 0 || isServed !== 'yes') return undefined;
  return verdict('warning', `is deprecated and goes with ${name} ${api.removed}`, deprecated);
}

const oldest = { major: 1, minor: firstMinor };
const newest = { major: 1, minor: lastMinor };

/** Of groups whose version nothing tells. */
const serverNames: Readonly<Record<string, string>> = { 'gateway.networking.k8s.io': 'Gateway API' };

function isFrom(first: string): (version: Pick<RunningVersion, 'major' | 'minor'>) => boolean {
  const since = readVersion(first);
  return version => since !== undefined && compareVersions(version, since) >= 0;
}

/** As in `production and staging run 1.33`. */
function describeTarget({ environments, versions }: VersionTarget): string {
  const numbers = versions.map(describeVersion).join(' or ');
  if (environments.length === 0) return `the clusters run ${numbers}`;
  const names = environments.length === 1 ? environments.join() : `${environments.slice(0, -1).join(', ')} and ${environments.at(-1)}`;
  return `${names} ${environments.length === 1 ? 'runs' : 'run'} ${numbers}`;
}

/** The newest that all known targets serve, else the newest. Where no version is known, one that every Kubernetes serves. */
function chooseReplacement(
  { tool, replacements }: DeprecatedApi,
  targets: readonly VersionTarget[],
): { replacement?: ApiReplacement; isServed: ApiVerdict['isServed'] } {
  const known = targets.flatMap(({ versions }) => versions);
  const isUnknown = targets.some(({ versions }) => versions.length === 0);
  const serving = isUnknown && tool === 'kubernetes' ? [...known, oldest] : known;
  const served = replacements.find(({ since }) => serving.every(isFrom(since)));
  const replacement = served ?? replacements[0];
  return { ...(replacement && { replacement }), isServed: served === undefined ? 'no' : isUnknown && tool !== 'kubernetes' ? 'maybe' : 'yes' };
}
