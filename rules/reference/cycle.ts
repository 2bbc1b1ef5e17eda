import type { Reference, Repo, Unit } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

export const cycle = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'Kustomizations, helmfiles or Flux units wait for each other in a circle.',
  rationale: 'Kustomize and helmfile refuse to build a circle. Flux says nothing: every unit of the circle stays at "dependency not ready" for good.',
  since: '0.1.0',

  *check(repo) {
    const units = new Map(repo.units.map(unit => [unit.id, unit]));
    const edges = new Map<string, Edge[]>();
    for (const reference of repo.references) {
      if (!kinds.has(reference.kind)) continue;
      if (reference.state === 'unknown') yield { at: reference.from, skipped: reference.reason ?? 'it is not known what is meant' };
      const edge = toEdge(reference, repo, units);
      if (edge === undefined) continue;
      const list = edges.get(edge.from);
      if (list) list.push(edge);
      else edges.set(edge.from, [edge]);
    }
    for (const circle of findCircles(edges)) {
      const [first, ...others] = circle;
      if (first === undefined) continue;
      const shown = circle.slice(0, longestShown).map(({ name }) => `"${name}"`);
      if (circle.length > longestShown) shown.push(`${circle.length - longestShown} more`);
      const names = [...shown, `"${first.name}"`].join(' → ');
      yield {
        at: first.reference.from,
        message: first.isWait
          ? `${names} wait for each other: take one of the dependencies away`
          : `${names} include each other: take one of them out`,
        related: others.slice(0, longestShown).map(({ reference, name }) => ({ at: reference.from, message: `"${name}" goes on here` })),
      };
    }
  },

  examples: {
    bad: [
      {
        title: 'two kustomizations that include each other',
        files: {
          'apps/shop/kustomization.yaml': 'resources:\n  - ../pay\n',
          'apps/pay/kustomization.yaml': 'resources:\n  - ../shop\n',
        },
        findings: ['apps/pay/kustomization.yaml:2:5 "apps/pay" → "apps/shop" → "apps/pay" include each other: take one of them out'],
      },
      {
        title: 'Flux units that wait for each other',
        files: {
          'clusters/oslo/units.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: network, namespace: flux-system }
            spec:
              dependsOn:
                - name: storage
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: storage, namespace: flux-system }
            spec:
              dependsOn:
                - name: network
          `,
        },
        findings: ['clusters/oslo/units.yaml:6:13 "network" → "storage" → "network" wait for each other: take one of the dependencies away'],
      },
    ],
    good: [
      {
        title: 'a chain, and a base that two overlays share',
        files: {
          'overlays/oslo/kustomization.yaml': 'resources: [../../base]\n',
          'overlays/rome/kustomization.yaml': 'resources: [../oslo, ../../base]\n',
          'base/kustomization.yaml': 'resources: []\n',
        },
      },
      {
        title: 'units of two clusters that have the same names',
        files: {
          'clusters/oslo/units.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: network, namespace: flux-system }
            spec: { dependsOn: [{ name: storage }] }
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: storage, namespace: flux-system }
          `,
          'clusters/rome/units.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: storage, namespace: flux-system }
            spec: { dependsOn: [{ name: network }] }
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: network, namespace: flux-system }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a dependency whose name is filled in later',
        files: {
          'clusters/oslo/units.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: network, namespace: flux-system }
            spec: { dependsOn: [{ name: "\${REGION}-storage" }] }
          `,
        },
      },
    ],
  },
});

/** Of a longer circle the beginning is shown. */
const longestShown = 8;

const kinds: ReadonlySet<Reference['kind']> = new Set([
  'kustomize-resource',
  'kustomize-base',
  'kustomize-component',
  'helmfile-include',
  'flux-depends-on',
] as const);

interface Edge {
  readonly from: string;
  readonly to: string;
  /** What `from` is called in the message. */
  readonly name: string;
  readonly isWait: boolean;
  readonly reference: Reference;
}

function toEdge(reference: Reference, repo: Repo, units: ReadonlyMap<string, Unit>): Edge | undefined {
  const { kind, from, to, state, object } = reference;
  if (state !== 'resolved' || to === undefined) return undefined;
  if (kind === 'flux-depends-on') {
    const own = units.get(reference.unit ?? '')?.resource;
    if (own === undefined || object === undefined) return undefined;
    const keyOf = (resource: typeof own) => `${resource.document.path} ${resource.document.index} ${resource.field.join('.')}`;
    return { from: keyOf(own), to: keyOf(object), name: own.name ?? '', isWait: true, reference };
  }
  if (kind === 'helmfile-include') return { from: from.path, to, name: from.path, isWait: false, reference };
  const own = repo.kustomizations.get(from.path);
  return own && { from: own.folder, to, name: own.folder, isWait: false, reference };
}

/** Circles, each once, in the order of the nodes; the walk keeps its own stack, for a chain may be as long as somebody makes it. */
function findCircles(edges: ReadonlyMap<string, readonly Edge[]>): Edge[][] {
  const circles: Edge[][] = [];
  const done = new Set<string>();
  for (const start of [...edges.keys()].sort()) {
    if (done.has(start)) continue;
    /** The edges that are left to try at each node of the way, and how far along the way each node stands. */
    const way = [{ node: start, left: [...(edges.get(start) ?? [])] }];
    const taken: Edge[] = [];
    const depth = new Map([[start, 0]]);
    for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
      const edge = here.left.shift();
      if (edge === undefined) {
        done.add(here.node);
        depth.delete(here.node);
        way.pop();
        taken.pop();
        continue;
      }
      const back = depth.get(edge.to);
      if (back !== undefined) circles.push([...taken.slice(back), edge]);
      else if (!done.has(edge.to)) {
        depth.set(edge.to, way.length);
        taken.push(edge);
        way.push({ node: edge.to, left: [...(edges.get(edge.to) ?? [])] });
      }
    }
  }
  return circles;
}
