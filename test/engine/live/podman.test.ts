import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../scripts/lib/engine.mjs';
import { seedImages } from '../../../scripts/lib/images.mjs';
import { startPodman, whyNoPodman } from '../../../scripts/lib/podman.mjs';
import { eventually, type Stack, stack } from './stack.ts';

const reason = await whyNoPodman();

/** Published ports are listed and not tried, as they would take rules in this machine's firewall. */
describe.skipIf(reason !== undefined)(
  `Podman's Docker API${reason === undefined ? '' : ` (${reason})`}`,
  () => {
    let podman: Engine;
    let app: Stack;
    beforeAll(async () => {
      podman = await startPodman();
      await seedImages(podman);
      app = await stack(
        podman.host,
        `services:
  web:
    image: nginx:alpine
    ports: ["127.0.0.1:22871:80"]
    stop_grace_period: 0s
    depends_on: [db]
    networks: {default: {aliases: [www]}}
  db:
    image: busybox
    init: false
    command: sh -c "echo ready; sleep 1000"
    environment: {A: "\${A:-1}"}
    stop_grace_period: 0s
    volumes: ["data:/data", "./html:/html:ro"]
    configs: [{source: settings, target: /etc/settings}]
volumes: {data: {labels: {keep: "yes"}}}
configs: {settings: {content: "a=1"}}
`,
        { 'html/index.html': 'hello' },
      );
    });
    afterAll(async () => {
      await app?.remove();
      await podman?.stop();
    });

    it('brings a stack up, and finds nothing more to do', async () => {
      const up = await app.compose('up', '-d');
      expect(up.code, up.err).toBe(0);
      const again = await app.compose('up', '-d');
      expect(again.code, again.err).toBe(0);
      expect(again.err).not.toMatch(/Creat|Recreat|Start/);
      await eventually(async () => {
        const answer = await app.compose(
          'exec',
          '-T',
          'db',
          'wget',
          '-T',
          '2',
          '-qO',
          '/dev/null',
          'http://www/',
        );
        expect(answer.code, answer.err).toBe(0);
      });
    });

    it('lists, shows logs and runs commands', async () => {
      expect((await app.compose('ps', '--services')).out).toBe('db\nweb\n');
      const { out } = await app.compose('ps', 'web', '--format', 'json');
      expect(JSON.parse(out)).toMatchObject({
        Name: `${app.name}-web-1`,
        State: 'running',
        Publishers: [{ URL: '127.0.0.1', TargetPort: 80, PublishedPort: 22871, Protocol: 'tcp' }],
      });
      await eventually(async () =>
        expect((await app.compose('logs', '--no-log-prefix', 'db')).out).toBe('ready\n'),
      );
      expect(await app.compose('exec', '-T', 'db', 'cat', '/html/index.html', '/etc/settings')).toMatchObject(
        {
          code: 0,
          out: 'helloa=1',
        },
      );
      expect((await app.compose('exec', '-T', 'db', 'sh', '-c', 'exit 3')).code).toBe(3);
    });

    // Podman leaves them to systemd, which is not here.
    it('waits for health checks, and has them run', async () => {
      const checked = await stack(
        podman.host,
        `services:
  after:
    image: busybox
    init: false
    command: sleep 1000
    stop_grace_period: 0s
    depends_on: {slow: {condition: service_healthy}}
  slow:
    image: busybox
    init: false
    command: sh -c "sleep 1; touch /tmp/ready; sleep 1000"
    stop_grace_period: 0s
    healthcheck: {test: test -f /tmp/ready, interval: 500ms, retries: 20}
  bad:
    image: busybox
    init: false
    command: sleep 1000
    stop_grace_period: 0s
    profiles: [bad]
    healthcheck: {test: "echo so it is; false", interval: 200ms, retries: 2}
`,
      );
      try {
        const up = await checked.compose('up', '-d', '--wait');
        expect(up.code, up.err).toBe(0);
        expect((await checked.compose('exec', '-T', 'slow', 'test', '-f', '/tmp/ready')).code).toBe(0);
        expect((await checked.compose('ps', '--services')).out).toBe('after\nslow\n');
        const failed = await checked.compose('up', '-d', '--wait', 'bad');
        expect(failed.code).toBe(1);
        expect(failed.err).toContain(`container ${checked.name}-bad-1 is unhealthy`);
      } finally {
        await checked.remove();
      }
    });

    it('replaces what has changed, keeps the rest, and takes all down', async () => {
      await app.compose('exec', '-T', 'db', 'sh', '-c', 'echo mine > /data/file');
      const id = (await app.compose('ps', '-q', 'web')).out;
      app.environment.A = '2';
      const up = await app.compose('up', '-d');
      expect(up.code, up.err).toBe(0);
      expect(up.err).toContain(`Container ${app.name}-db-1 Recreated`);
      expect((await app.compose('ps', '-q', 'web')).out).toBe(id);
      expect((await app.compose('exec', '-T', 'db', 'cat', '/data/file')).out).toBe('mine\n');
      const down = await app.compose('down', '-v');
      expect(down.code, down.err).toBe(0);
      expect((await app.compose('ps', '-aq')).out).toBe('');
      expect((await app.compose('volumes', '-q')).out).toBe('');
    });
  },
);
