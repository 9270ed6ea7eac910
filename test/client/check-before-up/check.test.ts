import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import { checkEngine } from '../../../client/src/check-before-up/check-engine.ts';
import { checkFiles } from '../../../client/src/check-before-up/check-files.ts';
import { checkPorts } from '../../../client/src/check-before-up/check-ports.ts';
import type { Finding } from '../../../client/src/check-before-up/finding.ts';
import { programOnPort } from '../../../engine/observe/port-program.ts';
import { memoryHost } from '../../compose/load/memory-host.ts';
import { engine20, engine28 } from '../../engine/world.ts';
import { container, port } from '../containers.ts';
import { english } from '../translate.ts';

async function project(text: string, files: Readonly<Record<string, string>> = {}) {
  const host = memoryHost({ '/app/compose.yaml': `name: app\n${text}`, ...files });
  const { loaded, problems } = await load(host, { cwd: '/app' });
  if (loaded === undefined) throw new Error(JSON.stringify(problems));
  return { loaded, host };
}

const said = (findings: readonly Finding[]) =>
  findings.map(({ severity, message, path }) => [severity, message, path?.join('.') ?? ''].join(' | '));

describe('ports', () => {
  const text = `services:
  web:
    image: nginx
    ports: ["8080:80", "127.0.0.1:9090:90", "3000-3005:3000", "70"]
`;

  it('free ones are said; of a range any will do', async () => {
    const { loaded } = await project(text);
    expect(said(await checkPorts(loaded.project, [], async () => undefined, english))).toEqual([
      'ok | Published ports are free: 8080, 9090 | ',
    ]);
  });

  it('a container or a program that has one is named; its own container is none', async () => {
    const { loaded } = await project(text);
    const labels = { 'com.docker.compose.project': 'app', 'com.docker.compose.service': 'web' };
    const other = container({ name: 'other', ports: [port(8080)] });
    const own = container({ name: 'app-web-1', labels, ports: [port(9090, 90, '127.0.0.1')] });
    const findings = await checkPorts(
      loaded.project,
      [other, own],
      async (asked) => (asked === 9090 ? 'python (1)' : undefined),
      english,
    );
    expect(said(findings)).toEqual([
      'error | Port 8080 of web is used by container other | services.web.ports.0',
    ]);
    expect(findings[0]?.fix).toEqual({ kind: 'stop', id: other.id, name: 'other' });
    const alone = await checkPorts(
      loaded.project,
      [],
      async (asked) => (asked === 9090 ? '' : undefined),
      english,
    );
    expect(said(alone)).toEqual([
      'error | Port 9090 of web is used by another program | services.web.ports.1',
    ]);
  });

  it('too few of them for the containers that are asked for', async () => {
    const { loaded } = await project(`services:
  web: {image: nginx, ports: ["8080:80"], deploy: {replicas: 3}}
`);
    const findings = await checkPorts(loaded.project, [], async () => undefined, english);
    expect(said(findings)).toEqual([
      'error | Only 1 of 3 containers of web can publish the host port 8080 | services.web.ports.0',
    ]);
    expect(findings[0]?.advice).toContain('8080-8082');
  });

  it('this machine is asked for the program', async () => {
    const server = createServer();
    const taken = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      }),
    );
    const holder = await programOnPort(taken, '127.0.0.1', 'tcp');
    expect(holder).toBeDefined();
    if (process.platform === 'linux') expect(holder).toContain(`(${process.pid})`);
    await new Promise((resolve) => server.close(resolve));
    expect(await programOnPort(taken, '127.0.0.1', 'tcp')).toBeUndefined();
  });
});

describe('files', () => {
  const text = `services:
  web:
    build: ./web
    volumes:
      - ./conf:/etc/conf
      - type: bind
        source: ./must
        target: /must
        bind: { create_host_path: false }
    secrets: [key]
  api:
    build: { context: ./api, dockerfile: Dev.Dockerfile }
  far:
    build: https://example.com/repo.git
secrets:
  key: { file: ./key.txt }
`;

  it('what is missing is said where it is written, with what comes of it', async () => {
    const { loaded, host } = await project(text, { '/app/web/app.js': '', '/app/api/Dev.Dockerfile': '' });
    expect(said(await checkFiles(loaded, host.files, english))).toEqual([
      'warning | ./conf is missing but is mounted by web | services.web.volumes.0.source',
      'error | ./must is missing but is mounted by web | services.web.volumes.1.source',
      'error | ./web/Dockerfile is missing but is needed to build web | services.web.build.dockerfile',
      'error | ./key.txt is missing but is needed by secrets.key | secrets.key.file',
    ]);
  });

  it('all there', async () => {
    const { loaded, host } = await project(text, {
      '/app/web/Dockerfile': '',
      '/app/api/Dev.Dockerfile': '',
      '/app/conf/a': '',
      '/app/must/a': '',
      '/app/key.txt': '',
    });
    expect(said(await checkFiles(loaded, host.files, english))).toEqual([
      'ok | All files and folders exist: 7 | ',
    ]);
  });
});

describe('the engine', () => {
  const text = `services:
  web:
    image: nginx
    volumes:
      - type: image
        source: busybox
        target: /tools
`;

  it('an old one cannot do everything; a new one can', async () => {
    const { loaded } = await project(text);
    expect(said(checkEngine(loaded, engine20, english))).toEqual([
      expect.stringMatching(/^error \| .*type: image.* \| services\.web$/),
    ]);
    expect(said(checkEngine(loaded, engine28, english))).toEqual([
      expect.stringMatching(/^ok \| Docker Engine 28/),
    ]);
  });
});
