import { expect, test } from 'vitest';
import type { Repo } from '../../src/core/repo.ts';
import { application, deployment, fluxKustomization, kustomization, repoOf } from '../model/describe-repo.ts';

const fleet = 'https://git.example.org/acme/fleet.git';
const source = `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { url: ${fleet}, ref: { branch: main } }\n`;

test('a unit delivers what its kustomization makes of the objects, or the objects as they are written', async () => {
  const repo = await repoOf(
    {
      'overlays/production/kustomization.yaml': 'resources: [../../base]\nnamePrefix: live-\n',
      'base/kustomization.yaml': kustomization('web.yaml'),
      'base/web.yaml': deployment('web'),
      'argocd/shop.yaml': application('shop', 'shop'),
      'argocd/bar.yaml': application('bar', 'bar'),
      'shop/kustomization.yaml': 'resources: [shop.yaml]\nnameSuffix: -blue\n',
      'shop/shop.yaml': deployment('shop'),
      'bar/bar.yaml': deployment('bar'),
    },
    [fleet],
  );
  const delivered = deliveriesOf(repo);
  expect(delivered).toContain('kustomization/overlays/production: live-web');
  expect(delivered).toContain('argocd-application/argocd/shop: shop-blue');
  expect(delivered).toContain('argocd-application/argocd/bar: bar');
});

test('what a controller changes is delivered in part, and the reason names the field', async () => {
  const repo = await repoOf(
    {
      'clusters/main/source.yaml': source,
      'clusters/main/web.yaml': fluxKustomization('web', './web'),
      'clusters/main/shop.yaml': fluxKustomization('shop', './shop', '  postBuild: { substitute: { tier: gold } }\n'),
      'web/kustomization.yaml': 'resources: [web.yaml]\nnameSuffix: -blue\n',
      'web/web.yaml': deployment('web'),
      'shop/kustomization.yaml': kustomization('shop.yaml'),
      'shop/shop.yaml': deployment('shop'),
    },
    [fleet],
  );
  const delivered = deliveriesOf(repo);
  expect(delivered).toContain('flux-kustomization/flux-system/web: web-blue');
  expect(delivered).toContain('flux-kustomization/flux-system/shop: ; "postBuild" changes the objects, which is not worked out here');
});

test('the deliveries of a repository are worked out once', async () => {
  const repo = await repoOf({ 'web/kustomization.yaml': kustomization('web.yaml'), 'web/web.yaml': deployment('web') });
  expect(repo.deliveries()).toBe(repo.deliveries());
});

/** Each as `unit: the names of its objects; why it is in part`. */
function deliveriesOf(repo: Repo): string[] {
  return repo.deliveries().map(({ unit, objects, partial }) => {
    const names = objects.map(({ value }) => (value.metadata as { readonly name: string }).name).join(' ');
    return [`${unit.id}: ${names}`, ...partial.map(({ reason }) => reason)].join('; ');
  });
}
