import { Ajv, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { UserSchema } from '../core/schema.ts';
import { describeErrors } from './describe-errors.ts';
import { foreignExpression } from './foreign-expression.ts';
import { type PreparedSchema, prepareUserSchema, SchemaRefusal, stepKeyword } from './prepare-user-schema.ts';

/** A JSON Schema from the repository, ready to judge values. It is hostile: nothing is fetched, and everything is bounded. */
export function compileUserSchema(schema: unknown): UserSchema {
  let prepared: PreparedSchema;
  try {
    prepared = prepareUserSchema(schema);
  } catch (error) {
    if (!(error instanceof SchemaRefusal)) throw error;
    return error.field === undefined ? { unknown: error.message } : { invalid: error.message, field: error.field };
  }
  let steps = 0;
  const countStep = (): boolean => {
    if (++steps > mostSteps) throw new TooManySteps();
    return true;
  };
  let validate: ReturnType<Ajv['compile']>;
  try {
    const ajv = new dialects[prepared.dialect](options);
    ajv.addKeyword({ keyword: stepKeyword, schemaType: 'boolean', validate: countStep, errors: false });
    validate = ajv.compile(prepared.schema);
  } catch {
    return { unknown: 'the schema cannot be compiled' };
  }
  return {
    skipped: prepared.skipped,
    problemsOf(value) {
      steps = 0;
      try {
        return validate(value) ? [] : describeErrors(validate.errors ?? [], value, prepared);
      } catch (error) {
        // References that lead back to themselves overflow the stack.
        if (error instanceof TooManySteps || error instanceof RangeError) return { skipped: 'the schema takes too long' };
        throw error;
      }
    },
  };
}

const mostSteps = 200_000;

class TooManySteps extends Error {}

const dialects = { 'draft-07': Ajv, '2019-09': Ajv2019, '2020-12': Ajv2020 };

const options: Options = {
  strict: false,
  allErrors: true,
  // Every object of JavaScript has a `constructor`.
  ownProperties: true,
  verbose: true,
  inlineRefs: false,
  unicodeRegExp: false,
  validateFormats: false,
  validateSchema: false,
  meta: false,
  logger: false,
  code: { regExp: Object.assign(matcherOf, { code: '' }) },
};

/** Every expression that reaches Ajv was tried when the schema was prepared. */
function matcherOf(pattern: string): { test: (text: string) => boolean } {
  return foreignExpression(pattern) ?? { test: () => true };
}
