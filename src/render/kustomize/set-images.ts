import type { FieldPath, FieldPlace } from '../../core/place.ts';
import type { Writer } from '../../core/rendering.ts';
import { compiledExpression } from '../../schema/foreign-expression.ts';
import { type FoundField, findFields, specsFor } from './field-specs.ts';
import type { FieldSpec, ImageEntry } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import { describeIdentity, type Resource, withContent } from './resource.ts';
import { entryOf, lookUp, type Traced, writeAt } from './traced.ts';
import type { Transform } from './transform.ts';

/** An entry of `images`: https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/imagetag/ */
export function imageTransform(image: ImageEntry, specs: readonly FieldSpec[], at: FieldPlace): Transform {
  const isMatched = imageMatcher(image.name ?? '');
  const deciding = (['newTag', 'digest', 'tagSuffix', 'newName'] as const).find(key => image[key]);
  const writer: Writer = { by: 'image', at: deciding === undefined ? at : { ...at, field: [...at.field, deciding] }, isWhole: true };
  return (resources, context) => {
    let isFound = false;
    const changed = resources.map(resource => {
      if (resource.id.kind === 'CustomResourceDefinition') return resource;
      let content: Traced = resource;
      for (const field of containerImages(resource)) content = setImage(content, field, lookUp(content.value, field), resource);
      for (const spec of specsFor(specs, resource.id)) {
        const found = findFields(content.value, spec, true);
        if ('wrongWay' in found)
          throw new Refusal(at, `the image of "${describeIdentity(resource.id)}" cannot be set at "${spec.path}": ${found.wrongWay}`);
        for (const { field, value } of found) content = setImage(content, field, value, resource);
      }
      return withContent(resource, content);
    });
    context.tell('image', { at, wanted: { name: image.name ?? '' }, among: resources }, isFound);
    return changed;

    function setImage(content: Traced, field: FieldPath, value: unknown, { id }: Resource): Traced {
      if (typeof value === 'object' && value !== null)
        throw new Refusal(at, `"${field.join('.')}" of "${describeIdentity(id)}" is no image: it is no scalar`);
      if (typeof value !== 'string' || !isMatched(value)) return content;
      isFound = true;
      return writeAt(content, field, changeImage(value, image), writer);
    }
  };
}

const tagAndDigest = '(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$';

const restOfImage = new RegExp(`^${tagAndDigest}`);

/** A dot of the name stands for any character. */
function isNamed(image: string, name: string): boolean {
  if (image.startsWith(name)) return true;
  if (image.length < name.length) return false;
  for (let index = 0; index < name.length; index++) {
    if (name[index] !== image[index] && name[index] !== '.') return false;
  }
  return true;
}

/** The name is a regular expression to Kustomize; what is none matches nothing. */
function imageMatcher(name: string): (image: string) => boolean {
  let expression = matchers.get(name);
  if (expression === undefined) {
    expression = compileMatcher(name);
    if (matchers.size > mostMatchers) matchers.clear();
    matchers.set(name, expression);
  }
  return expression;
}

const matchers = new Map<string, (image: string) => boolean>();
const mostMatchers = 10_000;

function compileMatcher(name: string): (image: string) => boolean {
  if (/^[\w./:@-]*$/.test(name)) return image => isNamed(image, name) && restOfImage.test(image.slice(name.length));
  const expression = compiledExpression(`^${name}${tagAndDigest}`);
  return typeof expression === 'string' ? () => false : image => expression.matcher(image).find();
}

function changeImage(image: string, { newName, newTag, digest: newDigest, tagSuffix }: ImageEntry): string {
  let { name, tag, digest } = splitImage(image);
  if (newName) name = newName;
  if (newTag || newDigest) {
    tag = newTag ?? '';
    digest = newDigest ?? '';
  } else if (tagSuffix) {
    tag += tagSuffix;
    digest = '';
  }
  return name + (tag ? `:${tag}` : '') + (digest ? `@${digest}` : '');
}

function splitImage(image: string): { name: string; tag: string; digest: string } {
  const slash = Math.max(0, image.indexOf('/'));
  const at = image.indexOf('@', slash);
  const colon = image.indexOf(':', slash);
  if (at < 0 && colon < 0) return { name: image, tag: '', digest: '' };
  if (at >= 0 && (colon < 0 || at < colon)) return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) };
  if (at < 0) return { name: image.slice(0, colon), tag: image.slice(colon + 1), digest: '' };
  return { name: image.slice(0, colon), tag: image.slice(colon + 1, at), digest: image.slice(at + 1) };
}

/** The images of everything that is named as lists of containers are, in any kind. */
function containerImages({ id, value: object }: Resource): readonly FieldPath[] {
  const known = podSpecs.get(id.kind);
  if (known !== undefined && knownVersions.has(id.gvk.apiVersion)) return imagesOfPod(object, known);
  const fields: FieldPath[] = [];
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (typeof value !== 'object' || value === null || key === 'metadata') continue;
    for (const { field } of imagesIn(value)) fields.push([key, ...field]);
    if (isContainerList(key, value)) for (const { field } of imagesOf(value)) fields.push([key, ...field]);
  }
  return fields;
}

/** Where the usual workloads have their containers. */
const podSpecs: ReadonlyMap<string, FieldPath> = new Map<string, FieldPath>([
  ...['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job'].map(kind => [kind, ['spec', 'template', 'spec']] as const),
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template', 'spec']],
  ['Pod', ['spec']],
]);
const knownVersions = new Set(['apps/v1', 'batch/v1', 'v1']);

function imagesOfPod(object: Resource['value'], podSpec: FieldPath): readonly FieldPath[] {
  const held = lookUp(object, podSpec);
  return ['containers', 'initContainers'].flatMap(list => {
    const containers = entryOf(held, list);
    return isContainerList(list, containers) ? imagesOf(containers).map(({ field }) => [...podSpec, list, ...field]) : [];
  });
}

/** What overlays share is searched once. */
function imagesIn(value: object): readonly FoundField[] {
  let images = searched.get(value);
  if (images === undefined) {
    images = findImages(value);
    searched.set(value, images);
  }
  return images;
}

const searched = new WeakMap<object, readonly FoundField[]>();
const noImages: readonly FoundField[] = [];

function findImages(value: object): readonly FoundField[] {
  let found = noImages;
  const keys: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  for (const key of keys) {
    const held = (value as Readonly<Record<string | number, unknown>>)[key];
    if (typeof held !== 'object' || held === null) continue;
    for (const image of findImages(held)) found = [...found, { field: [key, ...image.field], value: image.value }];
    if (isContainerList(key, held)) for (const image of imagesOf(held)) found = [...found, { field: [key, ...image.field], value: image.value }];
  }
  return found;
}

function isContainerList(key: string | number, value: unknown): value is readonly unknown[] {
  return (key === 'containers' || key === 'initContainers') && Array.isArray(value);
}

function imagesOf(containers: readonly unknown[]): readonly FoundField[] {
  const found: FoundField[] = [];
  for (let index = 0; index < containers.length; index++) {
    const image = entryOf(containers[index], 'image');
    if (image !== undefined) found.push({ field: [index, 'image'], value: image });
  }
  return found;
}
