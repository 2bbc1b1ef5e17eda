import type { Document, SourceFile } from '../../src/core/document.ts';
import { fieldsAt, isFields, textAt } from '../../src/core/fields.ts';
import { nameOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';
import { endOf, startOf } from '../../src/core/tape.ts';

export const monolithicManifest = defineRule({
  severity: 'warning',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'all-in-one',
  summary: 'One file holds the manifests of many apps, or more lines than anybody reads.',
  rationale:
    'Everything in one file has one owner, one review and one merge conflict, and no environment can leave out or patch a part of it by name. Bundles that a tool or a vendor wrote are left alone.',
  since: '0.1.0',
  options: {
    schema: {
      maxDocuments: { type: 'integer', minimum: 1, description: 'Documents that a file may hold if they belong to several apps.' },
      maxApps: { type: 'integer', minimum: 1, description: 'Apps that a file of many documents may hold.' },
      maxLines: { type: 'integer', minimum: 1, description: 'Lines that a file of manifests may have.' },
    },
    defaults: { maxDocuments: 15, maxApps: 2, maxLines: 1500 },
  },

  *check(file, { options }) {
    const objects = file.documents.filter(isObject);
    if (file.classification.template !== undefined) {
      if (countLines(file.text) > options.maxLines) yield { at: { path: file.path }, skipped: 'what a template holds is known once it is rendered' };
      return;
    }
    const lines = countManifestLines(file.text, objects, options.maxLines);
    if (objects.length <= options.maxDocuments && lines <= options.maxLines) return;
    if (isBundle(file, objects)) return;
    const apps = new Set(objects.map(appOf));
    if (objects.length > options.maxDocuments && apps.size > options.maxApps) {
      const some = [...apps].slice(0, 3).map(app => `"${app}"`);
      const message = `${objects.length} objects of ${apps.size} apps (${some.join(', ')}${apps.size > 3 ? ', …' : ''}) stand in one file: give each app a folder of its own`;
      yield { at: { path: file.path }, message };
    } else if (lines > options.maxLines) {
      const message =
        objects.length === 1
          ? `one object fills ${lines} lines: split what it holds`
          : `${objects.length} objects fill ${lines} lines of one file: give each a file of its own`;
      yield { at: { path: file.path }, message };
    }
  },

  examples: {
    bad: [
      {
        title: 'many objects of three apps',
        options: { maxDocuments: 4 },
        files: {
          'all.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: shop }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: shop }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: pay-api }
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: pay-api-svc }
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: { name: report, labels: { app.kubernetes.io/name: reports } }
          `,
        },
        findings: ['all.yaml:1:1 5 objects of 3 apps ("shop", "pay-api", "reports") stand in one file: give each app a folder of its own'],
      },
      {
        title: 'too many lines',
        options: { maxLines: 5 },
        files: {
          'shop.yaml': `
            apiVersion: v1
            kind: Service
            metadata: { name: shop }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: shop }
          `,
        },
        findings: ['shop.yaml:1:1 2 objects fill 6 lines of one file: give each a file of its own'],
      },
    ],
    good: [
      {
        title: 'one app, a bundle of definitions, and what Flux wrote',
        options: { maxDocuments: 2, maxLines: 20 },
        files: {
          'shop.yaml': `
            apiVersion: v1
            kind: Service
            metadata: { name: shop }
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: { name: shop }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: shop-web }
          `,
          'crds.yaml': `
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: a.example.org }
            ---
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: b.example.org }
            ---
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: c.example.org }
          `,
          'flux-system/gotk-components.yaml': `
            apiVersion: v1
            kind: Namespace
            metadata: { name: a }
            ---
            apiVersion: v1
            kind: Namespace
            metadata: { name: b }
            ---
            apiVersion: v1
            kind: Namespace
            metadata: { name: c }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a long template of a chart',
        options: { maxLines: 4 },
        files: {
          'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
          'charts/shop/templates/all.yaml': `
            {{- range .Values.shops }}
            apiVersion: v1
            kind: Service
            metadata: { name: {{ . }} }
            ---
            {{- end }}
          `,
        },
      },
    ],
  },
});

function isObject({ value }: Document): boolean {
  return isFields(value) && typeof value.apiVersion === 'string' && typeof value.kind === 'string' && value.kind !== 'List';
}

/** What a vendor or a tool wrote as one file: by its name, by its header, by the definitions or the release that it holds. */
function isBundle({ path, classification, text }: SourceFile, objects: readonly Document[]): boolean {
  if (classification.generated === true || vendoredName.test(nameOf(path)) || vendoredFolder.test(path)) return true;
  if (vendoredText.test(text.slice(0, 4000))) return true;
  let definitions = 0;
  const owners = new Set<string>();
  for (const { value } of objects) {
    if (!isFields(value)) continue;
    if (value.kind === 'CustomResourceDefinition') definitions++;
    const labels = fieldsAt(fieldsAt(value, 'metadata'), 'labels');
    owners.add(
      textAt(labels, 'app.kubernetes.io/part-of') ??
        textAt(labels, 'app.kubernetes.io/instance') ??
        textAt(labels, 'release') ??
        textAt(labels, 'k8s-app') ??
        '',
    );
  }
  // A whole product, as its release notes tell to apply it.
  return definitions > 0 ? definitions * 2 >= objects.length || objects.length > definitions + 5 : owners.size === 1 && !owners.has('');
}

const vendoredName =
  /^(install|crds?|bundle|all-in-one|operator|release|manifests?|components?|gotk-[\w-]+|upstream|deploy|quick-install|tigera-operator|calico|[\w.-]*-?(crds?|install|bundle|upstream|vendor|generated))\.(ya?ml|json)$/i;
const vendoredFolder = /(^|\/)(vendor(ed)?|upstream|third[_-]party|crds?|generated|rendered|config-root|manifests-rendered|charts\/[^/]+\/crds)\//i;
const vendoredText = /helm\.sh\/chart|app\.kubernetes\.io\/managed-by: Helm|\bDO NOT EDIT\b|generated by|autogenerated|^# Source: /im;

/** The app that an object names by label, or the stem of its own name. */
function appOf({ value }: Document): string {
  const metadata = isFields(value) ? fieldsAt(value, 'metadata') : {};
  const labels = fieldsAt(metadata, 'labels');
  const label = textAt(labels, 'app.kubernetes.io/name') ?? textAt(labels, 'app');
  return label ?? stemOf(textAt(metadata, 'name') ?? '');
}

/** `pay-api-svc` is `pay-api`: the first two words at most, without what only tells the kind. */
function stemOf(name: string): string {
  const words = name.split(/[-.:]/);
  while (words.length > 1 && kindWords.test(words.at(-1) ?? '')) words.pop();
  return words.slice(0, 2).join('-');
}

const kindWords =
  /^(svc|service|deploy|deployment|cm|config|configmap|secrets?|sa|role|rolebinding|binding|ing|ingress|pvc|pdb|hpa|headless|metrics|web|cron|job|sts|ns)$/i;

/** The lines of the objects that people write; data in ConfigMaps, ciphertext and definitions are as long as they are. */
function countManifestLines(text: string, objects: readonly Document[], limit: number): number {
  // A line has a character at least: most files are too short to count.
  if (text.length <= limit) return 0;
  let lines = 0;
  for (const { value, tape, classification } of objects) {
    if (!isFields(value) || dataKinds.test(String(value.kind)) || classification.class === 'sops-encrypted') continue;
    lines += countLines(text.slice(startOf(tape, tape.root), endOf(tape, tape.root)));
  }
  return lines;
}

const dataKinds = /^(ConfigMap|Secret|SealedSecret|CustomResourceDefinition|GrafanaDashboard)$/;

function countLines(text: string): number {
  let lines = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
