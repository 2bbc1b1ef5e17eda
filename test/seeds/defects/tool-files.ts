import { replaceLine, swapLetters } from '../edit-text.ts';
import type { Defect, Files, Seeders } from '../seed.ts';

/** Mistakes in the files of tools: pipelines, charts, the configuration of SOPS. They stand in folders that hold no manifests, so that texts are searched. */
export const toolFileDefects: Seeders<Defect> = {
  'a key of a workflow is misspelt': function* ({ files }) {
    for (const line of linesOf(files, workflows)) yield* misspell(line, /^ *(jobs|permissions|runs-on|strategy|steps):/);
  },
  'an event of a workflow does not exist': function* ({ files }) {
    for (const line of linesOf(files, workflows)) yield* misspell(line, /^ {2}(push|pull_request|workflow_dispatch):/);
  },
  'a job of a workflow runs nowhere': function* ({ files }) {
    for (const { path, text, number, content, before } of linesOf(files, workflows)) {
      // The job is named on the line above.
      if (/^ {4}runs-on:/.test(content) && /^ {2}[\w-]+:$/.test(before)) yield at(path, number - 1, replaceLine(text, number));
    }
  },
  'a key of a job of GitLab is misspelt': function* ({ files }) {
    for (const line of linesOfJobs(files)) yield* misspell(line, /^ {2}(stage|script|image|rules|extends|environment):/);
  },
  'the script of a job of GitLab is a number': function* ({ files }) {
    for (const { path, text, number, content } of linesOfJobs(files)) {
      if (/^ {2}stage: /.test(content))
        yield at(
          path,
          number,
          replaceLine(text, number, () => `  before_script: 3\n${content}`),
          'schema/implicit-type',
        );
    }
  },
  'a rule of SOPS has a misspelt key': function* ({ files }) {
    for (const line of linesOf(files, /(^|\/)\.sops\.yaml$/)) yield* misspell(line, /^ *(?:- )?(path_regex|encrypted_regex|age|pgp|kms):/);
  },
  'a key of a chart is misspelt': function* ({ files }) {
    for (const line of linesOf(files, charts)) yield* misspell(line, /^(description|type|appVersion|dependencies|maintainers):/);
  },
  'the version of the app of a chart is a number': function* ({ files }) {
    for (const { path, text, number, content } of linesOf(files, charts)) {
      if (content.startsWith('appVersion:'))
        yield at(
          path,
          number,
          replaceLine(text, number, () => 'appVersion: 1.10'),
          'schema/implicit-type',
        );
    }
  },
};

const workflows = /(^|\/)\.github\/workflows\/[^/]+\.ya?ml$/;
const charts = /(^|\/)Chart\.yaml$/;

interface Line {
  readonly path: string;
  readonly text: string;
  /** From 1. */
  readonly number: number;
  readonly content: string;
  readonly before: string;
}

function* linesOf(files: Files, paths: RegExp): Generator<Line> {
  for (const [path, text] of Object.entries(files)) {
    if (!paths.test(path)) continue;
    const lines = text.split('\n');
    for (const [index, content] of lines.entries()) yield { path, text, number: index + 1, content, before: lines[index - 1] ?? '' };
  }
}

/** The lines of the jobs of GitLab; hidden ones may hold anything. */
function* linesOfJobs(files: Files): Generator<Line> {
  let job = '';
  for (const line of linesOf(files, /(^|\/)\.gitlab-ci\.yml$/)) {
    job = /^(\S+):/.exec(line.content)?.[1] ?? job;
    if (!job.startsWith('.')) yield line;
  }
}

function* misspell({ path, text, number, content }: Line, keys: RegExp): Generator<Defect> {
  const key = keys.exec(content)?.[1];
  if (key !== undefined)
    yield at(
      path,
      number,
      replaceLine(text, number, line => line.replace(`${key}:`, `${swapLetters(key)}:`)),
    );
}

function at(path: string, line: number, text: string, ruleId = 'schema/tool-config'): Defect {
  return { files: { [path]: text }, expected: [{ ruleId, path, line }] };
}
