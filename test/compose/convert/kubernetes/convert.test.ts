import { describe, expect, it } from 'vitest';
import { remarksText } from '#compose/convert/kubernetes/report.ts';
import { convertText, manifestOf, yamlOf } from './project-of.ts';

const mean = `
services:
  mongodb:
    image: mongo:5.0
    restart: unless-stopped
    environment:
      MONGO_INITDB_ROOT_PASSWORD: adminpassword
      MONGO_INITDB_DATABASE: meanapp
    volumes:
      - mongodb-data:/data/db
      - ./mongodb-init:/docker-entrypoint-initdb.d:ro
    networks: [backend]
    healthcheck:
      test: ["CMD", "mongo", "--eval", "ping"]
      interval: 30s
      timeout: 10s
      retries: 3
  backend:
    build: ./backend
    environment:
      MONGODB_URL: mongodb://admin:adminpassword@mongodb:27017/meanapp
      PRICE: $$(PORT) and $$5
    ports: ["3000:3000"]
    networks: [backend, frontend]
    depends_on:
      mongodb: { condition: service_healthy }
      migrate: { condition: service_completed_successfully }
  migrate:
    image: example/migrate
    command: up
    networks: [backend]
  nginx:
    image: nginx:alpine
    ports: ["8080:80"]
    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]
    networks: [frontend]
    deploy:
      replicas: 3
      resources:
        limits: { cpus: "0.5", memory: 512M }
        reservations: { memory: 256M }
networks:
  frontend: {}
  backend: { internal: true }
volumes:
  mongodb-data: {}
`;
const files = {
  '/p/nginx.conf': 'events {}\n',
  '/p/mongodb-init/a.js': 'db.a()\n',
  '/p/mongodb-init/b.js': 'db.b()\n',
};

describe('a stack with a database', async () => {
  const converted = await convertText(mean, files);

  it('has these objects', () => {
    expect(converted.manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'Deployment mongodb',
      'Secret mongodb-env',
      'ConfigMap mongodb-bind1',
      'Service mongodb',
      'Deployment backend',
      'Secret backend-env',
      'Service backend',
      'Deployment nginx',
      'ConfigMap nginx-bind0',
      'Service nginx',
      'PersistentVolumeClaim mongodb-data',
      'NetworkPolicy frontend',
      'NetworkPolicy backend',
      'NetworkPolicy backend-published',
      'NetworkPolicy nginx-published',
    ]);
  });

  it('runs the database with its volume, its secret and its probes', () => {
    expect(yamlOf(converted, 'Deployment', 'mongodb')).toMatchSnapshot();
    expect(yamlOf(converted, 'Secret', 'mongodb-env')).toMatchSnapshot();
    expect(yamlOf(converted, 'ConfigMap', 'mongodb-bind1')).toMatchSnapshot();
    expect(yamlOf(converted, 'PersistentVolumeClaim', 'mongodb-data')).toMatchSnapshot();
  });

  it('runs what has to end before in the same pod', () => {
    expect(yamlOf(converted, 'Deployment', 'backend')).toMatchSnapshot();
  });

  it('has limits, replicas and files', () => {
    expect(yamlOf(converted, 'Deployment', 'nginx')).toMatchSnapshot();
  });

  it('finds services by name, with a port and without', () => {
    expect(yamlOf(converted, 'Service', 'nginx')).toMatchSnapshot();
    expect(yamlOf(converted, 'Service', 'mongodb')).toMatchSnapshot();
  });

  it('keeps internal networks internal', () => {
    expect(yamlOf(converted, 'NetworkPolicy', 'backend')).toMatchSnapshot();
    expect(yamlOf(converted, 'NetworkPolicy', 'frontend')).toContain('egress:\n    - {}\n');
  });

  it('says what did not go over', () => {
    expect(remarksText(converted.remarks)).toMatchSnapshot();
  });
});

describe('what runs a service', () => {
  const kinds = async (service: string) =>
    (await convertText(`services: { a: { image: i, ${service} } }`)).manifests[0]?.kind;

  it.each([
    ['', 'Deployment'],
    ['deploy: { mode: global }', 'DaemonSet'],
    ['deploy: { mode: replicated-job }', 'Job'],
    ['restart: "no"', 'Job'],
    ['restart: on-failure', 'Job'],
    ['restart: on-failure, ports: ["80"]', 'Deployment'],
    ['labels: { kompose.controller.type: statefulset }', 'StatefulSet'],
    ['labels: { kompose.controller.type: daemonset }', 'DaemonSet'],
    ['labels: { kompose.cronjob.schedule: "* * * * *" }', 'CronJob'],
  ])('%s: %s', async (service, kind) => expect(await kinds(service)).toBe(kind));
});

it('gives each pod of a StatefulSet volumes of its own, unless others share them', async () => {
  const converted = await convertText(
    `services:
  db: { image: i, volumes: ["own:/a", "shared:/b"], labels: { kompose.controller.type: statefulset } }
  web: { image: i, volumes: ["shared:/b"] }
volumes: { own: {}, shared: {} }`,
  );
  expect(yamlOf(converted, 'StatefulSet', 'db')).toMatchSnapshot();
  expect(converted.manifests.filter(({ kind }) => kind === 'PersistentVolumeClaim')).toHaveLength(1);
});

it('holds secrets and configs, whatever they come from', async () => {
  const converted = await convertText(
    `services:
  a: { image: i, secrets: [{ source: key, target: /k, mode: 0400 }], configs: [text, there] }
secrets: { key: { file: ./key.txt } }
configs: { text: { content: "a: b\\n" }, there: { external: true } }`,
    { '/p/key.txt': 'abc' },
  );
  expect(converted.manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'Deployment a',
    'Service a',
    'Secret key',
    'ConfigMap text',
  ]);
  expect(yamlOf(converted, 'Deployment', 'a')).toMatchSnapshot();
});

it('says what has no counterpart, with its path', async () => {
  const converted = await convertText(
    `services:
  a_b:
    image: i
    container_name: xy
    user: www
    ulimits: { nofile: 10 }
    ports: ["127.0.0.1:80:80"]
    logging: { driver: syslog }
    labels: { kompose.service.typo: x, kompose.hpa.cpu: many }
networks: { default: { ipam: { config: [{ subnet: 10.0.0.0/8 }] } } }`,
  );
  expect(converted.remarks.map(({ path }) => path)).toEqual([
    'services.a_b.logging',
    'services.a_b.ulimits',
    'services.a_b.labels.kompose.service.typo',
    'services.a_b.labels.kompose.hpa.cpu',
    'services.a_b',
    'networks.default.ipam',
    'services.a_b.user',
    'services.a_b.ports',
    'services.a_b.ports[0].host_ip',
  ]);
});

it('says of every part of deploy that has no counterpart', async () => {
  const converted = await convertText(
    `services:
  a:
    image: i
    labels: { kompose.hpa.cpu: "50", kompose.controller.type: daemonset }
    deploy:
      update_config: { delay: 5s, max_failure_ratio: 0.5, failure_action: rollback }
      rollback_config: { parallelism: 1 }
      restart_policy: { delay: 5s, window: 10s }
      placement: { constraints: [node.role == manager], max_replicas_per_node: 2 }
      resources: { limits: { pids: 5 } }`,
  );
  expect(converted.remarks.map(({ path }) => path)).toEqual([
    'services.a.deploy.update_config.delay',
    'services.a.deploy.update_config.max_failure_ratio',
    'services.a.deploy.restart_policy.delay',
    'services.a.deploy.restart_policy.window',
    'services.a.deploy.rollback_config',
    'services.a.deploy.resources.limits.pids',
    'services.a.deploy.placement.constraints[0]',
    'services.a.deploy.placement.max_replicas_per_node',
    'services.a.deploy.update_config.failure_action',
    'services.a.labels.kompose.hpa',
    'services.a',
  ]);
});

it('lets what runs before into its own networks', async () => {
  const converted = await convertText(
    `services:
  web: { image: i, networks: [front], depends_on: { migrate: { condition: service_completed_successfully } } }
  migrate: { image: j, networks: [back] }
networks: { front: {}, back: {} }`,
  );
  expect(yamlOf(converted, 'Deployment', 'web')).toContain('io.kompose.network/back: "true"');
});

it('keeps private keys in a Secret', async () => {
  const key = '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n';
  const converted = await convertText(
    'services: { a: { image: i, volumes: ["./ssl:/ssl:ro", "./conf:/conf:ro"] } }',
    { '/p/ssl/site.key': key, '/p/conf/a': 'text' },
  );
  expect(manifestOf(converted.manifests, 'Secret', 'a-bind0').data).toEqual({ 'site.key': btoa(key) });
  expect(manifestOf(converted.manifests, 'ConfigMap', 'a-bind1').data).toEqual({ a: 'text' });
  expect(yamlOf(converted, 'Deployment', 'a')).toContain('secretName: a-bind0');
});

it('takes the start period of a health check for a probe of its own, which goes before the others', async () => {
  const converted = await convertText(`services:
  a:
    image: i
    healthcheck: { test: [CMD, "true"], interval: 10s, timeout: 3s, retries: 5, start_period: 45s, start_interval: 2s }`);
  const { template } = manifestOf(converted.manifests, 'Deployment', 'a').spec as { template: object };
  const exec = { command: ['true'] };
  expect(template).toMatchObject({
    spec: {
      containers: [
        {
          // Every 2 s, for the 45 s, and for the 50 s in which five go wrong after them.
          startupProbe: { exec, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 48 },
          livenessProbe: { exec, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 5 },
          readinessProbe: { exec, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 5 },
        },
      ],
    },
  });
  expect(JSON.stringify(template)).not.toContain('initialDelaySeconds');
});

it.each([
  ['user: "1000:1001"', { fsGroup: 1001, fsGroupChangePolicy: 'OnRootMismatch' }],
  ['user: "1000"', { fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' }],
  ['user: "0"', undefined],
  ['user: www', undefined],
  ['user: "1000", labels: { kompose.security-context.fsgroup: 7 }', { fsGroup: 7 }],
])('lets its user write to its volumes: %s', async (user, securityContext) => {
  const text = `services: { a: { image: i, volumes: ["vol:/v"], ${user} } }\nvolumes: { vol: {} }`;
  const deployment = manifestOf((await convertText(text)).manifests, 'Deployment', 'a');
  const { template } = deployment.spec as { template: { spec: { securityContext?: object } } };
  expect(template.spec.securityContext).toEqual(securityContext);
});

it.each([
  ['volumes: ["vol:/v"], deploy: { replicas: 2 }', 'volumes.vol: More than one pod mounts it'],
  ['volumes: ["vol:/v"], labels: { kompose.hpa.cpu: 50 }', 'volumes.vol: More than one pod mounts it'],
  [
    'labels: { kompose.hpa.cpu: 50 }',
    'services.a.labels.kompose.hpa: Autoscaling is based on requested resources',
  ],
  ['volumes: ["vol:/var/lib/postgresql/data"]', 'kompose.volume.subpath: data'],
  ['volumes: ["/var/run/docker.sock:/var/run/docker.sock"]', 'Most nodes do not run Docker'],
  ['tty: true', 'services.a: It does not list a port'],
])('says what a cluster would trip over: %s', async (service, remark) => {
  const { remarks } = await convertText(`services: { a: { image: i, ${service} } }\nvolumes: { vol: {} }`);
  expect(remarksText(remarks)).toContain(remark);
});

it('says none of it where it is cared for', async () => {
  const { remarks } = await convertText(`services:
  a:
    image: i
    expose: [5432]
    environment: { PGDATA: /var/lib/postgresql/data/own }
    volumes: ["vol:/var/lib/postgresql/data"]
    deploy: { replicas: 2, resources: { reservations: { cpus: "1" } } }
    labels: { kompose.hpa.cpu: 50, kompose.controller.type: statefulset }
volumes: { vol: {} }`);
  expect(remarksText(remarks)).toBe('');
});
