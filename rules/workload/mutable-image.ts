import { environmentsOf, includesProduction } from '../../src/core/environment.ts';
import { fieldsAt, isFields, listAt } from '../../src/core/fields.ts';
import type { Report, Severity, Skip } from '../../src/core/finding.ts';
import { deliveringUnits, includingKustomizations, patchesOver } from '../../src/core/including-kustomizations.ts';
import { at, type FieldPath, type RepoPath } from '../../src/core/place.ts';
import type { Repo, Resource } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';
import { endOf, entryAt } from '../../src/core/tape.ts';

export const mutableImage = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'manual-intervention',
  summary: 'An image has no tag, or one that moves.',
  rationale:
    'Git then does not say what runs: a restart can bring another version, and a revert brings none back. An error in production, a warning elsewhere and where the environment is not known. Preset `regulated` asks for a digest in production. Silent where a kustomization, a patch or an image updater sets the image.',
  compliance: ['RTS 16'],
  since: '0.1.0',

  *check(repo, { settings }) {
    for (const resource of repo.resources) {
      const { path } = resource.document;
      if (!workloads.test(`${resource.group}/${resource.kind}`) || !isDelivered(resource, repo)) continue;
      let over: Overrides | undefined;
      for (const { field, image } of imagesIn(resource)) {
        const inProduction = reachesProduction(path, repo);
        const defect = defectOf(image) ?? (inProduction && settings.preset === 'regulated' ? withoutDigest(image) : undefined);
        if (defect === undefined) continue;
        const place = at(resource.document, ...field);
        over ??= overridesOf(resource, repo);
        const excuse = excuseOf(image, field, resource, over, repo);
        if (excuse !== undefined) yield { at: place, skipped: excuse };
        else yield report(place, image, defect, inProduction && defect.isError ? 'error' : 'warning');
      }
    }
    yield* judgeNewTags(repo);
  },

  examples: {
    bad: [
      {
        title: 'images that move, in production and elsewhere',
        files: {
          'apps/web/production/deployment.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              template:
                spec:
                  initContainers:
                    - name: migrate
                      image: registry.example.org:5000/shop/migrate
                  containers:
                    - name: web
                      image: registry.example.org/shop/web:latest
                    - name: proxy
                      image: docker.io/envoyproxy/envoy:v1.31.2
          `,
          'apps/web/staging/job.yaml': `
            apiVersion: batch/v1
            kind: CronJob
            metadata: { name: sweep }
            spec:
              jobTemplate:
                spec:
                  template:
                    spec:
                      containers:
                        - name: sweep
                          image: registry.example.org/shop/sweep:main
          `,
        },
        findings: [
          'apps/web/production/deployment.yaml:9:18 image "registry.example.org:5000/shop/migrate" has no tag: name the version or the digest',
          'apps/web/production/deployment.yaml:12:18 image "registry.example.org/shop/web:latest" moves with the tag "latest": name the version or the digest',
          'apps/web/staging/job.yaml:11:22 image "registry.example.org/shop/sweep:main" moves with the tag "main": name the version or the digest',
        ],
      },
      {
        title: 'a kustomization that sets a tag that moves',
        files: {
          'apps/web/kustomization.yaml': `
            resources: [pod.yaml]
            images:
              - name: web
                newTag: latest
          `,
          'apps/web/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: web }] }\n',
        },
        findings: ['apps/web/kustomization.yaml:4:13 image "web:latest" moves with the tag "latest": name the version or the digest'],
      },
      {
        title: 'an image of production without a digest',
        preset: 'regulated',
        files: {
          'production/pod.yaml': `
            apiVersion: v1
            kind: Pod
            metadata: { name: web }
            spec:
              containers:
                - name: web
                  image: web:1.4.2
          `,
          'staging/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { containers: [{ name: web, image: web:1.4.2 }] }\n',
        },
        findings: ['production/pod.yaml:7:14 image "web:1.4.2" has no digest: add "@sha256:…" to it'],
      },
    ],
    good: [
      {
        title: 'a version, a digest, a tag that the overlay sets, one that Flux writes',
        files: {
          'apps/web/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
          'apps/web/base/deployment.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              template:
                spec:
                  containers:
                    - { name: api, image: api }
                    - { name: one, image: registry.example.org/one:1.4.2 }
                    - { name: two, image: registry.example.org/two@sha256:3f5a0c9f9c8b4e1d2a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b }
                    - name: three
                      image: registry.example.org/three:main # {"$imagepolicy": "flux-system:three"}
          `,
          'apps/web/overlays/dev/kustomization.yaml': 'resources: [../../base]\nimages: [{ name: api, newTag: 2.0.1 }]\n',
        },
      },
    ],
    unknown: [
      {
        title: 'an image that a patch or a variable decides',
        files: {
          'kustomization.yaml': `
            resources: [deployment.yaml]
            patches:
              - target: { kind: Deployment }
                patch: |
                  - { op: replace, path: /spec/template/spec/containers/0/image, value: web:1.4.2 }
          `,
          'deployment.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec: { template: { spec: { containers: [{ name: web, image: web }, { name: proxy, image: '\${PROXY}' }, { name: go, image: ko://example.org/web/cmd }] } } }
          `,
        },
      },
    ],
  },
});

/** Kinds with pods, by group and kind. OpenShift's DeploymentConfigs take their images from triggers. */
const workloads =
  /^(\/(Pod|ReplicationController)|apps\/(Deployment|StatefulSet|DaemonSet|ReplicaSet)|batch\/(Job|CronJob)|argoproj\.io\/Rollout|serving\.knative\.dev\/Service)$/;
/** What is put in later, and the Go packages that `ko` builds an image of. */
const placeholder =
  /^ko:\/\/|[$%<{]|__|^[A-Z_]+$|(^|[/_-])([Pp]lace-?holder|PLACEHOLDER|replace-?me|REPLACE[_-]?ME|change-?me|CHANGE[_-]?ME|todo|TODO|your-[\w-]+|image-name)([:/_-]|$)/;
/** Nobody delivers these, unless an environment says otherwise. */
const aside = /(^|\/)(tests?|e2e|testdata|fixtures|examples?|samples?|docs)\//;

function isDelivered({ document }: Resource, { owners }: Repo): boolean {
  const { class: documentClass } = document.classification;
  if (documentClass !== 'kubernetes-manifest' && documentClass !== 'kubernetes-list' && documentClass !== 'custom-resource') return false;
  return !aside.test(document.path) || environmentsOf(owners.get(document.path)).length > 0;
}

function reachesProduction(path: RepoPath, { owners, reach, environments }: Repo): boolean {
  const owner = owners.get(path);
  const own = environmentsOf(owner);
  const reached = reach.get(path);
  return includesProduction(own.length > 0 ? own : reached?.certainty === 'yes' ? reached.environments : [], environments);
}

function* imagesIn({ field, value }: Resource): Generator<{ readonly field: FieldPath; readonly image: string }> {
  for (const way of [['spec'], ['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec']]) {
    const pod = way.reduce(fieldsAt, value);
    for (const key of ['initContainers', 'containers']) {
      for (const [index, container] of listAt(pod, key).entries()) {
        if (!isFields(container) || typeof container.image !== 'string' || container.image.trim() === '') continue;
        yield { field: [...field, ...way, key, index, 'image'], image: container.image };
      }
    }
  }
}

/** What is wrong with an image, as messages say it. */
interface Defect {
  readonly says: string;
  readonly remedy: string;
  /** It is an error in production. */
  readonly isError: boolean;
}

function defectOf(image: string): Defect | undefined {
  if (image.includes('@')) return undefined;
  const remedy = 'name the version or the digest';
  const { tag } = split(image);
  if (tag === undefined) return { says: 'has no tag', remedy, isError: true };
  if (!/^(latest|main|master|dev|stable|nightly|edge)$/.test(tag)) return undefined;
  return { says: `moves with the tag "${tag}"`, remedy, isError: tag === 'latest' };
}

function withoutDigest(image: string): Defect | undefined {
  return image.includes('@') ? undefined : { says: 'has no digest', remedy: 'add "@sha256:…" to it', isError: false };
}

/** The name and the tag of an image; a port is no tag. */
function split(image: string): { readonly name: string; readonly tag?: string } {
  const colon = image.indexOf(':', image.lastIndexOf('/') + 1);
  return colon < 0 ? { name: image } : { name: image.slice(0, colon), tag: image.slice(colon + 1) };
}

/** What stands over a file that may set its images; each is worked out when it is asked for. */
interface Overrides {
  /** The names that `images` of kustomizations give a tag or a digest. */
  readonly tagged: ReadonlySet<unknown>;
  /** The images of what delivers the file, and the annotations of image updaters. */
  units(): string;
  patches(): string;
}

function overridesOf({ document: { path } }: Resource, repo: Repo): Overrides {
  const entries = includingKustomizations(repo, path).flatMap(({ value }) => listAt(value, 'images').filter(isFields));
  const objects = () => deliveringUnits(repo, path).flatMap(({ resource }) => (resource ? [resource.value] : []));
  return {
    tagged: new Set(entries.filter(entry => entry.newTag !== undefined || entry.digest !== undefined).map(entry => entry.name)),
    patches: () => patchesOver(repo, path),
    units: () =>
      JSON.stringify(
        objects().map(object => [
          fieldsAt(object, 'spec').images,
          [fieldsAt(object, 'spec').source, ...listAt(fieldsAt(object, 'spec'), 'sources')].filter(isFields).map(source => source.kustomize),
          Object.entries(fieldsAt(fieldsAt(object, 'metadata'), 'annotations')).filter(([key]) => key.startsWith('argocd-image-updater')),
        ]),
      ),
  };
}

/** Why the image that is written may not be the one that runs. */
function excuseOf(image: string, field: FieldPath, { document, value }: Resource, over: Overrides, { files }: Repo): string | undefined {
  if (placeholder.test(image)) return `"${image}" is filled in later`;
  const { name } = split(image.replace(/@.*$/, ''));
  if (over.tagged.has(name)) return 'a kustomization sets the tag';
  const units = over.units();
  if (units.includes(`"${name}`) || units.includes(`=${name}`)) return 'what delivers it sets the tag';
  if (/\bimage\b/.test(over.patches())) return 'a patch may set the image';
  if ('image.openshift.io/triggers' in fieldsAt(fieldsAt(value, 'metadata'), 'annotations')) return 'OpenShift sets the image';
  const text = files.get(document.path)?.text ?? '';
  const entry = entryAt(document.tape, text, field);
  const lineEnd = entry === undefined ? -1 : text.indexOf('\n', endOf(document.tape, entry.value));
  const rest = entry === undefined ? '' : text.slice(endOf(document.tape, entry.value), lineEnd < 0 ? undefined : lineEnd);
  return rest.includes('$imagepolicy') ? 'Flux writes the tag' : undefined;
}

/** Tags that kustomizations set are the ones that run. */
function* judgeNewTags(repo: Repo): Iterable<Report | Skip> {
  for (const { path, document, value } of repo.kustomizations.values()) {
    for (const [index, entry] of listAt(value, 'images').entries()) {
      if (!isFields(entry) || typeof entry.newTag !== 'string' || entry.digest !== undefined || aside.test(path)) continue;
      const image = `${String(entry.newName ?? entry.name)}:${entry.newTag}`;
      const defect = defectOf(image);
      if (defect)
        yield report(at(document, 'images', index, 'newTag'), image, defect, defect.isError && reachesProduction(path, repo) ? 'error' : 'warning');
    }
  }
}

function report(place: Report['at'], image: string, { says, remedy }: Defect, severity: Severity): Report {
  return { at: place, severity, message: `image "${image}" ${says}: ${remedy}` };
}
