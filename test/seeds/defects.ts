import { controllerDefects } from './defects/controllers.ts';
import { credentialDefects } from './defects/credentials.ts';
import { deprecationDefects } from './defects/deprecations.ts';
import { environmentDefects } from './defects/environments.ts';
import { helmDefects } from './defects/helm.ts';
import { kustomizationDefects } from './defects/kustomizations.ts';
import { referenceDefects } from './defects/references.ts';
import { secretDefects } from './defects/secrets.ts';
import { structureDefects } from './defects/structure.ts';
import { textDefects } from './defects/texts.ts';
import { toolFileDefects } from './defects/tool-files.ts';
import type { Defect, Seeders } from './seed.ts';

/** Every kind of mistake that is planted. */
export const defectSeeders: Seeders<Defect> = {
  ...referenceDefects,
  ...kustomizationDefects,
  ...environmentDefects,
  ...controllerDefects,
  ...secretDefects,
  ...credentialDefects,
  ...structureDefects,
  ...helmDefects,
  ...textDefects,
  ...deprecationDefects,
  ...toolFileDefects,
};
