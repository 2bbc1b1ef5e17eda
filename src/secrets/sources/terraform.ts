import type { DocumentClass } from '../../core/classification.ts';
import type { Document, SourceFile } from '../../core/document.ts';
import { type Fields, isFields } from '../../core/fields.ts';
import { at, type FieldPath } from '../../core/place.ts';
import { collectFields, mentionsCredential } from './collect-fields.ts';
import type { SecretCandidate } from './secret-candidate.ts';
import { isExpression, literalsInExpressions } from './terraform-expressions.ts';

const holders: ReadonlyMap<DocumentClass, string> = new Map<DocumentClass, string>([
  ['terraform', 'the Terraform configuration'],
  ['terraform-variables', 'the Terraform variables'],
  ['terragrunt', 'the Terragrunt configuration'],
]);

/** Literals of Terraform, OpenTofu and Terragrunt: attributes, locals, inputs, defaults and values of variables. References are templates. */
export function* terraformLiterals(file: SourceFile): Iterable<SecretCandidate> {
  // What a test is given, nobody uses.
  if (/\.tftest\.(?:hcl|json)$/.test(file.path)) return;
  for (const document of file.documents) {
    const holder = holders.get(document.classification.class);
    if (holder === undefined || !isFields(document.value)) continue;
    const literals = [...collectFields({ document, holder, leavesOut }, document.value)];
    if (document.classification.class === 'terraform') literals.push(...namedByLabels(document, document.value, holder));
    yield* literals.filter(({ value }) => !isExpression(value));
    if (mentionsCredential(file.text)) yield* literalsInExpressions(file, document, holder);
  }
}

/** Blocks that the second pass looks at, and stand-ins for the outputs of what is not applied yet. */
function leavesOut(key: string, field: FieldPath): boolean {
  return key === 'mock_outputs' || key === 'validation' || (field.length === 0 && key === 'variable');
}

/** What a label names and not the attribute: the defaults of variables, and resources that keep one secret. */
function* namedByLabels(document: Document, value: Fields, holder: string): Iterable<SecretCandidate> {
  for (const [name, field, variable] of labelled(value.variable, ['variable'])) {
    const place = [...field, 'default'];
    if (isFields(variable.default) || Array.isArray(variable.default)) yield* collectFields({ document, holder }, variable.default, place);
    else yield* scalar(document, holder, variable.default, name, place, 'setting');
  }
  if (!isFields(value.resource)) return;
  for (const [type, attribute] of keepsSecret) {
    for (const [name, field, resource] of labelled(value.resource[type], ['resource', type])) {
      const content = resource[attribute];
      const place = [...field, attribute];
      if (isFields(content)) for (const key in content) yield* scalar(document, holder, content[key], key, [...place, key], 'secret');
      else yield* scalar(document, holder, content, name, place, 'secret');
    }
  }
}

/** Types of resources with the attribute that holds a secret, whatever its name. */
const keepsSecret: readonly (readonly [type: string, attribute: string])[] = [
  ['aws_secretsmanager_secret_version', 'secret_string'],
  ['azurerm_key_vault_secret', 'value'],
  ['google_secret_manager_secret_version', 'secret_data'],
  ['kubernetes_secret', 'data'],
  ['kubernetes_secret_v1', 'data'],
  ['github_actions_secret', 'plaintext_value'],
  ['vault_generic_secret', 'data_json'],
  ['vault_kv_secret_v2', 'data_json'],
];

/** Blocks by their last label; one that is written twice is a list. */
function* labelled(blocks: unknown, field: FieldPath): Iterable<readonly [string, FieldPath, Fields]> {
  if (!isFields(blocks)) return;
  for (const name in blocks) {
    const block = blocks[name];
    if (isFields(block)) yield [name, [...field, name], block];
    else if (Array.isArray(block)) for (const [index, item] of block.entries()) if (isFields(item)) yield [name, [...field, name, index], item];
  }
}

function* scalar(
  document: Document,
  holder: string,
  value: unknown,
  key: string,
  field: FieldPath,
  keptAs: SecretCandidate['keptAs'],
): Iterable<SecretCandidate> {
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const names = field.slice(0, -1).filter(part => typeof part === 'string');
  const path = names.at(-1) === key ? names : [...names, key];
  yield { at: at(document, ...field), key, path, value: String(value), holder, keptAs };
}
