import type { ArtifactChange, Log, PhysicalLocation, Region, Result, Fix as SarifFix, VersionControlDetails } from 'sarif';
import type { Finding, Fix, Location, Position, TextEdit } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';
import type { LintResult, Reporter } from '../core/result.ts';
import type { RuleDescriptor } from '../core/rule.ts';
import { groupBy } from './group-by.ts';
import { lineHashes } from './line-hashes.ts';
import { positionsIn } from './positions-in.ts';
import { notificationKinds, notificationsOf } from './sarif-notifications.ts';
import { describeRule, levels } from './sarif-rules.ts';
import { artifactLocation } from './sarif-uris.ts';
import { openFindings, placeToShow, severities } from './select-findings.ts';

/** GitHub keeps no more of one run. */
const maximumResults = 5000;

/** SARIF 2.1.0 (OASIS): one run, without findings that somebody suppressed, and without the text of any line. */
export const sarif: Reporter = (result, { toolVersion }) => {
  const open = openFindings(result.findings);
  const kept = mostSevere(open);
  const rules = rulesOf(result.rules, kept);
  const ruleIndices = new Map(rules.map(({ id }, index) => [id, index]));
  const hashOf = lineHashReader(result, kept);
  const describeFix = fixDescriber(result);
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'gitops-lint',
            version: toolVersion,
            semanticVersion: toolVersion,
            rules: rules.map(describeRule),
            notifications: notificationKinds,
          },
        },
        automationDetails: { id: 'gitops-lint/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        ...provenanceOf(result.repository),
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notificationsOf(result.coverage, ruleIndices, open.length - kept.length),
          },
        ],
        results: kept.map(finding =>
          describeResult(finding, ruleIndices.get(finding.ruleId) ?? -1, hashOf(finding), finding.fix && describeFix(finding.fix)),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

/** As many findings as GitHub keeps, the most severe ones, in the order in which they came. */
function mostSevere(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= maximumResults) return findings;
  const kept = new Set(severities.flatMap(severity => findings.filter(finding => finding.severity === severity)).slice(0, maximumResults));
  return findings.filter(finding => kept.has(finding));
}

/** The rules of the run; a finding whose rule is not among them brings its own. */
function rulesOf(rules: readonly RuleDescriptor[], findings: readonly Finding[]): readonly RuleDescriptor[] {
  const known = new Map(rules.map(rule => [rule.id, rule]));
  for (const { ruleId, severity } of findings) {
    if (!known.has(ruleId)) known.set(ruleId, { id: ruleId, severity, summary: ruleId, rationale: '', mistake: 'linting' });
  }
  return [...known.values()];
}

/**
 * Gives a finding's line hash. Where the characters that it covers hold a secret there is none:
 * a hash without a key would let a reader test guesses.
 */
function lineHashReader({ sourceText, frameText }: LintResult, findings: readonly Finding[]): (finding: Finding) => string | undefined {
  const isSecret = ({ ruleId }: Finding) => ruleId.startsWith('secrets/');
  const hashes = new Map<RepoPath, ReadonlyMap<number, string>>();
  for (const [path, ofPath] of groupBy(findings, ({ at }) => at.path)) {
    const text = sourceText(path);
    const masked = frameText(path);
    const lines = new Set(ofPath.filter(finding => !isSecret(finding)).map(({ at }) => at.start.line));
    if (text === undefined || masked === undefined || lines.size === 0) continue;
    const ofText = lineHashes(text, lines);
    const ofMasked = masked === text ? ofText : lineHashes(masked, lines);
    hashes.set(path, new Map(Array.from(ofText).filter(([line, hash]) => ofMasked.get(line) === hash)));
  }
  return finding => (isSecret(finding) ? undefined : hashes.get(finding.at.path)?.get(finding.at.start.line));
}

function describeResult(finding: Finding, ruleIndex: number, lineHash: string | undefined, fix: SarifFix | undefined): Result {
  const { ruleId, severity, message, related, environments, object, field, fingerprint, digest, commit } = finding;
  return {
    ruleId,
    ruleIndex,
    level: levels[severity],
    message: { text: plainMessage(message) },
    locations: [
      {
        physicalLocation: physicalLocation(placeToShow(finding)),
        ...(object !== undefined && { logicalLocations: [{ fullyQualifiedName: object, kind: 'object' }] }),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map((other, id) => ({
        id,
        physicalLocation: physicalLocation(other.at),
        message: { text: plainMessage(other.message) },
      })),
    }),
    partialFingerprints: { ...(lineHash !== undefined && { primaryLocationLineHash: lineHash }), 'gitopsLint/v1': fingerprint },
    ...(fix && { fixes: [fix] }),
    ...((environments.length > 0 || field !== undefined || digest !== undefined) && {
      properties: {
        environments: [...environments],
        ...(field !== undefined && { field }),
        ...(digest !== undefined && { digest }),
        ...(commit && { commit: commit.id }),
      },
    }),
  };
}

function physicalLocation({ path, start, end }: Location): PhysicalLocation {
  return { artifactLocation: artifactLocation(path), region: regionOf({ start, end }) };
}

function regionOf({ start, end }: Pick<Location, 'start' | 'end'>): Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** SARIF reads `[text](target)` in a message as a link; ours have none. */
function plainMessage(message: string): string {
  return message.replaceAll('](', '\\](');
}

/** Describes fixes; not those where an edit touches a secret, because what it inserts would show the value. */
function fixDescriber({ sourceText, frameText }: LintResult): (fix: Fix<TextEdit>) => SarifFix | undefined {
  const positions = new Map<RepoPath, (offset: number) => Position>();
  return ({ title, edits }) => {
    const artifactChanges: ArtifactChange[] = [];
    for (const [path, ofPath] of groupBy(edits, edit => edit.path)) {
      const text = sourceText(path);
      const masked = frameText(path);
      if (text === undefined || masked?.length !== text.length) return undefined;
      if (ofPath.some(({ start, end }) => text.slice(start, end) !== masked.slice(start, end))) return undefined;
      const positionOf = positions.get(path) ?? positionsIn(text);
      positions.set(path, positionOf);
      const replacements = ofPath.map(edit => ({
        deletedRegion: regionOf({ start: positionOf(edit.start), end: positionOf(edit.end) }),
        insertedContent: { text: edit.text },
      }));
      artifactChanges.push({ artifactLocation: artifactLocation(path), replacements });
    }
    return { description: { text: title }, artifactChanges };
  };
}

/** Only an address that is a URI, and never the credentials in it. */
function provenanceOf(repository: LintResult['repository']): { readonly versionControlProvenance?: VersionControlDetails[] } {
  if (!repository || !URL.canParse(repository.url)) return {};
  const url = new URL(repository.url);
  url.username = '';
  url.password = '';
  return {
    versionControlProvenance: [
      {
        repositoryUri: url.href,
        ...(repository.revision !== undefined && { revisionId: repository.revision }),
        ...(repository.branch !== undefined && { branch: repository.branch }),
        mappedTo: { uriBaseId: '%SRCROOT%' },
      },
    ],
  };
}
