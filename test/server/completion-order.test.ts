import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionList, TextEdit } from 'vscode-languageserver';
import { applyTextEdits, cursorIn } from './support/marked-text.ts';
import { TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

let client: TestClient;
beforeAll(async () => {
  client = await TestClient.inProcess({
    files: {
      '/work/api/Dockerfile': 'FROM node:22 AS base\nWORKDIR /srv/api\n',
      '/work/.env': 'DB_PASSWORD=x\n',
      '/work/Dockerfile': 'FROM x\n',
      '/work/o.yml': 'services: {base: {image: x}}\n',
      '/work/web.env': 'A=1\n',
      '/work/nginx.conf': '',
      '/work/token.txt': 'x',
    },
  });
});
afterAll(async () => {
  expect(client.errors).toEqual([]);
  await client.close();
});

/** The suggestions that fit what is typed, in the order in which an editor shows them. */
async function ordered(marked: string): Promise<string[]> {
  const { text, offset } = cursorIn(marked);
  await client.open(uri, text);
  const { items } = await client.at<CompletionList>('textDocument/completion', uri, offset);
  const typed = /[\w-]*$/.exec(text.slice(0, offset))?.[0] ?? '';
  return items
    .filter(({ label, filterText }) => (filterText ?? label).startsWith(typed))
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label }) => label);
}

const service = 'services:\n  web:\n';

test.each([
  ['an empty file', '‸', 'services'],
  ['a service', `${service}    ‸\n`, 'image'],
  ['a service with an image', `${service}    image: x:1\n    ‸\n`, 'environment'],
  [
    'a service that is waited for',
    `services:\n  a:\n    image: x\n    depends_on:\n      web:\n        condition: service_healthy\n  web:\n    image: x:1\n    ‸\n`,
    'healthcheck',
  ],
  ['a database', `${service}    image: postgres:16\n    ‸\n`, 'environment'],
  ['a service with a build', `${service}    build: .\n    ‸\n`, 'environment'],
  ['a file with a name to declare', 'services:\n  web:\n    image: x\n    secrets: [key]\n‸', 'secrets'],
  [
    'a section with a name to declare',
    'services:\n  web:\n    volumes: ["data:/data"]\nvolumes:\n  ‸\n',
    'data',
  ],
  [
    'a section with all names declared but one',
    'services:\n  web:\n    networks: [a, b]\nnetworks:\n  a:\n  ‸\n',
    'b',
  ],
  ['env', `${service}    env‸\n`, 'environment'],
  ['co', `${service}    co‸\n`, 'container_name'],
  ['net', `${service}    image: x:1\n    net‸\n`, 'networks'],
  ['v', `${service}    v‸\n`, 'volumes'],
  ['h', `${service}    h‸\n`, 'healthcheck'],
  ['re', `${service}    re‸\n`, 'restart'],
  ['d', `${service}    d‸\n`, 'depends_on'],
  ['the protocol of a port', `${service}    ports:\n      - target: 80\n        protocol: ‸\n`, 'tcp'],
  ['a port', `${service}    ports:\n      - ‸\n`, 'target'],
  ['a mount', `${service}    volumes:\n      - type: bind\n        ‸\n`, 'source'],
  ['the type of a mount', `${service}    volumes:\n      - type: ‸\n`, 'bind'],
  ['an address pool', 'networks:\n  n:\n    ipam:\n      config:\n        - ‸\n', 'subnet'],
  ['a network', 'networks:\n  n:\n    ‸\n', 'driver'],
  ['the driver of a network', 'networks:\n  n:\n    driver: ‸\n', 'bridge'],
  ['a secret', 'secrets:\n  s:\n    ‸\n', 'file'],
  ['a config', 'configs:\n  c:\n    ‸\n', 'file'],
  ['a volume', 'volumes:\n  v:\n    ‸\n', 'driver'],
  ['a build', `${service}    build:\n      ‸\n`, 'context'],
  ['the folder of a build', `${service}    build:\n      context: ‸\n`, '.'],
  ['the folder of a short build', `${service}    build: ‸\n`, '.'],
  ['restart', `${service}    restart: ‸\n`, 'unless-stopped'],
  ['a condition', `${service}    depends_on:\n      db:\n        condition: ‸\n`, 'service_healthy'],
  ['a health check', `${service}    healthcheck:\n      ‸\n`, 'test'],
  ['limits', `${service}    deploy:\n      resources:\n        ‸\n`, 'limits'],
  ['deploy', `${service}    deploy:\n      ‸\n`, 'resources'],
  ['extends', `${service}    extends:\n      ‸\n`, 'service'],
  ['an action', `${service}    develop:\n      watch:\n        - path: .\n          action: ‸\n`, 'sync'],
  ['a boolean', `${service}    privileged: ‸\n`, 'true'],
])('first in %s: %s → %s', async (_name, marked, first) => {
  expect((await ordered(marked))[0]).toBe(first);
});

/** The same in every other mapping of the specification, and at places that people come to seldom. */
test.each([
  ['after doc start', '---\n‸\n', 'services'],
  ['offset0 with content', '‸\nservices:\n  web:\n    image: x\n', 'volumes'],
  ['s before letter', 's‸ervices:\n  web: {}\n', 'services'],
  ['between services', 'services:\n  web:\n    image: x\n\n‸\nvolumes:\n  d:\n', 'networks'],
  ['name value', 'name: ‸\n', 'work'],
  ['services named by depends', 'services:\n  web:\n    image: x\n    depends_on: [db]\n  ‸\n', 'db'],
  ['flow root', '{‸}\n', 'services'],
  ['flow service', 'services: {web: {‸}}\n', 'image'],
  ['flow service 2', 'services: {web: {image: x, ‸}}\n', 'environment'],
  ['flow value', 'services: {web: {restart: ‸}}\n', 'unless-stopped'],
  ['flow list caps', 'services: {web: {cap_add: [‸]}}\n', 'NET_ADMIN'],
  ['flow multi-line', 'services:\n  web: {\n    image: x,\n    ‸\n  }\n', 'environment'],
  ['before existing key', 'services:\n  web:\n    ‸\n    image: x\n', 'environment'],
  ['image db', 'services:\n  db:\n    image: ‸\n', 'postgres:17-alpine'],
  ['build target', 'services:\n  web:\n    build:\n      context: ./api\n      target: ‸\n', 'base'],
  [
    'build secrets',
    'services:\n  web:\n    build:\n      context: ./api\n      secrets:\n        - ‸\nsecrets:\n  tok:\n    file: x\n',
    'tok',
  ],
  ['build network', 'services:\n  web:\n    build:\n      context: ./api\n      network: ‸\n', 'host'],
  ['build ssh', 'services:\n  web:\n    build:\n      context: ./api\n      ssh:\n        - ‸\n', 'default'],
  [
    'build ulimits',
    'services:\n  web:\n    build:\n      context: ./api\n      ulimits:\n        ‸\n',
    'nofile',
  ],
  [
    'build platforms',
    'services:\n  web:\n    build:\n      context: ./api\n      platforms:\n        - ‸\n',
    'linux/amd64',
  ],
  [
    'build cache_from',
    'services:\n  web:\n    build:\n      context: ./api\n      cache_from:\n        - ‸\n',
    'type=gha',
  ],
  [
    'build additional_contexts',
    'services:\n  web:\n    build:\n      context: ./api\n      additional_contexts:\n        base: ‸\n  lib:\n    image: x\n',
    'service:lib',
  ],
  ['env map', 'services:\n  web:\n    image: x\n    environment:\n      ‸\n', 'TZ'],
  ['env value TZ', 'services:\n  web:\n    image: x\n    environment:\n      TZ: ‸\n', 'UTC'],
  [
    'env value NODE_ENV',
    'services:\n  web:\n    image: node:20\n    environment:\n      NODE_ENV: ‸\n',
    'production',
  ],
  [
    'env value from .env',
    'services:\n  web:\n    image: x\n    environment:\n      DB_PASSWORD: ‸\n',
    '${DB_PASSWORD}',
  ],
  [
    'env value db',
    'services:\n  web:\n    image: x\n    environment:\n      DATABASE_URL: ‸\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: x\n',
    'postgresql://postgres:x@db:5432/postgres',
  ],
  [
    'env value host',
    'services:\n  web:\n    image: x\n    environment:\n      DB_HOST: ‸\n  db:\n    image: postgres:16\n',
    'db',
  ],
  ['env_file list', 'services:\n  web:\n    image: x\n    env_file:\n      - ‸\n', '.env'],
  [
    'env_file item 2nd key',
    'services:\n  web:\n    image: x\n    env_file:\n      - path: web.env\n        ‸\n',
    'required',
  ],
  ['ports', 'services:\n  web:\n    image: nginx\n    ports: ‸\n', '80:80'],
  ['ports flow', 'services:\n  web:\n    image: nginx\n    ports: [‸]\n', '80:80'],
  ['ports quoted', 'services:\n  web:\n    image: nginx\n    ports:\n      - "‸"\n', '80:80'],
  ['ports target', 'services:\n  web:\n    image: nginx\n    ports:\n      - target: ‸\n', '80'],
  [
    'ports 2nd key',
    'services:\n  web:\n    image: nginx\n    ports:\n      - target: 80\n        ‸\n',
    'published',
  ],
  [
    'ports mode',
    'services:\n  web:\n    image: nginx\n    ports:\n      - target: 80\n        mode: ‸\n',
    'ingress',
  ],
  [
    'ports host_ip',
    'services:\n  web:\n    image: nginx\n    ports:\n      - target: 80\n        host_ip: ‸\n',
    '127.0.0.1',
  ],
  [
    'ports app_protocol',
    'services:\n  web:\n    image: nginx\n    ports:\n      - target: 80\n        app_protocol: ‸\n',
    'http',
  ],
  [
    'volumes list',
    'services:\n  web:\n    image: nginx\n    volumes:\n      - ‸\n',
    './nginx.conf:/etc/nginx/nginx.conf:ro',
  ],
  [
    'volumes list with names',
    'services:\n  web:\n    image: postgres\n    volumes:\n      - ‸\nvolumes:\n  data:\n',
    'data:/var/lib/postgresql/data',
  ],
  [
    'volumes after colon',
    'services:\n  web:\n    image: postgres\n    volumes:\n      - data:‸\nvolumes:\n  data:\n',
    '/var/lib/postgresql/data',
  ],
  [
    'volumes mode',
    'services:\n  web:\n    image: nginx\n    volumes:\n      - ./nginx.conf:/etc/nginx/nginx.conf:‸\n',
    'ro',
  ],
  ['mount third r', 'services:\n  web:\n    image: nginx\n    volumes:\n      - data:/x:r‸\n', 'ro'],
  [
    'volumes long',
    'services:\n  web:\n    image: nginx\n    volumes:\n      - type: volume\n        source: ‸\nvolumes:\n  data:\n',
    'data',
  ],
  [
    'volumes long third',
    'services:\n  web:\n    image: nginx\n    volumes:\n      - type: volume\n        source: data\n        ‸\nvolumes:\n  data:\n',
    'target',
  ],
  [
    'volumes bind',
    'services:\n  web:\n    image: nginx\n    volumes:\n      - type: bind\n        source: .\n        target: /x\n        bind:\n          ‸\n',
    'create_host_path',
  ],
  [
    'volumes tmpfs',
    'services:\n  web:\n    image: nginx\n    volumes:\n      - type: tmpfs\n        target: /x\n        tmpfs:\n          ‸\n',
    'size',
  ],
  [
    'volumes volume',
    'services:\n  web:\n    image: nginx\n    volumes:\n      - type: volume\n        source: a\n        target: /x\n        volume:\n          ‸\n',
    'nocopy',
  ],
  [
    'networks body',
    'services:\n  web:\n    image: nginx\n    networks:\n      front:\n        ‸\nnetworks:\n  front:\n',
    'aliases',
  ],
  ['depends_on empty', 'services:\n  web:\n    image: nginx\n    depends_on: ‸\n  db:\n    image: x\n', 'db'],
  [
    'depends_on slot',
    'services:\n  web:\n    image: nginx\n    depends_on:\n      ‸\n  db:\n    image: x\n',
    'db',
  ],
  [
    'depends_on body',
    'services:\n  web:\n    image: nginx\n    depends_on:\n      db:\n        ‸\n  db:\n    image: x\n',
    'condition',
  ],
  ['flow env', 'services: {web: {image: x, depends_on: ‸}, db: {image: y}}\n', 'db'],
  [
    'healthcheck test generic',
    'services:\n  web:\n    image: foo/bar\n    healthcheck:\n      test: ‸\n',
    '["CMD-SHELL", "… || exit 1"]',
  ],
  [
    'healthcheck test flow',
    'services:\n  web:\n    image: foo/bar\n    healthcheck:\n      test: [‸]\n',
    'CMD',
  ],
  [
    'healthcheck interval',
    'services:\n  web:\n    image: nginx\n    healthcheck:\n      interval: ‸\n',
    '10s',
  ],
  ['healthcheck retries', 'services:\n  web:\n    image: nginx\n    healthcheck:\n      retries: ‸\n', '5'],
  [
    'hc 2nd',
    'services:\n  web:\n    image: nginx\n    healthcheck:\n      test: ["NONE"]\n      ‸\n',
    'interval',
  ],
  ['restart before letter', 'services:\n  web:\n    image: nginx\n    restart: a‸\n', 'always'],
  ['restart in quotes', 'services:\n  web:\n    image: nginx\n    restart: "‸"\n', 'unless-stopped'],
  ['restart own line', 'services:\n  web:\n    image: nginx\n    restart:\n      ‸\n', 'unless-stopped'],
  ['user', 'services:\n  web:\n    image: nginx\n    user: ‸\n', '1000:1000'],
  ['working_dir', 'services:\n  web:\n    image: node:20\n    working_dir: ‸\n', '/app'],
  ['stop_grace', 'services:\n  web:\n    image: nginx\n    stop_grace_period: ‸\n', '30s'],
  ['platform', 'services:\n  web:\n    image: nginx\n    platform: ‸\n', 'linux/amd64'],
  ['mem_limit', 'services:\n  web:\n    image: nginx\n    mem_limit: ‸\n', '512M'],
  ['cpus', 'services:\n  web:\n    image: nginx\n    cpus: ‸\n', '0.5'],
  ['tmpfs', 'services:\n  web:\n    image: nginx\n    tmpfs:\n      - ‸\n', '/tmp'],
  ['devices', 'services:\n  web:\n    image: nginx\n    devices:\n      - ‸\n', '/dev/dri:/dev/dri'],
  ['gpus', 'services:\n  web:\n    image: nginx\n    gpus: ‸\n', 'all'],
  ['gpus list', 'services:\n  web:\n    image: x\n    gpus:\n      - ‸\n', 'driver'],
  ['dns', 'services:\n  web:\n    image: nginx\n    dns:\n      - ‸\n', '1.1.1.1'],
  [
    'extra_hosts',
    'services:\n  web:\n    image: nginx\n    extra_hosts:\n      - ‸\n',
    'host.docker.internal:host-gateway',
  ],
  [
    'extra_hosts map value',
    'services:\n  web:\n    image: x\n    extra_hosts:\n      host.docker.internal: ‸\n',
    'host-gateway',
  ],
  ['sysctls', 'services:\n  web:\n    image: nginx\n    sysctls:\n      ‸\n', 'net.core.somaxconn'],
  ['sysctls list', 'services:\n  web:\n    image: nginx\n    sysctls:\n      - ‸\n', 'net.core.somaxconn='],
  ['ulimits body', 'services:\n  web:\n    image: nginx\n    ulimits:\n      nofile:\n        ‸\n', 'soft'],
  ['logging', 'services:\n  web:\n    image: nginx\n    logging:\n      ‸\n', 'driver'],
  ['logging driver', 'services:\n  web:\n    image: nginx\n    logging:\n      driver: ‸\n', 'json-file'],
  [
    'logging options',
    'services:\n  web:\n    image: nginx\n    logging:\n      driver: json-file\n      options:\n        ‸\n',
    'max-size',
  ],
  [
    'logging options value',
    'services:\n  web:\n    image: nginx\n    logging:\n      driver: json-file\n      options:\n        max-size: ‸\n',
    '10m',
  ],
  [
    'traefik labels',
    'services:\n  proxy:\n    image: traefik:v3\n  web:\n    image: x\n    labels:\n      ‸\n',
    'traefik.enable',
  ],
  [
    'traefik labels list',
    'services:\n  proxy:\n    image: traefik:v3\n  web:\n    image: x\n    labels:\n      - ‸\n',
    'traefik.enable',
  ],
  [
    'profiles flow',
    'services:\n  web:\n    image: nginx\n    profiles: [‸]\n  a:\n    image: x\n    profiles: [debug]\n',
    'debug',
  ],
  [
    'secrets long',
    'services:\n  web:\n    image: nginx\n    secrets:\n      - source: tok\n        ‸\nsecrets:\n  tok:\n    file: x\n',
    'target',
  ],
  ['secrets none declared', 'services:\n  web:\n    image: nginx\n    secrets:\n      - ‸\n', 'source'],
  [
    'security_opt',
    'services:\n  web:\n    image: nginx\n    security_opt:\n      - ‸\n',
    'no-new-privileges:true',
  ],
  ['cap_drop', 'services:\n  web:\n    image: nginx\n    cap_drop:\n      - ‸\n', 'ALL'],
  ['extends map', 'services:\n  web:\n    extends:\n      ‸\n  db: {image: x}\n', 'service'],
  [
    'extends service letter',
    'services:\n  web:\n    extends:\n      file: o.yml\n      service: b‸\n',
    'base',
  ],
  ['extends flow no space', 'services:\n  web:\n    extends: {file: o.yml, service:‸}\n', 'base'],
  ['extends service first', 'services:\n  web:\n    extends:\n      service: ‸\n      file: o.yml\n', 'base'],
  ['deploy mode', 'services:\n  web:\n    image: x\n    deploy:\n      mode: ‸\n', 'replicated'],
  [
    'deploy resources limits',
    'services:\n  web:\n    image: x\n    deploy:\n      resources:\n        limits:\n          ‸\n',
    'memory',
  ],
  [
    'deploy cpus',
    'services:\n  web:\n    image: x\n    deploy:\n      resources:\n        limits:\n          cpus: ‸\n',
    '0.5',
  ],
  [
    'deploy device driver',
    'services:\n  web:\n    image: x\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: ‸\n',
    'nvidia',
  ],
  [
    'deploy device caps',
    'services:\n  web:\n    image: x\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              capabilities: [‸]\n',
    'gpu',
  ],
  [
    'deploy restart_policy',
    'services:\n  web:\n    image: x\n    deploy:\n      restart_policy:\n        ‸\n',
    'condition',
  ],
  [
    'deploy restart cond',
    'services:\n  web:\n    image: x\n    deploy:\n      restart_policy:\n        condition: ‸\n',
    'on-failure',
  ],
  [
    'deploy placement',
    'services:\n  web:\n    image: x\n    deploy:\n      placement:\n        ‸\n',
    'constraints',
  ],
  [
    'deploy update',
    'services:\n  web:\n    image: x\n    deploy:\n      update_config:\n        ‸\n',
    'parallelism',
  ],
  [
    'deploy update order',
    'services:\n  web:\n    image: x\n    deploy:\n      update_config:\n        order: ‸\n',
    'start-first',
  ],
  [
    'deploy failure_action',
    'services:\n  web:\n    image: x\n    deploy:\n      update_config:\n        failure_action: ‸\n',
    'pause',
  ],
  ['develop', 'services:\n  web:\n    build: .\n    develop:\n      ‸\n', 'watch'],
  [
    'develop watch 2',
    'services:\n  web:\n    build: .\n    develop:\n      watch:\n        - path: ./src\n          ‸\n',
    'action',
  ],
  [
    'develop watch sync',
    'services:\n  web:\n    build: .\n    develop:\n      watch:\n        - path: ./src\n          action: sync\n          ‸\n',
    'target',
  ],
  [
    'develop watch ignore',
    'services:\n  web:\n    build: .\n    develop:\n      watch:\n        - path: ./src\n          action: sync\n          target: /x\n          ignore:\n            - ‸\n',
    'node_modules/',
  ],
  ['volumes driver_opts', 'volumes:\n  data:\n    driver: local\n    driver_opts:\n      ‸\n', 'type'],
  [
    'volumes driver_opts type',
    'volumes:\n  data:\n    driver: local\n    driver_opts:\n      type: ‸\n',
    'none',
  ],
  ['network ext', 'networks:\n  n:\n    external: true\n    ‸\n', 'name'],
  ['network driver_opts', 'networks:\n  n:\n    driver_opts:\n      ‸\n', 'com.docker.network.bridge.name'],
  ['ipam', 'networks:\n  n:\n    ipam:\n      ‸\n', 'config'],
  [
    'ipam config 2',
    'networks:\n  n:\n    ipam:\n      config:\n        - subnet: 10.0.0.0/24\n          ‸\n',
    'gateway',
  ],
  ['ipam subnet', 'networks:\n  n:\n    ipam:\n      config:\n        - subnet: ‸\n', '172.28.0.0/16'],
  ['secret file', 'secrets:\n  tok:\n    file: ‸\n', 'token.txt'],
  ['secret environment', 'secrets:\n  tok:\n    environment: ‸\n', 'DB_PASSWORD'],
  ['include', 'include:\n  - ‸\n', 'o.yml'],
  ['include scalar', 'include: ‸\n', 'o.yml'],
  ['include 2', 'include:\n  - path: o.yml\n    ‸\n', 'env_file'],
  ['models', 'models:\n  m:\n    ‸\n', 'model'],
  [
    'service models',
    'services:\n  web:\n    image: x\n    models:\n      - ‸\nmodels:\n  m: {model: ai/x}\n',
    'm',
  ],
  ['provider', 'services:\n  web:\n    provider:\n      ‸\n', 'type'],
  ['post_start', 'services:\n  web:\n    image: x\n    post_start:\n      - ‸\n', 'command'],
  [
    'post_start 2',
    'services:\n  web:\n    image: x\n    post_start:\n      - command: x\n        ‸\n',
    'user',
  ],
  ['credential_spec', 'services:\n  web:\n    image: x\n    credential_spec:\n      ‸\n', 'file'],
  ['blkio', 'services:\n  web:\n    image: x\n    blkio_config:\n      ‸\n', 'weight'],
  ['x nested', 'x-foo: &f\n  restart: ‸\nservices:\n  web:\n    <<: *f\n', 'unless-stopped'],
  ['x logging alias', 'x-logging: &l\n  ‸\nservices:\n  web:\n    logging: *l\n', 'driver'],
  [
    'x list merge',
    'x-a: &a\n  ‸\nx-b: &b\n  restart: always\nservices:\n  web:\n    <<: [*a, *b]\n',
    'image',
  ],
  ['x list alias item', 'x-a: &a\n  - ‸\nservices:\n  web:\n    image: x\n    cap_add: *a\n', 'NET_ADMIN'],
  ['x anchors flow', 'x-foo: &f {‸}\nservices:\n  web:\n    <<: *f\n', 'image'],
  ['x network', 'x-n: &n\n  ‸\nnetworks:\n  d:\n    <<: *n\n', 'driver'],
  ['nested x in volumes', 'x-v: &v\n  ‸\nvolumes:\n  d: *v\n', 'driver'],
  ['merge list', 'x-common: &c\n  image: x\nservices:\n  web:\n    <<: [‸]\n', '*c'],
  ['merge block list', 'x-common: &c\n  image: x\nservices:\n  web:\n    <<:\n      - ‸\n', '*c'],
  ['alias service', 'services:\n  a: &a\n    image: x\n  b: ‸\n', '*a'],
  [
    'alias healthcheck slot',
    'x-h: &h\n  test: ["CMD", "x"]\nservices:\n  a:\n    image: x\n    healthcheck:\n      ‸\n',
    'test',
  ],
  ['var', 'services:\n  a:\n    image: x:${‸}\n', 'DB_PASSWORD'],
  ['var dollar', 'services:\n  a:\n    image: x:$‸\n', 'DB_PASSWORD'],
  ['reset', 'services:\n  a:\n    image: x\n    ports: !‸\n', '!override'],
  ['dash at less indentation', 'services:\n  a:\n    image: x\n    cap_add:\n    - ‸\n', 'NET_ADMIN'],
  ['no space after colon', 'services:\n  a:\n    image: x\n    restart:‸\n', 'unless-stopped'],
  ['before comment', 'services:\n  a:\n    image: x\n    restart: ‸ # why\n', 'unless-stopped'],
  ['tagged map', 'services:\n  a: !reset\n    ‸\n', 'image'],
  ['4-indent', 'services:\n    web:\n        image: x\n        ‸\n', 'environment'],
  ['col 0 end', 'services:\n  web:\n    image: x\n‸\n', 'volumes'],
  ['second doc', 'services:\n  web:\n    image: x\n---\nservices:\n  db:\n    ‸\n', 'image'],
  ['b', 'services:\n  web:\n    image: x\n    b‸\n', 'build'],
  ['po', 'services:\n  web:\n    image: x\n    po‸\n', 'ports'],
  ['i', 'services:\n  web:\n    i‸\n', 'image'],
  ['a', 'services:\n  web:\n    image: x\n    a‸\n', 'annotations'],
])('first at %s: %s → %s', async (_name, marked, first) => {
  expect((await ordered(marked))[0]).toBe(first);
});

test.each([
  [
    'a list that has not begun',
    'services:\n  a:\n    depends_on: ‸\n  db: {}\n',
    'db',
    '    depends_on: [db]\n',
  ],
  [
    'a port in such a list',
    `${service}    image: nginx:1\n    ports: ‸\n`,
    '80:80',
    '    ports: ["80:80"]\n',
  ],
  ['a list directly behind its colon', 'services:\n  a:\n    links:‸\n  db: {}\n', 'db', '    links: [db]\n'],
  [
    'a limit of processors',
    `${service}    deploy: {resources: {limits: {cpus: ‸}}}\n`,
    '0.5',
    '{cpus: "0.5"}',
  ],
  [
    'a variable behind a dollar sign',
    `${service}    image: x:$‸\n`,
    'DB_PASSWORD',
    '    image: x:${DB_PASSWORD}\n',
  ],
  [
    'the folder that is synchronised to',
    `${service}    build: ./api\n    develop:\n      watch:\n        - target: ‸\n`,
    '/srv/api',
    'target: /srv/api\n',
  ],
  ['a value in a list', `${service}    environment: [NODE_ENV=‸]\n`, 'production', '[NODE_ENV=production]'],
])('%s is written as it must be', async (_name, marked, label, after) => {
  const { text, offset } = cursorIn(marked);
  const document = await client.open(uri, text);
  const { items } = await client.at<CompletionList>('textDocument/completion', uri, offset);
  const edit = items.find((item) => item.label === label)?.textEdit as TextEdit;
  const newText = edit.newText.replace(/\$0/, '').replace(/\\([\\$}])/g, '$1');
  expect(applyTextEdits(text, document, [{ ...edit, newText }])).toContain(after);
});

test.each([
  [
    'a way to check behind its first word',
    `${service}    healthcheck:\n      test: ["CMD", ‸]\n`,
    'CMD-SHELL',
  ],
  ['hosts of an image', 'services:\n  db:\n    image: x\n    hostname: ‸\n', 'db'],
])('not %s', async (_name, marked, label) => {
  expect(await ordered(marked)).not.toContain(label);
});

test('what is deprecated or excluded comes late', async () => {
  expect((await ordered('‸')).indexOf('version')).toBeGreaterThan(5);
  const found = await ordered(`${service}    image: x:1\n    network_mode: host\n    ‸\n`);
  expect(found.indexOf('build')).toBeGreaterThan(30);
  expect(found.indexOf('networks')).toBeGreaterThan(30);
});
