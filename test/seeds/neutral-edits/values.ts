import { append, replaceField } from '../edit-text.ts';
import { fieldBeside } from '../mentions.ts';
import type { Field, Repository } from '../read-repository.ts';
import type { NeutralEdit, Seeder, Seeders } from '../seed.ts';

/** What changes every day: versions, sizes, names of hosts. */
export const valueEdits: Seeders<NeutralEdit> = {
  'replicas change': changed(
    ({ keys }) => /^(replicas|replicaCount|minReplicas)$/.test(String(keys.at(-1))),
    source => source.replace(/\d+/, '4'),
  ),
  'a tag changes': changed(
    ({ keys, value }) => keys.at(-1) === 'image' && /:v?\d+\.\d+\.\d+$/.test(String(value)),
    source => source.replace(/\d+(?=["']?$)/, '77'),
  ),
  'a tag of a kustomization changes': changed(
    ({ keys, value }) => keys.at(-1) === 'newTag' && /^\d+\.\d+/.test(String(value)),
    source => source.replace(/\d+/, '11'),
  ),
  'a tag becomes a digest': changed(
    ({ keys, value }) => keys.at(-1) === 'image' && /:\d[\w.-]*$/.test(String(value)),
    source => source.replace(/(?=["']?$)/, `@sha256:${'5b1f0c9e7a3d8642'.repeat(4)}`),
  ),
  'the version of a chart changes': changed(
    field => {
      const { keys, document } = field;
      const isVersion = keys.at(-1) === 'version' && (document.kind === 'HelmRelease' || document.path.endsWith('Chart.yaml'));
      return isVersion || (keys.at(-1) === 'targetRevision' && fieldBeside(field, 'chart') !== undefined);
    },
    () => '9.1.0',
  ),
  'a host changes': changed(
    ({ keys, value }) => /^(host|hostname|url)$/.test(String(keys.at(-1))) && /\.example(\/|$)/.test(String(value)),
    source => source.replace('.example', '-harbour.example'),
  ),
  'a memory limit changes': changed(
    ({ keys }) => keys.at(-1) === 'memory' && keys.includes('limits'),
    source => source.replace(/\d+/, digits => String(Number(digits) * 4)),
  ),
  'an interval changes': changed(
    ({ keys }) => /^(interval|refreshInterval|retryInterval)$/.test(String(keys.at(-1))),
    source => source.replace(/\w+/, '45m'),
  ),
  'a variable changes': changed(
    ({ keys, value }) => keys.at(-1) === 'value' && keys.includes('env') && /^[a-z]+$/.test(String(value)),
    source => source.replace(/\w+/, 'verbose'),
  ),
  'a key is added to values': function* ({ documents }) {
    for (const document of documents) {
      if (!/(^|\/)values[\w.-]*\.ya?ml$/.test(document.path) || /^(tolerations|auth):/m.test(document.text)) continue;
      yield {
        files: { [document.path]: append(document, 'tolerations: []', 'auth:', '  existingSecret: harbour-login', '  passwordKey: password').text },
      };
    }
  },
  'a Kustomization of Flux waits longer': changed(
    ({ keys }) => keys.at(-1) === 'timeout',
    () => '12m',
  ),
};

function changed(isMeant: (field: Field) => boolean, by: (source: string) => string): Seeder<NeutralEdit> {
  return function* ({ documents }: Repository) {
    for (const document of documents) {
      for (const field of document.fields) {
        if (field.kind !== 'scalar' || !isMeant(field)) continue;
        yield { files: { [document.path]: replaceField(field, by(document.text.slice(field.start, field.end))) } };
      }
    }
  };
}
