import { type DocumentClass, objectClasses } from '../../src/core/classification.ts';
import type { Document } from '../../src/core/document.ts';
import { at, keyAt } from '../../src/core/place.ts';
import { defineRule } from '../../src/core/rule.ts';

export const keyOrder = defineRule({
  severity: 'note',
  presets: { strict: {} },
  scope: 'document',
  mistake: 'linting',
  summary: 'The keys of an object, a kustomization or a chart do not stand in the usual order.',
  rationale: 'Reviewers find out what an object is at the same place in every diff, and scanners that read line by line do not miss a Secret.',
  since: '0.1.0',

  *check(document) {
    const order = orderOf(document.classification.class);
    const keys = order && keysOf(document);
    if (!keys || document.classification.generated || document.classification.template !== undefined) return;
    const rest = order.findIndex(group => group.includes('*'));
    const rankOf = (key: string) => order.findIndex(group => group.includes(key));
    const known = keys.filter(key => rankOf(key) >= 0);
    const late = known.find((key, index) => known.slice(0, index).some(before => rankOf(before) > rankOf(key)));
    const before = late === undefined ? undefined : known.find(key => rankOf(key) > rankOf(late));
    if (late === undefined || before === undefined) return;
    if (document.tape.aliases) {
      yield { at: keyAt(document, late), skipped: 'aliases need their order' };
      return;
    }
    const places = keys.map(key => (rankOf(key) < 0 ? rest : rankOf(key)));
    const sorted = keys.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
    yield {
      at: keyAt(document, late),
      message: `"${late}" stands after "${before}": order the keys as ${order.flatMap(group => group.filter(key => keys.includes(key))).join(', ')}`,
      fix: { title: 'order the keys', safety: 'suggestion', edits: [{ reorder: at(document), order: sorted }] },
    };
  },

  examples: {
    bad: [
      {
        title: 'an object that tells its kind last',
        files: {
          'apps/web/settings.yaml': `
            # The settings of the web shop
            metadata: {name: web}
            immutable: true
            # what it is
            kind: ConfigMap
            apiVersion: v1
            data:
              a: |
                b
          `,
        },
        findings: ['apps/web/settings.yaml:5:1 "kind" stands after "metadata": order the keys as apiVersion, kind, metadata, data'],
        fixed: {
          'apps/web/settings.yaml': `
            # The settings of the web shop
            apiVersion: v1
            # what it is
            kind: ConfigMap
            metadata: {name: web}
            immutable: true
            data:
              a: |
                b
          `,
        },
      },
      {
        title: 'a kustomization that changes what it has not yet named',
        files: {
          'apps/web/kustomization.yaml': `
            kind: Kustomization
            apiVersion: kustomize.config.k8s.io/v1beta1
            patches:
              - path: a.yaml
            namespace: web
            resources:
              - b.yaml
          `,
          'apps/web/a.yaml': 'kind: ConfigMap\n',
          'apps/web/b.yaml': 'kind: ConfigMap\n',
        },
        findings: ['apps/web/kustomization.yaml:2:1 "apiVersion" stands after "kind": order the keys as apiVersion, kind, resources, patches'],
        fixed: {
          'apps/web/kustomization.yaml': `
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            namespace: web
            resources:
              - b.yaml
            patches:
              - path: a.yaml
          `,
        },
      },
    ],
    good: [
      {
        title: 'the usual order, with what stands where it likes',
        files: {
          'apps/web/settings.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: web
            immutable: true
            data:
              a: b
          `,
          'charts/web/Chart.yaml': `
            apiVersion: v2
            name: web
            description: The web shop
            version: 1.2.3
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'an anchor has to stand before its aliases',
        files: {
          'apps/web/settings.yaml': `
            kind: ConfigMap
            data:
              a: &a b
            metadata:
              name: *a
            apiVersion: v1
          `,
        },
      },
    ],
  },
});

/** The keys of which the order is judged, in groups that are alike; `*` is the place of all others. */
function orderOf(name: DocumentClass): readonly (readonly string[])[] | undefined {
  switch (name) {
    case 'kustomization':
    case 'kustomize-component':
      return [...identity, ['*'], ['resources', 'components'], patchKeys];
    case 'helm-chart':
      return [['apiVersion'], ['name'], ['*']];
    default:
      return objectClasses.has(name) ? [...identity, ['*'], ['spec'], ['data', 'stringData'], ['status']] : undefined;
  }
}

const identity = [['apiVersion'], ['kind'], ['metadata']];

/** What changes the resources that a kustomization names above. */
const patchKeys = ['patches', 'patchesStrategicMerge', 'patchesJson6902', 'images', 'replicas', 'replacements'];

/** In the order of the text: `Object.keys` would give numbers first, and no document has those here. */
function keysOf({ value }: Document): readonly string[] | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : undefined;
}
