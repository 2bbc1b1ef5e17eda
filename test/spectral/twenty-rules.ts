/** A ruleset that uses every core function that makes sense for Kubernetes objects. */
export const twentyRules = `
aliases:
  Containers: ['$..containers[*]']
  Metadata: [$.metadata]
rules:
  has-kind: { given: $, severity: error, then: { field: kind, function: truthy } }
  known-kind: { given: $.kind, then: { function: enumeration, functionOptions: { values: [Deployment, StatefulSet] } } }
  name-pattern: { given: '#Metadata.name', then: { function: pattern, functionOptions: { match: '^[a-z][a-z0-9-]*$' } } }
  name-length: { given: '#Metadata.name', then: { function: length, functionOptions: { max: 10 } } }
  name-casing: { given: '#Metadata.name', severity: info, then: { function: casing, functionOptions: { type: kebab } } }
  has-labels: { given: '#Metadata', severity: hint, then: { field: labels, function: defined } }
  team-label: { given: '#Metadata', message: 'no team: {{error}}', then: { field: labels.team, function: truthy } }
  no-annotations: { given: '#Metadata', then: { field: annotations, function: undefined } }
  label-order: { given: '#Metadata.labels', then: { function: alphabetical } }
  image-tag: { given: '#Containers.image', message: '{{property}} is {{value}}', then: { function: pattern, functionOptions: { notMatch: ':latest$' } } }
  image-is-there: { given: '#Containers', severity: error, then: { field: image, function: truthy } }
  probe: { given: '#Containers', then: { function: or, functionOptions: { properties: [livenessProbe, readinessProbe] } } }
  one-of-two: { given: '$..env[*]', then: { function: xor, functionOptions: { properties: [value, valueFrom] } } }
  limits: { given: '#Containers.resources', then: { function: schema, functionOptions: { allErrors: true, schema: { type: object, required: [limits, requests] } } } }
  replicas: { given: $.spec, then: { function: schema, functionOptions: { schema: { properties: { replicas: { type: integer, minimum: 2 } } } } } }
  not-paused: { given: $.spec.paused, then: { function: falsy } }
  production: { given: "$.metadata.labels[?(@property === 'env' && @ == 'prod')]", severity: info, message: in production, then: { function: falsy } }
  pull-policy: { given: "$..containers[?(@.imagePullPolicy == 'Never')]", message: never pulled, then: { field: imagePullPolicy, function: falsy } }
  label-keys: { given: '#Metadata.labels', then: { field: '@key', function: pattern, functionOptions: { match: '^[a-z]+$' } } }
  ports: { given: $..ports, message: '{{path}}: {{error}}', then: { function: length, functionOptions: { min: 1, max: 1 } } }
`;
