import { describe, expect, it } from 'vitest';
import { label } from '#engine/project/labels.ts';
import { container, engine20, image, load, network, planText, volume } from '../world.ts';

const first = load({
  services: {
    web: { depends_on: { db: { condition: 'service_healthy', required: true } } },
    db: { volumes: [{ type: 'volume', source: 'data', target: '/data' }] },
  },
  volumes: { data: { name: 'app_data' } },
});
const firstNetworks = [network('default', { name: 'app_default' })];
const firstVolumes = [volume('data', { name: 'app_data' })];
const firstUp = {
  containers: [container(first, 'web'), container(first, 'db')],
  networks: firstNetworks,
  volumes: firstVolumes,
};

function lines(...expected: readonly string[]): string {
  return expected.join('\n');
}

describe('from nothing', () => {
  it('creates networks and volumes first, and starts in the order of depends_on', () => {
    expect(planText(first, {})).toBe(
      lines(
        '  1. create network app_default (it does not exist yet)',
        '  2. create volume app_data (it does not exist yet)',
        '  3. create container app-db-1 (there is no container yet) after 1, 2',
        '  4. create container app-web-1 (there is no container yet) after 1, 3',
        '  5. start container app-db-1 (it is not running) after 3',
        '  6. wait for db to be healthy (web depends on it) after 3, 5',
        '  7. start container app-web-1 (it is not running) after 3, 4, 5, 6',
      ),
    );
  });

  it('only creates with noStart', () => {
    expect(planText(first, {}, {}, { start: false })).not.toContain('start container');
  });

  it('shows images that are still to be pulled', () => {
    const plan = planText(
      load({ services: { web: {} } }),
      {},
      {},
      { pulls: [{ reference: 'busybox', cause: { kind: 'not-on-engine' } }] },
    );
    expect(plan).toContain('  1. pull image busybox (it is not on the engine)');
    expect(plan).toContain('  3. create container app-web-1 (there is no container yet) after 1, 2');
  });

  it('waits for every service when asked to, completed ones where another counts on it', () => {
    const loaded = load({
      services: {
        migrate: {},
        web: { depends_on: { migrate: { condition: 'service_completed_successfully', required: true } } },
      },
    });
    const plan = planText(loaded, {}, {}, { waitForAll: { timeout: 10 } });
    expect(plan).toContain('wait for migrate to complete (wait was requested)');
    expect(plan).toContain('wait for web to be running or healthy (wait was requested)');
  });

  it('brings the dependencies of a named service along, unless told not to', () => {
    expect(planText(first, {}, { services: ['web'] })).toContain('create container app-db-1');
    expect(planText(first, {}, { services: ['web'], noDeps: true })).not.toContain('db');
  });

  it('refuses a cycle', () => {
    const loaded = load({
      services: {
        a: { depends_on: { b: { condition: 'service_started' } } },
        b: { depends_on: { a: { condition: 'service_started' } } },
      },
    });
    expect(() => planText(loaded, {})).toThrow('dependency cycle detected: a -> b -> a');
  });
});

describe('what is there already', () => {
  it('is left alone when nothing changed', () => {
    expect(planText(first, firstUp)).toBe(lines('nothing to do', 'up to date: app-db-1, app-web-1'));
  });

  it('is started when it does not run', () => {
    const containers = [container(first, 'web', 1, { state: 'exited' }), container(first, 'db')];
    expect(planText(first, { ...firstUp, containers })).toBe(
      lines(
        '  1. wait for db to be healthy (web depends on it)',
        '  2. start container app-web-1 (it is not running) after 1',
        'up to date: app-db-1',
      ),
    );
  });

  it('is unpaused when it is paused', () => {
    const loaded = load({ services: { web: {} } });
    const containers = [container(loaded, 'web', 1, { state: 'paused' })];
    expect(planText(loaded, { containers, networks: firstNetworks })).toBe(
      '  1. unpause container app-web-1 (it is paused)',
    );
  });

  it('is replaced when its configuration changed, with the changed attributes named', () => {
    const before = load({ services: { web: { environment: { DEBUG: '0', KEEP: 'x' } } } });
    const after = load({ services: { web: { environment: { DEBUG: '1', KEEP: 'x' }, user: 'app' } } });
    const old = container(before, 'web');
    const details = {
      id: old.id,
      name: old.name,
      image: 'busybox',
      imageId: 'sha256:image',
      state: 'running' as const,
      health: 'none' as const,
      healthOutput: undefined,
      exitCode: 0,
      error: '',
      startedAt: 1,
      finishedAt: undefined,
      restartCount: 0,
      tty: false,
      hasHealthcheck: false,
      labels: {},
      env: [],
      config: {
        Image: 'busybox',
        Env: ['DEBUG=0', 'KEEP=x', 'PATH=/bin'],
        Cmd: ['sh'],
        Labels: { [label.project]: 'app' },
      },
      hostConfig: { NetworkMode: 'app_default', OomKillDisable: false },
      networks: {},
      mounts: [],
    };
    const surroundings = {
      details: { [old.id]: details },
      images: { busybox: image({ config: { Env: ['PATH=/bin'], Cmd: ['sh'] } }) },
    };
    expect(planText(after, { containers: [old], networks: firstNetworks, surroundings })).toBe(
      lines(
        `  1. create container app-web-1 (its settings changed: environment.DEBUG, user)`,
        '  2. stop container app-web-1 (step 1 replaces it) after 1',
        '  3. remove container app-web-1 (step 1 replaces it) after 1, 2',
        '  4. give container app-web-1 its name (the old container is gone) after 3',
        '  5. start container app-web-1 (it is not running) after 4',
      ),
    );
  });

  it('is replaced when its image is newer', () => {
    const surroundings = { images: { busybox: image({ contentDigest: 'sha256:newer' }) } };
    const plan = planText(load({ services: { web: {} } }), {
      containers: [container(first, 'web')],
      networks: firstNetworks,
      surroundings,
    });
    expect(plan).toContain('(its image is newer)');
  });

  it('is kept under never, replaced under force', () => {
    const after = load({ services: { web: { user: 'app' } } });
    const parts = {
      containers: [container(load({ services: { web: {} } }), 'web')],
      networks: firstNetworks,
    };
    expect(planText(after, parts, {}, { recreate: 'never' })).toContain('nothing to do');
    expect(planText(load({ services: { web: {} } }), parts, {}, { recreate: 'force' })).toContain(
      '(recreation was requested)',
    );
  });

  it('loses its anonymous volumes only where they are not handed on', () => {
    const loaded = load({ services: { web: {} } });
    const mounts = [
      { type: 'volume', name: 'a'.repeat(64), source: '', destination: '/data', readOnly: false },
    ] as const;
    const parts = {
      containers: [{ ...container(loaded, 'web'), mounts }],
      networks: firstNetworks,
    };
    const force = { recreate: 'force' } as const;
    expect(planText(loaded, parts, {}, { ...force, inherit: true })).not.toContain(
      'volumes will not be kept',
    );
    expect(planText(loaded, parts, {}, { ...force, inherit: false })).toContain('volumes will not be kept');
  });

  it('is named as it should be when an earlier replacement was interrupted', () => {
    const loaded = load({ services: { web: {} } });
    const left = container(loaded, 'web', 1, {
      id: 'b'.repeat(64),
      name: 'aaaaaaaaaaaa_app-web-1',
      state: 'created',
    });
    const old = container(loaded, 'web', 1, { labels: { [label.configHash]: 'old' } });
    expect(planText(loaded, { containers: [left, old], networks: firstNetworks })).toBe(
      lines(
        '  1. stop container app-web-1 (scaled from 2 to 1)',
        '  2. remove container app-web-1 (scaled from 2 to 1) after 1',
        '  3. rename container aaaaaaaaaaaa_app-web-1 to app-web-1 (an earlier replacement was interrupted) after 2',
        '  4. start container aaaaaaaaaaaa_app-web-1 (it is not running) after 3',
      ),
    );
  });

  it('with something of it recreated, takes what shares its namespace along', () => {
    const before = load({ services: { app: {}, side: { network_mode: 'service:app' } } });
    const after = load({ services: { app: { user: 'x' }, side: { network_mode: 'service:app' } } });
    const app = container(before, 'app');
    const side = container(before, 'side');
    const resolved = { ...before.project.services.side, network_mode: `container:${app.id}` };
    const labels = { [label.configHash]: JSON.stringify({ ...resolved, depends_on: undefined }) };
    const parts = {
      containers: [app, { ...side, labels: { ...side.labels, ...labels } }],
      networks: firstNetworks,
    };
    expect(planText(before, parts)).toContain('nothing to do');
    expect(planText(after, parts)).toContain('(it shares with app, which is recreated)');
  });

  it('stops services that want to be restarted with a dependency, and starts them again', () => {
    const depends_on = { db: { condition: 'service_started', restart: true, required: true } } as const;
    const before = load({ services: { db: {}, web: { depends_on } } });
    const after = load({ services: { db: { user: 'x' }, web: { depends_on } } });
    const containers = [container(before, 'db'), container(before, 'web')];
    expect(planText(after, { containers, networks: firstNetworks })).toBe(
      lines(
        '  1. stop container app-web-1 (dependency db is recreated)',
        `  2. create container app-db-1 (its settings changed) after 1`,
        '  3. stop container app-db-1 (step 2 replaces it) after 2',
        '  4. remove container app-db-1 (step 2 replaces it) after 2, 3',
        '  5. give container app-db-1 its name (the old container is gone) after 4',
        '  6. start container app-db-1 (it is not running) after 5',
        '  7. start container app-web-1 (it is not running) after 1, 5, 6',
      ),
    );
  });
});

describe('scale', () => {
  const loaded = load({ services: { web: {} } });
  const three = [1, 2, 3].map((number) => container(loaded, 'web', number));

  it('adds numbers after the highest', () => {
    const plan = planText(
      loaded,
      { containers: three.slice(1), networks: firstNetworks },
      { scale: { web: 4 } },
    );
    expect(plan).toContain('  1. create container app-web-4 (scaled from 2 to 4)');
    expect(plan).toContain('  2. create container app-web-5 (scaled from 2 to 4)');
  });

  it('removes the highest numbers, outdated ones first', () => {
    expect(planText(loaded, { containers: three, networks: firstNetworks }, { scale: { web: 2 } })).toBe(
      lines(
        '  1. stop container app-web-3 (scaled from 3 to 2)',
        '  2. remove container app-web-3 (scaled from 3 to 2) after 1',
        'up to date: app-web-1, app-web-2',
      ),
    );
    const outdated = [
      container(loaded, 'web', 1, { labels: { [label.configHash]: 'old' } }),
      ...three.slice(1),
    ];
    const plan = planText(loaded, { containers: outdated, networks: firstNetworks }, { scale: { web: 2 } });
    expect(plan).toContain('  1. stop container app-web-1 (scaled from 3 to 2)');
  });

  it('refuses several containers of one name', () => {
    const named = load({ services: { web: { container_name: 'mine', scale: 2 } } });
    expect(() => planText(named, {})).toThrow('remove the custom name to scale the service');
  });
});

describe('networks', () => {
  const loaded = load({
    services: { web: {} },
    networks: { default: { name: 'app_default', internal: true } },
  });

  it('that changed are made anew under their containers', () => {
    const parts = { containers: [container(loaded, 'web')], networks: firstNetworks };
    expect(planText(loaded, parts)).toBe(
      lines(
        '  1. stop container app-web-1 (network default changed)',
        '  2. disconnect container app-web-1 from network app_default (network default changed) after 1',
        '  3. remove network app_default (its settings changed) after 2',
        '  4. create network app_default (its settings changed) after 3',
        '  5. connect container app-web-1 to network app_default (network default was recreated) after 4',
        '  6. start container app-web-1 (it is not running) after 1, 5',
      ),
    );
  });

  it('that went are made again, and their containers replaced', () => {
    const plan = planText(load({ services: { web: {} } }), { containers: [container(first, 'web')] });
    expect(plan).toContain('  1. create network app_default (it does not exist yet)');
    expect(plan).toContain('(network default was recreated) after 1');
  });

  it('of somebody else are used as they are, with a warning', () => {
    const foreign = network('default', { name: 'app_default' }, { labels: {} });
    const plan = planText(load({ services: { web: {} } }), {
      surroundings: { networks: { default: foreign } },
    });
    expect(plan).not.toContain('create network');
    expect(plan).toContain('warning: a network with name app_default exists but was not created by compose.');
  });

  it('that a container is not on are reason to replace it', () => {
    const plan = planText(load({ services: { web: {} } }), {
      containers: [container(first, 'web', 1, { networks: {} })],
      networks: firstNetworks,
    });
    expect(plan).toContain('(it is not connected to network default)');
  });
});

describe('volumes', () => {
  const changed = load({
    services: { db: { volumes: [{ type: 'volume', source: 'data', target: '/data' }] } },
    volumes: { data: { name: 'app_data', driver: 'other' } },
  });
  const parts = { containers: [container(changed, 'db')], networks: firstNetworks, volumes: firstVolumes };

  it('that changed are kept, with a warning, unless their loss was agreed to', () => {
    expect(planText(changed, parts)).toBe(
      lines(
        'nothing to do',
        'up to date: app-db-1',
        'warning: volume "app_data" doesn\'t match its configuration in the compose file and is kept as it is: recreating it would lose its data',
      ),
    );
  });

  it('are replaced, once agreed to, after the containers that use them are gone; the plan says what is lost', () => {
    expect(planText(changed, parts, {}, { recreateVolumes: new Set(['data']) })).toBe(
      lines(
        '  1. stop container app-db-1 (a volume it mounts changed)',
        '  2. remove container app-db-1 (a volume it mounts changed) after 1',
        '! 3. remove volume app_data (its settings changed) after 2: The data in volume app_data is lost.',
        '  4. create volume app_data (its settings changed) after 3',
        '  5. create container app-db-1 (there is no container yet) after 2, 4',
        '  6. start container app-db-1 (it is not running) after 5',
      ),
    );
  });
});

describe('orphans', () => {
  const orphan = container(first, 'web', 1, { name: 'app-gone-1', labels: { [label.service]: 'gone' } });
  const loaded = load({ services: { web: {} }, disabled: ['off'] });
  const off = container(first, 'web', 1, { name: 'app-off-1', labels: { [label.service]: 'off' } });
  const parts = { containers: [container(loaded, 'web'), orphan, off], networks: firstNetworks };

  it('are named, and stay', () => {
    expect(planText(loaded, parts)).toContain(
      'warning: Found orphan containers (app-gone-1) for this project.',
    );
  });

  it('are removed when asked for; services that a profile leaves out are none', () => {
    expect(planText(loaded, parts, {}, { removeOrphans: true })).toBe(
      lines(
        '  1. stop container app-gone-1 (its service is not in the files)',
        '  2. remove container app-gone-1 (its service is not in the files) after 1',
        'up to date: app-web-1',
      ),
    );
  });
});

describe('files and hooks', () => {
  const loaded = load({
    services: {
      web: {
        secrets: [{ source: 'token' }],
        configs: [{ source: 'settings', target: '/etc/app.conf' }],
        pre_start: [{ command: ['prepare'] }],
        post_start: [{ command: ['warm'] }],
      },
    },
    secrets: { token: { name: 'app_token', environment: 'TOKEN' } },
    configs: { settings: { name: 'app_settings', content: 'a=1' } },
    environment: { TOKEN: 't' },
  });

  it('stand around the start', () => {
    expect(planText(loaded, { networks: firstNetworks })).toBe(
      lines(
        '  1. create container app-web-1 (there is no container yet)',
        '  2. run pre_start[0] of web for app-web-1 (before the service starts) after 1',
        '  3. copy a secret to /run/secrets/token in app-web-1 (secret token has no file) after 1, 2',
        '  4. copy a config to /etc/app.conf in app-web-1 (config settings has no file) after 1, 2',
        '  5. start container app-web-1 (it is not running) after 1, 2, 3, 4',
        '  6. run post_start[0] of web for app-web-1 (after the container has started) after 5',
      ),
    );
  });

  it('pre_start runs once for all containers, on the one with the lowest number', () => {
    const scaled = load({ services: { web: { scale: 3, pre_start: [{ command: ['prepare'] }] } } });
    const exited = (number: number) => container(scaled, 'web', number, { state: 'exited' });
    const plan = planText(scaled, { containers: [exited(3), exited(1), exited(2)], networks: firstNetworks });
    expect(plan.match(/run pre_start.*/g)).toEqual([
      'run pre_start[0] of web for app-web-1 (before the service starts)',
    ]);
  });

  it('pre_start does not run beside a container that runs', () => {
    const scaled = load({ services: { web: { scale: 2, pre_start: [{ command: ['prepare'] }] } } });
    const running = { containers: [container(scaled, 'web', 1)], networks: firstNetworks };
    const plan = planText(scaled, running);
    expect(plan).toContain('start container app-web-2');
    expect(plan).not.toContain('pre_start');
  });

  it('pre_start runs for each container that is started, one after the other, if it is asked to', () => {
    const pre_start = [{ command: ['a'] }, { command: ['b'], per_replica: true }];
    const scaled = load({ services: { web: { scale: 3, pre_start } } });
    const steps = (observed: Parameters<typeof planText>[1]) =>
      planText(scaled, { networks: firstNetworks, ...observed }).match(/(?<=run )pre_start\S+ .* for \S+/g);
    expect(steps({})).toEqual([
      'pre_start[0] of web for app-web-1',
      'pre_start[1] of web for app-web-1',
      'pre_start[1] of web for app-web-2',
      'pre_start[1] of web for app-web-3',
    ]);
    expect(steps({ containers: [container(scaled, 'web', 1)] })).toEqual([
      'pre_start[1] of web for app-web-2',
      'pre_start[1] of web for app-web-3',
    ]);
  });

  it('pre_start is refused with what it needs and cannot have', () => {
    const readOnly = load({
      services: { web: { pre_start: [{ command: ['a'], read_only: true, secrets: [{ source: 'token' }] }] } },
      secrets: { token: { name: 'app_token', environment: 'TOKEN' } },
      environment: { TOKEN: 't' },
    });
    expect(() => planText(readOnly, {})).toThrow('cannot create secret "app_token" in read-only service web');
  });

  it('are refused before anything is done when a variable is missing', () => {
    const without = { ...loaded, environment: {} };
    expect(() => planText(without, {})).toThrow(
      'environment variable "TOKEN" required by secret "app_token" is not set',
    );
  });
});

describe('an older engine', () => {
  it('refuses by name what it cannot do', () => {
    const loaded = load({ services: { web: { volumes: [{ type: 'image', source: 'x', target: '/x' }] } } });
    expect(() => planText(loaded, { info: engine20 })).toThrow(
      'services.web.volumes (/x): type: image requires Docker Engine v28 or later; this engine is 20.10.24 (API 1.41)',
    );
  });
});

describe('guards', () => {
  it('a container with a name of its own is one', () => {
    const named = load({ services: { web: { scale: 2, container_name: 'mine' } } });
    expect(() => planText(named, {})).toThrow('a container name is unique');
  });

  it('external volumes are not created, changed ones are replaced only where that was agreed to', () => {
    const uses = { web: { volumes: [{ type: 'volume', source: 'data', target: '/d' }] } } as const;
    const external = load({ services: uses, volumes: { data: { name: 'theirs', external: true } } });
    expect(planText(external, {})).not.toContain('create volume');
    const before = [volume('data', { name: 'app_data' })];
    const changed = load({ services: uses, volumes: { data: { name: 'app_data', driver: 'other' } } });
    expect(planText(changed, { volumes: before })).not.toContain('remove volume');
    const agreed = planText(changed, { volumes: before }, {}, { recreateVolumes: new Set(['data']) });
    expect(agreed).toContain('remove volume app_data');
  });

  it('of too many containers the outdated ones go, whatever their numbers', () => {
    const one = load({ services: { web: {} } });
    const outdated = container(one, 'web', 1, { labels: { [label.configHash]: 'old' } });
    const plan = planText(one, { containers: [outdated, container(one, 'web', 2)], networks: firstNetworks });
    expect(plan).toContain('remove container app-web-1');
    expect(plan).not.toContain('remove container app-web-2');
  });
});

describe('more containers than host ports', () => {
  const loaded = load({
    services: { web: { scale: 3, ports: [{ target: 80, published: '8080' }] } },
  });

  it('is said with the plan', () => {
    expect(planText(loaded, {})).toContain(
      'warning: service "web" is to have 3 containers, but only 1 can publish the host port 8080',
    );
  });
});
