import { type Document, nodeKind, type SourceFile } from '../../src/core/document.ts';
import { type Fields, isFields, listAt } from '../../src/core/fields.ts';
import type { Edit, Fix } from '../../src/core/finding.ts';
import { at, keyAt, type TextPlace } from '../../src/core/place.ts';
import { nameOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';
import { childrenOf, endOf, entryAt, kindOf, startOf } from '../../src/core/tape.ts';

export const deprecatedField = defineRule({
  severity: 'note',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'linting',
  summary: 'A kustomization uses a field that Kustomize has replaced.',
  rationale:
    'Kustomize 5 warns of these fields and the next version of its API does not have them. The fix is a safe one where the new field gives the same result whatever else the kustomization does, a suggestion where that depends on its patches or on the order of its transformers, and absent where it takes a decision.',
  since: '0.1.0',

  *check(file) {
    if (!kustomizationName.test(nameOf(file.path))) return;
    if (file.classification.template !== undefined)
      yield { at: { path: file.path }, skipped: 'the fields of a template are known once it is rendered' };
    for (const document of file.documents) {
      if (!isKustomization(document)) continue;
      const source = { file, document, fields: document.value };
      for (const key of Object.keys(document.value)) {
        const field = deprecated[key.toLowerCase()];
        if (field === undefined) continue;
        const fix = field.fix?.(source, key);
        yield { at: keyAt(document, key), message: `"${key}" is deprecated: ${field.remedy}`, ...(fix && { fix }) };
      }
      for (const generators of Object.keys(document.value).filter(key => /^(configMap|secret)Generator$/i.test(key))) {
        for (const [index, generator] of listAt(document.value, generators).entries()) {
          const key = isFields(generator) ? Object.keys(generator).find(name => name.toLowerCase() === 'env') : undefined;
          if (key === undefined || !isFields(generator)) continue;
          const fix = fixEnv(source, generators, index, key, generator);
          yield { at: keyAt(document, generators, index, key), message: '"env" is deprecated: list the file under "envs"', ...(fix && { fix }) };
        }
      }
    }
  },

  examples: {
    bad: [
      {
        title: 'bases alone, and beside resources',
        files: {
          'apps/shop/kustomization.yaml': `
            bases: # what all share
              - ../base
          `,
          'apps/base/kustomization.yaml': `
            bases:
              - ../common
              - ../network # policies
            resources:
              - service.yaml # the front
            namespace: shop
          `,
        },
        findings: [
          'apps/base/kustomization.yaml:1:1 "bases" is deprecated: list them under "resources"',
          'apps/shop/kustomization.yaml:1:1 "bases" is deprecated: list them under "resources"',
        ],
        fixed: {
          'apps/shop/kustomization.yaml': 'resources: # what all share\n  - ../base\n',
          'apps/base/kustomization.yaml': 'resources:\n  - service.yaml # the front\n  - ../common\n  - ../network # policies\nnamespace: shop\n',
        },
      },
      {
        title: 'patches of both old kinds',
        files: {
          'apps/shop/kustomization.yaml': `
            resources: [service.yaml]
            patchesStrategicMerge:
              - replicas.yaml
              - |-
                apiVersion: v1
                kind: Service
                metadata:
                  name: shop
          `,
          'apps/pay/kustomization.yaml': `
            patchesJson6902:
              - target: { version: v1, kind: Service, name: pay }
                path: port.yaml
          `,
        },
        findings: [
          'apps/pay/kustomization.yaml:1:1 "patchesJson6902" is deprecated: list them under "patches"',
          'apps/shop/kustomization.yaml:2:1 "patchesStrategicMerge" is deprecated: list them under "patches", files as "path" and YAML as "patch"',
        ],
        fixed: {
          'apps/shop/kustomization.yaml':
            'resources: [service.yaml]\npatches:\n  - path: replicas.yaml\n  - patch: |-\n      apiVersion: v1\n      kind: Service\n      metadata:\n        name: shop\n',
          'apps/pay/kustomization.yaml': 'patches:\n  - target: { version: v1, kind: Service, name: pay }\n    path: port.yaml\n',
        },
      },
      {
        title: 'labels, images and environment files',
        files: {
          'apps/shop/kustomization.yaml': `
            commonLabels:
              # who to ask
              team: shop
              tier: front
            imageTags:
              - name: shop
                newTag: 1.2.3
            configMapGenerator:
              - name: settings
                env: shop.env
          `,
          'apps/pay/kustomization.yaml': 'commonLabels: {team: pay}\n',
        },
        findings: [
          'apps/pay/kustomization.yaml:1:1 "commonLabels" is deprecated: use "labels" with "includeSelectors: true", which labels the same fields',
          'apps/shop/kustomization.yaml:1:1 "commonLabels" is deprecated: use "labels" with "includeSelectors: true", which labels the same fields',
          'apps/shop/kustomization.yaml:5:1 "imageTags" is deprecated: call it "images"',
          'apps/shop/kustomization.yaml:10:5 "env" is deprecated: list the file under "envs"',
        ],
        fixed: {
          'apps/shop/kustomization.yaml':
            'labels:\n  # who to ask\n  - includeSelectors: true\n    pairs:\n      team: shop\n      tier: front\nimages:\n  - name: shop\n    newTag: 1.2.3\nconfigMapGenerator:\n  - name: settings\n    envs: [shop.env]\n',
          'apps/pay/kustomization.yaml': 'labels: [{ pairs: {team: pay}, includeSelectors: true }]\n',
        },
      },
      {
        title: 'what takes a decision has no fix',
        files: {
          'apps/shop/kustomization.yaml': `
            vars:
              - name: HOST
                objref: { apiVersion: v1, kind: Service, name: shop }
            labels:
              - pairs: { team: shop }
            commonLabels:
              app: shop
            patches:
              - path: a.yaml
            patchesStrategicMerge:
              - b.yaml
          `,
        },
        findings: [
          'apps/shop/kustomization.yaml:1:1 "vars" is deprecated: use "replacements"',
          'apps/shop/kustomization.yaml:6:1 "commonLabels" is deprecated: use "labels" with "includeSelectors: true", which labels the same fields',
          'apps/shop/kustomization.yaml:10:1 "patchesStrategicMerge" is deprecated: list them under "patches", files as "path" and YAML as "patch"',
        ],
      },
    ],
    good: [
      {
        title: 'the fields of today',
        files: {
          'apps/shop/kustomization.yaml': `
            resources: [../base]
            labels:
              - pairs: { team: shop }
                includeSelectors: true
            patches:
              - path: replicas.yaml
            configMapGenerator:
              - name: settings
                envs: [shop.env]
          `,
          'values.yaml': 'bases: [a]\nvars: {}\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a template of a kustomization',
        files: {
          'templates/shop/kustomization.yaml': `
            {{- if .Base }}
            bases: [{{ .Base }}]
            {{- end }}
          `,
        },
      },
    ],
  },
});

const kustomizationName = /^(kustomization\.ya?ml|Kustomization)$/;

interface Source {
  readonly file: SourceFile;
  readonly document: Document;
  readonly fields: Fields;
}

interface DeprecatedField {
  readonly remedy: string;
  readonly fix?: (source: Source, key: string) => Fix<Edit> | undefined;
}

/** By the field's name in lower case: Kustomize reads its keys without regard to case. */
const deprecated: Readonly<Record<string, DeprecatedField>> = {
  bases: { remedy: 'list them under "resources"', fix: fixBases },
  patchesstrategicmerge: { remedy: 'list them under "patches", files as "path" and YAML as "patch"', fix: fixStrategicMerge },
  patchesjson6902: { remedy: 'list them under "patches"', fix: fixJsonPatches },
  commonlabels: { remedy: 'use "labels" with "includeSelectors: true", which labels the same fields', fix: fixLabels },
  imagetags: { remedy: 'call it "images"', fix: (source, key) => rename(source, key, 'images') },
  vars: { remedy: 'use "replacements"' },
  helmchartinflationgenerator: { remedy: 'use "helmCharts"' },
};

function isKustomization(document: Document): document is Document & { readonly value: Fields } {
  const { value } = document;
  return isFields(value) && (typeof value.apiVersion !== 'string' || value.apiVersion.startsWith('kustomize.config.k8s.io/'));
}

/** Kustomize takes what `bases` lists for more resources, after the others. */
function fixBases(source: Source, key: string): Fix<Edit> | undefined {
  const resources = keyLike(source.fields, 'resources');
  if (resources === undefined) return rename(source, key, 'resources');
  const list = blockItems(source, [resources]);
  const bases = blockItems(source, [key]);
  const last = list?.at(-1);
  if (last === undefined || bases === undefined) return undefined;
  const { text, path } = source.file;
  const dash = text.lastIndexOf('-', last.start);
  const indentation = text.slice(text.lastIndexOf('\n', dash) + 1, dash);
  if (indentation.trim() !== '') return undefined;
  const lines = bases.map(({ start }) => `\n${indentation}- ${text.slice(start, endOfLine(text, start))}`);
  const end = endOfLine(text, last.end);
  return safe('move "bases" to "resources"', [{ replace: { path, start: end, end }, by: lines.join('') }, { remove: at(source.document, key) }]);
}

/**
 * Both lists are applied before everything else, this one first: alone it can change its name.
 * What a null in a patch takes away differs between them, so it is a suggestion as long as nobody compares the renders.
 */
function fixStrategicMerge(source: Source, key: string): Fix<Edit> | undefined {
  if (keyLike(source.fields, 'patches') !== undefined) return undefined;
  const { text, path } = source.file;
  const edits: Edit[] = [{ replace: keyAt(source.document, key), by: 'patches' }];
  const items = blockItems(source, [key]);
  if (items === undefined) return undefined;
  for (const { start, end, kind } of items) {
    const isBlock = kind === nodeKind.literal || kind === nodeKind.folded;
    if (isBlock) {
      const dash = text.lastIndexOf('-', start);
      if (text.slice(dash + 1, start).trim() !== '' || /^[|>][-+]?\d/.test(text.slice(start, end))) return undefined;
      edits.push({ replace: { path, start, end }, by: `patch: ${indent(text.slice(start, end), '  ')}` });
    } else {
      const written = text.slice(start, end);
      if (written.includes('\n') || written.includes(': ')) return undefined;
      edits.push({ replace: { path, start, end: start }, by: 'path: ' });
    }
  }
  return { title: 'list the patches under "patches"', safety: 'suggestion', edits };
}

/** They are applied after names, namespace and labels have changed, `patches` before: without such changes that is the same. */
function fixJsonPatches(source: Source, key: string): Fix<Edit> | undefined {
  const { fields } = source;
  if (keyLike(fields, 'patches') !== undefined || keyLike(fields, 'patchesStrategicMerge') !== undefined) return undefined;
  const between = ['namespace', 'namePrefix', 'nameSuffix', 'labels', 'commonLabels', 'commonAnnotations'];
  const fix = rename(source, key, 'patches');
  return between.some(name => keyLike(fields, name) !== undefined) && fix ? { title: fix.title, safety: 'suggestion', edits: fix.edits } : fix;
}

/** `commonLabels` is one entry of `labels` that includes selectors; beside other entries their order may count. */
function fixLabels(source: Source, key: string): Fix<Edit> | undefined {
  if (keyLike(source.fields, 'labels') !== undefined) return undefined;
  const { text, path } = source.file;
  const { tape } = source.document;
  const value = entryAt(tape, text, [key])?.value;
  if (value === undefined) return undefined;
  const [start, end] = [startOf(tape, value), endOf(tape, value)];
  const name: Edit = { replace: keyAt(source.document, key), by: 'labels' };
  if (kindOf(tape, value) === nodeKind.flowMap && !text.slice(start, end).includes('\n')) {
    return safe('use "labels"', [name, { replace: { path, start, end }, by: `[{ pairs: ${text.slice(start, end)}, includeSelectors: true }]` }]);
  }
  const line = text.lastIndexOf('\n', start) + 1;
  const indentation = text.slice(line, start);
  if (kindOf(tape, value) !== nodeKind.blockMap || indentation.trim() !== '' || indentation === '') return undefined;
  const pairs = indent(text.slice(start, end), '    ');
  return safe('use "labels"', [
    name,
    { replace: { path, start, end }, by: `- includeSelectors: true\n${indentation}  pairs:\n${indentation}    ${pairs}` },
  ]);
}

function fixEnv({ file, document }: Source, generators: string, index: number, key: string, generator: Fields): Fix<Edit> | undefined {
  const { text, path } = file;
  const value = entryAt(document.tape, text, [generators, index, key])?.value;
  if (value === undefined || keyLike(generator, 'envs') !== undefined) return undefined;
  const place: TextPlace = { path, start: startOf(document.tape, value), end: endOf(document.tape, value) };
  const written = text.slice(place.start, place.end);
  if (written === '' || /[\n,[\]{}]/.test(written)) return undefined;
  return safe('list the file under "envs"', [
    { replace: keyAt(document, generators, index, key), by: 'envs' },
    { replace: place, by: `[${written}]` },
  ]);
}

function rename({ document, fields }: Source, key: string, name: string): Fix<Edit> | undefined {
  return keyLike(fields, name) === undefined ? safe(`call it "${name}"`, [{ replace: keyAt(document, key), by: name }]) : undefined;
}

/** What Kustomize builds stays the same; the data of the file does not. */
function safe(title: string, edits: readonly Edit[]): Fix<Edit> {
  return { title, safety: 'safe', keeps: 'renders', edits };
}

/** The items of a block sequence; absent where something else stands there. */
function blockItems(
  { file, document: { tape } }: Source,
  field: readonly string[],
): readonly { readonly start: number; readonly end: number; readonly kind: number }[] | undefined {
  const value = entryAt(tape, file.text, field)?.value;
  if (value === undefined || kindOf(tape, value) !== nodeKind.blockSequence) return undefined;
  return childrenOf(tape, value).map(node => ({ start: startOf(tape, node), end: endOf(tape, node), kind: kindOf(tape, node) }));
}

function keyLike(fields: Fields, name: string): string | undefined {
  return Object.keys(fields).find(key => key.toLowerCase() === name.toLowerCase());
}

/** The lines after the first, moved to the right; empty ones stay empty. */
function indent(text: string, by: string): string {
  return text.replace(/\n(?=[^\n\r])/g, `\n${by}`);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : text[end - 1] === '\r' ? end - 1 : end;
}
