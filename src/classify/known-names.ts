import type { DocumentClass } from '../core/classification.ts';

/** How the text of a file is read. */
export type Language = 'yaml' | 'json' | 'hcl' | 'none';

/** What the name of a file alone says. */
export interface NamedFile {
  readonly class: DocumentClass;
  /** What it is, after the name, as in `the configuration of Renovate`. */
  readonly is: string;
  /** Absent where the extension says it. */
  readonly language?: Language;
  /** The content cannot change the class. */
  readonly final?: boolean;
}

/** Files that tools look for under the same name in every repository. */
export const namedFiles: ReadonlyMap<string, NamedFile> = new Map(
  [
    files('helm-chart', 'the metadata of a Helm chart', 'Chart.yaml Chart.yml', 'yaml', true),
    files('helm-lock', 'the lock file of a Helm chart', 'Chart.lock requirements.lock', 'yaml', true),
    files('helm-values-schema', 'the schema of the values of a chart', 'values.schema.json', 'json', true),
    files('kustomization', 'a kustomization', 'kustomization.yaml kustomization.yml Kustomization', 'yaml'),
    files('helmfile', 'a helmfile', 'helmfile.yaml helmfile.yml'),
    files('lock-file', 'a lock file', 'helmfile.lock pnpm-lock.yaml vendir.lock.yml vendir.lock.yaml buf.lock', 'yaml', true),
    files(
      'lock-file',
      'a lock file',
      'package-lock.json npm-shrinkwrap.json jsonnetfile.lock.json flake.lock composer.lock devbox.lock',
      'json',
      true,
    ),
    files('lock-file', 'a lock file', 'go.sum yarn.lock poetry.lock uv.lock Cargo.lock Gemfile.lock mise.lock Pipfile.lock bun.lock', 'none', true),
    files('terraform-lock', 'the lock file of the Terraform providers', '.terraform.lock.hcl', 'hcl', true),
    files('jenkins-x-requirements', 'the requirements of Jenkins X', 'jx-requirements.yml jx-requirements.yaml', 'yaml', true),
    files('sops-config', 'the configuration of SOPS', '.sops.yaml .sops.yml', 'yaml', true),
    files('gitlab-ci', 'a pipeline of GitLab', '.gitlab-ci.yml .gitlab-ci.yaml', 'yaml', true),
    files('bitbucket-pipelines', 'the pipelines of Bitbucket', 'bitbucket-pipelines.yml bitbucket-pipelines.yaml', 'yaml', true),
    files('azure-pipelines', 'a pipeline of Azure', 'azure-pipelines.yml azure-pipelines.yaml'),
    files('codeowners', 'who owns which paths', 'CODEOWNERS', 'none', true),
    files('owners', 'who approves changes', 'OWNERS OWNERS_ALIASES', 'yaml', true),
    files('backstage', 'an entity of a Backstage catalogue', 'catalog-info.yaml catalog-info.yml', 'yaml', true),
    files('ansible-config', 'the configuration of Ansible', 'ansible.cfg', 'none', true),
    files('ansible-config', 'what Ansible installs', 'galaxy.yml galaxy.yaml molecule.yml execution-environment.yml'),
    files(
      'script',
      'a script',
      'Makefile Justfile justfile Tiltfile Dockerfile Containerfile Earthfile Vagrantfile Rakefile GNUmakefile',
      'none',
      true,
    ),
    files('ci-config', 'a pipeline of Jenkins', 'Jenkinsfile', 'none', true),
    files(
      'ci-config',
      'a CI configuration',
      'cloudbuild.yaml cloudbuild.yml buildspec.yml buildspec.yaml .travis.yml .drone.yml .drone.yaml .woodpecker.yml .woodpecker.yaml appveyor.yml ' +
        '.appveyor.yml .cirrus.yml bitrise.yml codefresh.yml screwdriver.yaml atlantis.yaml .ci-operator.yaml .prow.yaml digger.yml codemagic.yaml',
    ),
    files('policy-test', 'a test of a policy', 'kyverno-test.yaml chainsaw-test.yaml kuttl-test.yaml'),
    files(
      'cluster-config',
      'how a cluster or machine is made',
      'talconfig.yaml talenv.yaml talenv.yml talsecret.yaml talsecret.sops.yaml k0sctl.yaml',
    ),
    files('cluster-config', 'how a cluster or machine is made', 'user-data meta-data kubeconfig talosconfig', 'none', true),
    files('tool-config', 'a configuration of pre-commit', '.pre-commit-config.yaml .pre-commit-config.yml .pre-commit-hooks.yaml'),
    files('tool-config', 'the configuration of yamllint', 'yamllint.yaml yamllint.yml'),
    files('tool-config', 'the configuration of yamllint', '.yamllint', 'yaml', true),
    files('tool-config', 'the configuration of a documentation site', 'mkdocs.yml mkdocs.yaml antora.yml _config.yml crowdin.yml'),
    files('tool-config', 'the configuration of Renovate', 'renovate.json renovate-config.json'),
    files('tool-config', 'the configuration of Task', 'Taskfile.yml Taskfile.yaml Taskfile.dist.yml Taskfile.dist.yaml taskfile.yml taskfile.yaml'),
    files(
      'tool-config',
      'the configuration of a development tool',
      'skaffold.yaml skaffold.yml devspace.yaml garden.yml garden.yaml okteto.yml okteto.yaml werf.yaml devfile.yaml score.yaml tilt-settings.yaml ' +
        'tilt-settings.json tilt_config.json lefthook.yml lefthook.yaml goreleaser.yml goreleaser.yaml mergify.yml codecov.yml codecov.yaml ' +
        'devbox.json aqua.yaml aqua.yml cookiecutter.json copier.yml copier.yaml vendir.yml vendir.yaml kbld.yaml kbld.yml Pulumi.yaml ' +
        'serverless.yml serverless.yaml infracost.yml infracost-usage.yml app-config.yaml app-config.production.yaml pnpm-workspace.yaml ' +
        'package.json release-please-config.json dagger.json lerna.json nx.json vercel.json jsonnetfile.json chartfile.yaml cdk.json',
    ),
    files(
      'tool-config',
      'the configuration of a linter or scanner',
      'ct.yaml ct.yml chart-testing.yaml lintconf.yaml kube-linter.yaml trivy.yaml trivy-secret.yaml kubescape.yaml polaris.yaml',
    ),
    files('tool-config', 'the bundle of Rancher Fleet', 'fleet.yaml fleet.yml'),
    files('tool-config', 'the package of kpt', 'Kptfile', 'yaml', true),
    files('tool-config', 'the baseline of gitops-lint', 'gitops-lint-baseline.json', 'json', true),
    files('tool-config', 'the configuration of gitops-lint', 'gitops-lint.yaml gitops-lint.yml .gitops-lint.yaml', 'yaml', true),
    files('tool-config', 'the configuration of TypeScript', 'tsconfig.json jsconfig.json deno.json', 'none', true),
  ].flat(),
);

function files(cls: DocumentClass, is: string, names: string, language?: Language, final = false): [string, NamedFile][] {
  const file = { class: cls, is, ...(language !== undefined && { language }), ...(final && { final }) };
  return names.split(' ').map(name => [name, file]);
}

/** What the extension alone says; the content decides among the classes of YAML, JSON and HCL. */
export const extensions: ReadonlyMap<string, readonly [Language, DocumentClass, string]> = new Map(
  [
    extension('yaml', 'other', 'a YAML file of no known kind', 'yaml yml'),
    extension('json', 'other', 'a JSON file of no known kind', 'json'),
    extension('hcl', 'terraform', 'a file of Terraform', 'tf tofu'),
    extension('hcl', 'terraform-variables', 'values of Terraform variables', 'tfvars'),
    extension('hcl', 'terraform', 'a file in the language of Terraform', 'hcl'),
    extension('json', 'terraform-state', 'a state of Terraform', 'tfstate'),
    extension('none', 'lock-file', 'a lock file', 'lock sum'),
    extension('none', 'documentation', 'documentation', 'md mdx markdown adoc asciidoc rst'),
    extension('none', 'script', 'a script', 'sh bash zsh fish ps1 bat cmd mk nu just'),
    extension(
      'none',
      'source-code',
      'source code',
      'py go js ts mjs cjs tsx jsx rb rs java kt groovy jsonnet libsonnet cue rego star bzl nix dhall lua php cs c h cpp sql proto graphql css scss html htm vue pkl ' +
        'k kcl bicep promql wasm el pl r swift scala tex d2',
    ),
    extension('none', 'tool-config', 'a configuration of a tool', 'toml cfg editorconfig'),
    extension('none', 'tool-config', 'JSON with comments', 'jsonc json5 code-workspace'),
    extension('none', 'data', 'settings', 'ini conf properties env param params'),
    extension('none', 'text', 'text', 'txt csv log xml pem crt cer pub svg diff patch rules'),
  ].flat(),
);

function extension(language: Language, cls: DocumentClass, is: string, names: string): [string, readonly [Language, DocumentClass, string]][] {
  return names.split(' ').map(name => [name, [language, cls, is]]);
}
