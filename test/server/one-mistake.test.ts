import { DiagnosticSeverity } from 'vscode-languageserver';
import { expect, test } from 'vitest';
import { expectationsIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

/**
 * Files as people write them, each with one mistake that Docker Compose or the engine refuses: one error or warning, where the mistake is,
 * and no other that follows from it.
 */
const mistakes: Readonly<Record<string, string>> = {
  'a misspelt top-level key': `
  service:
# ^^^^^^^ schema-unknown-property "services"
    web:
      image: nginx:1.27
`,
  'an attribute outside of its service': `
  services:
    web:
      image: nginx:1.27
  ports:
# ^^^^^ schema-unknown-property "attribute of a service"
    - "80:80"
`,
  'a misspelt attribute': `
services:
  web:
    image: nginx:1.27
    enviroment:
#   ^^^^^^^^^^ schema-unknown-property "environment"
      A: b
`,
  'an attribute of another object': `
services:
  web:
    image: nginx:1.27
volumes:
  data:
    path: /srv
#   ^^^^ schema-unknown-property
`,
  'a service without anything to run': `
services:
  web:
# ^^^ no-image-or-build
    ports: ["127.0.0.1:80:80"]
`,
  'a service that is empty': `
services:
  web:
# ^^^ schema-type
  db:
    image: postgres:17
`,
  'services as a list': `
services:
  - web:
# ^^^^^^^^^^^^^^^^^^^^^ schema-type
      image: nginx:1.27
`,
  'an attribute that is no list': `
services:
  web:
    image: nginx:1.27
    ports: 8080:80
#          ^^^^^^^ schema-type
`,
  'a list that is no mapping': `
services:
  web:
    image: nginx:1.27
    healthcheck:
      - test
#     ^^^^^^ schema-type
`,
  'a number out of its range': `
services:
  web:
    image: nginx:1.27
    ports:
      - "80:70000"
#           ^^^^^ invalid-port
`,
  'a host port out of its range': `
services:
  web:
    image: nginx:1.27
    ports:
      - "99999:80"
#        ^^^^^ invalid-port
`,
  'ranges of different lengths': `
services:
  web:
    image: nginx:1.27
    ports:
      - "8000-8005:80-82"
#        ^^^^^^^^^^^^^^^ invalid-port
`,
  'a protocol that is none': `
services:
  web:
    image: nginx:1.27
    ports:
      - "127.0.0.1:80:80/http"
#                        ^^^^ invalid-port
`,
  'a duration without a unit': `
services:
  web:
    image: nginx:1.27
    healthcheck:
      test: curl -f localhost
      interval: 30
#               ^^ schema-type
`,
  'a duration with a wrong unit': `
services:
  web:
    image: nginx:1.27
    healthcheck:
      test: curl -f localhost
      interval: 30 seconds
#               ^^^^^^^^^^ invalid-duration
`,
  'a size with a wrong unit': `
services:
  web:
    image: nginx:1.27
    mem_limit: 512 megs
#              ^^^^^^^^ invalid-size
`,
  'a restart policy that is none': `
services:
  web:
    image: nginx:1.27
    restart: on-fail
#            ^^^^^^^ invalid-restart
`,
  'a boolean as restart policy': `
services:
  web:
    image: nginx:1.27
    restart: true
#            ^^^^ schema-type
`,
  'a pull policy that is none': `
services:
  web:
    image: nginx:1.27
    pull_policy: sometimes
#                ^^^^^^^^^ schema-pattern
`,
  'a condition that is none': `
services:
  web:
    image: nginx:1.27
    depends_on:
      db:
        condition: healthy
#                  ^^^^^^^ schema-enum "service_healthy"
  db:
    image: postgres:17
`,
  'a dependency that is nowhere': `
services:
  web:
    image: nginx:1.27
    depends_on:
      - database
#       ^^^^^^^^ undefined-dependency
  db:
    image: postgres:17
`,
  'a dependency on itself': `
services:
  web:
    image: nginx:1.27
    depends_on: [web]
#                ^^^ dependency-cycle
`,
  'a circle of dependencies': `
services:
  web:
    image: nginx:1.27
    depends_on: [api]
  api:
    image: node:22
    depends_on: [web]
#                ^^^ dependency-cycle
`,
  'a network that is nowhere': `
services:
  web:
    image: nginx:1.27
    networks:
      - backend
#       ^^^^^^^ undefined-network
`,
  'a network misspelt': `
services:
  web:
    image: nginx:1.27
    networks:
      back-end:
#     ^^^^^^^^ undefined-network
      backend:
networks:
  backend:
`,
  'a volume that is nowhere': `
services:
  db:
    image: postgres:17
    volumes:
      - pgdata:/var/lib/postgresql/data
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ undefined-volume
`,
  'a volume without a target': `
services:
  db:
    image: postgres:17
    volumes:
      - type: tmpfs
#       ^^^^^^^^^^^ list-entry-invalid
`,
  'a secret that is nowhere': `
services:
  db:
    image: postgres:17
    secrets: [db_password]
#             ^^^^^^^^^^^ undefined-secret
`,
  'a secret from nothing': `
services:
  db:
    image: postgres:17
    secrets: [token]
secrets:
  token: {}
# ^^^^^ missing-content
`,
  'a config from two places': `
services:
  db:
    image: postgres:17
    configs: [app]
configs:
  app:
    content: a
#   ^^^^^^^ exclusive-content
    environment: A
`,
  'a network mode beside networks': `
services:
  web:
    image: nginx:1.27
    network_mode: host
#   ^^^^^^^^^^^^ exclusive-network-mode
    networks: [front]
networks:
  front:
`,
  'the network of a service that is nowhere': `
services:
  web:
    image: nginx:1.27
    network_mode: service:vpn
#                 ^^^^^^^^^^^ undefined-dependency
`,
  'one name for two containers': `
services:
  web:
    image: nginx:1.27
    container_name: app
  api:
    image: node:22
    container_name: app
#                   ^^^ duplicate-container-name
`,
  'one port for two services': `
services:
  web:
    image: nginx:1.27
    ports: ["127.0.0.1:8080:80"]
  api:
    image: node:22
    ports: ["127.0.0.1:8080:3000"]
#           ^^^^^^^^^^^^^^^^^^^^^ duplicate-port
`,
  'one mount point for two volumes': `
services:
  web:
    image: nginx:1.27
    volumes:
      - ./a:/srv
      - ./b:/srv
#       ^^^^^^^^ repeated-mount
`,
  'a fixed name for several containers': `
services:
  web:
    image: nginx:1.27
    container_name: web
#                   ^^^ scaled-container-name
    scale: 3
`,
  'a variable that is not closed': `
services:
  web:
    image: nginx:\${TAG
#                ^^ invalid-interpolation
`,
  'a variable with a wrong name': `
services:
  web:
    image: nginx:1.27
    environment:
      A: \${1ST}
#        ^^ invalid-interpolation
`,
  'a variable that is required': `
services:
  web:
    image: nginx:\${TAG:?which version}
#                ^^^^^^^^^^^^^^^^^^^^^ required-variable
`,
  'a variable that is not set': `
services:
  web:
    image: nginx:\${TAG}
#                ^^^^^^ unset-variable
`,
  'a file of variables that is missing': `
services:
  web:
    image: nginx:1.27
    env_file: prod.env
#             ^^^^^^^^ file-not-found
`,
  'a service to extend that is nowhere': `
services:
  web:
    extends:
      service: base
#              ^^^^ extends-not-found
`,
  'a file to extend from that is missing': `
services:
  web:
    extends:
      file: common.yaml
#           ^^^^^^^^^^^ file-not-found
      service: base
`,
  'a file to include that is missing': `
include:
  - db/compose.yaml
#   ^^^^^^^^^^^^^^^ file-not-found
services:
  web:
    image: nginx:1.27
`,
  'a repeated service': `
services:
  web:
    image: nginx:1.27
  web:
# ^^^ duplicate-key
    image: nginx:1.28
`,
  'a rule of watching without an action': `
services:
  web:
    image: nginx:1.27
    build: {context: ., dockerfile_inline: FROM scratch}
    develop:
      watch:
        - path: ./src
#         ^^^^ schema-required "action"
`,
  'a build from a folder without a Dockerfile': `
services:
  web:
    build: .
#          ^ missing-dockerfile "There is no Dockerfile in "."."
`,
  'a repeated item': `
services:
  web:
    image: nginx:1.27
    group_add: [audio, audio]
#                      ^^^^^ schema-unique
`,
  'an anchor that is nowhere': `
services:
  web:
    <<: *defaults
#       ^^^^^^^^^ yaml-unknown-anchor
    image: nginx:1.27
`,
  'a tab': `
services:
  web:
    image: nginx:1.27
  \ttty: true
# ^ yaml-tab
`,
  'a missing space after a colon': `
services:
  web:
    image:nginx:1.27
#   ^^^^^^^^^^^^^^^^ schema-type "space"
`,
  'a missing colon': `
services:
  web:
    image: nginx:1.27
    restart
#   ^^^^^^^ yaml-missing-colon
`,
  'a quote that is not closed': `
services:
  web:
    image: "nginx:1.27
#          ^^^^^^^^^^^ yaml-unclosed-quote
    ports: []
`,
  'a bracket that is not closed': `
services:
  web:
    image: nginx:1.27
    command: ["a", "b"
#            ^ yaml-unclosed-bracket
    tty: true
`,
  'an attribute too far left': `
services:
  web:
    image: nginx:1.27
  ports:
# ^^^^^ schema-type
`,
  'an attribute too far right': `
services:
  web:
    image: nginx:1.27
      restart: always
#     ^^^^^^^ yaml-bad-indent
`,
  'a capability that is none': `
services:
  web:
    image: nginx:1.27
    cap_add: [NET_ADMINN]
#             ^^^^^^^^^^ unknown-capability "NET_ADMIN"
`,
  'a signal that is none': `
services:
  web:
    image: nginx:1.27
    stop_signal: SIGFOO
#                ^^^^^^ unknown-signal
`,
  'a subnet that is none': `
services:
  web:
    image: nginx:1.27
    networks: [a]
networks:
  a:
    ipam:
      config:
        - subnet: 172.20.0.0
#                 ^^^^^^^^^^ invalid-subnet
`,
  'an address that is none': `
services:
  web:
    image: nginx:1.27
    networks:
      a:
        ipv4_address: 172.20.0.300
#                     ^^^^^^^^^^^^ invalid-address
networks:
  a:
`,
  'a ulimit that is none': `
services:
  web:
    image: nginx:1.27
    ulimits: {nofile: many}
#                     ^^^^ invalid-cast
`,
  'a scale below nothing': `
services:
  web:
    image: nginx:1.27
    scale: -1
#          ^^ negative-scale
`,
  'an external volume with a driver': `
services:
  web:
    image: nginx:1.27
    volumes: [data:/data]
volumes:
  data:
    external: true
    driver: local
#   ^^^^^^ external-conflict
`,
  'a healthcheck in a form that does not exist': `
services:
  web:
    image: nginx:1.27
    healthcheck:
      test: [curl, -f, http://localhost]
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ invalid-healthcheck
`,
  'an image name that cannot be': `
services:
  web:
    image: Nginx:1.27
#          ^^^^^^^^^^ invalid-image
`,
  'a wait for health that never comes': `
services:
  web:
    image: nginx:1.27
    depends_on:
      db:
        condition: service_healthy
#                  ^^^^^^^^^^^^^^^ never-healthy
  db:
    image: alpine:3
    healthcheck: {disable: true}
`,
};

const uri = 'file:///work/compose.yaml';

test('a service without its colon: what is below it is no mistake of its own', async () => {
  const client = await TestClient.inProcess();
  await client.open(
    uri,
    'services:\n  web\n    image: nginx:1.27\n    tty: true\n  db:\n    image: postgres:17\n',
  );
  const found = await client.diagnostics(uri);
  expect(found.map(({ code, range }) => [code, range.start.line])).toEqual([['yaml-missing-colon', 1]]);
  await client.close();
});

test.each(Object.entries(mistakes))('%s', async (_name, text) => {
  const client = await TestClient.inProcess();
  await client.open(uri, text);
  const found = (await client.diagnostics(uri)).filter(
    ({ severity }) => severity === DiagnosticSeverity.Error || severity === DiagnosticSeverity.Warning,
  );
  const expected = expectationsIn(text);
  expect(
    found.map(
      ({ range: { start, end }, code }) =>
        `${start.line}:${start.character}-${end.character} ${String(code)}`,
    ),
  ).toEqual(expected.map(({ line, start, end, code }) => `${line}:${start}-${end} ${code}`));
  for (const [i, { message }] of expected.entries())
    if (message !== undefined) expect(found[i]?.message).toContain(message);
  expect(client.errors).toEqual([]);
  await client.close();
});
