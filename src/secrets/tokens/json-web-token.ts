/** The two readable parts of a JSON Web Token. */
export interface JsonWebToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Reads `header.payload.signature` (RFC 7519); undefined where it is none, such as a header without its algorithm. */
export function readJsonWebToken(text: string): JsonWebToken | undefined {
  const [first = '', second = ''] = text.split('.', 2);
  const header = readEncodedJson(first);
  const payload = readEncodedJson(second);
  return header && payload && typeof header.alg === 'string' ? { header, payload } : undefined;
}

/** The object that a text in base64, of either alphabet, stands for. */
export function readEncodedJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
