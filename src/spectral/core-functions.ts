import spectralFunctions from '@stoplight/spectral-functions';

type CoreFunctionName = keyof typeof spectralFunctions;

/** The functions that a ruleset may name. */
export const coreFunctions: Readonly<Record<CoreFunctionName, unknown>> = { ...spectralFunctions, schema: compileSchemasOnce() };

/**
 * Spectral's `schema` compiles its JSON schema anew for each document, as it keeps what it compiled with the document's
 * inventory and uses that for nothing else. With one inventory for all it is twenty times as fast.
 */
function compileSchemasOnce(): typeof spectralFunctions.schema {
  type Context = Parameters<typeof spectralFunctions.schema>[2];
  let shared: Context['documentInventory'] | undefined;
  const schema: typeof spectralFunctions.schema = Object.assign(
    (...[input, options, context]: Parameters<typeof spectralFunctions.schema>) => {
      shared ??= context.documentInventory;
      return spectralFunctions.schema(input, options, { ...context, documentInventory: shared });
    },
    { validator: spectralFunctions.schema.validator, schemas: spectralFunctions.schema.schemas },
  );
  return Object.defineProperty(schema, 'name', { value: 'schema' });
}
