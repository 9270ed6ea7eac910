import { DiagnosticSeverity } from 'vscode-languageserver';
import { expect, test } from 'vitest';
import { TestClient } from './support/test-client.ts';

/** Lists in which Docker Compose forgets the earlier of two equal elements before it asks the schema: attribute by attribute. */
const dropped: readonly string[] = [
  'environment: [TZ=x, TZ=x]',
  'environment: [A=1, B=2, A=3]',
  'ports: ["80:80", "80:80"]',
  'ports: [{target: 80, published: "80"}, {target: 80, published: "80"}]',
  'ports: [8080, 8080]',
  'expose: [80, "80", 80]',
  'volumes: [./a:/a, ./a:/a]',
  'volumes: [{type: tmpfs, target: /a}, {type: tmpfs, target: /a}]',
  'devices: [/dev/null:/dev/null, /dev/null:/dev/null]',
  'labels: [a=b, a=b]',
  'annotations: [a=b, a=b]',
  'sysctls: [net.core.somaxconn=1, net.core.somaxconn=1]',
  'cap_add: [SYS_TIME, SYS_TIME]',
  'cap_drop: [ALL, ALL]',
  'dns: [1.1.1.1, 1.1.1.1]',
  'dns_opt: [use-vc, use-vc]',
  'dns_search: [a.example, a.example]',
  'tmpfs: [/run, /run]',
  'profiles: [dev, dev]',
  'env_file: [./a.env, ./a.env]',
  'secrets: [s, s]',
  'configs: [c, c]',
  'links: [db, db]',
  'build: {context: ., args: [A=1, A=1]}',
  'build: {context: ., tags: ["a:1", "a:1"]}',
  'build: {context: ., labels: [a=b, a=b]}',
  'deploy: {labels: [a=b, a=b]}',
  'networks: {n: {aliases: [a, a]}}',
  'networks: {n: {link_local_ips: [169.254.1.1, 169.254.1.1]}}',
];

const refused: readonly string[] = [
  'security_opt: [no-new-privileges:true, no-new-privileges:true]',
  'group_add: [audio, audio]',
  'depends_on: [db, db]',
  'volumes_from: [db, db]',
  'device_cgroup_rules: ["c 1:3 mr", "c 1:3 mr"]',
  'external_links: [x, x]',
  'networks: [n, n]',
  'extra_hosts: ["a:1.1.1.1", "a:1.1.1.1"]',
  'build: {context: ., extra_hosts: ["a:1.1.1.1", "a:1.1.1.1"]}',
];

const stack = (attribute: string) => `services:
  web:
    ${attribute.startsWith('build') ? '' : 'image: nginx:1.27\n    '}${attribute}
  db:
    image: postgres:17
networks: {n: {}}
secrets: {s: {file: ./a.env}}
configs: {c: {file: ./a.env}}
`;

async function errorsIn(attribute: string): Promise<readonly unknown[]> {
  const client = await TestClient.inProcess({
    files: { '/work/a.env': 'A=1\n', '/work/Dockerfile': 'FROM scratch\n', '/work/a': '' },
  });
  const uri = 'file:///work/compose.yaml';
  await client.open(uri, stack(attribute));
  const found = await client.diagnostics(uri);
  expect(client.errors).toEqual([]);
  await client.close();
  return found.filter(({ severity }) => severity === DiagnosticSeverity.Error).map(({ code }) => code);
}

// Neither dropped nor asked for: read twice.
test('label_file: [./a.env, ./a.env]', async () => {
  expect(await errorsIn('label_file: [./a.env, ./a.env]')).toEqual([]);
});

test.each(dropped)('%s: the duplicate is dropped', async (attribute) => {
  expect(await errorsIn(attribute)).toEqual([]);
});

test.each(refused)('%s: the duplicate is refused', async (attribute) => {
  expect(await errorsIn(attribute)).toEqual(['schema-unique']);
});

test('of a network and of a volume', async () => {
  const client = await TestClient.inProcess();
  const uri = 'file:///work/compose.yaml';
  await client.open(
    uri,
    `services: {a: {image: x:1, networks: [n], volumes: ["v:/v"]}}
networks: {n: {labels: [a=b, a=b]}}
volumes: {v: {labels: [a=b, a=b]}}
`,
  );
  const found = await client.diagnostics(uri);
  expect(
    found.filter(({ severity }) => severity === 1).map(({ code, range }) => [code, range.start.line]),
  ).toEqual([['schema-unique', 2]]);
  await client.close();
});
