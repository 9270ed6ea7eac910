import { expect, test } from 'vitest';
import { lint, lintPractice, lintRules } from '#compose/check/lint/lint.ts';
import { parse } from '#compose/syntax/parse.ts';

/** Remarks as `code: text it is about`. */
function remarks(text: string, groups: readonly string[] = ['trap', 'essential']): string[] {
  const codes = new Set(lintRules.filter((rule) => groups.includes(rule.group)).map((rule) => rule.code));
  return parse('memory:', text)
    .documents.flatMap(({ root }) => (root === undefined ? [] : [...lint(root), ...lintPractice(root)]))
    .filter((problem) => codes.has(problem.code))
    .map((problem) => `${problem.code}: ${text.slice(problem.span.start, problem.span.end)}`);
}

test.each([
  ['unquoted-port', 'services: {a: {ports: [22:22]}}', ['unquoted-port: 22:22']],
  ['unquoted-port', 'services: {a: {ports: ["22:22", 8080:80]}}', []],
  ['unquoted-boolean', 'services:\n  a:\n    environment:\n      X: yes\n', ['unquoted-boolean: yes']],
  ['unquoted-boolean', 'services:\n  a:\n    environment:\n      X: "yes"\n      Y: true\n', []],
  [
    'changed-value',
    'services: {a: {labels: {a: 1.10}, build: {args: {B: FALSE}}}}',
    ['changed-value: 1.10', 'changed-value: FALSE'],
  ],
  [
    'changed-value',
    'services:\n  a:\n    environment:\n      A: 1\n      B: true\n      C: "1.10"\n      D: 1.5\n      E: x\n      F:\n      G: 22:30\n',
    [],
  ],
  ['changed-value', 'services: {a: {environment: [A=1.10, B=True]}}', []],
  ['unquoted-date', 'services: {a: {environment: {WHEN: 2024-01-02}}}', ['unquoted-date: 2024-01-02']],
  [
    'unquoted-date',
    'services:\n  a:\n    labels:\n      t: 2024-01-02T10:11:12Z\n',
    ['unquoted-date: 2024-01-02T10:11:12Z'],
  ],
  ['unquoted-date', 'services: {a: {environment: {WHEN: "2024-01-02", B: 2024-13-02}}}', []],
  ['newer-attribute', 'services: {a: {pre_start: [{command: x}]}}', ['newer-attribute: pre_start']],
  ['decimal-mode', 'services: {a: {secrets: [{source: s, mode: 440}]}}', ['decimal-mode: 440']],
  ['decimal-mode', 'services: {a: {configs: [{source: s, mode: 644}]}}', ['decimal-mode: 644']],
  ['decimal-mode', 'services: {a: {secrets: [{source: s, mode: 0440}, {source: t, mode: "440"}]}}', []],
  ['untagged-image', 'services: {a: {image: nginx}}', ['untagged-image: nginx']],
  ['untagged-image', 'services: {a: {image: nginx:latest}}', ['untagged-image: nginx:latest']],
  ['untagged-image', 'services: {a: {image: "localhost:5000/x"}}', ['untagged-image: "localhost:5000/x"']],
  [
    'untagged-image',
    'services: {a: {image: nginx:1.29}, b: {image: "${I}"}, c: {image: x@sha256:dbcc1c35ac38df41fd2f5e4130b32ffdb93ebae8b3dbe638c23575912276fc9c}}',
    [],
  ],
  ['untagged-image', 'services: {a: {image: mine, build: .}}', []],
  [
    'plain-text-secret',
    'services:\n  a:\n    environment:\n      POSTGRES_PASSWORD: secret123\n',
    ['plain-text-secret: secret123'],
  ],
  [
    'plain-text-secret',
    'services:\n  a:\n    environment:\n      - JWT_SECRET=abc\n',
    ['plain-text-secret: JWT_SECRET=abc'],
  ],
  [
    'plain-text-secret',
    'services:\n  a:\n    environment:\n      SECRET_PORT: 3000\n      TOKEN_ISSUER: me\n      PASSWORDLESS: "yes"\n      API_KEY_HEADER: X-Key\n',
    [],
  ],
  [
    'plain-text-secret',
    'services:\n  a:\n    environment:\n      MYSQL_PWD: abc\n      DATABASE_URL: postgres://u:a/X@h/db\n',
    ['plain-text-secret: abc', 'plain-text-secret: postgres://u:a/X@h/db'],
  ],
  [
    'plain-text-secret',
    'services:\n  a:\n    environment:\n      POSTGRES_PASSWORD: ${PW}\n      DB_PASSWORD_FILE: /run/secrets/x\n      TOKEN:\n',
    [],
  ],
  [
    'invalid-restart',
    'services: {a: {restart: sometimes}, b: {restart: "on-failure:3"}}',
    ['invalid-restart: sometimes'],
  ],
  [
    'unknown-capability',
    'services: {a: {cap_add: [NET_ADMN, net_admin, CAP_CHOWN]}}',
    ['unknown-capability: NET_ADMN'],
  ],
  [
    'unknown-signal',
    'services: {a: {stop_signal: SIGTREM}, b: {stop_signal: TERM}, c: {stop_signal: "9"}}',
    ['unknown-signal: SIGTREM'],
  ],
  [
    'invalid-subnet',
    'networks: {a: {ipam: {config: [{subnet: 172.28.0.0}, {subnet: 10.0.0.0/8}, {subnet: "fd00::/64"}]}}}',
    ['invalid-subnet: 172.28.0.0'],
  ],
  [
    'invalid-address',
    'services: {a: {dns: [dns.example.com, 1.1.1.1]}}',
    ['invalid-address: dns.example.com'],
  ],
  // The engine wants all of a digest.
  ['invalid-image', 'services: {a: {image: x@sha256:abc}}', ['invalid-image: x@sha256:abc']],
  ['obsolete-links', 'services:\n  a:\n    links:\n      - b\n', ['obsolete-links: links']],
])('%s in %s', (_code, text, expected) => {
  expect(remarks(text)).toEqual(expected);
});

test('a shared fragment is remarked on once, where it is written', () => {
  const text = 'x-a: &a {image: nginx}\nservices:\n  a: {<<: *a}\n  b: *a\n';
  expect(remarks(text)).toEqual(['untagged-image: nginx']);
});

test('practices are remarked on at the name of the service that lacks them', () => {
  const found = remarks('services:\n  a:\n    image: x:1\n', ['practice']);
  expect(found).toEqual([
    'no-healthcheck: a',
    'no-restart-policy: a',
    'no-resource-limits: a',
    'no-user: a',
    'writable-root: a',
    'all-capabilities: a',
    'unbounded-logs: a',
  ]);
});

test('a service that follows the practices has no remarks', () => {
  const text = `
services:
  a:
    image: x:1
    user: "1001"
    read_only: true
    cap_drop: [ALL]
    restart: always
    healthcheck: {test: [CMD, "true"]}
    logging: {driver: local}
    deploy: {resources: {limits: {memory: 1G}}}
    ports: ["127.0.0.1:80:80", "80"]
    volumes: ["data:/data"]
    privileged: false
    network_mode: bridge
`;
  expect(remarks(text, ['trap', 'essential', 'practice'])).toEqual([]);
});

test('what gives a container the machine is remarked on', () => {
  const text = `
services:
  a:
    extends: b
    ports: ["80:80"]
    privileged: true
    network_mode: host
    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
`;
  expect(remarks(text, ['practice'])).toEqual([
    'port-on-all-interfaces: "80:80"',
    'privileged: true',
    'host-network: host',
    'docker-socket: "/var/run/docker.sock:/var/run/docker.sock"',
  ]);
});

test('codes are unique', () => {
  expect(new Set(lintRules.map((rule) => rule.code)).size).toBe(lintRules.length);
});

test.each(['1.10', '0755', '010', '1_000', 'True', '0x1F', '1e3', '+7', '123456789.0', '08'])(
  '%s arrives as another text',
  (value) => {
    const text = `services:\n  a:\n    environment:\n      V: ${value}\n`;
    expect(remarks(text, ['trap'])).toEqual([`changed-value: ${value}`]);
  },
);
