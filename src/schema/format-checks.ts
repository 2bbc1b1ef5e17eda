import { formatNamed, isBase64, isDateTime, isGoDuration, isLabelKey, isLabelValue, isQuantity } from './formats.ts';

/** What a text has to be, with the words for it. */
export interface FormatCheck {
  readonly words: string;
  readonly accepts: (text: string) => boolean;
}

/** The check of a format; undefined where nobody enforces it. */
export type FindFormat = (format: string) => FormatCheck | undefined;

/** Of the kinds of Kubernetes itself, whose types decode their own texts. */
export const kubernetesFormat: FindFormat = format => kubernetesFormats.get(format);

const keyWords = 'a name of at most 63 letters, digits, "-", "_" and ".", with or without the prefix of a domain and "/"';

/** The same few keys and quantities stand at every object. */
function remembered(accepts: (text: string) => boolean): (text: string) => boolean {
  const accepted = new Set<string>();
  return text => {
    if (accepted.has(text)) return true;
    if (!accepts(text)) return false;
    if (accepted.size < mostRemembered) accepted.add(text);
    return true;
  };
}

const mostRemembered = 1000;

const kubernetesFormats: ReadonlyMap<string, FormatCheck> = new Map([
  ['quantity', { words: 'a quantity such as 500m, 2 or 1Gi', accepts: remembered(isQuantity) }],
  ['date-time', { words: 'a date and time such as 2027-03-31T12:00:00Z', accepts: isDateTime }],
  ['byte', { words: 'base64', accepts: isBase64 }],
  ['label-value', { words: 'a label of at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends', accepts: isLabelValue }],
  ['label-key', { words: keyWords, accepts: remembered(isLabelKey) }],
  // Annotations take any case of their keys.
  ['annotation-key', { words: keyWords, accepts: remembered(text => isLabelKey(text.toLowerCase())) }],
]);

/** Of custom resources: what the API server enforces of the formats in their definitions. */
export const customResourceFormat: FindFormat = format => {
  if (format === 'quantity') return kubernetesFormats.get(format);
  const accepts = formatNamed(format);
  return accepts && { words: `a text in the format "${format}"`, accepts };
};

/** Of the tables that ship with gitops-lint: their durations are those of Go, which the controllers read. */
export const shippedFormat: FindFormat = format => (format === 'duration' ? goDuration : customResourceFormat(format));

const goDuration: FormatCheck = { words: 'a duration such as 30s, 10m or 1h30m', accepts: isGoDuration };

/** JSON Schema takes formats for remarks. */
export const noFormat: FindFormat = () => undefined;
