import { fileEdits } from './neutral-edits/files.ts';
import { textEdits } from './neutral-edits/texts.ts';
import { trapEdits } from './neutral-edits/traps.ts';
import { valueEdits } from './neutral-edits/values.ts';
import type { NeutralEdit, Seeders } from './seed.ts';

/** Every kind of edit that must add no finding. */
export const neutralSeeders: Seeders<NeutralEdit> = { ...textEdits, ...valueEdits, ...fileEdits, ...trapEdits };
