import type { Document } from '../../src/core/document.ts';
import { isFields } from '../../src/core/fields.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import { at, type Place } from '../../src/core/place.ts';
import { type RemoteRevision, revisionNamed, revisionOfUrl } from '../../src/core/remote-revision.ts';
import type { Preset } from '../../src/core/rule.ts';
import { defineRule } from '../../src/core/rule.ts';

export const remoteUnpinned = defineRule({
  severity: 'warning',
  presets: { recommended: {}, strict: {}, regulated: { severity: 'error' } },
  scope: 'repo',
  mistake: 'manual-intervention',
  summary: 'Something of another repository is taken as it is at the moment.',
  rationale:
    'What is delivered then changes without a commit here, and a revert brings nothing back. A tag counts as pinned; preset `regulated` asks for the commit, because a tag can be moved. Silent where the name of a revision does not tell whether it is a branch.',
  compliance: ['NIS2 21(2)(d)', 'RTS 10'],
  since: '0.1.0',

  *check(repo, { settings }) {
    for (const { kind, state, from, target } of repo.references) {
      if (state === 'external' && kind.startsWith('kustomize-')) yield* judge(from, target, revisionOfUrl(target), settings.preset);
    }
    for (const { documents } of repo.files.values()) {
      for (const document of documents) {
        if (document.classification.class === 'gitlab-ci') yield* judgeIncludes(document, settings.preset);
      }
    }
  },

  examples: {
    bad: [
      {
        title: 'bases and files of other repositories',
        files: {
          'infrastructure/argocd/kustomization.yaml': `
            resources:
              - github.com/argoproj/argo-cd//manifests/ha
              - https://github.com/argoproj/argo-cd//manifests/cluster-install?ref=stable
              - https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml
              - https://raw.githubusercontent.com/kubernetes-csi/csi-driver-nfs/refs/heads/master/deploy/v4.11.0/rbac-csi-nfs.yaml
            components:
              - git@git.example.org:platform/components.git//tls?ref=main
            patches:
              - path: https://git.example.org/platform/patches/-/raw/HEAD/limits.yaml
          `,
        },
        findings: [
          'infrastructure/argocd/kustomization.yaml:2:5 "github.com/argoproj/argo-cd//manifests/ha" is whatever the default branch holds: name a tag or a commit with "?ref="',
          'infrastructure/argocd/kustomization.yaml:3:5 "https://github.com/argoproj/argo-cd//manifests/cluster-install?ref=stable" moves with "stable": name a tag or a commit',
          'infrastructure/argocd/kustomization.yaml:4:5 "https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml" is whatever the latest release holds: name the release',
          'infrastructure/argocd/kustomization.yaml:5:5 "https://raw.githubusercontent.com/kubernetes-csi/csi-driver-nfs/refs/heads/master/deploy/v4.11.0/rbac-csi-nfs.yaml" moves with "master": name a tag or a commit',
          'infrastructure/argocd/kustomization.yaml:7:5 "git@git.example.org:platform/components.git//tls?ref=main" moves with "main": name a tag or a commit',
          'infrastructure/argocd/kustomization.yaml:9:11 "https://git.example.org/platform/patches/-/raw/HEAD/limits.yaml" moves with "HEAD": name a tag or a commit',
        ],
      },
      {
        title: 'what a pipeline of GitLab includes',
        files: {
          '.gitlab-ci.yml': `
            include:
              - project: platform/pipelines
                file: /deploy.yml
              - project: platform/pipelines
                ref: main
                file: /scan.yml
              - remote: https://git.example.org/platform/pipelines/-/raw/master/lint.yml
              - local: /ci/build.yml
            stages: [deploy]
          `,
          'ci/build.yml': 'build:\n  script: make\n',
        },
        findings: [
          '.gitlab-ci.yml:2:14 "platform/pipelines" is whatever the default branch holds: name a tag or a commit with "ref"',
          '.gitlab-ci.yml:5:10 "platform/pipelines" moves with "main": name a tag or a commit',
          '.gitlab-ci.yml:7:13 "https://git.example.org/platform/pipelines/-/raw/master/lint.yml" moves with "master": name a tag or a commit',
        ],
      },
      {
        title: 'a tag, where a commit is asked for',
        preset: 'regulated',
        files: {
          'apps/web/kustomization.yaml': `
            resources:
              - https://git.example.org/platform/web.git//deploy?ref=v1.4.2
              - https://github.com/fluxcd/source-controller/releases/download/v1.7.2/source-controller.crds.yaml
          `,
        },
        findings: [
          'apps/web/kustomization.yaml:2:5 "https://git.example.org/platform/web.git//deploy?ref=v1.4.2" is at a tag, which can be moved: name the commit',
          'apps/web/kustomization.yaml:3:5 "https://github.com/fluxcd/source-controller/releases/download/v1.7.2/source-controller.crds.yaml" is at a tag, which can be moved: name the commit',
        ],
      },
    ],
    good: [
      {
        title: 'tags, releases and commits',
        files: {
          'apps/web/kustomization.yaml': `
            resources:
              - github.com/argoproj/argo-cd//manifests/ha?ref=v3.1.0
              - https://github.com/fluxcd/source-controller/releases/download/v1.7.2/source-controller.crds.yaml
              - https://raw.githubusercontent.com/stefanprodan/podinfo/6.8.0/kustomize/deployment.yaml
              - https://git.example.org/platform/web.git//deploy?timeout=90s&ref=5f3c1f4e9c3e64e1b3a8f5d2c7b6a99887766554
              - https://manifests.example.org/v1.4.2/web.yaml
              - ssh://git@git.example.org/platform/kustomize.git//base?ref=kustomize/v5.7.1
          `,
          '.gitlab-ci.yml': `
            include:
              - { project: platform/pipelines, ref: 2.4.0, file: /deploy.yml }
              - component: git.example.org/platform/scan@1.0.0
            stages: [deploy]
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a name that may be that of a branch or of a tag',
        files: {
          'apps/web/kustomization.yaml': `
            resources:
              - https://git.example.org/platform/web.git//deploy?ref=autumn
              - https://manifests.example.org/web.yaml
          `,
        },
      },
    ],
  },
});

function* judgeIncludes(document: Document, preset: Preset): Iterable<Report | Skip> {
  const { include } = isFields(document.value) ? document.value : {};
  const isList = Array.isArray(include);
  for (const [index, item] of (isList ? include : [include]).entries()) {
    const field = isList ? ['include', index] : ['include'];
    if (typeof item === 'string' && /^https?:/.test(item)) yield* judge(at(document, ...field), item, revisionOfUrl(item), preset);
    if (!isFields(item)) continue;
    const { project, ref, remote } = item;
    if (typeof remote === 'string') yield* judge(at(document, ...field, 'remote'), remote, revisionOfUrl(remote), preset);
    if (typeof project !== 'string') continue;
    const revision: RemoteRevision = ref === undefined ? { kind: 'default-branch' } : revisionNamed(String(ref));
    yield* judge(at(document, ...field, ref === undefined ? 'project' : 'ref'), project, revision, preset, 'ref');
  }
}

function* judge(place: Place, target: string, revision: RemoteRevision, preset: Preset, key = '?ref='): Iterable<Report | Skip> {
  const problem = describe(revision, key, preset === 'regulated');
  if (problem !== undefined) yield { at: place, message: `"${target}" ${problem}` };
  if (revision.kind === 'unknown') yield { at: place, skipped: 'whether the revision is that of a branch' };
}

function describe(revision: RemoteRevision, key: string, needsCommit: boolean): string | undefined {
  const remedy = needsCommit ? 'name the commit' : 'name a tag or a commit';
  switch (revision.kind) {
    case 'default-branch':
      return `is whatever the default branch holds: ${remedy} with "${key}"`;
    case 'latest-release':
      return 'is whatever the latest release holds: name the release';
    case 'branch':
      return `moves with "${revision.name}": ${remedy}`;
    case 'tag':
      return needsCommit ? 'is at a tag, which can be moved: name the commit' : undefined;
    default:
      return undefined;
  }
}
