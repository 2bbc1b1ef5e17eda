import { isFields } from '../../core/fields.ts';
import type { FieldPath } from '../../core/place.ts';

/** What Go's JSON decoder would put into a struct of Kustomize. */
export type Shape =
  | 'string'
  | 'boolean'
  | 'integer'
  | 'anything'
  | 'strings'
  | { readonly list: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> };

/** What does not fit a shape. */
export interface Misfit {
  readonly field: FieldPath;
  readonly message: string;
}

/**
 * The value with its keys spelled as in the shape (Go does not mind upper and lower case) and without nulls, or what does not fit.
 * Unknown keys do not fit where `isStrict`; elsewhere they are left out, as Go does.
 */
export function decode(value: unknown, shape: Shape, isStrict: boolean, field: FieldPath = []): { readonly value: unknown } | Misfit {
  if (value === null || value === undefined) return { value: undefined };
  if (shape === 'anything') return { value };
  if (shape === 'string' || shape === 'boolean') return typeof value === shape ? { value } : misfit(field, value, `a ${shape}`);
  if (shape === 'integer') return Number.isInteger(value) ? { value } : misfit(field, value, 'a whole number');
  if (shape === 'strings') return fitStrings(value, field);
  if ('list' in shape) return fitList(value, shape.list, isStrict, field);
  return fitFields(value, shape.fields, isStrict, field);
}

function misfit(field: FieldPath, value: unknown, expected: string): Misfit {
  return { field, message: `"${field.join('.')}" is ${describe(value)}: expected ${expected}` };
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null || typeof value === 'object') return 'a mapping';
  return `a ${typeof value}`;
}

function fitStrings(value: unknown, field: FieldPath): { readonly value: unknown } | Misfit {
  if (!isFields(value)) return misfit(field, value, 'a mapping');
  const strings: [string, string][] = [];
  for (const [key, entry] of Object.entries(value)) {
    if (entry !== null && typeof entry !== 'string') return misfit([...field, key], entry, 'a string');
    strings.push([key, entry ?? '']);
  }
  return { value: Object.fromEntries(strings) };
}

function fitList(value: unknown, shape: Shape, isStrict: boolean, field: FieldPath): { readonly value: unknown } | Misfit {
  if (!Array.isArray(value)) return misfit(field, value, 'a list');
  const items: unknown[] = [];
  for (const [index, item] of value.entries()) {
    const fitted = decode(item, shape, isStrict, [...field, index]);
    if ('message' in fitted) return fitted;
    items.push(fitted.value ?? (shape === 'string' ? '' : {}));
  }
  return { value: items };
}

function fitFields(
  value: unknown,
  shapes: Readonly<Record<string, Shape>>,
  isStrict: boolean,
  field: FieldPath,
): { readonly value: unknown } | Misfit {
  if (!isFields(value)) return misfit(field, value, 'a mapping');
  const fields: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    const name = nameIn(shapes, key);
    if (name === undefined) {
      if (isStrict) return { field: [...field, key], message: `unknown field "${key}": remove it or correct its name` };
      continue;
    }
    const fitted = decode(entry, shapes[name] ?? 'anything', isStrict, [...field, key]);
    if ('message' in fitted) return fitted;
    if (fitted.value !== undefined) fields[name] = fitted.value;
  }
  return { value: fields };
}

function nameIn(shapes: Readonly<Record<string, Shape>>, key: string): string | undefined {
  if (Object.hasOwn(shapes, key)) return key;
  const lowered = key.toLowerCase();
  return Object.keys(shapes).find(name => name.toLowerCase() === lowered);
}

const gvk = { group: 'string', version: 'string', kind: 'string' } as const;
const object = { ...gvk, name: 'string', namespace: 'string' } as const;
const selector: Shape = { fields: { ...object, labelSelector: 'string', annotationSelector: 'string' } };
const fieldOptions: Shape = { fields: { delimiter: 'string', index: 'integer', encoding: 'string', create: 'boolean' } };
const fieldSpec: Shape = { fields: { ...gvk, path: 'string', create: 'boolean' } };
const strings: Shape = { list: 'string' };
const generatorOptions: Shape = {
  fields: { labels: 'strings', annotations: 'strings', disableNameSuffixHash: 'boolean', immutable: 'boolean' },
};
const generator = {
  name: 'string',
  namespace: 'string',
  behavior: 'string',
  literals: strings,
  files: strings,
  envs: strings,
  env: 'string',
  options: generatorOptions,
} as const;
const image: Shape = { fields: { name: 'string', newName: 'string', tagSuffix: 'string', newTag: 'string', digest: 'string' } };
const patch: Shape = {
  fields: {
    path: 'string',
    patch: 'string',
    target: selector,
    options: { fields: { allowNameChange: 'boolean', allowKindChange: 'boolean' } },
  },
};
const replacementFields = {
  source: { fields: { ...object, fieldPath: 'string', options: fieldOptions } },
  sourceValue: 'string',
  targets: {
    list: { fields: { select: selector, reject: { list: selector }, fieldPaths: strings, options: fieldOptions } },
  },
} as const satisfies Readonly<Record<string, Shape>>;
const replacement: Shape = { fields: { ...replacementFields, path: 'string' } };
const metadata: Shape = { fields: { name: 'string', namespace: 'string', labels: 'strings', annotations: 'strings' } };
const typeMeta = { apiVersion: 'string', kind: 'string' } as const;
const fieldSpecs: Shape = { list: fieldSpec };
const sortOptions: Shape = { fields: { order: 'string', legacySortOptions: { fields: { orderFirst: strings, orderLast: strings } } } };

/** kustomization.yaml: https://github.com/kubernetes-sigs/kustomize/blob/master/api/types/kustomization.go */
export const kustomizationShape: Shape = {
  fields: {
    ...typeMeta,
    metadata,
    openapi: 'strings',
    namePrefix: 'string',
    nameSuffix: 'string',
    namespace: 'string',
    commonLabels: 'strings',
    labels: {
      list: {
        fields: {
          pairs: 'strings',
          includeSelectors: 'boolean',
          includeTemplates: 'boolean',
          includeVolumeClaimTemplates: 'boolean',
          fields: fieldSpecs,
        },
      },
    },
    commonAnnotations: 'strings',
    patchesStrategicMerge: strings,
    patchesJson6902: { list: patch },
    patches: { list: patch },
    images: { list: image },
    imageTags: { list: image },
    replacements: { list: replacement },
    replicas: { list: { fields: { name: 'string', count: 'integer' } } },
    vars: {
      list: {
        fields: {
          name: 'string',
          objref: { fields: { ...object, apiVersion: 'string' } },
          fieldref: { fields: { fieldPath: 'string' } },
        },
      },
    },
    sortOptions,
    resources: strings,
    components: strings,
    crds: strings,
    bases: strings,
    configMapGenerator: { list: { fields: generator } },
    secretGenerator: { list: { fields: { ...generator, type: 'string' } } },
    helmGlobals: { fields: { chartHome: 'string', configHome: 'string' } },
    helmCharts: { list: 'anything' },
    helmChartInflationGenerator: { list: 'anything' },
    generatorOptions,
    configurations: strings,
    generators: strings,
    transformers: strings,
    validators: strings,
    buildMetadata: strings,
  },
};

/** What a file under `replacements[].path` holds, alone or in a list. */
export const replacementShape: Shape = { fields: replacementFields };

/** A file under `configurations`. */
export const configurationShape: Shape = {
  fields: {
    namePrefix: fieldSpecs,
    nameSuffix: fieldSpecs,
    namespace: fieldSpecs,
    commonLabels: fieldSpecs,
    labels: fieldSpecs,
    templateLabels: fieldSpecs,
    volumeClaimTemplateLabels: fieldSpecs,
    commonAnnotations: fieldSpecs,
    nameReference: { list: { fields: { ...gvk, fieldSpecs } } },
    varReference: fieldSpecs,
    images: fieldSpecs,
    replicas: fieldSpecs,
  },
};

/** The configuration of each transformer and generator that Kustomize brings along, by its kind. */
export const pluginShapes: ReadonlyMap<string, Shape> = new Map(
  Object.entries<Readonly<Record<string, Shape>>>({
    AnnotationsTransformer: { annotations: 'strings', fieldSpecs },
    HashTransformer: {},
    ImageTagTransformer: { imageTag: image, fieldSpecs },
    LabelTransformer: { labels: 'strings', fieldSpecs },
    NamespaceTransformer: { fieldSpecs, unsetOnly: 'boolean', setRoleBindingSubjects: 'string' },
    PatchJson6902Transformer: { target: selector, path: 'string', jsonOp: 'string' },
    PatchStrategicMergeTransformer: { paths: strings, patches: 'string' },
    PatchTransformer: {
      path: 'string',
      patch: 'string',
      target: selector,
      options: { fields: { allowNameChange: 'boolean', allowKindChange: 'boolean' } },
    },
    PrefixTransformer: { prefix: 'string', fieldSpecs },
    SuffixTransformer: { suffix: 'string', fieldSpecs },
    PrefixSuffixTransformer: { prefix: 'string', suffix: 'string', fieldSpecs },
    ReplacementTransformer: { replacements: { list: replacement } },
    ReplicaCountTransformer: { replica: { fields: { name: 'string', count: 'integer' } }, fieldSpecs },
    ValueAddTransformer: {
      value: 'string',
      targets: { list: { fields: { selector, fieldPath: 'string', filePathPosition: 'integer' } } },
      targetFilePath: 'string',
    },
    ConfigMapGenerator: { ...generator },
    SecretGenerator: { ...generator, type: 'string' },
  }).map(([kind, fields]) => [kind, { fields: { metadata, ...fields } }]),
);
