import path from 'node:path/posix';
import { append, replaceField, replaceLine, swapLetters } from '../edit-text.ts';
import { fieldAt } from '../mentions.ts';
import type { Repository, YamlDocument } from '../read-repository.ts';
import type { Defect, Seeders } from '../seed.ts';

/** Mistakes in charts and in the values that they are given. */
export const helmDefects: Seeders<Defect> = {
  'the version of a chart is a number': repository => rewriteField(repository, 'version', '1.2'),
  'the version of a chart is a word': repository => rewriteField(repository, 'version', 'latest'),
  'the type of a chart is none': repository => rewriteField(repository, 'type', 'app'),
  'a chart has no name': function* (repository) {
    for (const chart of chartsIn(repository)) {
      const name = fieldAt(chart, 'name');
      if (name && name.line > 1) yield { files: { [chart.path]: replaceLine(chart.text, name.line) }, expected: [metadata(chart, 1)] };
    }
  },
  'a range of Kubernetes versions is none': function* (repository) {
    for (const chart of chartsIn(repository)) {
      const range = fieldAt(chart, 'kubeVersion');
      const { text, line } = range
        ? { text: replaceField(range, '">=1.29 and <2"'), line: range.line }
        : append(chart, 'kubeVersion: ">=1.29 and <2"');
      yield { files: { [chart.path]: text }, expected: [metadata(chart, line)] };
    }
  },
  'a lock file is stale': function* (repository) {
    for (const chart of chartsIn(repository)) {
      const lock = path.join(path.dirname(chart.path), 'Chart.lock');
      const text = `dependencies:\n  - name: redis\n    version: 17.3.2\n    repository: ${charts}\ndigest: sha256:0\n`;
      yield { files: { [chart.path]: withRedis(chart).text, [lock]: text }, expected: [{ ruleId: 'helm/lock', path: lock, line: 3 }] };
    }
  },
  'a packed subchart is of another version': function* (repository) {
    for (const chart of chartsIn(repository)) {
      const { text, line } = withRedis(chart);
      const archive = path.join(path.dirname(chart.path), 'charts/redis-17.3.2.tgz');
      yield { files: { [chart.path]: text, [archive]: '' }, expected: [{ ruleId: 'helm/lock', path: chart.path, line: line + 2 }] };
    }
  },
  'a value is misspelt': function* (repository) {
    for (const { values, key, line, start } of valuesIn(repository)) {
      const misspelt = swapLetters(key);
      const text = values.text.slice(0, start) + misspelt + values.text.slice(start + key.length);
      if (misspelt !== key) yield { files: { [values.path]: text }, expected: [{ ruleId: 'helm/unknown-value', path: values.path, line }] };
    }
  },
  'a value does not fit the schema of the chart': function* (repository) {
    for (const { values, key, line, isScalar } of valuesIn(repository)) {
      if (!isScalar) continue;
      const schema = path.join(path.dirname(values.path), 'values.schema.json');
      const text = JSON.stringify({ properties: { [key]: { type: 'null' } } });
      yield { files: { [schema]: text }, expected: [{ ruleId: 'helm/values-schema', path: values.path, line }] };
    }
  },
  'the schema of a chart is none': function* (repository) {
    for (const chart of chartsIn(repository)) {
      const schema = path.join(path.dirname(chart.path), 'values.schema.json');
      const text = '{\n  "properties": {\n    "replicas": { "type": "int" }\n  }\n}\n';
      yield { files: { [schema]: text }, expected: [{ ruleId: 'helm/values-schema', path: schema, line: 3 }] };
    }
  },
};

const charts = 'https://charts.example.org';

function chartsIn({ documents }: Repository): YamlDocument[] {
  return documents.filter(({ path: file }) => path.basename(file) === 'Chart.yaml');
}

/** The fields of the values files of environments, which stand beside their charts. */
function* valuesIn(repository: Repository) {
  const folders = new Set(chartsIn(repository).map(({ path: file }) => path.dirname(file)));
  for (const values of repository.documents) {
    if (!/^values-\w+\.yaml$/.test(path.basename(values.path)) || !folders.has(path.dirname(values.path))) continue;
    for (const { keys, line, kind } of values.fields) {
      const [key] = keys;
      if (keys.length !== 1 || typeof key !== 'string') continue;
      const start =
        values.text
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length + (line > 1 ? 1 : 0);
      yield { values, key, line, start, isScalar: kind === 'scalar' };
    }
  }
}

function withRedis(chart: YamlDocument): { readonly text: string; readonly line: number } {
  return append(chart, 'dependencies:', '  - name: redis', '    version: 18.x', `    repository: ${charts}`);
}

function* rewriteField(repository: Repository, key: string, by: string): Generator<Defect> {
  for (const chart of chartsIn(repository)) {
    const field = fieldAt(chart, key);
    if (field) yield { files: { [chart.path]: replaceField(field, by) }, expected: [metadata(chart, field.line)] };
  }
}

function metadata({ path: file }: YamlDocument, line: number): Defect['expected'][number] {
  return { ruleId: 'helm/chart-metadata', path: file, line };
}
