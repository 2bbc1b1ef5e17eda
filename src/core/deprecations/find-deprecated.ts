import type { Report, Skip } from '../finding.ts';
import { patchesOver } from '../including-kustomizations.ts';
import { standsOutside } from '../outside.ts';
import { at } from '../place.ts';
import type { Repo, Resource } from '../repo.ts';
import { versionTargets } from '../versions.ts';
import type { DeprecatedApi } from './api.ts';
import { type ApiVerdict, judgeApi } from './judge-api.ts';

/** The objects of the repository with an old version of an API, one report each, and the patches that follow them. */
export function* findDeprecated(repo: Repo, apis: readonly DeprecatedApi[]): Generator<Report | Skip> {
  const byVersion = indexByVersion(apis);
  const found = new Map<Resource, DeprecatedApi>();
  for (const resource of repo.resources) {
    const api = byVersion.get(resource.apiVersion)?.get(resource.kind);
    if (api !== undefined && !isAside(resource, repo)) found.set(resource, api);
  }
  const patches = [...found.keys()].filter(({ document }) => document.classification.class === 'strategic-merge-patch');
  const deleted = new Set(patches.filter(({ value }) => value.$patch === 'delete').map(keyOf));
  const objects = new Map<string, Resource>();
  for (const [resource, api] of found) {
    const { class: name } = resource.document.classification;
    if (name === 'strategic-merge-patch') continue;
    if (!isObject(resource)) yield { at: placeOf(resource), skipped: `what stands there is no object but of class ${name}` };
    else if (deleted.has(keyOf(resource))) yield { at: placeOf(resource), skipped: 'a patch deletes the object' };
    else {
      const report = judge(resource, api, repo);
      if (report === undefined) continue;
      objects.set(keyOf(resource), resource);
      yield report;
    }
  }
  for (const patch of patches) yield* judgePatch(patch, objects.get(keyOf(patch)), repo);
}

function indexByVersion(apis: readonly DeprecatedApi[]): ReadonlyMap<string, ReadonlyMap<string, DeprecatedApi>> {
  const byVersion = new Map<string, Map<string, DeprecatedApi>>();
  for (const api of apis) {
    const kinds = byVersion.get(api.apiVersion) ?? new Map<string, DeprecatedApi>();
    byVersion.set(api.apiVersion, kinds);
    for (const kind of api.kinds) kinds.set(kind, api);
  }
  return byVersion;
}

/** Tests, documentation and what is vendored are no objects of a cluster, unless somebody delivers them. */
function isAside({ document: { path } }: Resource, { reach }: Repo): boolean {
  return !reach.has(path) && standsOutside(path);
}

/** Fixtures of tests, data of programs, values and templates hold what looks like objects. */
function isObject({ document: { classification } }: Resource): boolean {
  return !notObjects.has(classification.class) && classification.template === undefined;
}

const notObjects: ReadonlySet<string> = new Set(
  (
    'policy-test data helm-values helm-template template generated json-schema parameters documentation tool-config cluster-config ' +
    'kustomize-configuration kustomize-transformer json-patch openapi text other'
  ).split(' '),
);

function judge(resource: Resource, api: DeprecatedApi, repo: Repo): Report | undefined {
  const { path } = resource.document;
  const targets = api.tool === undefined ? [{ environments: [], versions: [] }] : versionTargets(repo, api.tool, path);
  const verdict = judgeApi(api, targets);
  if (verdict === undefined) return undefined;
  const place = placeOf(resource);
  return {
    at: place,
    message: `"${resource.apiVersion}" of ${resource.kind} ${verdict.says}: ${remedyFor(resource, api, verdict)}`,
    severity: verdict.severity,
    ...(verdict.environments.length > 0 && { environments: verdict.environments }),
    ...(isMechanical(resource, verdict, repo) && {
      fix: {
        title: `Use "${verdict.replacement?.apiVersion}"`,
        safety: 'suggestion',
        edits: [{ replace: place, by: verdict.replacement?.apiVersion ?? '' }],
      },
    }),
  };
}

function placeOf({ document, field }: Resource) {
  return at(document, ...field, 'apiVersion');
}

function remedyFor({ value }: Resource, { remedy }: DeprecatedApi, { replacement, isServed }: ApiVerdict): string {
  if (replacement === undefined) return remedy ?? 'remove it';
  const { apiVersion, since, changes, isSame } = replacement;
  const more = changes === undefined || isSame(value) ? '' : ` and ${changes}`;
  return `use "${apiVersion}"${isServed === 'yes' ? '' : ` (served from ${since} on)`}${more}`;
}

/** Nothing but the apiVersion changes, and no patch finds the object by the old one. */
function isMechanical({ kind, version, value, document }: Resource, { replacement, isServed }: ApiVerdict, repo: Repo): boolean {
  if (replacement === undefined || isServed === 'no' || !replacement.isSame(value)) return false;
  const patches = patchesOver(repo, document.path);
  return !(patches.includes(kind) && patches.includes(version));
}

/** Kustomize finds the object of a patch by group, version, kind and name: both change together. */
function* judgePatch(patch: Resource, object: Resource | undefined, { referencesTo }: Repo): Generator<Report | Skip> {
  const place = placeOf(patch);
  const isUsed = referencesTo.get(patch.document.path)?.some(({ kind }) => kind === 'kustomize-patch');
  if (object === undefined || !isUsed) yield { at: place, skipped: 'nobody uses the patch, or what it changes is not here in that version' };
  else
    yield {
      at: place,
      message: `the patch finds ${patch.kind} "${patch.name}" by its old version "${patch.apiVersion}": change it together with the object`,
      severity: 'warning',
      related: [{ at: placeOf(object), message: 'the object' }],
    };
}

function keyOf({ apiVersion, kind, name = '' }: Resource): string {
  return `${apiVersion} ${kind} ${name}`;
}
