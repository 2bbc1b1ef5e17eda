import { relative, resolve, sep } from 'node:path';
import { rules } from '../../rules/index.ts';
import { loadStyles } from '../config/load-styles.ts';
import type { Classification } from '../core/classification.ts';
import { didYouMean } from '../core/did-you-mean.ts';
import type { SourceFile } from '../core/document.ts';
import type { EnvironmentOwner } from '../core/environment.ts';
import { UsageError } from '../core/errors.ts';
import { layoutCare } from '../core/layout.ts';
import type { RepoPath } from '../core/place.ts';
import type { Reference, Repo } from '../core/repo.ts';
import type { BadExample, Example, Rule } from '../core/rule.ts';
import { versionedTools } from '../core/running-versions.ts';
import { fileStyle, measureStyle, type Style, type Styles } from '../core/style.ts';
import { versionTargets } from '../core/versions.ts';
import { ownRules } from '../engine/own-rules.ts';
import { understand } from '../lint.ts';
import { printable } from '../report/printable.ts';
import { describeEvidence, describeRunning, versionRow } from './env.ts';
import { exitCodes } from './exit-codes.ts';
import { openRepository } from './open-repository.ts';
import type { CommonOptions } from './parse-arguments.ts';
import { print, table } from './print.ts';
import { describeRule } from './rules.ts';
import type { CommandProcess } from './streams.ts';

/** `gitops-lint explain`: the page of a rule, or what is known of a file and why. */
export async function explain(subject: string, options: CommonOptions, process: CommandProcess): Promise<number> {
  const rule = rules.find(({ id }) => id === subject);
  const own = Object.values(ownRules).find(({ id }) => id === subject);
  if (own) await print({ version: 1, rule: own }, `${own.id} (${own.severity})\n${own.summary}\n\n${own.rationale}\n`, options, process);
  else if (rule) await print({ version: 1, rule: describeRule(rule) }, ruleText(rule), options, process);
  else await explainFile(subject, options, process);
  return exitCodes.clean;
}

function ruleText(rule: Rule): string {
  const { id, severity, presets, scope, summary, rationale, mistake, compliance = [], since, options, examples } = rule;
  const facts = table([
    ['severity', severity],
    [
      'presets',
      Object.entries(presets)
        .map(([preset, { severity: own }]) => (own === undefined ? preset : `${preset} (${own})`))
        .join(', '),
    ],
    ['looks at', scope],
    ['mistake', mistake],
    ...(compliance.length > 0 ? [['supports', compliance.join(', ')]] : []),
    ...Object.entries(options?.defaults ?? {}).map(([name, value]) => [`option ${name}`, JSON.stringify(value)]),
    ['since', since],
  ]);
  const pages = [...examples.bad.map(badText), ...examples.good.map(example => exampleText('good', example))];
  return [`${id}\n${summary}\n\n${rationale}\n`, facts, ...pages].join('\n');
}

function badText(example: BadExample): string {
  const fixed = Object.entries(example.fixed ?? {}).map(([path, text]) => `  ${path}, fixed\n${indent(text)}`);
  return [exampleText('bad', example), ...example.findings.map(finding => `  ${finding}\n`), ...fixed].join('');
}

function exampleText(kind: string, { title, files }: Example): string {
  return `${kind}: ${title}\n${Object.entries(files)
    .map(([path, text]) => `  ${path}\n${indent(text)}`)
    .join('')}`;
}

/** As many lines as are there, each behind a bar. */
function indent(text: string): string {
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const shared = Math.min(...lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length));
  return lines
    .map(line => `    | ${line.slice(shared)}`.trimEnd())
    .map(line => `${line}\n`)
    .join('');
}

async function explainFile(subject: string, options: CommonOptions, process: CommandProcess): Promise<void> {
  const repository = await openRepository(options, process.cwd());
  const { workspace, config, facts, root, folder } = repository;
  const repo = understand({ workspace, config, repository: facts }, await workspace.list());
  const path = relative(root, resolve(folder, subject)).split(sep).join('/');
  if (!repo.entries.has(path)) {
    const meant = didYouMean(
      subject,
      rules.map(({ id }) => id),
    );
    throw new UsageError(`"${subject}" is no rule, and no file or folder of the repository`, {
      hint: meant ? `did you mean the rule "${meant}"?` : '`gitops-lint rules` lists the rules',
    });
  }
  const data = { ...describeFile(path, repo), style: describeStyle(repo.files.get(path), await loadStyles(repo.files)) };
  await print({ version: 1, ...data }, fileText(data), options, process);
}

type FileDescription = ReturnType<typeof describeFile> & { readonly style: ReturnType<typeof describeStyle> };

/** How a file is laid out, by name: what other tools are told, what the repository has, what the file has, each with what it was told from. */
function describeStyle(file: SourceFile | undefined, { explicit, inferred }: Styles) {
  const care = file && layoutCare(file);
  if (!file || !care || 'skip' in care) return undefined;
  return { explicit: explicit(file.path), repository: inferred(), file: fileStyle(measureStyle(file)) };
}

/** What the model holds of a file or folder. */
function describeFile(path: RepoPath, repo: Repo) {
  const file = repo.files.get(path);
  const reach = repo.reach.get(path);
  return {
    path,
    skipped: repo.skippedFiles.find(skipped => skipped.path === path)?.reason,
    class: file && describeClass(file.classification),
    documents: (file?.documents ?? []).map(({ classification }) => describeClass(classification)),
    owner: describeOwner(repo.owners.get(path)),
    reach: reach && {
      environments: repo.environments.map(({ id }) => id).filter(id => reach.environments.has(id)),
      roots: [...reach.roots],
      certainty: reach.certainty,
    },
    versions: versionedTools.flatMap(tool =>
      versionTargets(repo, tool, path).flatMap(({ environments, versions }) => describeRunning(tool, environments, versions)),
    ),
    refersTo: (repo.referencesFrom.get(path) ?? []).map(describeReference),
    referredToBy: (repo.referencesTo.get(path) ?? []).map(describeReference),
  };
}

function describeClass({ class: name, reason, template, generated }: Classification) {
  return { class: name, reason, ...(template && { template }), ...(generated && { generated }) };
}

function describeOwner(owner: EnvironmentOwner | undefined) {
  if (owner === undefined || !('evidence' in owner)) return owner;
  return { kind: owner.kind, id: owner.id, anchor: owner.anchor, evidence: owner.evidence.map(describeEvidence) };
}

function describeReference({ kind, from, target, state, to, reason }: Reference) {
  return { kind, from: from.path, target, state, ...(to !== undefined && { to }), ...(reason !== undefined && { reason }) };
}

function fileText({ path, skipped, class: own, documents, owner, reach, versions, refersTo, referredToBy, style }: FileDescription): string {
  const rows: string[][] = [];
  const add = (label: string, ...says: readonly string[]) => rows.push(...says.map((line, index) => [index === 0 ? label : '', printable(line)]));
  if (skipped) add('not read', skipped);
  if (own) add('class', classText(own));
  if (documents.length > 1) add('documents', ...documents.map((document, index) => `${index + 1}: ${classText(document)}`));
  if (owner)
    add(
      'owner',
      ...('evidence' in owner ? [`${owner.kind} ${owner.id}`, ...owner.evidence.map(({ says }) => says)] : [`${owner.kind}: ${owner.why}`]),
    );
  add(
    'reached',
    reach && reach.certainty !== 'no' ? `${reach.certainty === 'maybe' ? 'maybe, ' : ''}by ${[...reach.roots].join(', ')}` : 'by no root',
  );
  if (reach && reach.environments.length > 0) add('changes', reach.environments.join(', '));
  for (const [label = '', says = ''] of versions.map(versionRow)) add(label.trim(), says);
  add('refers to', ...refersTo.map(({ kind, target, state, to, reason }) => `${kind} "${target}": ${to ?? state}${reason ? ` (${reason})` : ''}`));
  add('referred to by', ...referredToBy.map(({ kind, from }) => `${from} (${kind})`));
  if (style) add('style', ...styleRows(style));
  return `${printable(path || '.')}\n${table(rows.map(([label = '', says = '']) => [`  ${label}`, says]))}`;
}

const styleNames: Readonly<Record<keyof Style, string>> = {
  step: 'indentation',
  sequences: 'sequences',
  quotes: 'quotes',
  documentStart: '"---" at the beginning',
  lineEnds: 'line ends',
  finalNewline: 'line break at the end',
  trailingSpaces: 'trailing spaces',
  extension: 'extension',
  keyOrder: 'keys of objects',
};

/** One line for each part of the style, with what tells it, the strongest first. */
function styleRows({ explicit, repository, file }: NonNullable<FileDescription['style']>): string[] {
  return Object.entries(styleNames).flatMap(([name, label]) => {
    const key = name as keyof Style; // The names are those of the record above.
    const facts = [explicit[key], repository[key], file[key]].filter(fact => fact !== undefined);
    return facts.length === 0 ? [] : [`${label}: ${facts.map(({ value, from }) => `${value} (${from})`).join(', ')}`];
  });
}

function classText({ class: name, reason, template, generated }: ReturnType<typeof describeClass>): string {
  return `${name}${template ? `, ${template} template` : ''}${generated ? ', generated' : ''}: ${reason}`;
}
