import type { DocumentClass } from '../../core/classification.ts';
import type { SourceFile } from '../../core/document.ts';
import { collectFields } from './collect-fields.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** How the files of a tool are spoken of, and the fields of theirs that hold no values. */
interface ToolSettings {
  readonly holder: string;
  readonly others?: readonly string[];
}

const ansible: ToolSettings = { holder: 'what Ansible reads', others: ['update_password', 'vars_prompt', 'no_log'] };
const workflow: ToolSettings = { holder: 'the workflow', others: ['permissions', 'secrets', 'outputs'] };
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
  }
}
