import { expect, it } from 'vitest';
import { hostOf } from './engine.ts';
import { type Stack, stack } from './stack.ts';

/** Services of one project each: what stands after `image`, `init` and `command`. All attributes that the test images can run with. */
const stacks: Readonly<Record<string, string>> = {
  'a plain service': '',
  environment: 'environment: {A: "1", B: "", C: "x=y", D: }',
  'labels and annotations': 'labels: {a.b: "1", empty: ""}\n    annotations: {x: y}',
  healthcheck:
    'healthcheck: {test: "exit 0", interval: 1s, timeout: 2s, retries: 3, start_period: 1m30s, start_interval: 500ms}',
  'healthcheck disabled': 'healthcheck: {disable: true}',
  'ports of every form':
    'ports: ["80", "127.0.0.1::81", {target: 82, protocol: udp}, "127.0.0.1:22990-22991:90-91"]',
  expose: 'expose: ["3000", "4000-4002", "53/udp"]',
  'named and anonymous volumes': 'volumes: ["data:/data", "/anonymous", "data:/ro:ro"]',
  'volume options': 'volumes: [{type: volume, source: data, target: /data, volume: {nocopy: true}}]',
  tmpfs:
    'tmpfs: ["/t", "/u:size=1m"]\n    volumes: [{type: tmpfs, target: /v, tmpfs: {size: 1m, mode: 0o700}}]',
  'networks with aliases and addresses':
    'networks: {one: {aliases: [w, x]}, two: {ipv4_address: 10.222.7.9, priority: 5}}',
  'network_mode none': 'network_mode: none',
  mac_address: 'mac_address: 02:42:ac:11:65:43',
  'dns and hosts':
    'dns: [10.0.0.53]\n    dns_search: [example.test]\n    dns_opt: ["ndots:1"]\n    extra_hosts: ["db:10.0.0.9", "six=::1"]',
  'hostname and domainname': 'hostname: me\n    domainname: example.test',
  'user and working_dir': 'user: "1000:1000"\n    working_dir: /tmp',
  'resources of the service':
    'mem_limit: 64m\n    memswap_limit: 128m\n    mem_reservation: 32m\n    cpus: 0.5\n    cpu_shares: 512\n    pids_limit: 50\n    shm_size: 16m',
  'resources of deploy':
    'deploy: {resources: {limits: {cpus: "0.25", memory: 64M, pids: 20}, reservations: {memory: 16M}}, restart_policy: {condition: on-failure, max_attempts: 2}}',
  restart: 'restart: unless-stopped',
  'capabilities and security':
    'cap_add: [NET_ADMIN]\n    cap_drop: [MKNOD]\n    security_opt: ["no-new-privileges:true"]\n    read_only: true\n    group_add: ["44"]',
  'ulimits and sysctls':
    'ulimits: {nproc: 100, nofile: {soft: 100, hard: 200}}\n    sysctls: {net.core.somaxconn: "128"}',
  logging: 'logging: {driver: json-file, options: {max-size: 1m, max-file: "2"}}',
  'stop options': 'stop_signal: SIGUSR1\n    stop_grace_period: 1s',
  container_name: 'container_name: ${COMPOSE_PROJECT_NAME}-named',
  replicas: 'deploy: {replicas: 3}',
  scale: 'scale: 2',
  'ipc and pid of the host': 'ipc: shareable\n    pid: host',
  'configs from content': 'configs: [{source: settings, target: /etc/settings, mode: 0440}]',
  'tty and stdin': 'tty: true\n    stdin_open: true',
  'oom and cgroup': 'oom_score_adj: 100\n    cgroup: private',
  devices: 'devices: ["/dev/null:/dev/mynull:r"]',
  'dependencies of every kind':
    'depends_on: {other: {condition: service_healthy, restart: true}, job: {condition: service_completed_successfully}}\n    links: ["other:o"]',
  'shared namespaces': 'network_mode: service:other\n    volumes_from: [other]',
};

const others = `
  other:
    image: busybox
    init: true
    command: sleep 1000
    volumes: ["data:/shared"]
    healthcheck: {test: "exit 0", interval: 1s}
    profiles: [PROFILE]
  job:
    image: busybox
    command: "true"
    profiles: [PROFILE]
`;

const rest = `
networks: {one: {}, two: {ipam: {config: [{subnet: 10.222.7.0/24}]}}}
volumes: {data: {labels: {keep: "yes"}}}
configs: {settings: {content: "a=1"}}
`;

it.concurrent.each(Object.entries(stacks))(
  '%s: Docker Compose finds nothing to change in ours, nor we in its',
  async (_name, attributes) => {
    const needsOthers = attributes.includes('other');
    const services = others.replaceAll(
      /\n {4}profiles: \[PROFILE\]/g,
      needsOthers ? '' : '\n    profiles: [off]',
    );
    const app = await stack(
      hostOf('engineHost'),
      `services:\n  web:\n    image: busybox\n    init: true\n    command: sleep 1000\n    ${attributes}\n${services}${rest}`,
    );
    try {
      const ours = await app.compose('up', '-d');
      expect(ours.code, ours.err).toBe(0);
      const made = await ids(app);
      const theirs = await app.dockerCompose('up', '-d');
      expect(theirs.code, theirs.err).toBe(0);
      expect(theirs.err).not.toMatch(/Recreate|Creating/);
      expect(await ids(app)).toEqual(made);
      expect((await app.dockerCompose('ps', '-aq')).out.split('\n').sort()).toEqual(
        (await app.compose('ps', '-aq', '--no-trunc')).out.split('\n').sort(),
      );
      await expectSame(app);
      expect((await app.dockerCompose('down', '-v', '-t', '0')).code).toBe(0);
      expect(await ids(app)).toEqual([]);

      expect((await app.dockerCompose('up', '-d')).code).toBe(0);
      const before = await ids(app);
      const again = await app.compose('up', '-d');
      expect(again.err).not.toMatch(/Recreate|Creating/);
      expect(await ids(app)).toEqual(before);
      expect((await app.compose('down', '-v', '-t', '0')).code).toBe(0);
      expect(
        (await app.docker('ps', '-aq', '--filter', `label=com.docker.compose.project=${app.name}`)).out,
      ).toBe('');
    } finally {
      await app.remove();
    }
  },
);

it('bind mounts: its hash of them is older than ours, and ours counts both', async () => {
  const app = await stack(
    hostOf('engineHost'),
    'services: {web: {image: busybox, init: true, command: sleep 1000, volumes: ["./html:/html:ro", {type: bind, source: ./made, target: /made}]}}\n',
    { 'html/index.html': 'hello' },
  );
  try {
    expect((await app.dockerCompose('up', '-d')).code).toBe(0);
    const made = await ids(app);
    expect((await app.compose('up', '-d')).err).not.toMatch(/Recreate|Creating/);
    expect(await ids(app)).toEqual(made);
    await expectSame(app);
    expect((await app.compose('exec', '-T', 'web', 'cat', '/html/index.html')).out).toBe('hello');
  } finally {
    await app.remove();
  }
});

/** What both tools say of the same containers. */
async function expectSame(app: Stack): Promise<void> {
  const both = async (...words: readonly string[]) => {
    const [ours, theirs] = [await app.compose(...words), await app.dockerCompose(...words)];
    return [
      { code: ours.code, out: ours.out },
      { code: theirs.code, out: theirs.out },
    ];
  };
  for (const words of [
    ['ps', '-a', '--services'],
    ['exec', '-T', 'web', 'sh', '-c', 'echo "$HOSTNAME $PWD"; exit 7'],
    ['logs', '--no-color', 'web'],
  ]) {
    const [ours, theirs] = await both(...words);
    expect(ours, words.join(' ')).toEqual(theirs);
  }
  const [ours, theirs] = (await both('ps', '-a', '--format', 'json')).map(({ out }) => rows(out));
  expect(ours).toEqual(theirs);
}

/** Without what changes from one second to the next, and the order of what is a list by chance. */
function rows(out: string): readonly unknown[] {
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const { RunningFor, Status, Health, Labels, Mounts, Networks, LocalVolumes, Publishers, ...row } =
        JSON.parse(line);
      const sorted = (list: string) => list.split(',').sort();
      return {
        ...row,
        Labels: sorted(Labels),
        Mounts: sorted(Mounts),
        Networks: sorted(Networks),
        LocalVolumes,
        Publishers: (Publishers ?? []).map((each: unknown) => JSON.stringify(each)).sort(),
      };
    });
}

async function ids(app: Stack): Promise<readonly string[]> {
  return (await app.compose('ps', '-aq')).out.split('\n').filter(Boolean).sort();
}
