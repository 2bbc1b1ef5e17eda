import type { SourceFile } from '../../core/document.ts';
import { type Fields, fieldsAt, isFields, textAt } from '../../core/fields.ts';
import { at, type DocumentId, type FieldPath } from '../../core/place.ts';
import { nameOf } from '../../core/repo-path.ts';
import type { FoundVersion } from './found-version.ts';

/**
 * The Kubernetes of clusters of Talos: the images of a machine configuration, or what talhelper makes them from.
 * https://www.talos.dev/latest/reference/configuration/v1alpha1/config/ and https://budimanjojo.github.io/talhelper/latest/reference/configuration/
 */
export function* readTalos({ path, classification, documents }: SourceFile): Generator<FoundVersion> {
  if (classification.class !== 'cluster-config') return;
  const isOfTalhelper = /^tal(config|env)\.ya?ml$/.test(nameOf(path));
  for (const document of documents) {
    if (!isFields(document.value)) continue;
    if (isOfTalhelper)
      yield* found(document, ['kubernetesVersion'], textAt(document.value, 'kubernetesVersion'), textAt(document.value, 'clusterName'));
    else yield* readMachine(document, document.value);
  }
}

function* readMachine(document: DocumentId, value: Fields): Generator<FoundVersion> {
  const cluster = fieldsAt(value, 'cluster');
  const name = textAt(cluster, 'clusterName');
  yield* found(document, ['cluster', 'apiServer', 'image'], tagOf(textAt(fieldsAt(cluster, 'apiServer'), 'image'), 'kube-apiserver'), name);
  const kubelet = tagOf(textAt(fieldsAt(fieldsAt(value, 'machine'), 'kubelet'), 'image'), 'kubelet');
  yield* found(document, ['machine', 'kubelet', 'image'], kubelet, name, 'nodes');
}

function tagOf(image: string | undefined, name: string): string | undefined {
  const [, tag] = /:([^:@/]+)(?:@[^@]*)?$/.exec(image ?? '') ?? [];
  return image?.includes(`/${name}:`) ? tag : undefined;
}

function* found(
  document: DocumentId,
  field: FieldPath,
  text: string | undefined,
  cluster: string | undefined,
  weight?: 'nodes',
): Generator<FoundVersion> {
  if (text === undefined) return;
  const says = `"${field.join('.')}" of Talos has Kubernetes ${text}`;
  const rest = { ...(weight !== undefined && { weight }), ...(cluster !== undefined && { cluster }) };
  yield { tool: 'kubernetes', text, at: at(document, ...field), says, where: 'described', ...rest };
}
