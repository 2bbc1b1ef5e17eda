import { environmentsOf, includesProduction } from '../../src/core/environment.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt } from '../../src/core/fields.ts';
import { hasPlaceholder } from '../../src/core/filled-in-later.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import { deliveringUnits } from '../../src/core/including-kustomizations.ts';
import { at, type FieldPath, type Place, type RepoPath } from '../../src/core/place.ts';
import { podSpecOf } from '../../src/core/pod-spec.ts';
import type { Sops } from '../../src/core/protection.ts';
import type { Repo, Resource } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

export const externalStore = defineRule({
  severity: 'note',
  presets: { strict: {}, regulated: { severity: 'warning' } },
  scope: 'repo',
  mistake: 'secrets',
  summary: 'A secret of production comes from no store, is put into manifests as they are made, or is fetched once and never again.',
  rationale:
    'A Secret that nothing in the repository delivers is made by hand: nobody rotates it, and nobody sees who changed it. Plugins of Argo CD that put secrets into manifests (argocd-vault-plugin, KSOPS, helm-secrets) leave them readable in its cache, which its documentation strongly cautions against. An ExternalSecret that is not refreshed keeps the old value after a rotation, and a ClusterSecretStore without conditions gives every namespace all of it.',
  compliance: ['DORA 9(4)(d)', 'CIS-K8s 5.4.2'],
  since: '0.1.0',
  leaks: false,

  *check(repo, { protection: { sops } }) {
    for (const resource of repo.resources) {
      if (resource.group !== 'external-secrets.io') continue;
      if (resource.kind === 'ExternalSecret') yield* judgeRefresh(resource, ['spec']);
      if (resource.kind === 'ClusterExternalSecret') yield* judgeRefresh(resource, ['spec', 'externalSecretSpec']);
    }
    yield* storesOfSeveralTiers(repo);
    yield* injections(repo);
    yield* ciphertextForArgoCd(repo, sops);
    yield* secretsOfNobody(repo);
  },

  examples: {
    bad: [
      {
        title: 'one that is never refreshed, and a store for all namespaces of production and staging',
        files: {
          'stores/vault.yaml': `
            apiVersion: external-secrets.io/v1
            kind: ClusterSecretStore
            metadata: { name: vault }
            spec: { provider: { vault: { server: "https://vault.example.org" } } }
          `,
          'environments/production/db.yaml': `
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: { name: db, namespace: shop }
            spec:
              refreshInterval: "0"
              secretStoreRef: { kind: ClusterSecretStore, name: vault }
              data: [{ secretKey: password, remoteRef: { key: production/db } }]
          `,
          'environments/staging/db.yaml': `
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: { name: db, namespace: shop }
            spec:
              refreshInterval: 1h
              secretStoreRef: { kind: ClusterSecretStore, name: vault }
              data: [{ secretKey: password, remoteRef: { key: staging/db } }]
          `,
        },
        findings: [
          'environments/production/db.yaml:5:20 fetched once and never again: give it an interval, or say "refreshPolicy: CreatedOnce"',
          'stores/vault.yaml:4:1 ClusterSecretStore "vault" gives every namespace of production and staging all of it: limit it with "conditions", or have one for each',
        ],
      },
      {
        title: 'plugins of Argo CD that put secrets into the manifests of production',
        files: {
          'argocd/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop, namespace: argocd }
            spec:
              project: shop
              source:
                repoURL: https://git.example.org/shop/fleet
                path: environments/production
                targetRevision: HEAD
                plugin: { name: argocd-vault-plugin-kustomize }
              destination: { name: production, namespace: shop }
          `,
          'argocd/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web, namespace: argocd }
            spec:
              project: shop
              source:
                repoURL: https://charts.example.org
                chart: web
                targetRevision: 1.0.0
                helm: { valueFiles: [values.yaml, "secrets+age-import:///keys/age.txt?secrets.yaml"] }
              destination: { name: production, namespace: shop }
          `,
          'environments/production/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
          'environments/staging/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
        },
        findings: [
          'argocd/shop.yaml:10:21 plugin "argocd-vault-plugin-kustomize" puts the secrets of production into manifests, which Argo CD keeps readable in its cache: have an operator in the cluster fetch them',
          'argocd/web.yaml:10:39 helm-secrets puts the secrets of production into manifests, which Argo CD keeps readable in its cache: have an operator in the cluster fetch them',
        ],
      },
      {
        title: 'a workload of production whose Secret nothing delivers',
        files: {
          'environments/production/web.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web, namespace: shop }
            spec:
              template:
                spec:
                  containers:
                    - name: web
                      envFrom: [{ secretRef: { name: payment-gateway } }]
          `,
          'environments/staging/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
        },
        findings: [
          'environments/production/web.yaml:9:42 Secret "payment-gateway" is delivered by nothing here, so that somebody makes it by hand: have a store or an encrypted file deliver it',
        ],
      },
    ],
    good: [
      {
        title: 'what is fetched once on purpose, a store with conditions, and Secrets that somebody delivers or an operator makes',
        files: {
          'stores/vault.yaml': `
            apiVersion: external-secrets.io/v1
            kind: ClusterSecretStore
            metadata: { name: vault }
            spec: { conditions: [{ namespaces: [shop] }], provider: { vault: { server: "https://vault.example.org" } } }
          `,
          'environments/production/db.yaml': `
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: { name: db-once, namespace: shop }
            spec:
              refreshInterval: "0"
              refreshPolicy: CreatedOnce
              secretStoreRef: { kind: ClusterSecretStore, name: vault }
              data: [{ secretKey: password, remoteRef: { key: production/db } }]
          `,
          'environments/staging/db.yaml': `
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: { name: db-once, namespace: shop }
            spec:
              secretStoreRef: { kind: ClusterSecretStore, name: vault }
              data: [{ secretKey: password, remoteRef: { key: staging/db } }]
          `,
          'environments/production/cluster.yaml': `
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: { name: orders }
            spec: { instances: 3 }
          `,
          'environments/production/web.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web, namespace: shop }
            spec:
              template:
                spec:
                  containers:
                    - name: web
                      env:
                        - { name: PASSWORD, valueFrom: { secretKeyRef: { name: db-once, key: password } } }
                        - { name: ORDERS, valueFrom: { secretKeyRef: { name: orders-app, key: uri } } }
                        - { name: MAYBE, valueFrom: { secretKeyRef: { name: nowhere, key: uri, optional: true } } }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'an interval and a name that are filled in later',
        files: {
          'environments/production/db.yaml': `
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: { name: db, namespace: shop }
            spec: { refreshInterval: "\${INTERVAL}", secretStoreRef: { name: vault } }
          `,
        },
      },
      {
        title: 'ciphertext of SOPS for Argo CD, which a plugin may decrypt',
        files: {
          'argocd/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop, namespace: argocd }
            spec:
              project: shop
              source: { repoURL: "https://git.example.org/shop/fleet", path: shop, targetRevision: HEAD }
              destination: { name: oslo, namespace: shop }
          `,
          'shop/db.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            stringData: { password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" }
            sops: { age: [{ recipient: age1all, enc: key }], encrypted_regex: ^stringData$, lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }
          `,
        },
      },
    ],
  },
});

/** No time at all, as Go writes durations: the operator then fetches once, unless the policy says otherwise. */
function* judgeRefresh({ document, field, value }: Resource, path: readonly string[]): Iterable<Report | Skip> {
  let spec: Fields = value;
  for (const part of path) spec = fieldsAt(spec, part);
  const { refreshInterval: interval } = spec;
  const place = at(document, ...field, ...path, 'refreshInterval');
  if (typeof interval === 'string' && hasPlaceholder(interval)) yield { at: place, skipped: 'the interval is filled in later' };
  else if (
    (interval === 0 || (typeof interval === 'string' && /^[0.hmsuµn]*$/.test(interval) && interval.includes('0'))) &&
    spec.refreshPolicy === undefined
  )
    yield { at: place, message: 'fetched once and never again: give it an interval, or say "refreshPolicy: CreatedOnce"' };
}

/** One store that stands in one place, and not one for each cluster. */
function* storesOfSeveralTiers(repo: Repo): Iterable<Report> {
  const stores = new Map<string, Resource[]>();
  const users = new Map<string, Set<string>>();
  for (const resource of repo.resources) {
    if (resource.group !== 'external-secrets.io') continue;
    if (resource.kind === 'ClusterSecretStore' && resource.name !== undefined)
      stores.set(resource.name, [...(stores.get(resource.name) ?? []), resource]);
    const ref = fieldsAt(fieldsAt(resource.value, 'spec'), 'secretStoreRef');
    const name = textAt(ref, 'name');
    if (resource.kind !== 'ExternalSecret' || ref.kind !== 'ClusterSecretStore' || name === undefined) continue;
    const ids = users.get(name) ?? new Set();
    users.set(name, ids);
    for (const id of environmentsAt(resource.document.path, repo)) ids.add(id);
  }
  for (const [name, [store, ...others]] of stores) {
    const ids = repo.environments.map(({ id }) => id).filter(id => users.get(name)?.has(id));
    if (store === undefined || others.length > 0 || ids.length < 2 || !includesProduction(ids, repo.environments)) continue;
    const spec = fieldsAt(store.value, 'spec');
    if (listAt(spec, 'conditions').length > 0 || environmentsAt(store.document.path, repo).length > 1) continue;
    const named = [...ids].sort().join(' and ');
    yield {
      at: at(store.document, ...store.field, 'spec', 'conditions'),
      message: `ClusterSecretStore "${name}" gives every namespace of ${named} all of it: limit it with "conditions", or have one for each`,
    };
  }
}

function environmentsAt(path: RepoPath, { owners, reach }: Repo): readonly string[] {
  const own = environmentsOf(owners.get(path));
  const reached = reach.get(path);
  return own.length > 0 || reached?.certainty !== 'yes' ? own : [...reached.environments];
}

/** What the repo-server of Argo CD decrypts or fetches while it makes the manifests of production. */
function* injections(repo: Repo): Iterable<Report> {
  for (const { kind, resource, environment } of repo.units) {
    if (kind !== 'argocd-application' || resource === undefined || resource.kind !== 'Application') continue;
    const ids = environmentsOf(environment);
    if (!includesProduction(ids, repo.environments)) continue;
    const spec = fieldsAt(resource.value, 'spec');
    const sources: [FieldPath, unknown][] = [
      [['source'], spec.source],
      ...listAt(spec, 'sources').map((source, index): [FieldPath, unknown] => [['sources', index], source]),
    ];
    const said = (what: string) =>
      `${what} puts the secrets of ${ids.join(' and ')} into manifests, which Argo CD keeps readable in its cache: have an operator in the cluster fetch them`;
    const place = (...field: FieldPath): Place => at(resource.document, ...resource.field, 'spec', ...field);
    for (const [field, source] of sources) {
      if (!isFields(source)) continue;
      const plugin = textAt(fieldsAt(source, 'plugin'), 'name');
      if (plugin !== undefined && /vault|\bavp\b|sops|secret/i.test(plugin))
        yield { at: place(...field, 'plugin', 'name'), message: said(`plugin "${plugin}"`) };
      const index = listAt(fieldsAt(source, 'helm'), 'valueFiles').findIndex(
        file => typeof file === 'string' && /^secrets(?:\+[\w-]+)?:\/\//.test(file),
      );
      if (index >= 0) yield { at: place(...field, 'helm', 'valueFiles', index), message: said('helm-secrets') };
    }
  }
}

/** Objects that SOPS has encrypted and no generator of KSOPS names. */
function* ciphertextForArgoCd(repo: Repo, sops: Sops): Iterable<Skip> {
  for (const { path, at: place } of sops.files.values()) {
    const references = repo.referencesTo.get(path) ?? [];
    if (references.some(({ kind }) => kind === 'kustomize-plugin' || kind === 'argocd-values')) continue;
    if (deliveringUnits(repo, path).some(({ kind }) => kind === 'argocd-application'))
      yield { at: place, skipped: 'whether a plugin of Argo CD decrypts the file is not known here' };
  }
}

interface Wanted {
  readonly name: string;
  readonly at: Place;
  readonly environments: readonly string[];
}

/** A name that stands nowhere but where it is wanted, and that is made of no other object's name: those may well make it. */
function* secretsOfNobody(repo: Repo): Iterable<Report | Skip> {
  const wanted = new Map<string, Wanted>();
  const wantedIn = new Set<RepoPath>();
  for (const resource of repo.resources) {
    const { path } = resource.document;
    const pods = podSpecOf(resource);
    const environments = environmentsAt(path, repo);
    if (pods === undefined || !includesProduction(environments, repo.environments)) continue;
    for (const [field, name] of secretNamesIn(pods.spec)) {
      const place = at(resource.document, ...resource.field, ...pods.field, ...field);
      if (hasPlaceholder(name)) yield { at: place, skipped: 'the name of a Secret is filled in later' };
      else if (!wanted.has(name)) wanted.set(name, { name, at: place, environments });
      wantedIn.add(path);
    }
  }
  const left = [...wanted.values()];
  for (const { name: other, kind, document } of repo.resources) {
    if (left.length === 0) return;
    if (other === undefined || podSpecOf({ kind, value: {} })) continue;
    // A template that takes its name from elsewhere may be any Secret.
    if (hasPlaceholder(other) && kind.includes('Secret')) return;
    remove(
      left,
      ({ name }) =>
        name === other ||
        (!quietKinds.has(kind) && other.length > 2 && name.includes(other)) ||
        (wantedIn.has(document.path) && kind.includes('Secret')),
    );
  }
  remove(left, ({ name }) => repo.units.some(unit => unit.kind !== 'plain-folder' && unit.name.length > 2 && name.includes(unit.name)));
  for (const file of repo.files.values()) {
    if (left.length === 0) return;
    if (!wantedIn.has(file.path)) remove(left, ({ name }) => file.text.includes(name));
  }
  for (const { name, at: place, environments } of left) {
    yield {
      at: place,
      message: `Secret "${name}" is delivered by nothing here, so that somebody makes it by hand: have a store or an encrypted file deliver it`,
      environments,
    };
  }
}

/** Kinds that make no Secrets. */
const quietKinds: ReadonlySet<string> = new Set([
  'Namespace',
  'Service',
  'ServiceAccount',
  'ConfigMap',
  'Ingress',
  'NetworkPolicy',
  'Role',
  'RoleBinding',
]);

function remove<T>(list: T[], isGone: (item: T) => boolean): void {
  let kept = 0;
  for (const item of list) if (!isGone(item)) list[kept++] = item;
  list.length = kept;
}

/** The Secrets that pods need to start. */
function* secretNamesIn(spec: Fields): Iterable<[FieldPath, string]> {
  for (const list of ['initContainers', 'containers']) {
    for (const [index, container] of listAt(spec, list).entries()) {
      if (!isFields(container)) continue;
      for (const [number, variable] of listAt(container, 'env').entries()) {
        const ref = isFields(variable) ? fieldsAt(fieldsAt(variable, 'valueFrom'), 'secretKeyRef') : {};
        yield* nameIn(ref, 'name', [list, index, 'env', number, 'valueFrom', 'secretKeyRef', 'name']);
      }
      for (const [number, item] of listAt(container, 'envFrom').entries())
        yield* nameIn(isFields(item) ? fieldsAt(item, 'secretRef') : {}, 'name', [list, index, 'envFrom', number, 'secretRef', 'name']);
    }
  }
  for (const [index, volume] of listAt(spec, 'volumes').entries())
    yield* nameIn(isFields(volume) ? fieldsAt(volume, 'secret') : {}, 'secretName', ['volumes', index, 'secret', 'secretName']);
}

function* nameIn(ref: Fields, key: string, field: FieldPath): Iterable<[FieldPath, string]> {
  const name = textAt(ref, key);
  if (name !== undefined && ref.optional !== true) yield [field, name];
}
