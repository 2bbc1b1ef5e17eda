import { fetchPackage } from './fetch-package.ts';
import { definitionTable, type GeneratedFile } from './generated-file.ts';
import type { KubernetesApi } from './kubernetes-api.ts';
import { readCdk8s } from './kubernetes-cdk8s.ts';
import { readClientNode } from './kubernetes-client-node.ts';
import { describeProperties } from './kubernetes-formats.ts';
import { fillGap, selectPulumi } from './kubernetes-gaps.ts';
import { type Minors, mergeMinors } from './kubernetes-merge.ts';
import { readPulumi } from './kubernetes-pulumi.ts';

const clients = {
  25: '@kubernetes/client-node@0.18.1',
  27: '@kubernetes/client-node@0.19.0',
  28: '@kubernetes/client-node@0.20.0',
  29: '@kubernetes/client-node@0.21.0',
  30: '@kubernetes/client-node@0.22.3',
  32: '@kubernetes/client-node@1.1.2',
  33: '@kubernetes/client-node@1.3.0',
  34: '@kubernetes/client-node@1.4.0',
  36: '@kubernetes/client-node@2.0.1',
} as const;
const cdk8s = {
  25: 'cdk8s-plus-25@2.22.79',
  26: 'cdk8s-plus-26@2.4.17',
  27: 'cdk8s-plus-27@2.9.5',
  28: 'cdk8s-plus-28@2.5.6',
  29: 'cdk8s-plus-29@2.6.0',
  30: 'cdk8s-plus-30@2.4.10',
  31: 'cdk8s-plus-31@2.6.43',
  32: 'cdk8s-plus-32@2.5.92',
  33: 'cdk8s-plus-33@2.5.57',
  34: 'cdk8s-plus-34@2.0.54',
} as const;
const pulumi = '@pulumi/kubernetes@4.29.0';

/** The kinds of every minor of Kubernetes from 1.25 to 1.36, in one table. */
export function generateKubernetes(): Promise<readonly GeneratedFile[]> {
  const exact = new Map(Object.entries(clients).map(([minor, id]) => [Number(minor), readClientNode(fetchPackage(id), Number(minor))]));
  const known = new Set([...exact.values()].flatMap(({ definitions }) => [...definitions.keys()]));
  const rough = new Map(Object.entries(cdk8s).map(([minor, id]) => [Number(minor), readCdk8s(fetchPackage(id), known)]));
  const { kinds, definitions } = mergeMinors(fillGaps(exact, rough, known), describeProperties([...rough.values()]));
  const source = {
    source: 'the API of Kubernetes 1.25 to 1.36, as the types of these packages have it, by test/tools/schemas/kubernetes.ts',
    packages: [...Object.values(clients), ...Object.values(cdk8s), pulumi],
    license: 'Apache-2.0',
  };
  return Promise.resolve([{ path: 'kubernetes.jsonl', text: definitionTable(kinds, definitions), source }]);
}

function fillGaps(exact: Minors, rough: Minors, known: ReadonlySet<string>): Minors {
  const minors: [number, KubernetesApi][] = [...exact];
  for (const minor of [26, 31]) minors.push([minor, fillGap(apiOf(exact, minor - 1), apiOf(rough, minor), apiOf(exact, minor + 1))]);
  const leftovers = readClientNode(fetchPackage(clients[36]), 35);
  const gap = selectPulumi(readPulumi(fetchPackage(pulumi), known), apiOf(exact, 34), leftovers, apiOf(exact, 36));
  minors.push([35, fillGap(apiOf(exact, 34), gap, apiOf(exact, 36))]);
  return new Map(minors.sort(([left], [right]) => left - right));
}

function apiOf(minors: Minors, minor: number): KubernetesApi {
  const api = minors.get(minor);
  if (api === undefined) throw new Error(`no package has Kubernetes 1.${minor}`);
  return api;
}
