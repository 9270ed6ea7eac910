import { afterEach, describe, expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import { down } from '#engine/operations/down.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { up } from '#engine/operations/up.ts';
import { dial, hostOf, never } from './engine.ts';
import { eventually, type Stack, stack } from './stack.ts';

const engines = [
  { version: '28.5', host: 'engineHost' },
  { version: '20.10', host: 'oldEngineHost' },
] as const;

const idle = 'image: busybox\n    init: true\n    command: sleep 1000';

describe.each(engines)('on Engine $version', ({ host }) => {
  let app: Stack;
  afterEach(() => app.remove());
  const open = async (text: string, files: Readonly<Record<string, string>> = {}) => {
    app = await stack(hostOf(host), text, files);
    return app;
  };

  it('aliases and links answer, and internal networks keep apart what they should', async () => {
    await open(`services:
  client:
    ${idle}
    networks: [front]
    links: ["server:linked"]
  server:
    image: nginx:alpine
    stop_grace_period: 0s
    networks: {front: {aliases: [www]}, back: {}}
  hidden:
    ${idle}
    networks: [back]
networks: {front: {}, back: {internal: true}}
`);
    expect((await app.compose('up', '-d')).code).toBe(0);
    const reach = (service: string, name: string) =>
      app.compose('exec', '-T', service, 'nslookup', name, '127.0.0.11');
    for (const name of ['www', 'server', `${app.name}-server-1`, 'linked']) {
      await eventually(async () => expect((await reach('client', name)).code, name).toBe(0));
    }
    expect((await reach('hidden', 'www')).code).not.toBe(0);
    expect((await reach('hidden', 'server')).code).toBe(0);
  });

  it('a changed network is made anew under its containers, which keep their identity and their names there', async () => {
    const text = (label: string) => `services:
  client: {image: busybox, init: true, command: sleep 1000}
  server: {image: nginx:alpine, stop_grace_period: 0s, networks: {default: {aliases: [www]}}}
networks: {default: {labels: {version: "${label}"}}}
`;
    await open(text('1'));
    await app.compose('up', '-d');
    const before = await containers(app);
    await app.write({ 'compose.yaml': text('2') });
    expect((await app.compose('plan', 'up')).out).toContain('(network default was recreated)');
    expect((await app.compose('up', '-d')).code).toBe(0);
    expect(await containers(app)).toEqual(before);
    await eventually(async () => {
      const answer = await app.compose('exec', '-T', 'client', 'nslookup', 'www', '127.0.0.11');
      expect(answer.code).toBe(0);
    });
    expect((await app.compose('plan', 'up')).out).toMatch(/^nothing to do/);
  });

  it('anonymous volumes outlive a replacement, unless they are to be renewed', async () => {
    await open(`services:
  app:
    ${idle}
    environment: {VERSION: "\${VERSION:-1}"}
    volumes: [/kept]
`);
    await app.compose('up', '-d');
    await app.compose('exec', '-T', 'app', 'sh', '-c', 'echo mine > /kept/file');
    app.environment.VERSION = '2';
    expect((await app.compose('up', '-d', '-t', '0')).err).toContain('Recreated');
    expect((await app.compose('exec', '-T', 'app', 'cat', '/kept/file')).out).toBe('mine\n');
    await app.compose('up', '-d', '-V', '-t', '0');
    expect((await app.compose('exec', '-T', 'app', 'cat', '/kept/file')).code).not.toBe(0);
  });

  it('a changed volume keeps its data until its loss is agreed to', async () => {
    await open(`services:
  app:
    ${idle}
    volumes: [data:/data]
volumes: {data: {labels: {version: "\${VERSION:-1}"}}}
`);
    await app.compose('up', '-d');
    await app.compose('exec', '-T', 'app', 'sh', '-c', 'echo mine > /data/file');
    app.environment.VERSION = '2';
    const refused = await app.compose('up', '-d');
    expect(refused.err).toContain("doesn't match its configuration");
    expect((await app.compose('exec', '-T', 'app', 'cat', '/data/file')).out).toBe('mine\n');
    expect((await app.compose('up', '--dry-run', '-y')).out).toContain(
      `The data in volume ${app.name}_data is lost.`,
    );
    expect((await app.compose('up', '-d', '-y', '-t', '0')).code).toBe(0);
    expect((await app.compose('exec', '-T', 'app', 'cat', '/data/file')).code).not.toBe(0);
  });

  it('orphans are named and left, and removed when asked for; nothing of another project is touched', async () => {
    const other = await stack(hostOf(host), `services:\n  app:\n    ${idle}\n`);
    try {
      await other.compose('up', '-d');
      await open(`services:\n  app:\n    ${idle}\n  gone:\n    ${idle}\n`);
      await app.compose('up', '-d');
      await app.write({ 'compose.yaml': `services:\n  app:\n    ${idle}\n` });
      expect((await app.compose('up', '-d')).err).toContain(`Found orphan containers (${app.name}-gone-1)`);
      const removed = await app.compose('up', '-d', '--remove-orphans', '-t', '0');
      expect(removed.err).toContain(`Container ${app.name}-gone-1 Removed`);
      expect((await app.compose('ps', '-a', '--services')).out).toBe('app\n');
      await app.compose('down', '-v', '-t', '0', '--remove-orphans');
      expect((await other.compose('ps', '--services')).out).toBe('app\n');
    } finally {
      await other.remove();
    }
  });

  it('Ctrl-C in the middle of an up leaves what the next up finishes', async () => {
    await open(`services:
  web:
    ${idle}
    depends_on: {db: {condition: service_healthy}}
  db:
    ${idle}
    healthcheck: {test: "test -e /ready", interval: 200ms}
`);
    const interrupted = await app.composeInterrupted(/db-1 Waiting/, 'up', '-d');
    expect(interrupted.code).toBe(130);
    expect((await app.compose('ps', '--services')).out).toBe('db\n');
    await app.compose('exec', '-T', 'db', 'touch', '/ready');
    expect((await app.compose('up', '-d')).code).toBe(0);
    expect((await app.compose('ps', '--services')).out).toBe('db\nweb\n');
  });

  it('in the foreground shows every line, and stops all at Ctrl-C', async () => {
    await open(`services:
  quick: {image: busybox, command: sh -c "echo first; echo second"}
  slow:
    image: busybox
    init: true
    command: sh -c "echo begun; sleep 1000"
`);
    const run = await app.composeInterrupted(
      /quick-1 exited with code 0[\s\S]*begun|begun[\s\S]*quick-1 exited with code 0/,
      'up',
    );
    expect(run.code).toBe(130);
    // Lines of the two come in any order, those of one in theirs.
    expect(run.out).toMatch(/quick-1 {2}\| first\n[\s\S]*quick-1 {2}\| second\n/);
    expect(run.out).toContain('slow-1   | begun');
    expect(run.out).toContain('slow-1 exited with code 143');
    expect((await app.compose('ps', '--services')).out).toBe('\n');
  });

  it('two operations on one project take turns', async () => {
    await open(`services:\n  app:\n    ${idle}\n    deploy: {replicas: 3}\n`);
    const engine = await dial(hostOf(host));
    const { loaded } = await load(nodeHost(app.environment), { cwd: app.folder });
    if (loaded === undefined) throw new Error('the project could not be loaded');
    const log: string[] = [];
    const report = (operation: string) => () => {
      if (log.at(-1) !== operation) log.push(operation);
    };
    try {
      await Promise.all([
        up(engine, loaded, {}, report('up'), never),
        up(engine, loaded, { scale: { app: 2 }, timeout: 0 }, report('scale'), never),
        down(engine, { name: app.name, loaded }, { timeout: 0 }, report('down'), never),
      ]);
    } finally {
      engine.close();
    }
    expect(log).toEqual(['up', 'scale', 'down']);
    expect((await app.compose('ps', '-aq')).out).toBe('');
  });

  it('commands on containers act on what runs, in the state it is in', async () => {
    await open(`services:\n  app:\n    ${idle}\n  db:\n    ${idle}\n`);
    await app.compose('up', '-d');
    const state = async () =>
      (await app.compose('ps', '-a', '--format', 'json')).out.match(/"State":"\w+"/g)?.join(' ');
    expect((await app.compose('stop', '--dry-run')).out).toContain(`1. stop container ${app.name}-db-1`);
    expect(await state()).toBe('"State":"running" "State":"running"');
    await app.compose('pause');
    expect(await state()).toBe('"State":"paused" "State":"paused"');
    await app.compose('unpause', 'app');
    expect(await state()).toBe('"State":"running" "State":"paused"');
    await app.compose('up', '-d');
    expect(await state()).toBe('"State":"running" "State":"running"');
    await app.compose('kill', 'db');
    await eventually(async () => expect(await state()).toBe('"State":"running" "State":"exited"'));
    expect((await app.compose('rm', '-f')).out).toBe(`Going to remove ${app.name}-db-1\n`);
    expect((await app.compose('rm', '-f')).err).toBe('No stopped containers\n');
    expect((await app.compose('kill', 'db')).err).toBe('No container to kill\n');
    expect((await app.compose('stop', 'nobody')).err).toContain('no such service: nobody');
  });

  it('a dependency that is unhealthy fails the up, with the words of its check', async () => {
    await open(`services:
  web:
    ${idle}
    depends_on: {db: {condition: service_healthy}}
  db:
    ${idle}
    healthcheck: {test: "echo no such disk; exit 1", interval: 100ms, retries: 1}
`);
    const up = await app.compose('up', '-d');
    expect(up.code).toBe(1);
    expect(up.err).toContain(`dependency failed to start: container ${app.name}-db-1 is unhealthy`);
    expect(up.err).toContain('no such disk');
  });

  it('images go with down --rmi, those of others stay', async () => {
    await open(`services: {app: {image: "reconcile-test:\${COMPOSE_PROJECT_NAME}", command: "true"}}\n`);
    await app.docker('tag', 'busybox', `reconcile-test:${app.name}`);
    await app.compose('up', '-d');
    await app.compose('down', '--rmi', 'local');
    expect((await app.docker('images', '-q', `reconcile-test:${app.name}`)).out).not.toBe('');
    await app.compose('up', '-d');
    expect((await app.compose('down', '--rmi', 'all')).err).toContain(
      `Image reconcile-test:${app.name} Removed`,
    );
    expect((await app.docker('images', '-q', `reconcile-test:${app.name}`)).out).toBe('');
  });
});

describe('deploy, under requests', () => {
  let app: Stack;
  afterEach(() => app.remove());

  // As a proxy does: each request looks the name up, and goes to the next address where one refuses it.
  const load = `while :; do
  answer=failed
  for address in $(nslookup web 127.0.0.11 | sed -n 's/^Address: *\\([0-9.]*\\)$/\\1/p'); do
    answer=$(wget -T 2 -qO- "http://$address/" 2> /dev/null) && break
    answer=failed
  done
  echo $answer
  usleep 20000
done
`;

  it('replaces a service without a failed request, and keeps the old one where the new one is unhealthy', async () => {
    app = await stack(
      hostOf('engineHost'),
      `services:
  web:
    image: busybox
    init: true
    command: sh -c 'mkdir /w && echo $$VERSION > /w/index.html && exec httpd -f -p 80 -h /w'
    environment: {VERSION: "\${VERSION:-1}", BROKEN: "\${BROKEN:-}"}
    healthcheck: {test: 'test -z "$$BROKEN" && wget -qO- http://127.0.0.1/', interval: 100ms, retries: 2}
    deploy: {update_config: {order: start-first}}
  client:
    image: busybox
    init: true
    stop_grace_period: 0s
    command: sh /load.sh
    volumes: [./load.sh:/load.sh:ro]
    depends_on: {web: {condition: service_healthy}}
`,
      { 'load.sh': load },
    );
    await app.compose('up', '-d');
    const answers = async () =>
      (await app.compose('logs', '--no-log-prefix', 'client')).out.trim().split('\n');
    const deploy = (...words: readonly string[]) => app.compose('deploy', '--pull', 'never', ...words);

    app.environment.VERSION = '2';
    const good = await deploy();
    expect(good.out).toContain(`${app.name}: deployed`);
    expect(good.code).toBe(0);
    expect((await app.compose('plan', 'up')).out).toMatch(/^nothing to do/);
    // A request that began before the old container went may still try its address, which the next container can get.
    const until = (await answers()).length + 1;
    await eventually(async () => {
      const now = await answers();
      expect(now.length).toBeGreaterThan(until);
      expect(now.at(-1)).toBe('2');
    });

    app.environment.VERSION = '3';
    app.environment.BROKEN = 'yes';
    const before = await containers(app);
    const bad = await deploy('--format', 'json');
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.out)).toMatchObject({
      outcome: 'rolled-back',
      reasons: [expect.stringContaining('is unhealthy')],
    });
    expect(await containers(app)).toBe(before);
    expect([...new Set(await answers())].sort()).toEqual(['1', '2']);
  });
});

async function containers(app: Stack): Promise<string> {
  return (await app.compose('ps', '-q', '--no-trunc')).out;
}
