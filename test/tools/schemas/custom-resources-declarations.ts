import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { JsonSchema } from '../../../src/schema/json-schema.ts';

/** An interface or a type that a package declares. */
export interface Declaration {
  /** The .d.ts file. */
  readonly file: string;
  /** As the file itself calls it, without the leading "I": HelmReleaseSpec. */
  readonly name: string;
  /** As others call it, also without "I"; its compiled validator has that name. */
  readonly exportedName: string;
  readonly schema: JsonSchema;
}

/** What a `$ref` means. */
export type FindDeclaration = (file: string) => Declaration;

/**
 * Reads the declarations of @kubernetes-models packages as structural schemas. A `$ref` in them is the path of the file
 * that declares what is meant. An interface without fields is an object that may have any.
 */
export function readDeclarations(folderOf: (packageName: string) => string): FindDeclaration {
  const read = new Map<string, Declaration>();
  const find: FindDeclaration = file => {
    const known = read.get(file);
    if (known !== undefined) return known;
    const declaration = readDeclaration(file, folderOf, find);
    read.set(file, declaration);
    return declaration;
  };
  return find;
}

interface Context {
  readonly source: ts.SourceFile;
  readonly resolve: (name: string) => string | undefined;
  readonly find: FindDeclaration;
}

function readDeclaration(file: string, folderOf: (packageName: string) => string, find: FindDeclaration): Declaration {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const statement = source.statements.find(isDeclaration);
  if (statement === undefined) throw new Error(`${file} declares nothing`);
  const imports = importsOf(source, folderOf);
  const context = { source, find, resolve: (name: string) => imports.get(name) };
  const schema = ts.isInterfaceDeclaration(statement) ? interfaceSchema(statement, context) : typeSchema(statement.type, context);
  const name = statement.name.text;
  return {
    file,
    name: name.slice(1),
    exportedName: exportedName(source, name).slice(1),
    schema: wellKnown.get(exportedName(source, name)) ?? schema,
  };
}

/** What Kubernetes reads otherwise than the declaration says. */
const wellKnown = new Map<string, JsonSchema>([
  ['IIoK8sApimachineryPkgUtilIntstrIntOrString', { format: 'int-or-string' }],
  ['IIoK8sApimachineryPkgApiResourceQuantity', { format: 'quantity' }],
  ['IIoK8sApimachineryPkgApisMetaV1Time', { type: 'string', format: 'date-time' }],
  ['IIoK8sApimachineryPkgApisMetaV1MicroTime', { type: 'string', format: 'date-time' }],
  ['IIoK8sApiextensionsApiserverPkgApisApiextensionsV1JSON', { 'x-kubernetes-preserve-unknown-fields': true }],
]);

function isDeclaration(statement: ts.Statement): statement is ts.InterfaceDeclaration | ts.TypeAliasDeclaration {
  return ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
}

/** The files that imported names come from. */
function importsOf(source: ts.SourceFile, folderOf: (packageName: string) => string): Map<string, string> {
  const found = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const file = fileOf(statement.moduleSpecifier.text, source.fileName, folderOf);
    if (file === undefined) continue;
    for (const { name } of bindings.elements) found.set(name.text, file);
  }
  return found;
}

function fileOf(specifier: string, from: string, folderOf: (packageName: string) => string): string | undefined {
  if (specifier === '@kubernetes-models/base') return undefined;
  if (specifier.startsWith('.')) return join(dirname(from), specifier.replace(/\.js$/, '.d.ts'));
  const [, packageName = '', path = ''] = /^((?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(specifier) ?? [];
  const file = join(folderOf(packageName), `${path}.d.ts`);
  if (!existsSync(file)) throw new Error(`${from}: no ${specifier}`);
  return file;
}

/** `export type { IName as ILongName }`: the long name. */
function exportedName(source: ts.SourceFile, name: string): string {
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) continue;
    for (const element of statement.exportClause.elements) if (element.propertyName?.text === name) return element.name.text;
  }
  return name;
}

function interfaceSchema(declaration: ts.InterfaceDeclaration, context: Context): JsonSchema {
  const own = objectSchema(declaration.members, context);
  const bases = (declaration.heritageClauses ?? []).flatMap(clause => clause.types.map(({ expression }) => baseSchema(expression, context)));
  return mergeObjects([...bases, own]);
}

function baseSchema(expression: ts.Expression, { resolve, find }: Context): JsonSchema {
  const id = ts.isIdentifier(expression) ? resolve(expression.text) : undefined;
  return id === undefined ? {} : resolveSchema(find(id).schema, find);
}

/** The schema that a chain of references ends at. */
function resolveSchema(schema: JsonSchema, find: FindDeclaration): JsonSchema {
  return schema.$ref === undefined ? schema : resolveSchema(find(schema.$ref).schema, find);
}

function typeSchema(type: ts.TypeNode, context: Context): JsonSchema {
  if (ts.isParenthesizedTypeNode(type)) return typeSchema(type.type, context);
  if (ts.isArrayTypeNode(type)) return { type: 'array', items: typeSchema(type.elementType, context) };
  if (ts.isTypeLiteralNode(type)) return objectSchema(type.members, context);
  if (ts.isLiteralTypeNode(type)) return enumSchema([literalValue(type, context)]);
  if (ts.isUnionTypeNode(type)) return unionSchema(type.types, context);
  if (ts.isIntersectionTypeNode(type)) return mergeObjects(type.types.filter(part => !isExclude(part)).map(part => resolvedType(part, context)));
  if (ts.isTypeReferenceNode(type)) return referenceSchema(type, context);
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { type: 'string' };
    case ts.SyntaxKind.NumberKeyword:
      return { type: 'number' };
    case ts.SyntaxKind.BooleanKeyword:
      return { type: 'boolean' };
    case ts.SyntaxKind.AnyKeyword:
      return { 'x-kubernetes-preserve-unknown-fields': true };
    default:
      throw new Error(`${context.source.fileName}: ${ts.SyntaxKind[type.kind]} is not known`);
  }
}

function objectSchema(members: readonly ts.TypeElement[], context: Context): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  let values: JsonSchema | undefined;
  for (const member of members) {
    if (ts.isIndexSignatureDeclaration(member)) values = typeSchema(member.type, context);
    if (!ts.isPropertySignature(member) || member.type === undefined || !ts.isStringLiteral(member.name)) continue;
    properties[member.name.text] = typeSchema(member.type, context);
    if (member.questionToken === undefined) required.push(member.name.text);
  }
  const hasProperties = Object.keys(properties).length > 0;
  return {
    type: 'object',
    ...(hasProperties && { properties }),
    ...(required.length > 0 && { required }),
    ...(values !== undefined && { additionalProperties: values }),
    ...(!hasProperties && values === undefined && { 'x-kubernetes-preserve-unknown-fields': true }),
  };
}

/** Literals are an enum; alternatives of an object are one object in which only the fields of all are required. */
function unionSchema(types: readonly ts.TypeNode[], context: Context): JsonSchema {
  if (types.every(ts.isLiteralTypeNode)) return enumSchema(types.map(type => literalValue(type, context)));
  const kinds = new Set(types.map(({ kind }) => kind));
  if (kinds.size === 2 && kinds.has(ts.SyntaxKind.NumberKeyword) && kinds.has(ts.SyntaxKind.StringKeyword)) return { format: 'int-or-string' };
  const parts = types.filter(type => !isExclude(type)).map(type => resolvedType(type, context));
  const merged = mergeObjects(parts);
  const required = merged.required?.filter(name => parts.length === types.length && parts.every(part => part.required?.includes(name)));
  const { required: _, ...rest } = merged;
  return required !== undefined && required.length > 0 ? { ...rest, required } : rest;
}

/** `Exclude<A, B>` in a union: none of the alternatives. Its fields are those of the others. */
function isExclude(type: ts.TypeNode): boolean {
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === 'Exclude';
}

function resolvedType(type: ts.TypeNode, context: Context): JsonSchema {
  return resolveSchema(typeSchema(type, context), context.find);
}

function literalValue({ literal }: ts.LiteralTypeNode, { source }: Context): string | number | boolean {
  if (ts.isStringLiteral(literal)) return literal.text;
  if (ts.isNumericLiteral(literal)) return Number(literal.text);
  throw new Error(`${source.fileName}: ${literal.getText(source)} is not known`);
}

function enumSchema(values: readonly (string | number | boolean)[]): JsonSchema {
  return { type: values.every(value => typeof value === 'string') ? 'string' : 'number', enum: values };
}

function referenceSchema(type: ts.TypeReferenceNode, context: Context): JsonSchema {
  const name = ts.isIdentifier(type.typeName) ? type.typeName.text : '';
  const [argument] = type.typeArguments ?? [];
  if (name === 'Array' && argument !== undefined) return { type: 'array', items: typeSchema(argument, context) };
  const id = context.resolve(name);
  if (id === undefined) throw new Error(`${context.source.fileName}: ${name} is not imported`);
  return { $ref: id };
}

/** One object with the fields of all; the later ones win. */
function mergeObjects(parts: readonly JsonSchema[]): JsonSchema {
  const withFields = parts.filter(part => part.properties !== undefined || part.additionalProperties !== undefined);
  if (withFields.length === 0) return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const properties = Object.assign({}, ...withFields.map(part => part.properties ?? {})) as Record<string, JsonSchema>;
  const required = [...new Set(withFields.flatMap(part => part.required ?? []))];
  const values = withFields.map(part => part.additionalProperties).find(part => part !== undefined);
  return {
    type: 'object',
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
    ...(values !== undefined && { additionalProperties: values }),
  };
}
