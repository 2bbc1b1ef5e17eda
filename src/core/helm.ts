import type { Document, SourceFile } from './document.ts';
import type { EnvironmentOwner } from './environment.ts';
import type { Fields } from './fields.ts';
import type { FieldPath, Place, RepoPath } from './place.ts';

/** The charts that stand in the repository and who installs them with which values. */
export interface HelmModel {
  /** By folder. */
  readonly charts: ReadonlyMap<RepoPath, Chart>;
  readonly releases: readonly HelmRelease[];
}

export interface Chart {
  readonly folder: RepoPath;
  readonly name: string;
  readonly metadata: Document;
  /** The document that lists the dependencies: the metadata or, in charts of Helm 2, `requirements.yaml`. */
  readonly requirements: Document;
  readonly dependencies: readonly ChartDependency[];
  readonly values?: Document;
  readonly valuesSchema?: Document;
  /** Everything of the chart but its values and its subcharts. */
  readonly files: readonly SourceFile[];
  /** Somebody else's, unpacked into this repository. */
  readonly isVendored: boolean;
}

/** An entry of `dependencies`, or a chart that stands below `charts/` without one. */
export interface ChartDependency {
  /** The key of its values: the alias or the name. */
  readonly key: string;
  readonly entry?: { readonly index: number; readonly fields: Fields };
  /** Where it stands in the repository; absent where it is fetched. */
  readonly folder?: RepoPath;
}

/** One installation of a chart. */
export interface HelmRelease {
  /** Id of the unit that installs the chart. */
  readonly unit: string;
  readonly name: string;
  readonly environment: EnvironmentOwner;
  /** What installs the chart. */
  readonly at: Place;
  /** The chart that is installed, where it stands in the repository. */
  readonly chart?: RepoPath;
  /** In place of the chart's own values: the files that Flux makes them of. */
  readonly defaults?: readonly ValuesLayer[];
  /** The values that the release gives, the one that wins last. */
  readonly layers: readonly ValuesLayer[];
  readonly skipsSchema: boolean;
}

/** Values from one place: a file, a field of an object, a parameter. */
export interface ValuesLayer {
  readonly at: Place;
  readonly content: { readonly known: Fields } | { readonly unknown: string };
  /** The file that holds them, where they fill one. */
  readonly file?: RepoPath;
  /** Where a field of the content is written. */
  readonly placeOf: (field: FieldPath, part: 'key' | 'value') => Place;
}
