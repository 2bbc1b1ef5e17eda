import { helmApplication } from './generator/helm-application.ts';
import { kustomizeApplication } from './generator/kustomize-application.ts';
import { customResourceDefinition, dashboard } from './generator/large-files.ts';
import { applicationName, environments } from './generator/names.ts';
import { argocdProjects, controller, controllerNames, kustomization, platform } from './generator/platform.ts';
import { createRandom } from './generator/random.ts';
import { terraform } from './generator/terraform.ts';

/**
 * A healthy GitOps repository of exactly `count` files (30 at least), by path: applications in Kustomize and Helm,
 * delivered to three environments by Flux and Argo CD. The same count and seed give the same texts everywhere.
 */
export function generateRepository(count: number, seed = 1): ReadonlyMap<string, string> {
  const random = createRandom(seed);
  const files = new Map(Object.entries(platform(random)));
  const fits = (unit: Record<string, string>, reserve: number) => files.size + Object.keys(unit).length + reserve <= count;
  const add = (unit: Record<string, string>) => {
    for (const [path, text] of Object.entries(unit)) files.set(path, text);
  };

  // The files that list others are written last; until then their places are kept free.
  const lists = count >= 100 ? 7 : 2;
  if (count >= 100) {
    for (const name of controllerNames.slice(0, Math.ceil(count / 200))) add(controller(name, random));
    add(terraform());
    for (let index = 1; index <= count / 250; index++) {
      const group = `kind${index}`;
      add({ [`infrastructure/crds/${group}.yaml`]: customResourceDefinition(group, random) });
    }
    for (let index = 1; index <= count / 100; index++) {
      const title = `service_${index}`;
      add({ [`infrastructure/dashboards/${title}.json`]: dashboard(title, random) });
    }
  }
  const teams = new Set<string>();
  for (let index = 0; ; index++) {
    const name = applicationName(index);
    const controller = count >= 100 && index % 2 === 0 ? 'argocd' : 'flux';
    let unit = count >= 100 && index % 4 === 3 ? helmApplication(name, random) : kustomizeApplication(name, controller, random, index > 0);
    if (!fits(unit, lists)) unit = kustomizeApplication(name, controller, random, false);
    if (!fits(unit, lists)) break;
    add(unit);
    teams.add(name.team);
  }

  add(listings([...files.keys()]));
  if (count >= 100)
    for (const environment of environments) add({ [`clusters/${environment}/argocd/projects.yaml`]: argocdProjects([...teams].sort(), environment) });
  for (let page = 1; files.size < count; page++) add({ [`docs/runbooks/${String(page).padStart(2, '0')}.md`]: runbook(page) });
  return files;
}

/** The kustomization files of infrastructure, each of which lists what stands beside it. */
function listings(paths: readonly string[]): Record<string, string> {
  const below = (folder: string) =>
    [...new Set(paths.filter(path => path.startsWith(folder)).map(path => path.slice(folder.length).split('/')[0] ?? ''))].sort();
  const definitions = below('infrastructure/crds/');
  const dashboards = below('infrastructure/dashboards/');
  const files: Record<string, string> = {};
  files['infrastructure/controllers/kustomization.yaml'] = kustomization(below('infrastructure/controllers/'));
  if (definitions.length > 0) files['infrastructure/crds/kustomization.yaml'] = kustomization(definitions);
  if (dashboards.length > 0) files['infrastructure/dashboards/kustomization.yaml'] = dashboardMaps(dashboards);
  files['infrastructure/kustomization.yaml'] = kustomization(Object.keys(files).map(path => path.split('/')[1] ?? ''));
  return files;
}

function dashboardMaps(dashboards: readonly string[]): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: monitoring
configMapGenerator:
${dashboards.map(file => `  - name: ${file.replace('.json', '').replace('_', '-')}\n    files:\n      - ${file}\n`).join('')}generatorOptions:
  labels:
    grafana_dashboard: "1"
`;
}

function runbook(page: number): string {
  return `# Runbook ${page}\n\n1. Look at the dashboard of the service.\n2. Compare the version in Git with the one that runs.\n3. Roll back by reverting the merge.\n`;
}
