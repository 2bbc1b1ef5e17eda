import type { SourceFile } from '../../core/document.ts';
import { nameOf } from '../../core/repo-path.ts';
import type { FoundVersion } from './found-version.ts';

/** Attributes that hold the Kubernetes of a cluster wherever they stand: modules of EKS, AKS, GKE, Civo and Linode, and their variables. */
const clusterAttributes: ReadonlySet<string> = new Set(['cluster_version', 'kubernetes_version', 'min_master_version', 'k8s_version']);

/** Resources whose own `version` is the Kubernetes of the cluster. */
const clusterResource = /^resource\s+"(?:aws_eks_cluster|digitalocean_kubernetes_cluster|scaleway_k8s_cluster|ovh_cloud_project_kube)"\s/;

/** Modules that others configure, examples of them, and copies say nothing of a cluster that runs. */
const notDelivered = /(?:^|\/)(?:modules|examples?|\.terraform|\.terragrunt-cache)\//;

/** No attribute is this long; minified texts are. */
const longestLine = 1000;

/**
 * The Kubernetes of clusters that Terraform and Terragrunt make: only what is written as a plain text in a line of its own.
 * References, interpolations, conditions and defaults of variables are not known.
 */
export function* readTerraform({ path, text, classification }: SourceFile): Generator<FoundVersion> {
  const { class: name } = classification;
  if (name !== 'terraform' && name !== 'terraform-variables' && name !== 'terragrunt') return;
  if (!text.includes('version') || notDelivered.test(path)) return;
  const blocks: string[] = [];
  let isComment = false;
  let start = 0;
  for (const line of text.split('\n')) {
    const code = isComment || line.length > longestLine ? '' : withoutComment(line);
    const [, attribute = '', value = ''] = /^\s*(\w+)\s*=\s*"([\w.+-]*)"\s*,?\s*$/.exec(code) ?? [];
    const isOfCluster = clusterAttributes.has(attribute) || (attribute === 'version' && clusterResource.test(blocks.at(-1) ?? ''));
    if (isOfCluster && /^v?1\.\d\d/.test(value)) {
      const from = start + line.indexOf(`"${value}"`, line.indexOf('='));
      const says = `"${attribute}" in "${nameOf(path)}" is Kubernetes ${value}`;
      yield { tool: 'kubernetes', text: value, at: { path, start: from, end: from + value.length + 2 }, says, where: 'described' };
    }
    followBlocks(code, blocks);
    if (line.includes('/*')) isComment = true;
    if (line.lastIndexOf('*/') > line.lastIndexOf('/*')) isComment = false;
    start += line.length + 1;
  }
}

/** The line up to `#`, `//` or `/*` outside of quotes. */
function withoutComment(line: string): string {
  const [code = ''] = /^(?:[^"#/]|"(?:[^"\\]|\\.)*"|\/(?![/*]))*/.exec(line) ?? [];
  return code;
}

/** The headers of the blocks that are open after the line. */
function followBlocks(code: string, blocks: string[]): void {
  const bare = code.replace(/"(?:[^"\\]|\\.)*"/g, quoted => quoted.replace(/[{}]/g, ' '));
  for (const char of bare) {
    if (char === '{') blocks.push(bare.trim());
    else if (char === '}') blocks.pop();
  }
}
