import type { Notification, ReportingDescriptor } from 'sarif';
import type { Coverage } from '../core/result.ts';
import { count } from './count.ts';
import { groupBy } from './group-by.ts';
import { artifactLocation } from './sarif-uris.ts';

/** GitHub takes this many locations of anything; the message counts all. */
const maximumLocations = 100;

const kinds = {
  'results-left-out': 'Results left out, because readers of SARIF take no more',
  'files-not-read': 'Files that were not read',
  'places-not-judged': 'Places where a rule met something that cannot be known',
  'documents-not-validated': 'Documents that no schema judged',
  'roots-in-part': 'Roots that are known in part',
  'history-in-part': 'What was not looked at of the history',
} as const;

export const notificationKinds: ReportingDescriptor[] = Object.entries(kinds).map(([id, text]) => ({ id, shortDescription: { text } }));

/** Says what this run does not tell: results left out, and what could not be understood. */
export function notificationsOf(coverage: Coverage, ruleIndices: ReadonlyMap<string, number>, leftOut: number): Notification[] {
  const notifications: Notification[] = [];
  if (leftOut > 0) {
    notifications.push({ ...notification('results-left-out', `${count(leftOut, 'result')} of the lowest severity left out`), level: 'warning' });
  }
  for (const [reason, files] of groupBy(coverage.skippedFiles, file => file.reason)) {
    notifications.push({
      ...notification('files-not-read', `${count(files.length, 'file')} not read: ${reason}`),
      locations: files.slice(0, maximumLocations).map(({ path }) => ({ physicalLocation: { artifactLocation: artifactLocation(path) } })),
    });
  }
  for (const [ruleId, reasons] of coverage.skippedRules) {
    const index = ruleIndices.get(ruleId);
    for (const [reason, number] of reasons) {
      notifications.push({
        ...notification('places-not-judged', `${ruleId} did not judge ${count(number, 'place')}: ${reason}`),
        associatedRule: { id: ruleId, ...(index !== undefined && { index }) },
      });
    }
  }
  for (const [reason, number] of Object.entries(coverage.notValidated)) {
    notifications.push(notification('documents-not-validated', `${count(number, 'document')} not validated: ${reason}`));
  }
  for (const [reason, number] of Object.entries(coverage.partial)) {
    notifications.push(notification('roots-in-part', `${count(number, 'root')} known in part: ${reason}`));
  }
  for (const [reason, number] of Object.entries(coverage.history?.skipped ?? {})) {
    notifications.push(notification('history-in-part', `${count(number, 'file')} of the history not read: ${reason}`));
  }
  if (coverage.history?.incomplete !== undefined) notifications.push(notification('history-in-part', coverage.history.incomplete));
  return notifications;
}

function notification(id: keyof typeof kinds, text: string): Notification {
  return { descriptor: { id }, level: 'note', message: { text } };
}
