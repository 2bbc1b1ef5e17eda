import type { FieldPlace, RepoPath } from '../../core/place.ts';
import type { EntryMatch, PartialReason } from '../../core/rendering.ts';
import { isWithin } from '../../core/repo-path.ts';
import { type Accumulator, appendResources } from './accumulator.ts';
import { openDocuments } from './apply-patches.ts';
import { type Configuration, mergeConfigurations } from './configuration.ts';
import { readCrdConfiguration } from './crd-configuration.ts';
import { readMergeSchema } from './custom-schema.ts';
import { type GeneratorSource, generatorTransform } from './generate.ts';
import { loadObjects, objectsOrUndefined } from './load-objects.ts';
import { pluginTransform } from './plugins.ts';
import { type Kustomization, placeIn, readKustomization } from './read-kustomization.ts';
import { parsedFile, readInline, readValue } from './read-yaml.ts';
import { Refusal } from './refusal.ts';
import { openTarget, type Repository } from './repository.ts';
import { addVariables, mergeVariables } from './resolve-variables.ts';
import { makeResource, type Resource, type Step } from './resource.ts';
import { configurationShape, decode } from './shapes.ts';
import type { KustomizeTables, MergeSchema } from './tables.ts';
import type { Transform, TransformContext } from './transform.ts';
import { transformsOf } from './transforms-of.ts';

/** What a folder adds to whoever includes it: its objects, transformed, before names are settled. */
export interface Evaluation extends Readonly<Accumulator> {
  /** Absent where the kustomization cannot be read here. */
  readonly kustomization?: Kustomization;
  /** The first `openapi` that is met counts from there on, in the whole build. */
  readonly schema: MergeSchema | undefined;
  /** Every folder that it includes, directly or not. */
  readonly folders: ReadonlySet<RepoPath>;
  readonly matches: readonly EntryMatch[];
  /** A file that is listed holds no object: something else fills it in later. */
  readonly isStub: boolean;
}

/** Evaluates each folder once. Throws the `Refusal` of the folder, or of one that it includes. */
export type Evaluate = (folder: RepoPath) => Evaluation;

export interface EvaluationSettings {
  readonly repository: Repository;
  readonly tables: KustomizeTables;
  readonly isRestricted: boolean;
  /** Objects remember what is done to them. */
  readonly tracksSteps: boolean;
}

export function evaluator({ repository, tables, isRestricted, tracksSteps }: EvaluationSettings): Evaluate {
  const known = new Map<MergeSchema | undefined, Map<RepoPath, Evaluation | Refusal>>();
  const kustomizations = new Map<RepoPath, ReturnType<typeof readKustomization> | Refusal>();
  return folder => {
    evaluateBelow(folder);
    return evaluate(folder, undefined);
  };

  /** From the innermost to the outermost, without recursion: bases may be nested a thousand levels deep. */
  function evaluateBelow(root: RepoPath): void {
    const open = new Map<RepoPath, Iterator<Included>>();
    const enter = (folder: RepoPath) => open.set(folder, includedBy(folder));
    enter(root);
    for (let last = root; open.size > 0; ) {
      const next = open.get(last)?.next();
      if (next === undefined || next.done) {
        open.delete(last);
        if (!isComponent(last)) catchRefusal(() => evaluate(last, undefined));
        last = [...open.keys()].at(-1) ?? root;
        continue;
      }
      const { folder, at } = next.value;
      if (open.has(folder)) remember(last, undefined, new Refusal(at, `"${folder || '.'}" includes itself: remove it from the list`));
      else if (!evaluations(undefined).has(folder)) {
        enter(folder);
        last = folder;
      }
    }
  }

  function isComponent(folder: RepoPath): boolean {
    const kustomization = kustomizations.get(folder);
    return kustomization !== undefined && 'isComponent' in kustomization && kustomization.isComponent;
  }

  function* includedBy(folder: RepoPath): Generator<Included> {
    const kustomization = catchRefusal(() => kustomizationOf(folder));
    if (kustomization === undefined || 'unknown' in kustomization) return;
    const { fields, file } = kustomization;
    for (const list of ['resources', 'bases', 'components'] as const) {
      for (const [index, target] of (fields[list] ?? []).entries()) {
        const opened = openTarget(repository, folder, target);
        if ('folder' in opened) yield { folder: opened.folder, at: placeIn(file, [list, index]) };
      }
    }
  }

  function kustomizationOf(folder: RepoPath): ReturnType<typeof readKustomization> {
    let kustomization = kustomizations.get(folder);
    if (kustomization === undefined) {
      kustomization = catchRefusal(() => readKustomization(folder, repository), true);
      kustomizations.set(folder, kustomization);
    }
    if (kustomization instanceof Refusal) throw kustomization;
    return kustomization;
  }

  function evaluations(schema: MergeSchema | undefined): Map<RepoPath, Evaluation | Refusal> {
    let ofSchema = known.get(schema);
    if (ofSchema === undefined) {
      ofSchema = new Map();
      known.set(schema, ofSchema);
    }
    return ofSchema;
  }

  function remember(folder: RepoPath, schema: MergeSchema | undefined, evaluation: Evaluation | Refusal): void {
    const ofSchema = evaluations(schema);
    if (!ofSchema.has(folder)) ofSchema.set(folder, evaluation);
  }

  function evaluate(folder: RepoPath, schema: MergeSchema | undefined): Evaluation {
    const done = evaluations(schema).get(folder);
    const evaluation = done ?? catchRefusal(() => evaluateAnew(folder, schema), true);
    remember(folder, schema, evaluation);
    if (evaluation instanceof Refusal) throw evaluation;
    return evaluation;
  }

  function evaluateAnew(folder: RepoPath, schema: MergeSchema | undefined): Evaluation {
    const kustomization = kustomizationOf(folder);
    const build = newBuild(schema);
    if ('unknown' in kustomization) {
      note(build, { at: { path: kustomization.path }, reason: kustomization.unknown });
      return { ...build, configuration: build.configuration ?? tables.configuration };
    }
    run(kustomization, build, 0);
    return { ...build, configuration: build.configuration ?? tables.configuration, kustomization };
  }

  function newBuild(schema: MergeSchema | undefined): Build {
    return { resources: [], configuration: undefined, variables: [], partial: [], schema, folders: new Set(), matches: [], isStub: false };
  }

  /** A kustomization, or a component on what its parent has so far. */
  function run(kustomization: Kustomization, build: Build, depth: number): void {
    const { fields, file, folder } = kustomization;
    build.schema ??= schemaOf(kustomization, build);
    const at = (...field: readonly (string | number)[]) => placeIn(file, field);
    include(build, fields.resources ?? [], at('resources'), folder);
    include(build, fields.bases ?? [], at('bases'), folder);
    configure(kustomization, build);
    generate(kustomization, build);
    for (const [index, target] of (fields.components ?? []).entries()) addComponent(build, target, at('components', index), folder, depth);
    const accumulator = ready(build);
    for (const { run: transform, kind } of transformsOf(kustomization, accumulator.configuration)) apply(build, transform, { path: file.path, kind });
    for (const { run: transform, step } of plugins(kustomization, build, 'transformers')) apply(build, transform, step);
    for (const [index] of (fields.validators ?? []).entries()) note(build, { at: at('validators', index), reason: 'validators are not run here' });
    addVariables(accumulator, fields.vars ?? [], at('vars'));
  }

  /** The same lists, with a configuration. */
  function ready(build: Build): Accumulator {
    build.configuration ??= tables.configuration;
    // The configuration has just been set.
    return build as Accumulator;
  }

  function apply(build: Build, transform: Transform, step?: Step): void {
    build.resources = transform(build.resources, contextOf(build));
    if (!tracksSteps) return;
    build.resources = build.resources.map(({ steps, ...resource }) => {
      // A patch that takes away all annotations is taken for the origin.
      if (steps === undefined) return { ...resource, steps: [], ...(step && { madeBy: step }) };
      return { ...resource, steps: step ? [...steps, step] : steps };
    });
  }

  function contextOf(build: Build): TransformContext {
    return {
      repository,
      isClusterScoped: tables.isClusterScoped,
      schema: build.schema ?? tables.mergeSchema,
      isRestricted,
      partial: build.partial,
      note: reason => note(build, reason),
      tell: (kind, entry, isMatched) => {
        const isKnown = build.partial.length === 0 && !build.isStub && entry.among.length > 0;
        if (isMatched) build.matches.push({ kind, ...entry, among: [], outcome: 'matched' });
        else build.matches.push({ kind, ...entry, outcome: isKnown ? 'unmatched' : 'unknown' });
      },
    };
  }

  function include(build: Build, targets: readonly string[], at: FieldPlace, folder: RepoPath): void {
    for (const [index, target] of targets.entries()) includeTarget(build, target, { ...at, field: [...at.field, index] }, folder);
  }

  function includeTarget(build: Build, target: string, at: FieldPlace, folder: RepoPath): void {
    const opened = openTarget(repository, folder, target);
    if ('unknown' in opened) {
      note(build, { at, reason: opened.unknown });
      return;
    }
    if ('missing' in opened) throw new Refusal(at, `"${target}" is missing: no file and no folder has this path`);
    if ('file' in opened) {
      if (isRestricted && folder !== '' && !isWithin(opened.file.path, folder)) {
        throw new Refusal(at, `"${target}" is not below the folder of the kustomization: move it there`);
      }
      if (opened.file.classification.template !== undefined) {
        note(build, { at, reason: `"${target}" is a template` });
        return;
      }
      const objects = loadObjects(opened.file);
      if (objects.length === 0) build.isStub = true;
      build.resources = appendResources(
        build.resources,
        tracksSteps ? objects.map(object => ({ ...object, steps: [] })) : objects,
        tables.isClusterScoped,
      );
      return;
    }
    const evaluation = evaluateIncluded(build, opened.folder, target, at, folder);
    const { kustomization } = evaluation;
    if (kustomization?.isComponent) throw new Refusal(at, `"${target}" is a component: list it under "components"`);
    build.resources = appendResources(build.resources, evaluation.resources, tables.isClusterScoped, true);
    mergeInto(build, evaluation);
  }

  function evaluateIncluded(build: Build, included: RepoPath, target: string, at: FieldPlace, folder: RepoPath): Evaluation {
    checkSegments(target, at);
    if (isWithin(folder, included)) throw new Refusal(at, `"${target}" contains the kustomization that lists it: move one of them`);
    const evaluation = evaluate(included, build.schema);
    for (const each of evaluation.folders) {
      if (isWithin(folder, each)) throw new Refusal(at, `"${target}" includes "${each || '.'}", which contains the kustomization: move one of them`);
    }
    return evaluation;
  }

  function mergeInto(build: Build, evaluation: Evaluation): void {
    const accumulator: Accumulator = ready(build);
    const configuration = mergeConfigurations(accumulator.configuration, evaluation.configuration);
    if (configuration === undefined)
      throw new Refusal(evaluation.partial[0]?.at ?? { path: '' }, 'the configurations of two bases contradict each other');
    build.configuration = configuration;
    mergeVariables(accumulator, evaluation.variables);
    if (evaluation.partial.length > 0) build.partial = [...build.partial, ...evaluation.partial];
    build.schema ??= evaluation.schema;
    for (const match of evaluation.matches) build.matches.push(match);
    if (evaluation.isStub) build.isStub = true;
    rememberFolders(build, evaluation);
  }

  function rememberFolders(build: Build, { kustomization, folders }: Pick<Evaluation, 'kustomization' | 'folders'>): void {
    if (kustomization) build.folders.add(kustomization.folder);
    for (const folder of folders) build.folders.add(folder);
  }

  function addComponent(build: Build, target: string, at: FieldPlace, folder: RepoPath, depth: number): void {
    const opened = openTarget(repository, folder, target);
    if ('unknown' in opened) {
      note(build, { at, reason: opened.unknown });
      return;
    }
    if (!('folder' in opened)) throw new Refusal(at, `"${target}" is no folder: a component is a folder with a kustomization`);
    checkSegments(target, at);
    if (isWithin(folder, opened.folder)) throw new Refusal(at, `"${target}" contains the kustomization that lists it: move one of them`);
    if (depth > deepestComponent) throw new Refusal(at, 'components are nested too deeply, or include themselves');
    const component = kustomizationOf(opened.folder);
    if ('unknown' in component) {
      note(build, { at, reason: component.unknown });
      return;
    }
    if (!component.isComponent) throw new Refusal(at, `"${target}" is no component: list it under "resources", or make its kind "Component"`);
    build.folders.add(component.folder);
    run(component, build, depth + 1);
  }

  function configure({ fields, file, folder }: Kustomization, build: Build): void {
    let configuration: Configuration | undefined = tables.configuration;
    for (const list of ['configurations', 'crds'] as const) {
      for (const [index, path] of (fields[list] ?? []).entries()) {
        const at = placeIn(file, [list, index]);
        const added = readConfiguration(path, at, folder, list, build);
        configuration = added && mergeConfigurations(configuration, added);
        if (configuration === undefined) throw new Refusal(at, `"${path}" contradicts other configurations in "create"`);
      }
    }
    const merged = mergeConfigurations(build.configuration ?? configuration, configuration);
    if (merged === undefined) throw new Refusal({ path: file.path }, 'the configurations contradict each other');
    build.configuration = merged;
  }

  function readConfiguration(path: string, at: FieldPlace, folder: RepoPath, list: 'configurations' | 'crds', build: Build): Partial<Configuration> {
    const opened = openDocuments(path, at, folder, contextOf(build));
    if (opened === undefined) return {};
    const { documents, problems } = parsedFile(opened);
    const [problem] = problems;
    if (problem) throw new Refusal({ path: opened.path, start: problem.start, end: problem.end }, problem.message);
    const value = documents[0] && readValue(documents[0], opened, 'go');
    if (list === 'crds') return readCrdConfiguration(value);
    const fitted = decode(value, configurationShape, true);
    if ('message' in fitted) throw new Refusal({ path: opened.path, document: 0, field: fitted.field, part: 'value' }, fitted.message);
    // `decode` has checked it by the shape of these fields.
    return (fitted.value ?? {}) as Partial<Configuration>;
  }

  function generate(kustomization: Kustomization, build: Build): void {
    const { fields, file, folder } = kustomization;
    const options = fields.generatorOptions && { value: fields.generatorOptions, at: placeIn(file, ['generatorOptions']) };
    for (const [list, kind] of [
      ['configMapGenerator', 'ConfigMap'],
      ['secretGenerator', 'Secret'],
    ] as const) {
      for (const [index, entry] of (fields[list] ?? []).entries()) {
        const source: GeneratorSource = { kind, entry, at: placeIn(file, [list, index]), folder, ...(options && { options }) };
        apply(build, generatorTransform(source));
      }
    }
    for (const list of ['helmCharts', 'helmChartInflationGenerator'] as const) {
      for (const [index] of (fields[list] ?? []).entries())
        note(build, { at: placeIn(file, [list, index]), reason: 'Helm charts are not rendered here' });
    }
    for (const { run: transform } of plugins(kustomization, build, 'generators')) apply(build, transform);
  }

  /** Plugins are listed as paths of objects, of kustomizations of objects, or as the objects themselves. */
  function plugins({ fields, file, folder }: Kustomization, build: Build, list: 'transformers' | 'generators'): PluginRun[] {
    const transforms: PluginRun[] = [];
    for (const [index, listed] of (fields[list] ?? []).entries()) {
      const at = placeIn(file, [list, index]);
      for (const plugin of pluginObjects(listed, at, file, folder, build)) {
        const transform = pluginTransform(plugin, folder, at, list === 'generators' ? 'generator' : 'transformer');
        const { path } = plugin.provenance.writers.writer.at;
        if (transform) transforms.push({ run: transform.run, step: { path, kind: transform.kind, name: plugin.id.name } });
        else note(build, { at, reason: `the ${plugin.id.kind} "${plugin.id.name}" is a program: it is not run here` });
      }
    }
    return transforms;
  }

  function pluginObjects(listed: string, at: FieldPlace, file: Kustomization['file'], folder: RepoPath, build: Build): readonly Resource[] {
    const inline = readInline(listed, at, file, 'resource', 'kustomize');
    const objects = inline && objectsOrUndefined(inline);
    if (objects !== undefined && objects.length > 0) return objects.map(object => makeResource(object));
    const separate = newBuild(build.schema);
    includeTarget(separate, listed, at, folder);
    build.partial = [...build.partial, ...separate.partial];
    return separate.resources;
  }

  function schemaOf({ fields, file, folder }: Kustomization, build: Build): MergeSchema | undefined {
    const { path, version } = fields.openapi ?? {};
    if (version && !openApiVersions.has(version))
      throw new Refusal(placeIn(file, ['openapi', 'version']), `the OpenAPI version "${version}" is none that Kustomize brings along`);
    if (path === undefined) return undefined;
    const at = placeIn(file, ['openapi', 'path']);
    if (version !== undefined) throw new Refusal(at, '"openapi" has both "path" and "version": keep one of them');
    const opened = openDocuments(path, at, folder, contextOf(build));
    const document = opened && parsedFile(opened).documents[0];
    return opened && document && readMergeSchema(readValue(document, opened, 'go'));
  }
}

interface PluginRun {
  readonly run: Transform;
  readonly step: Step;
}

interface Included {
  readonly folder: RepoPath;
  readonly at: FieldPlace;
}

/** A kustomization that is being evaluated. */
interface Build extends Omit<Accumulator, 'configuration'> {
  configuration: Configuration | undefined;
  schema: MergeSchema | undefined;
  readonly folders: Set<RepoPath>;
  readonly matches: EntryMatch[];
  isStub: boolean;
}

const deepestComponent = 200;

const openApiVersions = new Set(['v1.21.2']);

function note(build: Pick<Accumulator, 'partial'>, reason: PartialReason): void {
  build.partial = [...build.partial, reason];
}

/** Two entries of a list that have run into one look like a path with dots in it. */
function checkSegments(target: string, at: FieldPlace): void {
  if (target.split('/').some(part => part !== '..' && part.includes('..'))) {
    throw new Refusal(at, `"${target}" is an unlikely path: correct the indentation of the list`);
  }
}

function catchRefusal<T>(run: () => T): T | undefined;
function catchRefusal<T>(run: () => T, keeps: true): T | Refusal;
function catchRefusal<T>(run: () => T, keeps?: true): T | Refusal | undefined {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return keeps ? error : undefined;
  }
}
