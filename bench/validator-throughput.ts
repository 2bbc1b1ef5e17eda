import { performance } from 'node:perf_hooks';
import { Ajv } from 'ajv';
import { defaultConfig } from '../src/config/load-config.ts';
import { isDeliveredObject } from '../src/core/judge-object.ts';
import { classify, loadFiles } from '../src/load-files.ts';
import { readResources } from '../src/model/resources.ts';
import { readTable } from '../src/schema/definition-table.ts';
import { shippedExpression } from '../src/schema/expressions.ts';
import { kubernetesFormat } from '../src/schema/format-checks.ts';
import type { JsonSchema } from '../src/schema/json-schema.ts';
import { compiler } from '../src/schema/schema-node.ts';
import { judge } from '../src/schema/validate.ts';
import { diskWorkspace } from '../src/workspace/disk-workspace.ts';
import { readShippedSchema } from '../src/workspace/shipped-schemas.ts';
import { asJsonSchema } from '../test/schema/as-json-schema.ts';
import { median } from './measure.ts';

export interface ValidatorThroughput {
  readonly objects: number;
  /** Objects a second. */
  readonly ours: number;
  readonly ajv: number;
}

type Check = (value: unknown) => boolean;

/** How fast the Kubernetes objects of a repository are judged, here and by compiled functions of Ajv, in turns in this process. */
export async function validatorThroughput(root: string, rounds: number): Promise<ValidatorThroughput> {
  const table = readTable(readShippedSchema('kubernetes.jsonl') ?? '');
  const ours = ourChecks(table.definition);
  const ajv = ajvChecks(table.definition);
  const objects: { readonly value: unknown; readonly ours: Check; readonly ajv: Check }[] = [];
  const workspace = diskWorkspace(root);
  const { files } = loadFiles(await workspace.list(), workspace, defaultConfig());
  for (const { apiVersion, kind, value } of readResources(classify(files)).filter(isDeliveredObject)) {
    const entry = table.kinds[apiVersion]?.[kind];
    if (entry !== undefined) objects.push({ value, ours: ours(nameOf(entry)), ajv: ajv(nameOf(entry)) });
  }
  const times = { ours: [] as number[], ajv: [] as number[] };
  const passes = Math.ceil(leastObjects / Math.max(1, objects.length));
  for (let round = 0; round < rounds; round++) {
    for (const who of ['ours', 'ajv'] as const) {
      const start = performance.now();
      for (let pass = 0; pass < passes; pass++) for (const object of objects) object[who](object.value);
      times[who].push(performance.now() - start);
    }
  }
  const speed = (milliseconds: readonly number[]) => (1000 * objects.length * passes) / median(milliseconds);
  return { objects: objects.length, ours: speed(times.ours), ajv: speed(times.ajv) };
}

/** What a round judges at least. */
const leastObjects = 50_000;

type Definitions = (name: string) => JsonSchema | undefined;

function nameOf(entry: string | readonly [string, number, number]): string {
  return typeof entry === 'string' ? entry : entry[0];
}

function ourChecks(definition: Definitions): (name: string) => Check {
  const compile = compiler({ isStructural: true, expression: shippedExpression, format: kubernetesFormat, resolve: definition });
  return name => {
    const node = compile(definition(name) ?? {});
    return value => judge(node, value, { isStructural: true }).length === 0;
  };
}

function ajvChecks(definition: Definitions): (name: string) => Check {
  const ajv = new Ajv({ strict: false, allErrors: true, inlineRefs: false, logger: false });
  // Both have the same to do.
  for (const name of formatNames) ajv.addFormat(name, kubernetesFormat(name)?.accepts ?? true);
  const checks = new Map<string, Check>();
  return name => {
    let check = checks.get(name);
    if (check === undefined) {
      check = ajv.compile({ $ref: `#/$defs/${name}`, $defs: definitionsFrom(name, definition) });
      checks.set(name, check);
    }
    return check;
  };
}

const formatNames = ['quantity', 'date-time', 'byte', 'label-value', 'label-key', 'annotation-key', 'int32', 'int64', 'double'];

/** A definition and all that it refers to. */
function definitionsFrom(name: string, definition: Definitions, found: Record<string, JsonSchema> = {}): Record<string, JsonSchema> {
  if (Object.hasOwn(found, name)) return found;
  const schema = definition(name) ?? {};
  found[name] = asJsonSchema(schema);
  for (const [, reference = ''] of JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g)) definitionsFrom(reference, definition, found);
  return found;
}
