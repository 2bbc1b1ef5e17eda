import type { Document, SourceFile } from '../../core/document.ts';
import { type Fields, isFields, listAt } from '../../core/fields.ts';
import { at, type FieldPath } from '../../core/place.ts';
import { collectFields } from './collect-fields.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** What a state of Terraform (version 4) has in clear: its outputs, and the attributes of its resources. An encrypted one has neither. */
export function* stateValues(file: SourceFile): Iterable<SecretCandidate> {
  for (const document of file.documents) {
    const { value, classification } = document;
    if (classification.class === 'terraform-state' && isFields(value)) yield* valuesOf(document, value);
  }
}

const holder = 'the Terraform state';

function* valuesOf(document: Document, state: Fields): Iterable<SecretCandidate> {
  for (const [name, output] of Object.entries(isFields(state.outputs) ? state.outputs : {})) {
    if (!isFields(output)) continue;
    const field = ['outputs', name, 'value'];
    if (typeof output.value === 'string') {
      const keptAs = output.sensitive === true ? 'secret' : 'setting';
      yield { at: at(document, ...field), key: name, path: ['outputs', name], value: output.value, holder, keptAs };
    } else {
      yield* collectFields({ document, holder }, output.value, field);
    }
  }
  for (const [index, resource] of listAt(state, 'resources').entries()) {
    for (const [number, instance] of (isFields(resource) ? listAt(resource, 'instances') : []).entries()) {
      const field: FieldPath = ['resources', index, 'instances', number, 'attributes'];
      if (isFields(instance)) yield* collectFields({ document, holder }, instance.attributes, field);
    }
  }
}
