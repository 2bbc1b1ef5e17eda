import { environmentsOf } from '../../src/core/environment.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt } from '../../src/core/fields.ts';
import { hasPlaceholder } from '../../src/core/filled-in-later.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import { deliveringUnits, includingKustomizations, patchesOver } from '../../src/core/including-kustomizations.ts';
import { standsOutside } from '../../src/core/outside.ts';
import { at, type FieldPath, type Place, type RepoPath } from '../../src/core/place.ts';
import type { Kustomization, Repo, Resource, Unit } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

/** The layout of a sealed value, with zeros for what is encrypted; and one in which nothing is. */
const sealedValue = `AQ${'A'.repeat(390)}`;
const sealedNothing = `AQ${'A'.repeat(364)}==`;

export const sealedSecret = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'secrets',
  summary: 'A SealedSecret that no controller can decrypt, or that more can decrypt than should.',
  rationale:
    'Name and namespace are part of what kubeseal encrypts: once a kustomization renames the object, the controller says "no key could decrypt secret". A value that was pasted instead of sealed is readable by all. An object that is sealed cluster-wide is decrypted in every namespace (a warning), and the same ciphertext in the files of two environments means that their clusters share a key, or that one of them fails.',
  compliance: ['NIS2 21(2)(h)'],
  since: '0.1.0',

  *check(repo, { settings: { preset }, protection }) {
    const firstUses = new Map<string, { readonly at: Place; readonly environment: string }>();
    for (const sealed of repo.resources) {
      if (sealed.kind !== 'SealedSecret' || sealed.group !== 'bitnami.com' || standsOutside(sealed.document.path)) continue;
      const place = (...field: FieldPath) => at(sealed.document, ...sealed.field, ...field);
      const [environment, ...others] = environmentsOf(repo.owners.get(sealed.document.path));
      for (const [key, value] of Object.entries(fieldsAt(fieldsAt(sealed.value, 'spec'), 'encryptedData'))) {
        const where = place('spec', 'encryptedData', key);
        const judgement = typeof value === 'string' ? protection.judgeSealedValue(value) : 'unsealed';
        if (judgement === 'templated') yield { at: where, skipped: 'the ciphertext is filled in later' };
        if (judgement === 'unsealed')
          yield { at: where, message: `"${key}" is not sealed: seal it with "kubeseal --raw", and change it if it was readable` };
        if (judgement === 'empty')
          yield { at: where, severity: 'warning', message: `"${key}" is sealed, but there is nothing in it: seal the value again` };
        if (judgement !== 'sealed' || typeof value !== 'string' || environment === undefined || others.length > 0) continue;
        const first = firstUses.get(value);
        if (first === undefined) firstUses.set(value, { at: where, environment });
        else if (first.environment !== environment) {
          yield {
            at: where,
            message: `the ciphertext of "${key}" is one of ${first.environment} too: seal it for ${environment} with the key of its own cluster`,
            related: [{ at: first.at, message: `the same in ${first.environment}` }],
            environments: [environment, first.environment],
          };
        }
      }
      const annotations = fieldsAt(fieldsAt(sealed.value, 'metadata'), 'annotations');
      if (isTrue(annotations[clusterWide])) {
        yield {
          at: place('metadata', 'annotations', clusterWide),
          severity: preset === 'regulated' ? 'error' : 'warning',
          message: 'sealed cluster-wide, so that it can be decrypted in every namespace: seal it for its own',
        };
      } else yield* compareIdentity(sealed, isTrue(annotations[namespaceWide]), repo);
    }
  },

  examples: {
    bad: [
      {
        title: 'what was pasted, and what is cut off',
        files: {
          'apps/db.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: db, namespace: shop }
            spec:
              encryptedData:
                password: correct-horse
                token: AgBghost
          `,
        },
        findings: [
          'apps/db.yaml:6:15 "password" is not sealed: seal it with "kubeseal --raw", and change it if it was readable',
          'apps/db.yaml:7:12 "token" is not sealed: seal it with "kubeseal --raw", and change it if it was readable',
        ],
      },
      {
        title: 'a prefix and a namespace of a kustomization',
        files: {
          'production/kustomization.yaml': 'namePrefix: prod-\nnamespace: prod-shop\nresources: [../base]\n',
          'base/kustomization.yaml': 'resources: [db.yaml]\n',
          'base/db.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: db, namespace: shop }
            spec: { encryptedData: {}, template: { metadata: { name: db, namespace: shop } } }
          `,
        },
        findings: [
          'base/db.yaml:3:19 sealed as "db", but delivered as "prod-db", so that no key can decrypt it: seal it for that name, or "--scope namespace-wide"',
          'base/db.yaml:3:34 sealed for namespace "shop", but delivered to "prod-shop", so that no key can decrypt it: seal it for that namespace',
        ],
      },
      {
        title: 'renamed by hand, and moved by targetNamespace of Flux',
        files: {
          'apps/db.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: db-new, namespace: shop }
            spec: { encryptedData: {}, template: { metadata: { name: db, namespace: shop } } }
          `,
          'clusters/oslo/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: apps, namespace: flux-system }
            spec:
              interval: 10m
              path: ./apps
              prune: true
              targetNamespace: store
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
        },
        findings: [
          'apps/db.yaml:3:19 sealed as "db", but delivered as "db-new", so that no key can decrypt it: seal it for that name, or "--scope namespace-wide"',
          'apps/db.yaml:3:38 sealed for namespace "shop", but delivered to "store", so that no key can decrypt it: seal it for that namespace',
        ],
      },
      {
        title: 'one ciphertext for two environments, and one of nothing',
        files: {
          'environments/production/db.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: db, namespace: shop }
            spec: { encryptedData: { password: ${sealedValue}, token: ${sealedNothing} } }
          `,
          'environments/staging/db.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: db, namespace: shop }
            spec: { encryptedData: { password: ${sealedValue} } }
          `,
        },
        findings: [
          'environments/production/db.yaml:4:437 "token" is sealed, but there is nothing in it: seal the value again',
          'environments/staging/db.yaml:4:36 the ciphertext of "password" is one of production too: seal it for staging with the key of its own cluster',
        ],
      },
      {
        title: 'for every namespace',
        files: {
          'apps/db.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata:
              name: db
              annotations:
                sealedsecrets.bitnami.com/cluster-wide: "true"
            spec: { encryptedData: {} }
          `,
        },
        findings: ['apps/db.yaml:6:45 sealed cluster-wide, so that it can be decrypted in every namespace: seal it for its own'],
      },
    ],
    good: [
      {
        title: 'one file of a base for two environments',
        files: {
          'base/kustomization.yaml': 'resources: [db.yaml]\n',
          'base/db.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: db, namespace: shop }
            spec: { encryptedData: { password: ${sealedValue} }, template: { metadata: { name: db, namespace: shop } } }
          `,
          'overlays/production/kustomization.yaml': 'resources: [../../base]\n',
          'overlays/staging/kustomization.yaml': 'resources: [../../base]\n',
        },
      },
      {
        title: 'renames that the scope allows, and those that were sealed for',
        files: {
          'production/kustomization.yaml': 'namePrefix: prod-\nnamespace: shop\nresources: [any-name.yaml, right-name.yaml, external.yaml]\n',
          'production/any-name.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: db, annotations: { sealedsecrets.bitnami.com/namespace-wide: "true" } }
            spec: { encryptedData: {}, template: { metadata: { name: db, namespace: shop } } }
          `,
          'production/right-name.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: web }
            spec: { encryptedData: {}, template: { metadata: { name: prod-web, namespace: shop } } }
          `,
          'production/external.yaml': 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecretList\nitems: []\n',
        },
      },
      {
        title: 'one that is delivered without its namespace, which Argo CD fills in',
        files: {
          'apps/db.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: db }
            spec: { encryptedData: {}, template: { metadata: { name: db, namespace: shop } } }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a rename of which it is not known what was sealed',
        files: {
          'production/kustomization.yaml': 'namePrefix: prod-\nnamespace: shop\nresources: [db.yaml]\n',
          'production/db.yaml': 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: db }\nspec: { encryptedData: {} }\n',
        },
      },
      {
        title: 'a name and a value that are filled in later',
        files: {
          'apps/db.yaml': `
            apiVersion: bitnami.com/v1alpha1
            kind: SealedSecret
            metadata: { name: "\${NAME}" }
            spec: { encryptedData: { password: "\${SEALED}" }, template: { metadata: { name: db } } }
          `,
        },
      },
      {
        title: 'a prefix of the Application, and an annotation of the kustomization',
        files: {
          'argocd/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop, namespace: argocd }
            spec:
              project: shop
              source: { repoURL: "https://git.example.org/shop/fleet", path: shop, targetRevision: HEAD, kustomize: { namePrefix: prod- } }
              destination: { name: oslo, namespace: shop }
          `,
          'shop/kustomization.yaml': 'namePrefix: web-\nresources: [db.yaml]\n',
          'shop/db.yaml':
            'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: db }\nspec: { encryptedData: {}, template: { metadata: { name: db } } }\n',
          'any/kustomization.yaml':
            'namePrefix: web-\nresources: [db.yaml]\ncommonAnnotations: { sealedsecrets.bitnami.com/namespace-wide: "true" }\n',
          'any/db.yaml':
            'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: db }\nspec: { encryptedData: {}, template: { metadata: { name: db } } }\n',
        },
      },
      {
        title: 'a patch that may name it again',
        files: {
          'production/kustomization.yaml':
            'namePrefix: prod-\nresources: [db.yaml]\npatches: [{ target: { kind: SealedSecret }, patch: "[{ op: replace, path: /metadata/name, value: web }]" }]\n',
          'production/db.yaml':
            'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: db }\nspec: { encryptedData: {}, template: { metadata: { name: db } } }\n',
        },
      },
    ],
  },
});

const clusterWide = 'sealedsecrets.bitnami.com/cluster-wide';
const namespaceWide = 'sealedsecrets.bitnami.com/namespace-wide';

function isTrue(value: unknown): boolean {
  return value === 'true';
}

interface Identity {
  readonly name?: string;
  readonly namespace?: string;
}

/** What kubeseal has sealed it for stands in the template; what it arrives as is worked out. */
function* compareIdentity(sealed: Resource, isForAnyName: boolean, repo: Repo): Iterable<Report | Skip> {
  const template = fieldsAt(fieldsAt(fieldsAt(sealed.value, 'spec'), 'template'), 'metadata');
  const [name, namespace] = [isForAnyName ? undefined : textAt(template, 'name'), textAt(template, 'namespace')];
  const metadata = (field: string) => at(sealed.document, ...sealed.field, 'metadata', field);
  const arrivals = arrivalsOf(sealed, repo);
  if ('unknown' in arrivals) {
    yield { at: metadata('name'), skipped: arrivals.unknown };
    return;
  }
  if (name === undefined && namespace === undefined && !isForAnyName) {
    const isMoved = arrivals.some(other => other.name !== sealed.name || other.namespace !== sealed.namespace);
    if (isMoved) yield { at: metadata('name'), skipped: 'it is not known for which name it was sealed' };
    return;
  }
  const named = arrivals.find(other => name !== undefined && other.name !== undefined && other.name !== name);
  const moved = arrivals.find(other => namespace !== undefined && other.namespace !== undefined && other.namespace !== namespace);
  const whole = 'so that no key can decrypt it';
  if (named) {
    yield {
      at: metadata('name'),
      message: `sealed as "${name}", but delivered as "${named.name}", ${whole}: seal it for that name, or "--scope namespace-wide"`,
      related: named.by.map(({ document }) => ({ at: { path: document.path }, message: 'delivers it' })),
    };
  }
  if (moved) {
    yield {
      at: metadata('namespace'),
      message: `sealed for namespace "${namespace}", but delivered to "${moved.namespace}", ${whole}: seal it for that namespace`,
      related: moved.by.map(({ document }) => ({ at: { path: document.path }, message: 'delivers it' })),
    };
  }
}

interface Arrival extends Identity {
  readonly by: readonly Kustomization[];
}

/** The names and namespaces under which an object arrives, by the kustomizations around it and Flux. */
function arrivalsOf(sealed: Resource, repo: Repo): readonly Arrival[] | { readonly unknown: string } {
  const { path } = sealed.document;
  const { name, namespace } = sealed;
  if (hasPlaceholder(`${name}`) || hasPlaceholder(`${namespace}`)) return { unknown: 'its name is filled in later' };
  const around = includingKustomizations(repo, path);
  const patches = patchesOver(repo, path);
  if (patches.includes('SealedSecret') || patches.includes('/metadata/name')) return { unknown: 'a patch may name it' };
  if (around.some(({ kind, value }) => listAt(value, 'transformers').length > 0 || (kind === 'Component' && renames(value))))
    return { unknown: 'a transformer may name it' };
  if (around.some(({ value }) => [clusterWide, namespaceWide].some(annotation => annotation in fieldsAt(value, 'commonAnnotations'))))
    return { unknown: 'a kustomization says for which scope it was sealed' };
  const units = deliveringUnits(repo, path);
  if (units.some(isRenamedByArgoCd)) return { unknown: 'Argo CD may name it' };
  const own: Arrival = { ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }), by: [] };
  const arrivals: Arrival[] = [];
  for (const { kind, from } of repo.referencesTo.get(path) ?? []) {
    const first = kind === 'kustomize-resource' ? repo.kustomizations.get(from.path) : undefined;
    if (first) climb(first, own, repo, arrivals, 0);
  }
  if (arrivals.length === 0) arrivals.push(own);
  if (arrivals.length > mostArrivals) return { unknown: 'too many kustomizations deliver it' };
  const targets = units.flatMap(unit => (unit.kind === 'flux-kustomization' ? [unit.destination?.namespace] : []));
  const [target] = targets;
  if (targets.every(other => other === undefined)) return arrivals;
  return targets.every(other => other === target) && target !== undefined
    ? arrivals.map(arrival => ({ ...arrival, namespace: target }))
    : { unknown: 'several units deliver it to namespaces of their own' };
}

/** An Application has a prefix, a suffix and a namespace of its own for what Kustomize makes. */
function isRenamedByArgoCd({ kind, resource }: Unit): boolean {
  if (!kind.startsWith('argocd-') || resource === undefined) return false;
  const spec = fieldsAt(resource.value, 'spec');
  return [spec.source, ...listAt(spec, 'sources')].some(source => isFields(source) && renames(fieldsAt(source, 'kustomize')));
}

const mostArrivals = 200;
const deepest = 20;

function climb(kustomization: Kustomization, inner: Arrival, repo: Repo, arrivals: Arrival[], depth: number): void {
  if (arrivals.length > mostArrivals || depth > deepest) return;
  const { value, includedBy } = kustomization;
  const namespace = textAt(value, 'namespace') ?? inner.namespace;
  const name = inner.name === undefined ? undefined : `${textAt(value, 'namePrefix') ?? ''}${inner.name}${textAt(value, 'nameSuffix') ?? ''}`;
  const by = renames(value) ? [...inner.by, kustomization] : inner.by;
  const outer: Arrival = { ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }), by };
  const parents = includedBy.flatMap((path: RepoPath) => repo.kustomizations.get(path) ?? []);
  if (parents.length === 0) arrivals.push(outer);
  for (const parent of parents) climb(parent, outer, repo, arrivals, depth + 1);
}

function renames(value: Fields): boolean {
  return ['namePrefix', 'nameSuffix', 'namespace'].some(field => textAt(value, field));
}
