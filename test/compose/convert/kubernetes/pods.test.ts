import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#compose/convert/kubernetes/manifest.ts';
import { remarksText } from '#compose/convert/kubernetes/report.ts';
import { convertText } from './project-of.ts';

interface PodSpec extends JsonObject {
  readonly containers: readonly JsonObject[];
}

/** The workload of the one service. */
async function workloadOf(service: string) {
  const { manifests, remarks } = await convertText(`services: { a: { image: i, ${service} } }`);
  const spec = manifests[0]?.spec as JsonObject & { readonly template: { readonly spec: PodSpec } };
  return { kind: manifests[0]?.kind, spec, pod: spec.template.spec, said: remarksText(remarks) };
}

it.each([
  ['entrypoint: "", command: [a, b]', ['a', 'b'], undefined],
  ['entrypoint: [e], command: []', ['e'], undefined],
  ['entrypoint: [e], command: [a]', ['e'], ['a']],
  ['command: [a]', undefined, ['a']],
])('runs what Docker runs: %s', async (service, command, args) => {
  const { pod, said } = await workloadOf(service);
  expect([pod.containers[0]?.command, pod.containers[0]?.args]).toEqual([command, args]);
  expect(said).not.toMatch(/command|entrypoint/);
});

it.each([
  ['command: []', 'services.a.command: The command of the image cannot be cleared'],
  ['entrypoint: ""', 'services.a.entrypoint: The entrypoint of the image cannot be cleared'],
])('says what cannot be run: %s', async (service, said) => {
  expect((await workloadOf(service)).said).toContain(said);
});

it('names each address once', async () => {
  const { pod } = await workloadOf('extra_hosts: ["a:10.0.0.1", "b:10.0.0.1", "c:10.0.0.2"]');
  expect(pod.hostAliases).toEqual([
    { ip: '10.0.0.1', hostnames: ['a', 'b'] },
    { ip: '10.0.0.2', hostnames: ['c'] },
  ]);
});

describe('what is not always started again', () => {
  const end = 'restart: on-failure';

  it('is a Job, which is said, and once is once', async () => {
    const { kind, spec, said } = await workloadOf('restart: "no"');
    expect([kind, spec.backoffLimit]).toEqual(['Job', 0]);
    expect(said).toContain('services.a.restart: It is assumed to run to completion');
    expect((await workloadOf('restart: on-failure:4')).spec.backoffLimit).toBe(4);
  });

  it.each([
    ['a service of a Swarm', 'a: { image: i, deploy: { restart_policy: { condition: on-failure } } }'],
    ['checked', `a: { image: i, ${end}, healthcheck: { test: [CMD, "true"] } }`],
    ['waited for', `a: { image: i, ${end} }, b: { image: i, depends_on: [a] }`],
    ['called', `a: { image: i, ${end}, expose: ["80"] }`],
  ])('runs on where it is %s', async (_, services) => {
    const { manifests, remarks } = await convertText(`services: { ${services} }`);
    expect(manifests[0]?.kind).toBe('Deployment');
    expect(remarksText(remarks)).toContain('Pods of a Deployment are always restarted.');
  });

  it('is not one Job for each node', async () => {
    expect((await workloadOf('deploy: { mode: global-job }')).said).toContain('services.a.deploy.mode');
  });
});

describe('updates', () => {
  const update = 'update_config: { parallelism: 2, order: start-first, monitor: 5s }';

  it('of a DaemonSet go as those of a Deployment', async () => {
    const { spec } = await workloadOf(`deploy: { mode: global, ${update} }`);
    expect(spec).toMatchObject({
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } },
      minReadySeconds: 5,
    });
  });

  it('of a StatefulSet go one by one, which is said', async () => {
    const { spec, said } = await workloadOf(
      `labels: { kompose.controller.type: statefulset }, deploy: { ${update} }`,
    );
    expect(spec.minReadySeconds).toBe(5);
    expect(said).toContain('services.a.deploy.update_config: Pods of a StatefulSet');
  });
});

describe('labels', () => {
  it.each([
    ['kompose.controller.type: Stateful', 'is not one of deployment, daemonset'],
    ['kompose.image-pull-policy: sometimes', 'is not one of always, never, ifnotpresent'],
    ['kompose.volume.size: big', 'is not a size'],
    ['kompose.volume.type: nfs', 'is not one of persistentvolumeclaim'],
  ])('that cannot be are said: %s', async (label, mistake) => {
    expect((await workloadOf(`labels: { ${label} }`)).said).toContain(mistake);
  });

  it('may have sizes as compose files have them', async () => {
    const { manifests } = await convertText(
      'services: { a: { image: i, volumes: ["vol:/v"], labels: { kompose.volume.size: 10gb } } }\nvolumes: { vol: {} }',
    );
    expect(JSON.stringify(manifests)).toContain('"storage":"10Gi"');
  });

  it('may be in any case', async () => {
    const { manifests } = await convertText(
      'services: { a: { image: i, labels: { kompose.cronjob.schedule: "1 2 3 4 5", kompose.cronjob.concurrency_policy: forbid, kompose.image-pull-policy: always } } }',
    );
    expect(JSON.stringify(manifests)).toContain('"concurrencyPolicy":"Forbid"');
    expect(JSON.stringify(manifests)).toContain('"imagePullPolicy":"Always"');
  });
});

describe('what a cluster refuses or lacks', () => {
  it('is not written, and said: no new privileges of a privileged container', async () => {
    const { pod, said } = await workloadOf('privileged: true, security_opt: ["no-new-privileges:true"]');
    expect(pod.containers[0]?.securityContext).toEqual({ privileged: true });
    expect(said).toContain('services.a.security_opt[0]: Kubernetes rejects it');
  });

  it.each([
    ['sysctls: { net.core.somaxconn: 1024 }', 'services.a.sysctls.net.core.somaxconn: Pods that set it'],
    ['volumes: ["/app/node_modules"]', "services.a.volumes[0]: Docker copies the image's content"],
    ['gpus: all', 'services.a.gpus: GPUs can be requested only by number'],
    [
      'post_start: [{ command: [a], privileged: true }]',
      "services.a.post_start[0]: It runs with the container's",
    ],
    [
      'deploy: { placement: { preferences: [{ spread: engine.labels.x }] } }',
      'preferences[0]: Kubernetes nodes',
    ],
    [
      'expose: ["80"], labels: { kompose.service.expose: "https://a.b" }',
      '"https://a.b" is not a valid host. Write HOST or HOST/PATH',
    ],
  ])('is said: %s', async (service, said) => {
    expect((await workloadOf(service)).said).toContain(said);
  });

  it.each(['sysctls: { net.ipv4.tcp_syncookies: 1 }', 'init: true'])('is not %s', async (service) => {
    expect((await workloadOf(`${service}, expose: ["80"]`)).said).toBe('');
  });
});

it('has somebody to clear away what processes leave behind', async () => {
  expect((await workloadOf('init: true')).pod.shareProcessNamespace).toBe(true);
  expect((await workloadOf('init: true, pid: host')).pod.shareProcessNamespace).toBeUndefined();
});

it('asks for GPUs by number', async () => {
  const devices = (list: string) => `deploy: { resources: { reservations: { devices: [${list}] } } }`;
  const gpu = 'capabilities: [gpu]';
  const asked = async (list: string) =>
    (await workloadOf(devices(list))).pod.containers[0]?.resources as JsonObject | undefined;
  expect(await asked(`{ ${gpu}, count: 2 }, { ${gpu}, device_ids: ["0", "3"] }`)).toEqual({
    limits: { 'nvidia.com/gpu': '4' },
  });
  expect(await asked(`{ ${gpu} }`)).toEqual({ limits: { 'nvidia.com/gpu': '1' } });
});

describe('which nodes', () => {
  it('are no control plane for workers', async () => {
    for (const constraint of ['node.role == worker', 'node.role != manager']) {
      const { pod, said } = await workloadOf(`deploy: { placement: { constraints: [${constraint}] } }`);
      expect(JSON.stringify(pod.affinity)).toContain(
        '{"key":"node-role.kubernetes.io/control-plane","operator":"DoesNotExist"}',
      );
      expect(said).not.toContain('constraints');
    }
  });

  it('have one pod each, if that is the most', async () => {
    const { pod, said } = await workloadOf('deploy: { placement: { max_replicas_per_node: 1 } }');
    expect(pod.affinity).toMatchObject({
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }],
      },
    });
    expect(said).not.toContain('max_replicas_per_node');
  });
});

it('says what of a further service in the same pod is not asked for', async () => {
  const group = 'labels: { kompose.service.group: g }';
  const { remarks } = await convertText(
    `services: { a: { image: i, ${group}, pid: host }, b: { image: j, ${group}, hostname: own, pid: host } }`,
  );
  expect(remarksText(remarks)).toContain(
    'services.b.hostname: The pod belongs to "a", whose setting is used.',
  );
  expect(remarksText(remarks)).not.toContain('services.b.pid');
});

it('mounts once at a path: what comes later', async () => {
  const { pod } = await workloadOf('tmpfs: ["/dev/shm:size=1m"], shm_size: 64m');
  expect(pod.containers[0]?.volumeMounts).toEqual([{ name: 'a-shm', mountPath: '/dev/shm' }]);
});

it('takes a bound file that is no text from a Secret, and says how to make it', async () => {
  const { manifests, remarks } = await convertText(
    'services: { a: { image: i, volumes: ["./key.p12:/key.p12:ro"] } }',
    { '/p/key.p12': 'a\0b' },
  );
  expect(manifests.map(({ kind }) => kind)).toEqual(['Deployment', 'Service']);
  expect(JSON.stringify(manifests[0])).toContain('"secret":{"secretName":"a-bind0"}');
  expect(JSON.stringify(manifests[0])).toContain('"mountPath":"/key.p12","subPath":"key.p12"');
  expect(remarksText(remarks)).toContain(
    'services.a.volumes[0]: The file is not text. Run kubectl create secret generic a-bind0 --from-file=key.p12=/p/key.p12',
  );
});
