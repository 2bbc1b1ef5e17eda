import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A small repository, and the kustomization of it that is built. */
export interface KustomizeCase {
  readonly topic: string;
  readonly name: string;
  /** Path to content. */
  readonly files: Readonly<Record<string, Buffer>>;
  /** The folder that is built: `overlay` where there is one. */
  readonly root: string;
  /** Built without `--load-restrictor LoadRestrictionsNone`. */
  readonly isRestricted: boolean;
}

/** What kustomize makes of a case: the objects as it prints them, or why it refuses. */
export type RecordedResult = { readonly output: string } | { readonly error: string };

/** All that is recorded of a topic. */
export interface Recording {
  /** The release of kustomize. */
  readonly kustomize: string;
  readonly results: Readonly<Record<string, RecordedResult>>;
}

export const casesFolder = new URL('cases/', import.meta.url);
export const recordedFolder = new URL('recorded/', import.meta.url);

/** Reads cases/: one file a topic, which maps the name of a case to its files; `restricted: true` may stand among them, and a text may be `base64:…`. */
export function readCases(): readonly KustomizeCase[] {
  return readdirSync(casesFolder).flatMap(file => {
    const topic = file.replace('.yaml', '');
    const cases = parse(readFileSync(new URL(file, casesFolder), 'utf8'), { maxAliasCount: -1 }) as Record<string, Record<string, string | boolean>>;
    return Object.entries(cases).map(([name, { restricted = false, ...texts }]) => {
      const files = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, contentOf(String(text))]));
      const root = Object.keys(files).some(path => path.startsWith('overlay/')) ? 'overlay' : '';
      return { topic, name, files, root, isRestricted: restricted === true };
    });
  });
}

function contentOf(text: string): Buffer {
  return text.startsWith('base64:') ? Buffer.from(text.slice('base64:'.length), 'base64') : Buffer.from(text);
}

/** Reads what `npm run record:kustomize` has written of a topic. */
export function readRecording(topic: string): Recording {
  return parse(readFileSync(new URL(`${topic}.yaml`, recordedFolder), 'utf8')) as Recording;
}
