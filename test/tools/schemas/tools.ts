import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import { describePackage, type PackageId } from './fetch-package.ts';
import type { GeneratedFile } from './generated-file.ts';
import { backstage } from './tools-backstage.ts';
import { compose } from './tools-compose.ts';
import { gitHubAction, gitHubWorkflow } from './tools-github.ts';
import { gitLab } from './tools-gitlab.ts';

/** The schemas of tools' files that packages have in a current form; schemas/tools has others, written by hand. */
export async function generateTools(): Promise<readonly GeneratedFile[]> {
  return [
    file('github-workflow', gitHubWorkflow(), "GitHub's own template schema of workflows", '@actions/workflow-parser@0.3.61'),
    file('github-action', gitHubAction(), "GitHub's own template schema of actions", '@actions/workflow-parser@0.3.61'),
    file('gitlab-ci', gitLab(), "GitLab's schema of pipelines, as gitlab-ci-local has it", 'gitlab-ci-local@4.75.1'),
    file('compose', compose(), 'the schema of the Compose specification, as dclint has it', 'dclint@3.1.0'),
    file('backstage', await backstage(), 'the schemas of the entities of Backstage', '@backstage/catalog-model@1.10.1'),
  ];
}

function file(name: string, schema: JsonSchema, source: string, id: PackageId): GeneratedFile {
  const text = `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema })}\n`;
  return { path: `tools/${name}.json`, text, source: { source, packages: [id], license: describePackage(id).license } };
}
