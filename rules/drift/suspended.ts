import type { Document, SourceFile } from '../../src/core/document.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt } from '../../src/core/fields.ts';
import type { Report } from '../../src/core/finding.ts';
import { at, type FieldPath } from '../../src/core/place.ts';
import { defineRule } from '../../src/core/rule.ts';
import { entryAt, startOf } from '../../src/core/tape.ts';

export const suspended = defineRule({
  severity: 'warning',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'manual-intervention',
  summary: 'A commit stops a controller from reconciling an object.',
  rationale:
    'Nothing corrects what is changed by hand as long as the pause lasts, and a pause that is committed outlives the incident that it was for. A comment `# gitops-lint: until=2026-12-01 INC-42` on the line says until when it is meant, and silences the finding until then.',
  compliance: ['IR 6.4.3', 'RTS 17(1)(f)'],
  since: '0.1.0',

  *check(file, { settings }) {
    if (file.classification.class === 'policy-test') return;
    for (const document of file.documents) {
      for (const pause of pausesIn(document)) {
        if (typeof pause.value === 'string' && /\$\{|\{\{/.test(pause.value)) {
          yield { at: at(document, ...pause.field), skipped: `"${pause.value}" is filled in later` };
          continue;
        }
        const comments = commentsAt(file, document, pause.field);
        if (!pause.isPaused(pause.value, comments)) continue;
        const until = /gitops-lint:\s*until=(\d{4}-\d{2}-\d{2})/.exec(comments)?.[1];
        if (until === undefined || until < settings.today) yield reportPause(document, pause, until);
      }
    }
  },

  examples: {
    bad: [
      {
        title: 'a Flux Kustomization, an Application, a policy and an object that are paused',
        files: {
          'clusters/one/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: apps
              namespace: flux-system
            spec:
              interval: 10m
              suspend: true
              path: ./apps
              prune: true
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'argocd/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata:
              name: web
              annotations:
                argocd.argoproj.io/skip-reconcile: "true"
            spec:
              syncPolicy:
                automated:
                  enabled: false
          `,
          'apps/settings.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
              annotations:
                kustomize.toolkit.fluxcd.io/reconcile: disabled
          `,
        },
        findings: [
          'clusters/one/apps.yaml:8:12 Kustomization "apps" is suspended: resume it, or say until when in a comment',
          'argocd/web.yaml:6:40 Application "web" is not reconciled: remove the annotation, or say until when in a comment',
          'argocd/web.yaml:10:16 Application "web" is not synchronised: enable that, or say until when in a comment',
          'apps/settings.yaml:6:44 ConfigMap "settings" is not reconciled: remove the annotation, or say until when in a comment',
        ],
        fixed: {
          'clusters/one/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: apps
              namespace: flux-system
            spec:
              interval: 10m
              suspend: false
              path: ./apps
              prune: true
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'argocd/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata:
              name: web
              annotations:
                argocd.argoproj.io/skip-reconcile: "false"
            spec:
              syncPolicy:
                automated:
                  enabled: true
          `,
          'apps/settings.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: settings
              annotations:
                kustomize.toolkit.fluxcd.io/reconcile: enabled
          `,
        },
      },
      {
        title: 'a pause whose time is over',
        files: {
          'release.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: web, namespace: web }
            spec:
              suspend: true # gitops-lint: until=2025-12-01 INC-42
          `,
        },
        findings: ['release.yaml:5:12 HelmRelease "web" is still suspended, though only until 2025-12-01: resume it, or say until when in a comment'],
        fixed: {
          'release.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: web, namespace: web }
            spec:
              suspend: false # gitops-lint: until=2025-12-01 INC-42
          `,
        },
      },
    ],
    good: [
      {
        title: 'a pause that says until when, a job that is started by hand, and a scan of images that is off',
        files: {
          'release.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: web, namespace: web }
            spec:
              suspend: true # gitops-lint: until=2026-12-01 INC-42
          `,
          'restore.yaml': `
            apiVersion: batch/v1
            kind: CronJob
            metadata: { name: restore }
            spec:
              schedule: "0 0 * * *"
              suspend: true
          `,
          'images.yaml': `
            apiVersion: image.toolkit.fluxcd.io/v1
            kind: ImageRepository
            metadata: { name: web }
            spec: { image: registry.example.org/web, interval: 5m, suspend: true }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a pause that a variable decides',
        files: {
          'release.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: web, namespace: web }
            spec:
              suspend: \${SUSPENDED}
          `,
        },
      },
    ],
  },
});

/** A field that can pause its object. */
interface Pause {
  readonly object: string;
  readonly field: FieldPath;
  readonly value: unknown;
  readonly isPaused: (value: unknown, comments: string) => boolean;
  /** As messages say it, before and after the colon. */
  readonly state: 'suspended' | 'not reconciled' | 'not synchronised';
  readonly remedy: string;
  /** What the value is where the object is not paused. */
  readonly resumed: string;
}

/** Annotations that pause an object: with which value, and what to write instead. */
const annotations: Readonly<Record<string, readonly [paused: string, resumed: string]>> = {
  'argocd.argoproj.io/skip-reconcile': ['true', '"false"'],
  'kustomize.toolkit.fluxcd.io/reconcile': ['disabled', 'enabled'],
  'fluxcd.controlplane.io/reconcile': ['disabled', 'enabled'],
};
/** Kinds of the Flux toolkit whose pause stops a delivery; scans of images and notifications are not among them. */
const fluxGroups = /^(kustomize|helm|source)\.toolkit\.fluxcd\.io\//;

function pausesIn({ value }: Document): readonly Pause[] {
  if (!isFields(value) || typeof value.kind !== 'string') return [];
  const items = listAt(value, 'items');
  if (!value.kind.endsWith('List') || items.length === 0) return pausesOf(value, []);
  return items.flatMap((item, index) => (isFields(item) ? pausesOf(item, ['items', index]) : []));
}

function pausesOf(object: Fields, field: FieldPath): readonly Pause[] {
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return [];
  const metadata = fieldsAt(object, 'metadata');
  const spec = fieldsAt(object, 'spec');
  const pauses: Pause[] = [];
  const add = (pause: Omit<Pause, 'object'>) => pauses.push({ ...pause, object: `${kind} "${textAt(metadata, 'name') ?? ''}"` });
  const own = fieldsAt(metadata, 'annotations');
  for (const key in annotations) {
    const value = own[key];
    const [paused, resumed] = annotations[key] ?? [];
    if (value === undefined || resumed === undefined) continue;
    const place = [...field, 'metadata', 'annotations', key];
    add({ field: place, value, isPaused: text => text === paused, state: 'not reconciled', remedy: 'remove the annotation', resumed });
  }
  if ('suspend' in spec && (fluxGroups.test(apiVersion) || kind === 'CronJob')) {
    // A job that is started by hand is suspended for good, unless a comment says that it is for a while.
    const isPaused: Pause['isPaused'] = (suspend, comments) => suspend === true && (kind !== 'CronJob' || temporary.test(comments));
    add({ field: [...field, 'spec', 'suspend'], value: spec.suspend, isPaused, state: 'suspended', remedy: 'resume it', resumed: 'false' });
  }
  if (!apiVersion.startsWith('argoproj.io/')) return pauses;
  const template: FieldPath = kind === 'ApplicationSet' ? ['spec', 'template'] : [];
  const application = kind === 'ApplicationSet' ? fieldsAt(spec, 'template') : object;
  const automated = fieldsAt(fieldsAt(fieldsAt(application, 'spec'), 'syncPolicy'), 'automated');
  if ('enabled' in automated) {
    const place = [...field, ...template, 'spec', 'syncPolicy', 'automated', 'enabled'];
    const isPaused: Pause['isPaused'] = enabled => enabled === false;
    add({ field: place, value: automated.enabled, isPaused, state: 'not synchronised', remedy: 'enable that', resumed: 'true' });
  }
  return pauses;
}

const temporary = /\b(temporar(y|ily)|for now|until|disabled (while|because|due)|re-?enable|incident)\b/i;

/** The comment on the line of a field and those on the lines right above it. */
function commentsAt({ text }: SourceFile, { tape }: Document, field: FieldPath): string {
  const entry = entryAt(tape, text, field);
  if (entry === undefined) return '';
  const lineStart = text.lastIndexOf('\n', startOf(tape, entry.key ?? entry.value)) + 1;
  const lineEnd = text.indexOf('\n', startOf(tape, entry.value));
  const comments = [/\s#.*$/.exec(text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd))?.[0] ?? ''];
  const above = text
    .slice(Math.max(0, lineStart - 500), lineStart)
    .split('\n')
    .slice(0, -1);
  for (let line = above.pop(); line?.trimStart().startsWith('#'); line = above.pop()) comments.unshift(line);
  return comments.join('\n');
}

function reportPause(document: Document, { object, field, state, remedy, resumed }: Pause, until: string | undefined): Report {
  const place = at(document, ...field);
  const since = until === undefined ? `is ${state}` : `is still ${state}, though only until ${until}`;
  return {
    at: place,
    message: `${object} ${since}: ${remedy}, or say until when in a comment`,
    fix: { title: `write ${resumed}`, safety: 'suggestion', edits: [{ replace: place, by: resumed }] },
  };
}
