import type { EnvironmentId } from '../../core/environment.ts';
import { readText } from './names.ts';

/** `prod`, as a user may write it, means the environment that names and documents call production. */
export function canonicalId(id: EnvironmentId): EnvironmentId {
  const name = readText(id);
  return name?.match === 'exact' ? name.word.id : id;
}
