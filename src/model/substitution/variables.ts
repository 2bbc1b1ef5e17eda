import { type Fields, fieldsAt, isFields, listAt, textAt } from '../../core/fields.ts';
import type { Resource } from '../../core/repo.ts';
import type { ObjectIndex } from '../objects.ts';
import { substituteKnown, type Variables } from './substitute.ts';

/** The variables of `postBuild`; inline ones win over those of ConfigMaps, later ConfigMaps over earlier ones. */
export function variablesOf(kustomization: Resource, objects: ObjectIndex, inherited?: Variables): Variables {
  const postBuild = fieldsAt(fieldsAt(kustomization.value, 'spec'), 'postBuild');
  const values = new Map<string, string>();
  let areComplete = true;
  for (const item of listAt(postBuild, 'substituteFrom')) {
    const name = isFields(item) ? textAt(item, 'name') : undefined;
    const [only, another] = isFields(item) && item.kind === 'ConfigMap' && name !== undefined ? objects.get('ConfigMap', name) : [];
    if (!only || another) areComplete = false;
    else addAll(values, fieldsAt(only.value, 'data'));
  }
  addAll(values, fieldsAt(postBuild, 'substitute'));
  if (inherited) for (const [name, value] of values) values.set(name, substituteKnown(value, inherited));
  return { values, areComplete };
}

function addAll(values: Map<string, string>, fields: Fields): void {
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') values.set(name, String(value).replaceAll('\n', ''));
  }
}
