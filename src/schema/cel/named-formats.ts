import { fitsFormat, isDns1035Label, isDns1123Label, isDns1123Subdomain, isLabelKey, isLabelValue } from '../formats.ts';

/** https://pkg.go.dev/k8s.io/apiserver/pkg/cel/library#Format */
export const namedFormats: Readonly<Record<string, (text: string) => boolean>> = {
  dns1123Label: isDns1123Label,
  dns1123Subdomain: isDns1123Subdomain,
  dns1035Label: isDns1035Label,
  qualifiedName: isLabelKey,
  dns1123LabelPrefix: text => isDns1123Label(maskDash(text)),
  dns1123SubdomainPrefix: text => isDns1123Subdomain(maskDash(text)),
  dns1035LabelPrefix: text => isDns1035Label(maskDash(text)),
  labelValue: isLabelValue,
  uri: text => fitsFormat(text, 'uri'),
  uuid: text => fitsFormat(text, 'uuid'),
  byte: text => fitsFormat(text, 'byte'),
  date: text => fitsFormat(text, 'date'),
  datetime: text => fitsFormat(text, 'datetime'),
};

/** A prefix may end in a dash, as `web-` may before the name that the API server generates. */
function maskDash(text: string): string {
  return text.length > 1 && text.endsWith('-') ? `${text.slice(0, -1)}a` : text;
}
