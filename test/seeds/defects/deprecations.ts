import { replaceField } from '../edit-text.ts';
import { fieldAt, mentionsIn } from '../mentions.ts';
import type { Repository } from '../read-repository.ts';
import type { Defect, Seeder, Seeders } from '../seed.ts';

/** Objects with a version of their API that has gone. */
export const deprecationDefects: Seeders<Defect> = {
  'an object has a version of an API that no Kubernetes serves': withOldVersion('deprecation/kubernetes-api', {
    'apps/v1 Deployment': 'extensions/v1beta1',
    'apps/v1 StatefulSet': 'apps/v1beta2',
    'networking.k8s.io/v1 Ingress': 'networking.k8s.io/v1beta1',
    'networking.k8s.io/v1 IngressClass': 'networking.k8s.io/v1beta1',
    'rbac.authorization.k8s.io/v1 RoleBinding': 'rbac.authorization.k8s.io/v1beta1',
    'storage.k8s.io/v1 StorageClass': 'storage.k8s.io/v1beta1',
    'batch/v1 CronJob': 'batch/v1beta1',
    'policy/v1 PodDisruptionBudget': 'policy/v1beta1',
  }),
  'an object has a version of an API that some Kubernetes serve': withOldVersion('deprecation/kubernetes-api', {
    'autoscaling/v2 HorizontalPodAutoscaler': 'autoscaling/v2beta2',
  }),
  'an object of a controller has an old version': withOldVersion('deprecation/gitops-api', {
    'kustomize.toolkit.fluxcd.io/v1 Kustomization': 'kustomize.toolkit.fluxcd.io/v1beta2',
    'helm.toolkit.fluxcd.io/v2 HelmRelease': 'helm.toolkit.fluxcd.io/v2beta2',
    'source.toolkit.fluxcd.io/v1 GitRepository': 'source.toolkit.fluxcd.io/v1beta2',
    'source.toolkit.fluxcd.io/v1 HelmRepository': 'source.toolkit.fluxcd.io/v1beta2',
    'cert-manager.io/v1 ClusterIssuer': 'cert-manager.io/v1alpha2',
    'external-secrets.io/v1 ExternalSecret': 'external-secrets.io/v1beta1',
  }),
};

/** Patches are left out: they find their object by its version, and say nothing of their own. */
function withOldVersion(ruleId: string, old: Readonly<Record<string, string>>): Seeder<Defect> {
  return function* (repository) {
    const patches = patchesOf(repository);
    for (const document of repository.documents) {
      const by = old[`${document.apiVersion} ${document.kind}`];
      const field = fieldAt(document, 'apiVersion');
      if (by === undefined || field === undefined || patches.has(document.path)) continue;
      yield { files: { [document.path]: replaceField(field, by) }, expected: [{ ruleId, path: document.path, line: field.line }] };
    }
  };
}

function patchesOf(repository: Repository): ReadonlySet<string> {
  return new Set(mentionsIn(repository).flatMap(({ kind, target }) => (kind === 'patch' ? [target] : [])));
}
