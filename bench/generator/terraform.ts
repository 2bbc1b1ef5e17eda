import { type Environment, environments } from './names.ts';

/** Terraform modules and one live folder for each environment. */
export function terraform(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const module of ['cluster', 'database', 'network']) {
    files[`terraform/modules/${module}/main.tf`] = main(module);
    files[`terraform/modules/${module}/variables.tf`] = variables(module);
    files[`terraform/modules/${module}/outputs.tf`] = outputs(module);
  }
  for (const environment of environments) {
    files[`terraform/live/${environment}/main.tf`] = live(environment);
    files[`terraform/live/${environment}/backend.tf`] = backend(environment);
  }
  return files;
}

function main(module: string): string {
  return `# The ${module} of one environment.
resource "example_${module}" "this" {
  name   = "\${var.name}-${module}"
  region = var.region
  size   = var.size

  tags = merge(var.tags, {
    module = "${module}"
  })

  lifecycle {
    prevent_destroy = true
  }
}

resource "example_role" "operator" {
  name   = "\${var.name}-${module}-operator"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["${module}:Describe*"], Resource = example_${module}.this.id }]
  })
}
`;
}

function variables(module: string): string {
  const variable = (name: string, type: string, description: string) =>
    `variable "${name}" {\n  type        = ${type}\n  description = "${description}"\n}\n`;
  return [
    variable('name', 'string', `What the ${module} and its parts are called.`),
    variable('region', 'string', 'Where it stands.'),
    variable('size', 'number', 'How many nodes it has.'),
    variable('tags', 'map(string)', 'Put on everything.'),
  ].join('\n');
}

function outputs(module: string): string {
  return `output "id" {
  description = "Identifies the ${module}."
  value       = example_${module}.this.id
}

output "operator_role" {
  description = "The role that may look at the ${module}."
  value       = example_role.operator.name
}
`;
}

function live(environment: Environment): string {
  const size = { development: 1, staging: 2, production: 6 }[environment];
  const module = (name: string) => `module "${name}" {
  source = "../../modules/${name}"

  name   = "shop-${environment}"
  region = "eu-central-1"
  size   = ${size}
  tags   = { environment = "${environment}" }
}
`;
  return ['network', 'cluster', 'database'].map(module).join('\n');
}

function backend(environment: Environment): string {
  return `terraform {
  required_version = ">= 1.9"

  backend "s3" {
    bucket       = "acme-terraform-${environment}"
    key          = "${environment}/platform.tfstate"
    region       = "eu-central-1"
    encrypt      = true
    use_lockfile = true
  }

  required_providers {
    example = {
      source  = "registry.example.org/acme/example"
      version = "~> 2.4"
    }
  }
}
`;
}
