import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy } from '../../../src/report/group-by.ts';
import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import { type Declaration, type FindDeclaration, readDeclarations } from './custom-resources-declarations.ts';
import { listWords, unusedWords } from './custom-resources-enums.ts';
import { relax, unusedRelaxations } from './custom-resources-relaxations.ts';
import { resourceTable } from './custom-resources-table.ts';
import { type Constraints, readConstraints } from './custom-resources-validators.ts';
import { describePackage, fetchPackage, type PackageId } from './fetch-package.ts';
import type { GeneratedFile } from './generated-file.ts';
import packages from './packages.json' with { type: 'json' };

/** A kind of a custom resource and what declares it. */
export interface CustomKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly file: string;
  readonly package: PackageId;
}

/** Generates custom-resources/<group>.jsonl from the declarations and the compiled validators of @kubernetes-models. */
export async function generateCustomResources(): Promise<readonly GeneratedFile[]> {
  const ids = (Object.keys(packages) as PackageId[]).filter(id => /(^|@)kubernetes-models[@/]/.test(id));
  const folders = new Map(ids.map(id => [describePackage(id).package, fetchPackage(id)]));
  const folderOf = (name: string) => folders.get(name) ?? missing(name);
  const find = remember(constrainedDeclarations(readDeclarations(folderOf), [...folders.values()]));
  const kinds = ids.filter(isOfCustomResources).flatMap(id => kindsOf(id, folderOf(describePackage(id).package), find));
  const groups = groupBy(kinds, ({ apiVersion }) => apiVersion.slice(0, apiVersion.indexOf('/')));
  const files: GeneratedFile[] = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, members]) => ({
      path: `custom-resources/${group}.jsonl`,
      text: resourceTable(members, relaxedDeclarations(group, find)),
      source: {
        source: 'the .d.ts files and the compiled validators of the packages, by test/tools/schemas/custom-resources.ts',
        packages: [...new Set(members.map(member => member.package)), ...ids.filter(id => !isOfCustomResources(id))],
        license: 'MIT',
      },
    }));
  const unused = [...unusedRelaxations(), ...unusedWords()];
  const [anyFile] = files;
  if (anyFile !== undefined)
    files.push({ path: 'custom-resources.json', text: `${JSON.stringify([...groups.keys()].sort())}\n`, source: anyFile.source });
  if (unused.length > 0) throw new Error(`relaxations or words that meet nothing: ${unused.join('; ')}`);
  return files;
}

function missing(name: string): never {
  throw new Error(`packages.json does not pin ${name}`);
}

/** The two others have what custom resources take from Kubernetes. */
function isOfCustomResources(id: PackageId): boolean {
  return id.startsWith('@kubernetes-models/') && !id.startsWith('@kubernetes-models/apimachinery@');
}

function remember(find: FindDeclaration): FindDeclaration {
  const known = new Map<string, Declaration>();
  return file => {
    const declaration = known.get(file) ?? find(file);
    known.set(file, declaration);
    return declaration;
  };
}

/** Declarations with what their validators say. */
function constrainedDeclarations(find: FindDeclaration, folders: readonly string[]): FindDeclaration {
  return file => {
    const declaration = find(file);
    const folder = folders.find(path => file.startsWith(`${path}/`)) ?? '';
    const validator = join(folder, '_schemas', `${validatorOf(declaration)}.js`);
    if (!existsSync(validator)) return declaration;
    return { ...declaration, schema: constrain(declaration.schema, readConstraints(readFileSync(validator, 'utf8'))) };
  };
}

/** Declarations without what is stricter than the CRDs of a group, and with the words that only the CRDs list. */
function relaxedDeclarations(group: string, find: FindDeclaration): FindDeclaration {
  return remember(file => {
    const declaration = find(file);
    return { ...declaration, schema: listWords(group, relax(group, declaration, find), find) };
  });
}

/** The .js file beside a declaration imports its validator; that of a type has none and the name of the type. */
function validatorOf({ file, exportedName }: Declaration): string {
  const script = readFileSync(file.replace(/\.d\.ts$/, '.js'), 'utf8');
  return /_schemas\/(\w+)\.js/.exec(script)?.[1] ?? exportedName;
}

const formats = new Set(['date-time', 'byte', 'duration']);

/** Adds limits, patterns and formats, and tells whole numbers from others. */
function constrain(schema: JsonSchema, { keywords, properties, items, values }: Constraints): JsonSchema {
  if (schema.$ref !== undefined || schema.format === 'int-or-string' || schema.format === 'quantity') return schema;
  const { type, format, pattern, ...limits } = keywords;
  if (schema['x-kubernetes-preserve-unknown-fields']) return type === 'object' ? schema : { 'x-kubernetes-preserve-unknown-fields': true };
  return {
    ...schema,
    ...(type === 'integer' && schema.type === 'number' && { type }),
    ...(format !== undefined && formats.has(format) && schema.type === 'string' && { format }),
    ...limits,
    ...(pattern !== undefined && usablePattern(pattern)),
    ...(schema.properties !== undefined && {
      properties: Object.fromEntries(Object.entries(schema.properties).map(([name, field]) => [name, constrainField(field, properties.get(name))])),
    }),
    ...(schema.items !== undefined && { items: constrainField(schema.items, items) }),
    ...(typeof schema.additionalProperties === 'object' && { additionalProperties: constrainField(schema.additionalProperties, values) }),
  };
}

/** Go's syntax has a few things that that of JavaScript lacks, and its patterns cannot backtrack. */
function usablePattern(pattern: string): JsonSchema {
  if (pattern === '^([0-9]+(ns|us|µs|ms|s|m|h)?)+$') return { pattern: '^[0-9]+((ns|us|µs|ms|s|m|h)[0-9]+)*(ns|us|µs|ms|s|m|h)?$' };
  const [, label] = /^\^\((\[[^\]]+\]\+)\[\.\]\?\)\+\$$/.exec(pattern) ?? [];
  if (label !== undefined) return { pattern: `^${label}([.]${label})*[.]?$` };
  try {
    new RegExp(pattern);
    new RegExp(pattern, 'u');
    return { pattern };
  } catch {
    return {};
  }
}

function constrainField(schema: JsonSchema, constraints: Constraints | undefined): JsonSchema {
  return constraints === undefined ? schema : constrain(schema, constraints);
}

/** Go types with a kind that no CRD serves: parts of other kinds. */
const notServed = new Set(['ChannelTemplateSpec', 'EmbeddedPersistentVolumeClaim', 'EventPolicySelector', 'PodScalable', 'WithTriggers']);

/** The kinds that a package declares, without lists of them. */
function kindsOf(id: PackageId, folder: string, find: FindDeclaration): CustomKind[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isDeclarationFile).sort();
  return files.flatMap(name => {
    const file = join(folder, name);
    if (!/"kind": "/.test(readFileSync(file, 'utf8'))) return [];
    const { apiVersion, kind, items } = find(file).schema.properties ?? {};
    const [version] = apiVersion?.enum ?? [];
    const [word] = kind?.enum ?? [];
    if (typeof version !== 'string' || typeof word !== 'string' || notServed.has(word) || (items !== undefined && word.endsWith('List'))) return [];
    const served = [version, ...(alsoServed[`${version}/${word}`] ?? [])];
    return served.map(apiVersion => ({ apiVersion, kind: word, file, package: id }));
  });
}

/** Versions of newer releases, with the fields that an older version has, or fewer. */
const alsoServed: Readonly<Record<string, readonly string[]>> = {
  'gateway.networking.k8s.io/v1alpha2/TCPRoute': ['gateway.networking.k8s.io/v1'],
  'gateway.networking.k8s.io/v1alpha2/UDPRoute': ['gateway.networking.k8s.io/v1'],
  'notification.toolkit.fluxcd.io/v1beta3/Alert': ['notification.toolkit.fluxcd.io/v1'],
  'notification.toolkit.fluxcd.io/v1beta3/Provider': ['notification.toolkit.fluxcd.io/v1'],
};

function isDeclarationFile(path: string): boolean {
  return path.endsWith('.d.ts') && !path.endsWith('index.d.ts') && !path.startsWith('_schemas');
}
