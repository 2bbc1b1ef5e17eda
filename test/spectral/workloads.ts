/** Texts of Kubernetes workloads with many small differences, the same ones every time. */
export function workloads(number: number): readonly string[] {
  let state = 1;
  const pick = <T>(...choices: readonly T[]): T => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return choices[(state >>> 8) % choices.length] as T;
  };
  return Array.from({ length: number }, (_, index) =>
    [
      'apiVersion: apps/v1',
      pick('kind: Deployment', 'kind: StatefulSet', 'kind: "DaemonSet"', '# no kind'),
      'metadata:',
      `  name: ${pick('web', `web-${index}`, 'Web_Server', 'a-rather-long-name', "'quoted'")}`,
      pick(
        '  labels: { env: prod, team: blue }',
        '  labels:\n    team: blue\n    env: test',
        '  labels:\n    app.kubernetes.io/name: web',
        '  # no labels',
      ),
      pick('  annotations: {}', '  # no annotations'),
      'spec:',
      pick('  replicas: 1', '  replicas: 3', '  replicas: "3"', '  paused: true'),
      '  template:',
      '    spec:',
      '      containers:',
      '        - name: main',
      pick('          image: nginx:latest', '          image: "nginx:1.27"', '          # no image'),
      pick('          imagePullPolicy: Never', '          imagePullPolicy: Always'),
      pick('          livenessProbe: { httpGet: { path: / } }', '          # no probe'),
      pick(
        '          resources: { limits: { cpu: 1 } }',
        '          resources:\n            limits: {}\n            requests: {}',
        '          resources: {}',
      ),
      pick(
        '          ports: []',
        '          ports:\n            - containerPort: 80',
        '          ports: [{ containerPort: 80 }, { containerPort: 81 }]',
      ),
      '          env:',
      pick(
        '            - { name: A, value: b }',
        '            - name: A\n              value: b\n              valueFrom: {}',
        '            - name: A',
      ),
      '',
    ].join('\n'),
  );
}
