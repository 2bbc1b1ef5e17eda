import { addFields, childrenOf, replaceField, replaceLine, swapLetters } from '../edit-text.ts';
import { environmentIn } from '../environments-in-names.ts';
import { fieldAt, fieldBeside, isFluxKustomization } from '../mentions.ts';
import type { Field, Repository, YamlDocument } from '../read-repository.ts';
import type { Defect, Seeders } from '../seed.ts';

/** Mistakes in the objects of Argo CD and Flux. */
export const controllerDefects: Seeders<Defect> = {
  'a source of Flux is misspelt': function* (repository) {
    for (const field of sourceFields(repository, 'name')) {
      // `flux-system` stands for what the bootstrap makes, with or without a file here.
      const name = String(field.value) === 'flux-system' ? 'flux-sytem' : swapLetters(String(field.value));
      yield rewrite('flux/source-ref', field, name);
    }
  },
  'a source of Flux is of another kind': function* (repository) {
    for (const field of sourceFields(repository, 'kind')) {
      const name = fieldBeside(field, 'name');
      // A bootstrap may make a `flux-system` of any kind.
      if (name && name.value !== 'flux-system')
        yield { ...rewrite('flux/source-ref', field, 'Bucket'), expected: [{ ruleId: 'flux/source-ref', ...placeOf(name) }] };
    }
  },
  'a source of Flux is in another namespace': function* (repository) {
    for (const field of sourceFields(repository, 'name')) {
      if (fieldBeside(field, 'namespace')) continue;
      const added = addFields(field.document, field.keys.slice(0, -1), 'namespace: elsewhere');
      if (added === undefined) continue;
      const line = added.line <= field.line ? field.line + 1 : field.line;
      yield {
        files: { [field.document.path]: added.text },
        expected: [{ ruleId: 'flux/source-ref', path: field.document.path, line }],
      };
    }
  },
  'a dependency of Flux is misspelt': function* (repository) {
    for (const field of dependencies(repository)) yield rewrite('flux/depends-on', field, swapLetters(String(field.value)));
  },
  'a dependency of Flux is in another namespace': function* (repository) {
    for (const field of dependencies(repository)) {
      const item = field.keys.slice(0, -1);
      if (childrenOf(field.document, item).length > 1) continue;
      const added = addFields(field.document, item, 'namespace: elsewhere');
      if (added) {
        yield { files: { [field.document.path]: added.text }, expected: [{ ruleId: 'flux/depends-on', ...placeOf(field) }] };
      }
    }
  },
  'a dependency of Flux is suspended': function* (repository) {
    for (const field of dependencies(repository)) {
      const { path, kind } = field.document;
      const folder = path.slice(0, path.lastIndexOf('/') + 1);
      const target = repository.documents.find(
        other => other.kind === kind && other.path.startsWith(folder) && fieldAt(other, 'metadata', 'name')?.value === field.value,
      );
      const added = target && addFields(target, ['spec'], 'suspend: true');
      if (added === undefined || target === undefined || target.path === path) continue;
      yield { files: { [target.path]: added.text }, expected: [{ ruleId: 'flux/depends-on', ...placeOf(field) }] };
    }
  },
  'a Flux object is suspended': function* ({ documents }) {
    for (const document of documents) {
      if (!/^(kustomize|helm|source)\.toolkit\.fluxcd\.io\//.test(document.apiVersion) || !fieldAt(document, 'spec', 'interval')) continue;
      const added = addFields(document, ['spec'], 'suspend: true');
      if (added) yield suspended(document, added.text, added.line);
    }
  },
  'Flux is told to skip an object': function* ({ documents }) {
    for (const document of documents) {
      if (document.kind !== 'Deployment' && document.kind !== 'ConfigMap') continue;
      const added = fieldAt(document, 'metadata', 'annotations')
        ? undefined
        : addFields(document, ['metadata'], 'annotations:', '    kustomize.toolkit.fluxcd.io/reconcile: disabled');
      if (added) yield suspended(document, added.text, added.line + 1);
    }
  },
  'the sync of an Application is disabled': function* ({ documents }) {
    for (const document of documents) {
      const added = document.kind === 'Application' ? addFields(document, ['spec', 'syncPolicy', 'automated'], 'enabled: false') : undefined;
      if (added) yield suspended(document, added.text, added.line);
    }
  },
  'Argo CD is told to skip an Application': function* ({ documents }) {
    for (const document of documents) {
      if (document.kind !== 'Application' || fieldAt(document, 'metadata', 'annotations')) continue;
      const added = addFields(document, ['metadata'], 'annotations:', `    argocd.argoproj.io/skip-reconcile: "true"`);
      if (added) yield suspended(document, added.text, added.line + 1);
    }
  },
  'a production Kustomization of Flux does not prune': function* ({ documents }) {
    for (const document of documents) {
      const prune = isFluxKustomization(document) && environmentIn(document.path) === 'production' ? fieldAt(document, 'spec', 'prune') : undefined;
      if (prune) yield rewrite('drift/self-heal', prune, 'false');
    }
  },
  'a production release does not detect drift': function* ({ documents }) {
    const releases = documents.filter(document => fieldAt(document, 'spec', 'driftDetection', 'mode'));
    for (const document of releases) {
      const [mode, spec] = [fieldAt(document, 'spec', 'driftDetection', 'mode'), fieldAt(document, 'spec')];
      if (mode === undefined || spec === undefined) continue;
      const place = { path: document.path, line: spec.line };
      yield {
        files: { [document.path]: replaceField(mode, 'disabled') },
        expected: [place, { ...place, line: spec.valueLine }, placeOf(mode)].map(at => ({ ruleId: 'drift/self-heal', ...at })),
      };
    }
  },
  'a production Application joins the default project': function* (repository) {
    for (const field of applicationFields(repository, 'spec', 'project')) yield rewrite('argocd/default-project', field, 'default');
  },
  'a production Application names no project': function* (repository) {
    for (const { document, line } of applicationFields(repository, 'spec', 'project')) {
      const spec = fieldAt(document, 'spec');
      if (spec === undefined) continue;
      const places = [spec.line, spec.valueLine].map(at => ({ ruleId: 'argocd/default-project', path: document.path, line: at }));
      yield { files: { [document.path]: replaceLine(document.text, line) }, expected: places };
    }
  },
  'self-healing of production is switched off': function* (repository) {
    for (const field of applicationFields(repository, 'spec', 'syncPolicy', 'automated', 'selfHeal'))
      yield rewrite('drift/self-heal', field, 'false');
  },
  'pruning of production is switched off': function* (repository) {
    for (const field of applicationFields(repository, 'spec', 'syncPolicy', 'automated', 'prune')) yield rewrite('drift/self-heal', field, 'false');
  },
  'production takes any version of a chart': function* (repository) {
    for (const field of revisions(repository)) {
      if (!fieldBeside(field, 'chart')) continue;
      for (const range of ['"*"', '">=1.0.0"', '^3.1.0', '3.x', '~3.4', '3.4 - 4.0']) yield rewrite('argocd/floating-revision', field, range);
    }
  },
  'production takes the newest version of a chart': function* (repository) {
    for (const field of revisions(repository)) {
      if (!fieldBeside(field, 'chart')) continue;
      const { document, keys, line } = field;
      const source = fieldAt(document, ...keys.slice(0, -1));
      if (source === undefined) continue;
      yield {
        files: { [document.path]: replaceLine(document.text, line) },
        expected: [source.line, source.valueLine].map(at => ({ ruleId: 'argocd/floating-revision', path: document.path, line: at })),
      };
    }
  },
  'a release waits for a Kustomization': function* (repository) {
    for (const document of repository.documents) {
      const kustomization = repository.documents.find(isFluxKustomization);
      const name = kustomization && fieldAt(kustomization, 'metadata', 'name')?.value;
      if (document.kind !== 'HelmRelease' || name === undefined || !fieldAt(document, 'spec', 'interval') || fieldAt(document, 'spec', 'dependsOn'))
        continue;
      const added = addFields(document, ['spec'], 'dependsOn:', `  - name: ${name}`, '    namespace: flux-system');
      if (added)
        yield { files: { [document.path]: added.text }, expected: [{ ruleId: 'flux/depends-on', path: document.path, line: added.line + 1 }] };
    }
  },
  'production follows the branch of another repository': function* (repository) {
    for (const field of revisions(repository)) {
      const url = fieldBeside(field, 'repoURL');
      if (url === undefined || fieldBeside(field, 'chart') || fieldBeside(field, 'ref')) continue;
      const text = replaceField(field, 'main');
      yield {
        files: {
          [field.document.path]: replaceLine(text, url.line, line => line.replace(String(url.value), 'https://git.example.org/vendor/product.git')),
        },
        expected: [{ ruleId: 'argocd/floating-revision', ...placeOf(field) }],
      };
    }
  },
};

/** The fields of references from Flux Kustomizations and HelmReleases to their sources. */
function sourceFields({ documents }: Repository, name: 'name' | 'kind'): Field[] {
  return documents
    .filter(({ kind, apiVersion }) => /^(Kustomization|HelmRelease)$/.test(kind) && apiVersion.includes('toolkit.fluxcd.io/'))
    .flatMap(({ fields }) => fields.filter(({ keys }) => keys.at(-1) === name && /^(sourceRef|chartRef)$/.test(String(keys.at(-2)))));
}

function dependencies({ documents }: Repository): Field[] {
  return documents
    .filter(({ kind, apiVersion }) => /^(Kustomization|HelmRelease)$/.test(kind) && apiVersion.includes('toolkit.fluxcd.io/'))
    .flatMap(({ fields }) => fields.filter(({ keys }) => keys.length === 4 && keys[1] === 'dependsOn' && keys[3] === 'name'));
}

/** A field of every Application that stands in production. */
function applicationFields({ documents }: Repository, ...keys: readonly string[]): Field[] {
  return documents
    .filter(({ kind, path }) => kind === 'Application' && environmentIn(path) === 'production')
    .flatMap(document => fieldAt(document, ...keys) ?? []);
}

function revisions({ documents }: Repository): Field[] {
  return documents
    .filter(({ kind, path }) => kind === 'Application' && environmentIn(path) === 'production')
    .flatMap(({ fields }) => fields.filter(({ keys }) => keys.at(-1) === 'targetRevision'));
}

function rewrite(ruleId: string, field: Field, by: string): Defect {
  return { files: { [field.document.path]: replaceField(field, by) }, expected: [{ ruleId, ...placeOf(field) }] };
}

function placeOf({ document: { path }, line }: Field): { readonly path: string; readonly line: number } {
  return { path, line };
}

function suspended({ path }: YamlDocument, text: string, line: number): Defect {
  return { files: { [path]: text }, expected: [{ ruleId: 'drift/suspended', path, line }] };
}
