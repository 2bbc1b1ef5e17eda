import { didYouMean } from '../../src/core/did-you-mean.ts';
import { isFields } from '../../src/core/fields.ts';
import { isFieldPlace } from '../../src/core/place.ts';
import type { EntryMatch } from '../../src/core/rendering.ts';
import { defineRule } from '../../src/core/rule.ts';
import { unmatchedEntries } from '../../src/core/unmatched-entries.ts';

export const imageUnmatched = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'An entry of `images` names an image that no container has.',
  rationale:
    'Kustomize says nothing of an image that it does not find: the overlay says version 2, and the cluster goes on with version 1. Silent where the image stands in a field that Kustomize does not look into, and where a controller writes the entry.',
  since: '0.1.0',

  *check(repo) {
    for (const { at, wanted, among, environments, skipped } of unmatchedEntries(repo, 'image')) {
      if (!isFieldPlace(at)) continue;
      const name = String(wanted.name ?? '');
      const place = { ...at, field: [...at.field, 'name'] };
      const images = imagesIn(among);
      if (skipped !== undefined || images.stands(name)) {
        yield { at: place, skipped: skipped ?? 'the image stands in a field that Kustomize does not look into' };
        continue;
      }
      const nearest = nearestImage(name, images.names);
      yield {
        at: place,
        message: `no container has the image "${name}", so the entry changes nothing: ${nearest === undefined ? 'correct the name, or remove the entry' : `did you mean "${nearest}"`}`,
        environments,
        ...(nearest !== undefined && {
          fix: { title: `Name "${nearest}"`, safety: 'suggestion' as const, edits: [{ replace: place, by: nearest }] },
        }),
      };
    }
  },

  examples: {
    bad: [
      {
        title: 'an image that moved to another registry',
        files: {
          'web/kustomization.yaml': 'resources: [deployment.yaml]\nimages:\n  - name: ghcr.io/acme/shop\n    newTag: 1.4.0\n',
          'web/deployment.yaml': deployment('registry.example.org/acme/shop:1.3.0'),
        },
        findings: [
          'web/kustomization.yaml:3:11 no container has the image "ghcr.io/acme/shop", so the entry changes nothing: did you mean "registry.example.org/acme/shop"',
        ],
        fixed: {
          'web/kustomization.yaml': 'resources: [deployment.yaml]\nimages:\n  - name: registry.example.org/acme/shop\n    newTag: 1.4.0\n',
        },
      },
      {
        title: 'an image of nobody',
        files: {
          'web/kustomization.yaml': 'resources: [deployment.yaml]\nimages:\n  - name: acme/ingestion\n    newTag: 1.4.0\n',
          'web/deployment.yaml': deployment('acme/shop:1.3.0'),
        },
        findings: [
          'web/kustomization.yaml:3:11 no container has the image "acme/ingestion", so the entry changes nothing: correct the name, or remove the entry',
        ],
      },
    ],
    good: [
      {
        title: 'a chain: the second entry finds what the first one names',
        files: {
          'web/kustomization.yaml':
            'resources: [deployment.yaml]\nimages:\n  - name: shop\n    newName: registry.example.org/acme/shop\n  - name: registry.example.org/acme/shop\n    newTag: 1.4.0\n',
          'web/deployment.yaml': deployment('shop'),
        },
      },
      {
        title: 'a digest',
        files: {
          'web/kustomization.yaml': 'resources: [deployment.yaml]\nimages:\n  - name: acme/shop\n    newTag: 1.4.0\n',
          'web/deployment.yaml': deployment('acme/shop@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'),
        },
      },
    ],
    unknown: [
      {
        title: 'an image in a setting',
        files: {
          'web/kustomization.yaml': 'resources: [deployment.yaml, settings.yaml]\nimages:\n  - name: acme/agent\n    newTag: 1.4.0\n',
          'web/deployment.yaml': deployment('acme/shop:1.3.0'),
          'web/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { agent: "image=acme/agent:1.3.0" }\n',
        },
      },
      {
        title: 'an entry that Flux writes',
        files: {
          'web/kustomization.yaml':
            'resources: [deployment.yaml]\nimages:\n  - name: acme/agent\n    newTag: 1.4.0 # {"$imagepolicy": "flux-system:agent:tag"}\n',
          'web/deployment.yaml': deployment('acme/shop:1.3.0'),
        },
      },
      {
        title: 'entries that Argo CD Image Updater writes',
        files: {
          'argocd/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata:
              name: web
              namespace: argocd
              annotations: { argocd-image-updater.argoproj.io/image-list: acme/agent }
            spec:
              project: web
              source: { repoURL: https://git.example.org/acme/platform, path: web, targetRevision: HEAD }
              destination: { server: https://kubernetes.default.svc, namespace: web }
          `,
          'web/kustomization.yaml': 'resources: [deployment.yaml]\nimages:\n  - name: acme/agent\n    newTag: 1.4.0\n',
          'web/deployment.yaml': deployment('acme/shop:1.3.0'),
        },
      },
      {
        title: 'a chart that is rendered elsewhere',
        files: {
          'web/kustomization.yaml':
            'resources: [deployment.yaml]\nhelmCharts:\n  - { name: agent, repo: https://charts.example.org, version: 1.0.0 }\nimages:\n  - name: acme/agent\n    newTag: 1.4.0\n',
          'web/deployment.yaml': deployment('acme/shop:1.3.0'),
        },
      },
    ],
  },
});

interface Images {
  /** Without tags and digests. */
  readonly names: ReadonlySet<string>;
  /** Whether a name stands in any text as images do. */
  stands(name: string): boolean;
}

function imagesIn(objects: EntryMatch['among']): Images {
  const names = new Set<string>();
  const texts: (readonly [key: string, text: string])[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (key === 'image') names.add(withoutTag(value));
      texts.push([key, value]);
    } else if (Array.isArray(value)) for (const item of value) visit(item, key);
    else if (isFields(value)) for (const [inner, held] of Object.entries(value)) visit(held, inner);
  };
  for (const { value } of objects) visit(value, '');
  return { names, stands: name => texts.some(([key, text]) => (text === name ? /image|repo/i.test(key) : mentions(text, name))) };
}

/** Before the name stands no other part of a name, and after it a tag or a digest, or the end of a word. */
function mentions(text: string, name: string): boolean {
  for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + 1)) {
    const before = text[start - 1] ?? ' ';
    const after = text[start + name.length] ?? ' ';
    if (/[\w./-]/.test(before)) continue;
    if (after === ':' || after === '@' || (name.includes('/') && !/[\w./-]/.test(after))) return true;
  }
  return false;
}

function withoutTag(image: string): string {
  const [name = ''] = image.split('@', 1);
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

/** The same image elsewhere, or a slip of the pen. */
function nearestImage(name: string, names: ReadonlySet<string>): string | undefined {
  const last = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const same = [...names].filter(other => last(other) === last(name));
  return same.length === 1 ? same[0] : didYouMean(name, names);
}

function deployment(image: string): string {
  return `
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec: { template: { spec: { containers: [{ name: web, image: "${image}" }] } } }
  `;
}
