import { expect, it } from 'vitest';
import type { Manifest } from '#compose/convert/kubernetes/manifest.ts';
import { convertText, manifestOf } from './project-of.ts';
import { structureMistakes } from './structure.ts';

/** A shop as one would run it, with every kind of object that there is. */
const shop = `
services:
  web:
    build: ./web
    image: registry.example/shop/web:3
    user: "1000:1000"
    read_only: true
    tmpfs: [/tmp]
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    depends_on:
      db: { condition: service_healthy }
      migrate: { condition: service_completed_successfully }
    environment: { DATABASE_URL: "postgres://app:pw@db:5432/app", LEVEL: info }
    volumes: ["uploads:/app/uploads", "./app.conf:/etc/app.conf:ro"]
    ports: ["8080:3000"]
    networks: [front, back]
    labels: { kompose.service.expose: shop.example.com, kompose.hpa.replicas.max: "5" }
    healthcheck: { test: [CMD, curl, -f, "http://localhost:3000"], interval: 10s, timeout: 3s, start_period: 40s }
    deploy:
      resources: { limits: { cpus: "0.5", memory: 512M }, reservations: { cpus: "0.25", memory: 128M } }
      update_config: { parallelism: 1, order: start-first }
  migrate:
    image: registry.example/shop/web:3
    command: npm run migrate
    networks: [back]
  db:
    image: postgres:16
    environment: { POSTGRES_PASSWORD_FILE: /run/secrets/db_password }
    secrets: [db_password]
    expose: ["5432"]
    volumes: ["db:/var/lib/postgresql/data"]
    networks: [back]
    labels: { kompose.controller.type: statefulset, kompose.volume.size: 5Gi, kompose.volume.subpath: data }
  backup:
    image: postgres:16
    command: pg_dump -h db
    restart: "no"
    networks: [back]
    labels: { kompose.cronjob.schedule: "0 3 * * *" }
  seed: { image: "registry.example/shop/seed:1", restart: on-failure, networks: [back] }
  agent: { image: "prom/node-exporter:v1.8", networks: [front], deploy: { mode: global } }
networks: { front: {}, back: { internal: true } }
volumes: { db: {}, uploads: {} }
secrets: { db_password: { file: ./pw.txt } }
`;

const { manifests } = await convertText(shop, { '/p/app.conf': 'a=b\n', '/p/pw.txt': 'hunter2' });
const spec = (kind: string, name: string) => manifestOf(manifests, kind, name).spec;

it('a cluster would take', () => expect(structureMistakes(manifests)).toEqual([]));

it('has an object of every kind', () => {
  const kinds = [...new Set(manifests.map(({ kind }: Manifest) => kind))].sort();
  expect(kinds).toEqual([
    'ConfigMap',
    'CronJob',
    'DaemonSet',
    'Deployment',
    'HorizontalPodAutoscaler',
    'Ingress',
    'Job',
    'NetworkPolicy',
    'PersistentVolumeClaim',
    'Secret',
    'Service',
    'StatefulSet',
  ]);
});

it('runs the web server without root, probed, limited, after its migration', () => {
  expect(spec('Deployment', 'web')).toMatchObject({
    // The autoscaler says how many, and a claim is attached to one pod at a time.
    strategy: { type: 'Recreate' },
    template: {
      spec: {
        securityContext: { fsGroup: 1000, fsGroupChangePolicy: 'OnRootMismatch' },
        initContainers: [
          { name: 'wait-for-db', command: ['sh', '-c', 'until nc -w 2 db 5432 -e true; do sleep 2; done'] },
          { name: 'migrate', args: ['npm', 'run', 'migrate'] },
        ],
        containers: [
          {
            image: 'registry.example/shop/web:3',
            env: [
              { name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'web-env', key: 'DATABASE_URL' } } },
              { name: 'LEVEL', value: 'info' },
            ],
            ports: [{ containerPort: 3000 }],
            resources: {
              limits: { cpu: '500m', memory: '512Mi' },
              requests: { cpu: '250m', memory: '128Mi' },
            },
            // Docker's own 5 s, for the start period and the three that go wrong after it.
            startupProbe: { periodSeconds: 5, failureThreshold: 14 },
            livenessProbe: { periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 },
            readinessProbe: { periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 },
            securityContext: {
              runAsUser: 1000,
              runAsGroup: 1000,
              readOnlyRootFilesystem: true,
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
            },
          },
        ],
      },
    },
  });
  expect(JSON.stringify(spec('Deployment', 'web'))).not.toContain('app:pw');
});

it('is called on the port of the container and on the published one, and from outside by its host', () => {
  expect(spec('Service', 'web')).toMatchObject({
    ports: [
      { name: '3000', port: 3000, targetPort: 3000 },
      { name: '8080', port: 8080, targetPort: 3000 },
    ],
  });
  expect(spec('Ingress', 'web')).toMatchObject({ rules: [{ host: 'shop.example.com' }] });
  expect(spec('HorizontalPodAutoscaler', 'web')).toMatchObject({ minReplicas: 1, maxReplicas: 5 });
});

it('gives the database a disk of its own, and its password as a file', () => {
  expect(spec('StatefulSet', 'db')).toMatchObject({
    serviceName: 'db-pods',
    volumeClaimTemplates: [
      { metadata: { name: 'db' }, spec: { resources: { requests: { storage: '5Gi' } } } },
    ],
    template: {
      spec: {
        containers: [
          {
            volumeMounts: [
              { name: 'db', mountPath: '/var/lib/postgresql/data', subPath: 'data' },
              { mountPath: '/run/secrets/db_password', readOnly: true },
            ],
          },
        ],
      },
    },
  });
  expect(manifestOf(manifests, 'Secret', 'db-password').data).toEqual({ db_password: btoa('hunter2') });
});

it('runs what ends as jobs: once, and every night', () => {
  expect(spec('Job', 'seed')).toMatchObject({ template: { spec: { restartPolicy: 'OnFailure' } } });
  expect(spec('CronJob', 'backup')).toMatchObject({
    schedule: '0 3 * * *',
    jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never' } } } },
  });
});

it('lets nobody but its network to the database', () => {
  expect(spec('NetworkPolicy', 'back')).toMatchObject({
    podSelector: { matchLabels: { 'io.kompose.network/back': 'true' } },
    ingress: [{ from: [{ podSelector: { matchLabels: { 'io.kompose.network/back': 'true' } } }] }],
  });
});
