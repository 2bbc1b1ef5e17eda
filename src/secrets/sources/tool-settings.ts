import type { DocumentClass } from '../../core/classification.ts';
import type { Document, SourceFile } from '../../core/document.ts';
import { isFields } from '../../core/fields.ts';
import { at } from '../../core/place.ts';
import { collectFields } from './collect-fields.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** How the files of a tool are spoken of, and the fields of theirs that hold no values. */
interface ToolSettings {
  readonly holder: string;
  readonly others?: readonly string[];
}

const ansible: ToolSettings = { holder: 'what Ansible reads', others: ['update_password', 'vars_prompt', 'no_log'] };
/** Inputs such as `common_secrets` of an action that reads a store name what is to be read. */
const workflow: ToolSettings = { holder: 'the workflow', others: ['permissions', 'secrets', 'common_secrets', 'repo_secrets', 'outputs'] };
const pipeline: ToolSettings = { holder: 'the pipeline', others: ['secrets', 'cache', 'id_tokens'] };
const jenkinsX: ToolSettings = { holder: 'the settings of Jenkins X' };

const tools: ReadonlyMap<DocumentClass, ToolSettings> = new Map<DocumentClass, ToolSettings>([
  ['ansible-variables', ansible],
  ['ansible-playbook', ansible],
  ['ansible-tasks', ansible],
  ['ansible-inventory', ansible],
  ['github-workflow', workflow],
  ['github-action', workflow],
  ['gitlab-ci', pipeline],
  ['bitbucket-pipelines', pipeline],
  ['azure-pipelines', pipeline],
  ['ci-config', pipeline],
  ['compose', { holder: 'the Compose file', others: ['secrets'] }],
  ['jenkins-x-settings', jenkinsX],
  ['jenkins-x-requirements', jenkinsX],
  ['parameters', { holder: 'the parameters' }],
]);

/** The variables of Ansible, CI systems, Compose and Jenkins X, and parameters of no known reader. */
export function* toolSettings(file: SourceFile): Iterable<SecretCandidate> {
  for (const document of file.documents) {
    const tool = tools.get(document.classification.class);
    if (tool === undefined) continue;
    const { holder, others } = tool;
    yield* collectFields({ document, holder, ...(others && { leavesOut: key => others.includes(key) }) }, document.value);
    if (document.classification.class === 'gitlab-ci') yield* describedVariables(document, holder);
  }
}

/** Variables of GitLab that say what they are for: the values of those of the pipeline, and of each job. */
function* describedVariables(document: Document, holder: string): Iterable<SecretCandidate> {
  if (!isFields(document.value)) return;
  for (const [job, fields] of [['', document.value] as const, ...Object.entries(document.value)]) {
    const variables = isFields(fields) ? fields.variables : undefined;
    if (!isFields(variables)) continue;
    for (const key in variables) {
      const variable = variables[key];
      if (!isFields(variable) || typeof variable.value !== 'string') continue;
      const path = [...(job === '' ? [] : [job]), 'variables', key];
      yield { at: at(document, ...path, 'value'), key, path, value: variable.value, holder, keptAs: 'setting' };
    }
  }
}
