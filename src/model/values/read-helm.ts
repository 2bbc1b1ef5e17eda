import type { HelmModel } from '../../core/helm.ts';
import type { HelmInput } from './helm-input.ts';
import { readCharts } from './read-charts.ts';
import { readReleases } from './read-releases.ts';

/** The charts and their releases; worked out when the first rule asks. */
export function helmReader(input: HelmInput): () => HelmModel {
  let model: HelmModel | undefined;
  return () => {
    if (model === undefined) {
      const charts = readCharts(input);
      model = { charts, releases: readReleases(input, charts) };
    }
    return model;
  };
}
