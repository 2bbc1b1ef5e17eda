import type { Document } from '../../src/core/document.ts';
import { fieldsAt, isFields } from '../../src/core/fields.ts';
import { hasPlaceholder } from '../../src/core/filled-in-later.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import { deliveringUnits, patchesOver } from '../../src/core/including-kustomizations.ts';
import { at, type RepoPath } from '../../src/core/place.ts';
import type { Sops } from '../../src/core/protection.ts';
import type { Repo, Resource, Unit } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

export const decryption = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'secrets',
  summary: 'What SOPS has encrypted is delivered by Flux without being decrypted.',
  rationale:
    'The ciphertext then is the value: the program authenticates with `ENC[…]`. A Kustomization decrypts with `spec.decryption`, objects whose kind and metadata are readable; the values files of a HelmRelease are never decrypted. A Kustomization with `spec.decryption` that delivers nothing encrypted is a note.',
  compliance: ['NIS2 21(2)(h)', 'RTS 7'],
  since: '0.1.0',

  *check(repo, { protection: { sops } }) {
    const encrypted = new Map<Unit, RepoPath[]>();
    for (const { path } of sops.files.values()) {
      const documents = repo.files.get(path)?.documents ?? [];
      if (documents.some(isLeftToOthers) || isPluginFile(path, repo)) continue;
      const { certain } = repo.reach.get(path) ?? { certain: undefined };
      for (const unit of deliveringUnits(repo, path)) {
        if (unit.kind !== 'flux-kustomization') continue;
        const paths = encrypted.get(unit) ?? [];
        encrypted.set(unit, paths);
        if (certain?.has(unit.id)) paths.push(path);
        else yield { at: { path }, skipped: 'it is not known whether Flux delivers it' };
      }
      if (deliveringUnits(repo, path).some(({ kind, id }) => kind === 'flux-kustomization' && certain?.has(id)))
        for (const document of documents) yield* judgeReadableFields(document);
    }
    yield* judgeUnits(repo, encrypted);
    yield* judgeValuesFiles(repo, sops);
  },

  examples: {
    bad: [
      {
        title: 'a Kustomization that delivers ciphertext',
        files: {
          'clusters/oslo/secrets.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: secrets, namespace: flux-system }
            spec:
              interval: 10m
              path: ./secrets
              prune: true
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'secrets/kustomization.yaml': 'resources: [db.yaml]\nsecretGenerator: [{ name: mail, envs: [mail.env] }]\n',
          'secrets/db.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            stringData: { password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" }
            sops: { age: [{ recipient: age1all, enc: key }], encrypted_regex: ^stringData$, lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }
          `,
          'secrets/mail.env':
            'PASSWORD=ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]\nsops_age__list_0__map_enc=key\nsops_age__list_0__map_recipient=age1all\nsops_lastmodified=2025-12-01T00:00:00Z\nsops_mac=ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]\nsops_version=3.10.2\n',
        },
        findings: [
          'clusters/oslo/secrets.yaml:4:1 Kustomization "secrets" delivers "secrets/db.yaml" and 1 more file as SOPS has encrypted them: set "decryption.provider" to "sops"',
        ],
      },
      {
        title: 'an object whose kind is encrypted too, and one Kustomization that decrypts for nothing',
        files: {
          'clusters/oslo/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: secrets, namespace: flux-system }
            spec:
              interval: 10m
              path: ./secrets
              prune: true
              decryption: { provider: sops }
              sourceRef: { kind: GitRepository, name: flux-system }
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: apps, namespace: flux-system }
            spec:
              interval: 10m
              path: ./apps
              prune: true
              decryption: { provider: sops }
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'apps/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
          'secrets/kustomization.yaml': 'resources: [db.yaml]\n',
          'secrets/db.yaml': `
            apiVersion: v1
            kind: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
            metadata: { name: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" }
            sops: { age: [{ recipient: age1all, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }
          `,
        },
        findings: [
          'clusters/oslo/apps.yaml:18:15 Kustomization "apps" decrypts, but delivers nothing that SOPS has encrypted: remove "decryption"',
          'secrets/db.yaml:2:7 "kind" is encrypted, and Flux cannot tell what to decrypt: encrypt with "encrypted_regex: ^(data|stringData)$"',
          'secrets/db.yaml:3:19 "metadata.name" is encrypted, and Flux cannot tell what to decrypt: encrypt with "encrypted_regex: ^(data|stringData)$"',
        ],
      },
      {
        title: 'encrypted values of a HelmRelease',
        files: {
          'clusters/oslo/source.yaml': `
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: { name: flux-system, namespace: flux-system }
            spec: { interval: 1m, url: "https://git.example.org/shop/fleet" }
          `,
          'clusters/oslo/web.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: web, namespace: flux-system }
            spec:
              interval: 10m
              chart:
                spec:
                  chart: ./charts/web
                  valuesFiles: [./charts/web/values.yaml, ./charts/web/secrets.yaml]
                  sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'clusters/oslo/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: apps, namespace: flux-system }
            spec: { interval: 10m, path: ./apps, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
          `,
          'apps/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
          'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
          'charts/web/values.yaml': 'replicas: 1\n',
          'charts/web/secrets.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1all, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
        },
        findings: [
          'clusters/oslo/web.yaml:9:47 "./charts/web/secrets.yaml" is encrypted by SOPS, and Flux decrypts no values files: deliver the values as a Secret, and name it in "valuesFrom"',
        ],
      },
    ],
    good: [
      {
        title: 'decryption that a patch of the parent adds, and objects that somebody else decrypts',
        files: {
          'clusters/oslo/kustomization.yaml': `
            resources: [secrets.yaml]
            patches:
              - target: { kind: Kustomization, group: kustomize.toolkit.fluxcd.io }
                patch: |
                  - op: add
                    path: /spec/decryption
                    value: { provider: sops }
          `,
          'clusters/oslo/secrets.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: secrets, namespace: flux-system }
            spec: { interval: 10m, path: ./secrets, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
          `,
          'clusters/bergen/operator.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: operator, namespace: flux-system }
            spec: { interval: 10m, path: ./operator, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
          `,
          'secrets/db.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            stringData: { password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" }
            sops: { age: [{ recipient: age1all, enc: key }], encrypted_regex: ^stringData$, lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }
          `,
          'operator/db.yaml': `
            apiVersion: isindir.github.com/v1alpha3
            kind: SopsSecret
            metadata: { name: db }
            spec: { secretTemplates: [{ name: db, stringData: { password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" } }] }
            sops: { age: [{ recipient: age1all, enc: key }], encrypted_regex: ^stringData$, lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }
          `,
          'operator/web.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: web, annotations: { kustomize.toolkit.fluxcd.io/decrypt: Disabled } }
            stringData: { password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" }
            sops: { age: [{ recipient: age1all, enc: key }], encrypted_regex: ^stringData$, lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }
          `,
        },
      },
      {
        title: 'Argo CD with KSOPS, which names the files that it decrypts',
        files: {
          'apps/db.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: db, namespace: argocd }
            spec:
              project: shop
              source: { repoURL: "https://git.example.org/shop/fleet", path: secrets, targetRevision: HEAD }
              destination: { name: oslo, namespace: shop }
          `,
          'secrets/kustomization.yaml': 'generators: [generator.yaml]\n',
          'secrets/generator.yaml': 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: { name: generator }\nfiles: [./db.enc.yaml]\n',
          'secrets/db.enc.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            stringData: { password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" }
            sops: { age: [{ recipient: age1all, enc: key }], encrypted_regex: ^stringData$, lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a FluxInstance, whose Kustomization gets its defaults in the cluster',
        files: {
          'clusters/oslo/instance.yaml': `
            apiVersion: fluxcd.controlplane.io/v1
            kind: FluxInstance
            metadata: { name: flux, namespace: flux-system }
            spec:
              distribution: { version: 2.x, registry: ghcr.io/fluxcd }
              sync: { kind: GitRepository, url: "https://git.example.org/shop/fleet", ref: refs/heads/main, path: clusters/oslo }
          `,
          'clusters/oslo/db.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            stringData: { password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" }
            sops: { age: [{ recipient: age1all, enc: key }], encrypted_regex: ^stringData$, lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }
          `,
        },
      },
      {
        title: 'a provider that the parent fills in',
        files: {
          'clusters/oslo/secrets.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: secrets, namespace: flux-system }
            spec:
              interval: 10m
              path: ./secrets
              prune: true
              decryption: { provider: "\${PROVIDER}" }
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'secrets/db.yaml': `
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

/** SopsSecrets are decrypted by an operator of their own, and an annotation keeps Flux from decrypting. */
function isLeftToOthers({ value }: Document): boolean {
  if (!isFields(value)) return false;
  const annotations = fieldsAt(fieldsAt(value, 'metadata'), 'annotations');
  return value.kind === 'SopsSecret' || String(annotations['kustomize.toolkit.fluxcd.io/decrypt']).toLowerCase() === 'disabled';
}

/** KSOPS and the values of charts are read by others than Flux. */
function isPluginFile(path: RepoPath, repo: Repo): boolean {
  const references = repo.referencesTo.get(path) ?? [];
  return references.some(({ kind }) => kind === 'kustomize-plugin' || kind === 'kustomize-helm-values');
}

function* judgeReadableFields(document: Document): Iterable<Report> {
  const { value } = document;
  if (!isFields(value)) return;
  for (const field of [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']]) {
    const [first = '', second] = field;
    const text = second === undefined ? value[first] : fieldsAt(value, first)[second];
    if (typeof text !== 'string' || !text.startsWith('ENC[')) continue;
    yield {
      at: at(document, ...field),
      message: `"${field.join('.')}" is encrypted, and Flux cannot tell what to decrypt: encrypt with "encrypted_regex: ^(data|stringData)$"`,
    };
  }
}

/** One object may be several units, which its parents fill in in several ways. */
function* judgeUnits(repo: Repo, encrypted: ReadonlyMap<Unit, readonly RepoPath[]>): Iterable<Report | Skip> {
  const reported = new Set<Resource>();
  let whole: ReadonlySet<string> | undefined;
  for (const unit of repo.units) {
    const { kind, resource, name } = unit;
    if (kind !== 'flux-kustomization' || resource === undefined || reported.has(resource)) continue;
    const paths = encrypted.get(unit);
    const place = at(resource.document, ...resource.field, 'spec', 'decryption');
    const provider = fieldsAt(fieldsAt(resource.value, 'spec'), 'decryption').provider;
    const [path, ...others] = paths ?? [];
    if (provider !== undefined && hasPlaceholder(String(provider))) yield { at: place, skipped: 'what decrypts is filled in later' };
    else if (provider !== undefined) {
      whole ??= wholeUnits(repo);
      if (paths !== undefined || !whole.has(unit.id) || !isOfThisRepository(unit)) continue;
      reported.add(resource);
      yield {
        at: place,
        severity: 'note',
        message: `Kustomization "${name}" decrypts, but delivers nothing that SOPS has encrypted: remove "decryption"`,
      };
    } else if (path !== undefined && !patchesOver(repo, resource.document.path).includes('decryption')) {
      if (resource.kind !== 'Kustomization') {
        yield { at: place, skipped: 'how the Kustomization of an instance decrypts is known in the cluster' };
        continue;
      }
      reported.add(resource);
      const more =
        others.length === 0
          ? ' as SOPS has encrypted it'
          : ` and ${others.length} more ${others.length === 1 ? 'file' : 'files'} as SOPS has encrypted them`;
      yield {
        at: place,
        message: `Kustomization "${name}" delivers "${path}"${more}: set "decryption.provider" to "sops"`,
        related: [path, ...others].slice(0, mostRelated).map(other => ({ at: { path: other }, message: 'is encrypted' })),
        ...(unit.environment.kind === 'environment' && { environments: [unit.environment.id] }),
      };
    }
  }
}

const mostRelated = 5;

/** The units of which everything that they deliver is known. */
function wholeUnits({ reach, kustomizations, files }: Repo): ReadonlySet<string> {
  const whole = new Set<string>();
  const open = new Set<string>();
  for (const [path, { roots, certain }] of reach) {
    const isOpen = kustomizations.get(path)?.partial !== undefined || files.get(path)?.classification.template !== undefined;
    for (const id of roots) (isOpen || !certain.has(id) ? open : whole).add(id);
  }
  for (const id of open) whole.delete(id);
  return whole;
}

/** Nothing of it comes from elsewhere. */
function isOfThisRepository({ sources }: Unit): boolean {
  return sources.every(({ repository, path }) => repository === 'this' && path !== undefined && 'known' in path);
}

function* judgeValuesFiles(repo: Repo, sops: Sops): Iterable<Report | Skip> {
  for (const { kind, from, target, state, to } of repo.references) {
    if (kind !== 'flux-values' || to === undefined || !sops.files.has(to)) continue;
    if (state !== 'resolved') yield { at: from, skipped: 'it is not known which file is meant' };
    else {
      yield {
        at: from,
        message: `"${target}" is encrypted by SOPS, and Flux decrypts no values files: deliver the values as a Secret, and name it in "valuesFrom"`,
        related: [{ at: { path: to }, message: 'is encrypted' }],
      };
    }
  }
}
