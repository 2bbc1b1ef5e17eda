import type { Reporter } from '../core/result.ts';

export type ReportFormat = 'text' | 'compact' | 'json' | 'sarif' | 'github';

/** The formats of `check`, each loaded when it is asked for. */
export const reporters: Readonly<Record<ReportFormat, () => Promise<Reporter>>> = {
  text: async () => (await import('./text.ts')).text,
  compact: async () => (await import('./compact.ts')).compact,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  github: async () => (await import('./github.ts')).github,
};
