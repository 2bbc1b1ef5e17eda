import { relative, resolve, sep } from 'node:path';
import { rules } from '../../rules/index.ts';
import type { SourceFile } from '../core/document.ts';
import { UsageError } from '../core/errors.ts';
import { isFields } from '../core/fields.ts';
import { type FieldPath, type FieldPlace, isFieldPlace, isTextPlace, type Place, type RepoPath, toPointer } from '../core/place.ts';
import { type Origin, originsOf, type RenderedObject, type Rendering } from '../core/rendering.ts';
import type { Repo } from '../core/repo.ts';
import { entryAt, isMapNode, isSequenceNode } from '../core/tape.ts';
import { type SecretMask, secretMask } from '../engine/mask-secrets.ts';
import { isSecretRule } from '../engine/secret-value.ts';
import { environmentIds, loadKnowledge, understand } from '../lint.ts';
import { locatorFor, rangeOf } from '../parse/locate.ts';
import { printYaml } from '../render/print-yaml.ts';
import { printable } from '../report/printable.ts';
import { exitCodes } from './exit-codes.ts';
import { type OpenRepository, openRepository } from './open-repository.ts';
import type { RenderOptions } from './parse-arguments.ts';
import { print } from './print.ts';
import { type CommandProcess, write } from './streams.ts';

/** `gitops-lint render`: the objects that a folder, or everything of an environment, delivers; on request with the origin of each field. */
export async function render(subject: string | undefined, options: RenderOptions, process: CommandProcess): Promise<number> {
  const repository = await openRepository(options, process.cwd());
  const { workspace, config, facts } = repository;
  const listing = await workspace.list();
  const repo = understand({ workspace, config, repository: facts }, listing);
  const folders = foldersToRender(subject, options, repository, repo);
  const renderings = folders.map(folder => ({ folder, ...repo.render(folder) }));
  const show = showObjects(repo, await maskFor(repository, repo));
  const objects = renderings.flatMap(rendering => rendering.objects.map(show));
  const text = objects.map(object => objectText(object, options.provenance ?? false)).join('---\n');
  await print({ version: 1, ...describe(renderings, objects, options.provenance ?? false, repo) }, text, options, process);
  await write(process, 'stderr', renderings.map(rendering => remarks(rendering, repo)).join(''));
  return renderings.some(({ errors }) => errors.length > 0) ? exitCodes.findings : exitCodes.clean;
}

function foldersToRender(subject: string | undefined, { env }: RenderOptions, { root, folder }: OpenRepository, repo: Repo): readonly RepoPath[] {
  if (env !== undefined) {
    if (subject !== undefined) throw new UsageError('a folder and an environment are two things to render', { hint: 'name one of them' });
    return foldersOf(env, repo);
  }
  const path = relative(root, resolve(folder, subject ?? '.'))
    .split(sep)
    .join('/');
  const kustomization = repo.kustomizations.get(path);
  if (kustomization) return [kustomization.folder];
  if (repo.entries.get(path) === 'folder') return [path];
  throw new UsageError(`"${subject ?? '.'}" is no folder of the repository`, {
    hint: 'name a folder with a kustomization.yaml, or an environment with --env',
  });
}

/** What is delivered to an environment, each folder once. */
function foldersOf(environment: string, repo: Repo): readonly RepoPath[] {
  const ids = new Set(environmentIds(environment, repo));
  const withKustomization = new Set([...repo.kustomizations.values()].map(({ folder }) => folder));
  const folders = repo.units.flatMap(unit => {
    const isMeant = unit.environment.kind === 'environment' && ids.has(unit.environment.id);
    if (!isMeant || (unit.kind === 'kustomization' && !unit.isRoot)) return [];
    return unit.sources.flatMap(({ path, repository }) =>
      repository === 'this' && path && 'known' in path && withKustomization.has(path.known) ? [path.known] : [],
    );
  });
  if (folders.length === 0)
    throw new UsageError(`nothing with a kustomization is delivered to "${environment}"`, { hint: '`gitops-lint env` lists the environments' });
  return [...new Set(folders)].sort();
}

async function maskFor({ config }: OpenRepository, repo: Repo): Promise<SecretMask> {
  const knowledge = await loadKnowledge(repo, config, new Date().toISOString().slice(0, 10));
  return secretMask({ files: repo.files, reports: [], silentRules: rules.filter(isSecretRule), knowledge });
}

/** An object as it may be shown. */
interface ShownObject {
  readonly value: unknown;
  readonly originsOf: (field: FieldPath) => readonly Origin[];
  readonly describe: (origin: Origin) => string;
}

/** Bullets that tell nothing of a length. */
const masked = '••••••••';

function showObjects(repo: Repo, mask: SecretMask): (object: RenderedObject) => ShownObject {
  const locators = new Map<RepoPath, ReturnType<typeof locatorFor>>();
  const describePlace = (at: Place): string => {
    const file = repo.files.get(at.path);
    if (!file) return at.path;
    const locate = locators.get(at.path) ?? locatorFor(file);
    locators.set(at.path, locate);
    const { start } = locate(at).start.offset === 0 && !isFieldPlace(at) && !isTextPlace(at) ? { start: undefined } : locate(at);
    return start === undefined ? at.path : `${at.path}:${start.line}:${start.column}`;
  };
  return object => {
    const origins = (field: FieldPath) => originsOf(object, field);
    return {
      value: maskLeaves(object.value, [], object, origins, repo, mask),
      originsOf: origins,
      describe: ({ at, by }) => `${describePlace(at)} ${by}`,
    };
  };
}

function maskLeaves(
  value: unknown,
  field: FieldPath,
  object: RenderedObject,
  origins: (field: FieldPath) => readonly Origin[],
  repo: Repo,
  mask: SecretMask,
): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, index) => maskLeaves(item, [...field, index], object, origins, repo, mask));
  if (isFields(value))
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, maskLeaves(held, [...field, key], object, origins, repo, mask)]));
  if (value === null || typeof value === 'boolean') return value;
  if (object.value.kind === 'Secret' && (field[0] === 'data' || field[0] === 'stringData' || field[1] === 'annotations')) return masked;
  return maskScalar(value, origins(field), repo, mask);
}

/** What is a secret where it is written is one wherever it arrives. */
function maskScalar(value: unknown, origins: readonly Origin[], { files }: Repo, mask: SecretMask): unknown {
  for (const { at } of origins) {
    const file = files.get(at.path);
    const shown = file && mask.frameText(at.path);
    if (file === undefined || shown === undefined || shown === file.text) continue;
    if (!isFieldPlace(at) && !isTextPlace(at)) return value === file.text ? shown : masked;
    // What a generator adds of its own has the whole entry as its origin.
    if (isFieldPlace(at) && isCollection(file, at)) continue;
    const [start, end] = rangeOf(file, at);
    if (shown.slice(start, end) !== file.text.slice(start, end)) return masked;
  }
  return value;
}

function isCollection({ documents, text }: SourceFile, { document, field }: FieldPlace): boolean {
  const tape = documents[document]?.tape;
  const entry = tape && entryAt(tape, text, field);
  return tape !== undefined && entry !== undefined && (isMapNode(tape, entry.value) || isSequenceNode(tape, entry.value));
}

function objectText({ value, originsOf: origins, describe: describeOrigin }: ShownObject, hasProvenance: boolean): string {
  let field: FieldPath = [];
  return printYaml(value)
    .map(line => {
      field = line.field ?? field;
      const [origin] = hasProvenance && line.takesComment ? origins(field) : [];
      return `${line.text}${origin ? `  # ${printable(describeOrigin(origin))}` : ''}\n`;
    })
    .join('');
}

function describe(
  renderings: readonly (Rendering & { readonly folder: RepoPath })[],
  objects: readonly ShownObject[],
  hasProvenance: boolean,
  repo: Repo,
) {
  const describeProblem = (at: Place, message: string) => ({ ...locationOf(at, repo), message });
  return {
    folders: renderings.map(({ folder, errors, partial }) => ({
      folder,
      errors: errors.map(({ at, message }) => describeProblem(at, message)),
      partial: partial.map(({ at, reason }) => describeProblem(at, reason)),
    })),
    objects: objects.map(object => ({
      value: object.value,
      ...(hasProvenance && { origins: Object.fromEntries(leafOrigins(object, object.value, [])) }),
    })),
  };
}

function* leafOrigins(object: ShownObject, value: unknown, field: FieldPath): Generator<[string, readonly string[]]> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    yield [toPointer(field), object.originsOf(field).map(object.describe)];
    return;
  }
  for (const key of Object.keys(value)) {
    const part = Array.isArray(value) ? Number(key) : key;
    yield* leafOrigins(object, (value as Readonly<Record<string | number, unknown>>)[part], [...field, part]);
  }
}

function locationOf(at: Place, { files }: Repo): { readonly path: RepoPath; readonly line?: number; readonly column?: number } {
  const file = files.get(at.path);
  if (file === undefined || (!isFieldPlace(at) && !isTextPlace(at))) return { path: at.path };
  const { start } = locatorFor(file)(at);
  return { path: at.path, line: start.line, column: start.column };
}

function remarks({ errors, partial }: Rendering, repo: Repo): string {
  const lines = [
    ...errors.map(({ at, message }) => remark(at, message, repo)),
    ...partial.map(({ at, reason }) => remark(at, `rendered in part: ${reason}`, repo)),
  ];
  return [...new Set(lines)].join('');
}

function remark(at: Place, message: string, repo: Repo): string {
  const { path, line, column } = locationOf(at, repo);
  return `${printable(path || '.')}${line === undefined ? '' : `:${line}:${column}`} ${printable(message)}\n`;
}
