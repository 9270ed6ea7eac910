import { afterEach, describe, expect, it } from 'vitest';
import { leftAfterDown } from '#engine/operations/after-operation.ts';
import { load } from '../world.ts';
import { dial, hostOf, never } from './engine.ts';
import { type Outcome, type Stack, stack } from './stack.ts';

const service = (name: string, containerName: string, more = '') => `  ${name}:
    image: busybox
    init: true
    command: sleep 1000
    stop_grace_period: 0s
    container_name: "${containerName}"
${more}`;

const stacks: Stack[] = [];
afterEach(async () => {
  for (const each of stacks.splice(0)) await each.remove();
});

async function made(text: string): Promise<Stack> {
  const each = await stack(hostOf('engineHost'), text);
  stacks.push(each);
  return each;
}

describe('container names', () => {
  it('a service that was renamed and keeps its container_name takes over from the orphan', async () => {
    const port = (at: number) => `    ports: ["127.0.0.1:${at}:80"]\n`;
    const app = await made(`services:\n${service('web', 'x')}`);
    const name = `${app.name}-mist`;
    await app.write({ 'compose.yaml': `services:\n${service('web', name, port(18471))}` });
    expect((await app.compose('up', '-d')).code).toBe(0);
    await app.write({ 'compose.yaml': `services:\n${service('api', name, port(18471))}` });

    const refused = await app.compose('up', '-d');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('which a container of service "web" has that is no longer in the files');
    expect(await running(app)).toEqual([`${name} web running`]);

    const { code, err } = await app.compose('up', '-d', '--remove-orphans');
    expect(code, err).toBe(0);
    expect(await running(app)).toEqual([`${name} api running`]);
    expect((await app.compose('plan', 'up')).out).toMatch(/^nothing to do/);
  });

  it('what cannot be made leaves the orphan that has its name running', async () => {
    const app = await made(`services:\n${service('web', 'x')}`);
    const name = `${app.name}-mist`;
    await app.write({ 'compose.yaml': `services:\n${service('web', name)}` });
    await app.compose('up', '-d');
    const wrong = '    mac_address: nonsense\n';
    await app.write({ 'compose.yaml': `services:\n${service('api', name, wrong)}` });
    expect((await app.compose('up', '-d', '--remove-orphans')).code).not.toBe(0);
    expect(await running(app)).toEqual([`${name} web running`]);
  });

  it('two services swap theirs', async () => {
    const app = await made(`services:\n${service('a', 'x')}`);
    const [x, y] = [`${app.name}-x`, `${app.name}-y`];
    const depends = '    depends_on: [a]\n';
    await app.write({ 'compose.yaml': `services:\n${service('a', x)}${service('b', y, depends)}` });
    expect((await app.compose('up', '-d')).code).toBe(0);
    await app.write({ 'compose.yaml': `services:\n${service('a', y)}${service('b', x, depends)}` });
    const { code, err } = await app.compose('up', '-d');
    expect(code, err).toBe(0);
    expect(await running(app)).toEqual([`${x} b running`, `${y} a running`]);
    expect((await app.compose('plan', 'up')).out).toMatch(/^nothing to do/);
  });

  it('one that another project has is said before anything is done', async () => {
    const theirs = await made('services: {}');
    await theirs.write({ 'compose.yaml': `services:\n${service('api', `${theirs.name}-mist`)}` });
    await theirs.compose('up', '-d');
    const app = await made(`services:\n${service('web', `${theirs.name}-own`)}`);
    await app.compose('up', '-d');
    await app.write({ 'compose.yaml': `services:\n${service('web', `${theirs.name}-mist`)}` });
    const said = `which a container of project "${theirs.name}" has (service "api")`;
    expect((await app.compose('plan', 'up')).err).toContain(said);
    const { code, err } = await app.compose('up', '-d');
    expect(code).toBe(1);
    expect(err).toContain(said);
    expect(await running(app)).toEqual([`${theirs.name}-own web running`]);
  });
});

describe('what a down leaves', () => {
  it('is said as Docker Compose says it, and seen by who looks', async () => {
    const app = await made(`services:\n${service('web', 'x')}`);
    const name = `${app.name}-mist`;
    await app.write({ 'compose.yaml': `services:\n${service('web', name)}` });
    await app.compose('up', '-d');
    await app.write({ 'compose.yaml': 'services: {api: {image: busybox}}\n' });
    const lastLine = ({ err }: Outcome) => err.trim().split('\n').at(-1)?.trim().replaceAll(/ +/g, ' ');
    const ours = lastLine(await app.compose('down'));
    expect(ours).toBe(lastLine(await app.dockerCompose('down')));
    expect(ours).toBe(`Network ${app.name}_default Resource is still in use`);

    const engine = await dial();
    const loaded = load({ services: { api: {} } });
    const left = await leftAfterDown(engine, { name: app.name, loaded }, never);
    engine.close();
    expect(left.orphans.map((each) => each.name)).toEqual([name]);
    expect(left.networks.map((each) => [each.name, each.users.map((user) => user.name)])).toEqual([
      [`${app.name}_default`, [name]],
    ]);
    expect((await app.compose('down', '--remove-orphans')).code).toBe(0);
    expect(await running(app)).toEqual([]);
  });
});

async function running(app: Stack): Promise<readonly string[]> {
  const { out } = await app.docker(
    ...['ps', '-a', '--filter', `label=com.docker.compose.project=${app.name}`],
    ...['--format', '{{.Names}} {{.Label "com.docker.compose.service"}} {{.State}}'],
  );
  return out
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .sort();
}
