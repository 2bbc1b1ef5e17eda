import { expect, test } from 'vitest';
import { inferFrom, ownerIn } from './infer.ts';

/** The ways in which repositories are laid out: every file of a repository with its owner, and the environments by rank. */
const layouts: Readonly<Record<string, { readonly environments: readonly string[]; readonly owners: Readonly<Record<string, string>> }>> = {
  'A: the environment first': {
    environments: ['development', 'staging', 'production'],
    owners: {
      'delivery/production/kustomization.yaml': 'production',
      'delivery/staging/kustomization.yaml': 'staging',
      'delivery/base/parcel/deployment.yaml': 'shared',
      'clusters/prod-ap-south/tenants/apps.yaml': 'production',
      'clusters/dev-ap-south/tenants/apps.yaml': 'development',
      'envs/prod-nz/kustomization.yml': 'production',
      'envs/stg-nz/kustomization.yml': 'staging',
      'README.md': 'unknown',
    },
  },
  'B: the component, then the environment': {
    environments: ['development', 'test', 'staging', 'production'],
    owners: {
      'components/ferry/production/blue-p01/kustomization.yaml': 'production',
      'components/ferry/production/base/kustomization.yaml': 'production',
      'components/ferry/staging/kustomization.yaml': 'staging',
      'components/ferry/base/deployment.yaml': 'shared',
      'components/ferry/readme.yaml': 'unknown',
      'apps/cargo/test/base/kustomization.yaml': 'test',
      'apps/cargo/dev/base/kustomization.yaml': 'development',
      'groups/group-elm/prod/values.yaml': 'production',
      'groups/group-elm/dev/values.yaml': 'development',
      'groups/group-oak/prod/values.yaml': 'production',
      'groups/group-oak/dev/values.yaml': 'development',
      'groups/group-ash/prod/values.yaml': 'production',
      'groups/group-ash/dev/values.yaml': 'development',
      'groups/group-fir/dev/values.yaml': 'development',
      '02-crew/01-mail-api/03-prod/app.yaml': 'production',
      '02-crew/01-mail-api/02-stage/app.yaml': 'staging',
    },
  },
  'C: an app with overlays': {
    environments: ['staging', 'production'],
    owners: {
      'ledger/base/deployment.yaml': 'shared',
      'ledger/overlays/prod/site/hall7/kustomization.yaml': 'production',
      'ledger/overlays/staging/kustomization.yaml': 'staging',
      'mailer/overlays/ocp-prod/kustomization.yaml': 'production',
      'mailer/overlays/kyoto3/kustomization.yaml': 'unknown',
      'mesh/operator/overlays/stable-4.12/kustomization.yaml': 'unknown',
      'mesh/operator/overlays/tech-preview/kustomization.yaml': 'unknown',
    },
  },
  'D: by cluster': {
    environments: ['development', 'staging', 'production'],
    owners: {
      'clusters/pier9.yaml': 'unknown',
      'config/pier9/ingress.yaml': 'unknown',
      'fleet/archive-staging-rke2/app.yaml': 'staging',
      'fleet/archive-production-rke2/app.yaml': 'production',
      'fleet/utility/app.yaml': 'unknown',
      'management/MC/workload-clusters/SHOP_DEV_CLUSTER_2/app.yaml': 'development',
      'management/MC/workload-clusters/SHOP_PROD_CLUSTER_EU_NORTH/app.yaml': 'production',
      'management/MC/workload-clusters/SHOP_PROD_CLUSTER_EU_NORTH.yaml': 'production',
      'management/MC/workload-clusters/SHOP_DEV_CLUSTER_2.yaml': 'development',
    },
  },
  'E: a folder of environments': {
    environments: ['sandbox', 'production'],
    owners: {
      'environments/prod/addons/dns/values.yaml': 'production',
      'environments/sandbox/addons/dns/values.yaml': 'sandbox',
      'terraform/variables/production/queue.tfvars': 'production',
      'tf/environments/prod/main.tf': 'production',
    },
  },
  'F: Flux in several repositories': {
    environments: ['staging', 'production'],
    owners: {
      'clusters/prod-eu/flux-system/gotk-sync.yaml': 'production',
      'clusters/staging/flux-system/gotk-sync.yaml': 'staging',
      'clusters/update/automation.yaml': 'unknown',
      'components/monitoring/controllers/base/release.yaml': 'shared',
      'components/monitoring/controllers/staging/release.yaml': 'staging',
      'components/monitoring/controllers/production/release.yaml': 'production',
    },
  },
  'G: an app of apps': {
    environments: ['development', 'test', 'production'],
    owners: {
      'argo/overlays/site-infra/applications/envs/site/hall7/app.yaml': 'unknown',
      '03-depot/00-argocd-apps/01-dev/apps.yaml': 'development',
      '03-depot/00-argocd-apps/03-prod/apps.yaml': 'production',
      'envs/prod/templates/parcel.yaml': 'production',
      'envs/test/templates/parcel.yaml': 'test',
      'app-of-sets/production/kustomization.yaml': 'production',
      'app-of-sets/development/kustomization.yaml': 'development',
    },
  },
  'H: ApplicationSets': {
    environments: ['staging', 'production'],
    owners: {
      'sets/base/member/metrics/metrics.yaml': 'shared',
      'sets/overlays/staging/delete.yaml': 'staging',
      'sets/overlays/production/delete.yaml': 'production',
      'cluster-amber/components/applicationsets/tenants.yaml': 'shared',
    },
  },
  'I: one values or patch file for each environment': {
    environments: ['development', 'demo', 'staging', 'production'],
    owners: {
      'charts/portal/values.yaml': 'shared',
      'charts/portal/values-production.yaml': 'production',
      'charts/portal/values-staging.yaml': 'staging',
      'charts/portal/tags/production/parcel': 'production',
      'charts/portal/tags/staging/parcel': 'staging',
      'apps/mail/mail-api/stg.yaml': 'staging',
      'apps/mail/mail-api/prod.yaml': 'production',
      'apps/mail/mail-api/demo.yaml': 'demo',
      'apps/mail/mail-api/mail-api.yaml': 'unknown',
      'config/clusters/heron/enc-prod.secret.values.yaml': 'production',
      'config/clusters/heron/enc-staging.secret.values.yaml': 'staging',
      'config/clusters/heron/common.values.yaml': 'unknown',
      'helmfile.d/queue/values.dev.yaml': 'development',
      'helmfile.d/queue/values.prod.yaml': 'production',
      'values-hub.yaml': 'unknown',
    },
  },
  'J: Terraform for each environment': {
    environments: ['development', 'nonproduction', 'qa', 'staging', 'production'],
    owners: {
      '_common/mysql.hcl': 'shared',
      'non-prod/ap-east-1/qa/redis/terragrunt.hcl': 'qa',
      'non-prod/ap-east-1/stage/redis/terragrunt.hcl': 'staging',
      'non-prod/ap-east-1/region.hcl': 'nonproduction',
      'prod/ap-east-1/prod/redis/terragrunt.hcl': 'production',
      'src/ledger/env/neu-prod02/terraform.tfvars': 'production',
      'src/ledger/env/neu-dev02/terraform.tfvars': 'development',
      'src/ledger/locals_production.tf': 'production',
      'src/ledger/locals_staging.tf': 'staging',
      'src/ledger/backend-prod.hcl': 'production',
      'src/ledger/backend-dev.hcl': 'development',
      'src/ledger/main.tf': 'unknown',
      'modules/redis/main.tf': 'shared',
    },
  },
  'K: Jenkins X': {
    environments: ['staging', 'production'],
    owners: {
      'jx-requirements.yml': 'unknown',
      'helmfiles/jx/helmfile.yaml': 'unknown',
      'helmfiles/jx-staging/helmfile.yaml': 'staging',
      'helmfiles/jx-production/helmfile.yaml': 'production',
      'helmfiles/ingress/helmfile.yaml': 'unknown',
      'versionStream/src/production/kustomization.yaml': 'unknown',
    },
  },
  'L: a namespace for each environment': {
    environments: ['development', 'uat', 'production'],
    owners: {
      'namespaces/live.north.example/fees-dev/00-namespace.yaml': 'development',
      'namespaces/live.north.example/fees-uat/00-namespace.yaml': 'uat',
      'namespaces/live.north.example/fees-prod/00-namespace.yaml': 'production',
      'namespaces/live.north.example/monitoring/00-namespace.yaml': 'unknown',
    },
  },
  'M: a branch for each environment': {
    environments: [],
    owners: { 'apps/parcel/kustomization.yaml': 'unknown', 'argo/parcel.yaml': 'unknown' },
  },
  'N: rings': {
    environments: ['staging', 'production'],
    owners: {
      'components/policy/rings/ring-0/base/kustomization.yaml': 'unknown',
      'components/policy/rings/ring-1/heron/kustomization.yaml': 'unknown',
      'components/policy/staging/kustomization.yaml': 'staging',
      'components/policy/production/kustomization.yaml': 'production',
    },
  },
  'O: a single environment': {
    environments: [],
    owners: {
      'kubernetes/apps/dev/forge/app/release.yaml': 'unknown',
      'kubernetes/apps/media/player/app/release.yaml': 'unknown',
      'kubernetes/clusters/home/flux.yaml': 'unknown',
      'kubernetes/components/volsync/kustomization.yaml': 'unknown',
    },
  },
  'P: inventories': {
    environments: ['development', 'staging', 'production'],
    owners: {
      'ansible/group_vars/prod': 'production',
      'ansible/group_vars/dev': 'development',
      'ansible/group_vars/all': 'unknown',
      'ansible/host_vars/web.dev.example.org/main.yml': 'development',
      'ansible/host_vars/web.prod.example.org/main.yml': 'production',
      'metal/inventories/prod.yml': 'production',
      'metal/inventories/stag.yml': 'staging',
      'ansible/roles/nginx/tasks/main.yml': 'unknown',
    },
  },
  'Q: parameter files': {
    environments: ['development', 'production'],
    owners: { 'openshift/web.prod.param': 'production', 'openshift/web.dev.param': 'development', 'openshift/web.yaml': 'unknown' },
  },
};

for (const [title, { environments, owners }] of Object.entries(layouts)) {
  test(`layout ${title}`, () => {
    const model = inferFrom(Object.keys(owners));
    expect(Object.fromEntries(Object.keys(owners).map(path => [path, ownerIn(model, path)]))).toEqual(owners);
    expect(model.environments.map(({ id }) => id)).toEqual(environments);
  });
}
