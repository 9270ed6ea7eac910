import { afterEach, describe, expect, it } from 'vitest';
import { hostOf } from './engine.ts';
import { eventually, type Stack, stack } from './stack.ts';

const engines = [
  { version: '28.5', host: 'engineHost', port: 21_080 },
  { version: '20.10', host: 'oldEngineHost', port: 21_180 },
] as const;

/** The first example of the course: a web server with a folder of pages, a database with a named volume. */
const course = (port: number) => `services:
  web:
    image: nginx:alpine
    ports:
      - "${port}:80"
    volumes:
      - ./html:/usr/share/nginx/html:ro

  db:
    image: postgres:13
    environment:
      POSTGRES_PASSWORD: secret123
      POSTGRES_DB: myapp
    volumes:
      - db-data:/var/lib/postgresql/data
    stop_grace_period: 1s

volumes:
  db-data:
`;

const pages = { 'html/index.html': 'hello from the course' };

describe.each(engines)('the first stack on Engine $version', ({ host, port }) => {
  let app: Stack;
  afterEach(() => app.remove());

  const open = async (text = course(port)) => {
    app = await stack(hostOf(host), text, pages);
    return app;
  };

  it('comes up, answers, is listed, goes down and keeps its volume until told otherwise', async () => {
    await open();
    const up = await app.compose('up', '-d', '--wait');
    expect(up.err).toContain(` Network ${app.name}_default Created`);
    expect(up.err).toContain(` Container ${app.name}-web-1 Started`);
    expect(up.code).toBe(0);
    await eventually(async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/`);
      expect(await answer.text()).toBe('hello from the course');
    });

    const rows = (await app.compose('ps', '--format', 'json')).out.trim().split('\n').map(parse);
    expect(rows.map((row) => [row.Service, row.State, row.Health])).toEqual([
      ['db', 'running', 'healthy'],
      ['web', 'running', 'healthy'],
    ]);

    const down = await app.compose('down', '-t', '1');
    expect(down.code).toBe(0);
    expect((await app.compose('ps', '-aq')).out).toBe('');
    expect((await app.docker('volume', 'ls', '-q')).out).toContain(`${app.name}_db-data`);

    await app.compose('down', '-v');
    expect((await app.docker('volume', 'ls', '-q')).out).not.toContain(app.name);
    expect((await app.docker('network', 'ls')).out).not.toContain(app.name);
    expect((await app.compose('down')).err).toContain(
      `No resource found to remove for project "${app.name}".`,
    );
  });

  it('is left alone by a second up, and replaced where its configuration changed', async () => {
    await open();
    await app.compose('up', '-d');
    const before = await ids(app);
    const again = await app.compose('up', '-d');
    expect(again.err).toBe(` Container ${app.name}-db-1 Running \n Container ${app.name}-web-1 Running \n`);
    expect(await ids(app)).toEqual(before);
    expect((await app.compose('plan', 'up')).out).toBe(
      `nothing to do\nup to date: ${app.name}-db-1, ${app.name}-web-1\n`,
    );

    await app.write({ 'compose.yaml': course(port).replace('myapp', 'other') });
    const plan = await app.compose('up', '--dry-run');
    expect(plan.out).toContain('(its settings changed: environment.POSTGRES_DB)');
    const changed = await app.compose('up', '-d');
    expect(changed.err).toContain(` Container ${app.name}-db-1 Recreated`);
    const after = await ids(app);
    expect(after.web).toBe(before.web);
    expect(after.db).not.toBe(before.db);
    expect((await app.compose('ps', '--format', 'json')).out).toContain(`"Name":"${app.name}-db-1"`);
  });

  it('is the same thing to Docker Compose, both ways', async () => {
    await open(course(port).replace(/ {4}volumes:\n {6}- .\/html.*\n/, ''));
    await app.compose('up', '-d', '--wait');
    const theirs = await app.dockerCompose('up', '-d');
    expect(theirs.err).toMatch(/web-1\s+Running/);
    expect(theirs.err).toMatch(/db-1\s+Running/);
    expect(theirs.err).not.toContain('Recreate');
    expect((await app.dockerCompose('ps', '-q')).out.split('\n').length).toBe(3);
    expect((await app.dockerCompose('logs', 'db')).out).toContain('db-1');
    expect((await app.dockerCompose('down', '-v', '-t', '1')).code).toBe(0);
    expect((await app.compose('ps', '-aq')).out).toBe('');
  });

  it('made by Docker Compose is ours to leave alone, restart and take down', async () => {
    await open();
    expect((await app.dockerCompose('up', '-d')).code).toBe(0);
    const up = await app.compose('up', '-d');
    expect(up.err).toBe(` Container ${app.name}-db-1 Running \n Container ${app.name}-web-1 Running \n`);
    expect((await app.compose('restart', '-t', '0', 'web')).err).toContain(`${app.name}-web-1 Restarting`);
    expect((await app.compose('-p', app.name, 'down', '-v', '-t', '0')).code).toBe(0);
    expect((await app.dockerCompose('ps', '-aq')).out).toBe('');
    expect((await app.docker('volume', 'ls', '-q')).out).not.toContain(app.name);
  });

  it('with its port taken says so, and the next up converges', async () => {
    const other = await stack(
      hostOf(host),
      `services: {holder: {image: nginx:alpine, ports: ["${port}:80"]}}\n`,
    );
    try {
      await other.compose('up', '-d');
      await open();
      const up = await app.compose('up', '-d');
      expect(up.code).toBe(1);
      expect(up.err).toContain(`Port ${port}/tcp`);
      expect(up.err).toContain('is already in use');
    } finally {
      await other.remove();
    }
    expect((await app.compose('up', '-d')).code).toBe(0);
    expect((await app.compose('ps', '--services')).out).toBe('db\nweb\n');
  });

  it('with an image that cannot be had says which and why, and leaves nothing behind', async () => {
    await open('services: {web: {image: 127.0.0.1:1/nothing/here}}\n');
    const up = await app.compose('up', '-d');
    expect(up.code).toBe(1);
    expect(up.err).toContain('127.0.0.1:1');
    expect((await app.docker('network', 'ls')).out).not.toContain(app.name);
  });
});

async function ids(app: Stack): Promise<Record<string, string>> {
  const rows = (await app.compose('ps', '--no-trunc', '--format', 'json')).out.trim().split('\n').map(parse);
  return Object.fromEntries(rows.map((row) => [row.Service, row.ID]));
}

function parse(line: string): Record<string, string> {
  return JSON.parse(line);
}
