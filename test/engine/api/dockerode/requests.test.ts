import { Readable } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { dockerodeEngine } from '#engine/api/dockerode/dockerode-engine.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { Transport, type TransportRequest } from '#engine/api/transport/transport.ts';

const { signal } = new AbortController();
const log = { follow: false, stdout: true, stderr: false, timestamps: true, tail: 3, since: '5' };
const exec = { command: ['a', 'b'], tty: true, stdin: true, user: 'me', size: { columns: 80, rows: 24 } };
const spec = { Name: 'a', TaskTemplate: { ContainerSpec: { Image: 'x' } } };
const commit = { reference: 'r:t', author: 'me', changes: ['CMD a', 'ENV b'], pause: true };
const all = { labels: ['a=b'], all: true };
const tar = () => Readable.from([Buffer.from('t'), Buffer.from('ar')]);

/** Every call that makes a request of its own, with what it asks of the engine: how, the head and the body. */
it.each<readonly [keyof EnginePort, (engine: EnginePort) => unknown]>([
  ['ping', (e) => e.ping(signal)],
  ['architecture', (e) => e.architecture(signal)],
  ['listEngineLabels', (e) => e.listEngineLabels(signal)],
  ['listContainers', (e) => e.listContainers(all, signal)],
  ['inspectContainer', (e) => e.inspectContainer('a/b', signal)],
  [
    'createContainer',
    (e) => e.createContainer({ name: 'a b', platform: 'linux/x', body: { Image: 'x' } }, signal),
  ],
  ['startContainer', (e) => e.startContainer('a', signal)],
  ['stopContainer', (e) => e.stopContainer('a', { timeout: 3 }, signal)],
  ['restartContainer', (e) => e.restartContainer('a', {}, signal)],
  ['killContainer', (e) => e.killContainer('a', { signal: 'HUP' }, signal)],
  ['pauseContainer', (e) => e.pauseContainer('a', signal)],
  ['unpauseContainer', (e) => e.unpauseContainer('a', signal)],
  ['renameContainer', (e) => e.renameContainer('a', 'b c', signal)],
  ['removeContainer', (e) => e.removeContainer('a', { force: true, volumes: true }, signal)],
  ['commitContainer', (e) => e.commitContainer('a/b', commit, signal)],
  ['exportContainer', (e) => e.exportContainer('a', signal)],
  ['putArchive', (e) => e.putArchive('a', { path: '/x y', copyOwnership: true }, Buffer.from('tar'), signal)],
  ['putArchive', (e) => e.putArchive('a', { path: '/' }, tar(), signal)],
  ['inspectPath', (e) => e.inspectPath('a', '/x', signal)],
  ['getArchive', (e) => e.getArchive('a', '/x y', signal)],
  ['probeContainer', (e) => e.probeContainer('a', signal)],
  ['waitContainer', (e) => e.waitContainer('a', signal)],
  ['attachContainer', (e) => e.attachContainer('a', { stdin: true, detachKeys: 'ctrl-x' }, signal)],
  ['resizeContainer', (e) => e.resizeContainer('a', { columns: 80, rows: 24 }, signal)],
  ['topContainer', (e) => e.topContainer('a', '-ef', signal)],
  ['containerStats', (e) => e.containerStats('a', { stream: true }, signal)],
  ['containerStats', (e) => e.containerStats('a', { stream: false }, signal)],
  ['listNetworks', (e) => e.listNetworks(all, signal)],
  ['inspectNetwork', (e) => e.inspectNetwork('a b', signal)],
  ['createNetwork', (e) => e.createNetwork({ Name: 'a', Internal: true }, signal)],
  ['connectNetwork', (e) => e.connectNetwork('n', 'c', { Aliases: ['a'] }, signal)],
  ['disconnectNetwork', (e) => e.disconnectNetwork('n', 'c', signal)],
  ['removeNetwork', (e) => e.removeNetwork('a', signal)],
  ['listVolumes', (e) => e.listVolumes(all, signal)],
  ['inspectVolume', (e) => e.inspectVolume('a', signal)],
  ['createVolume', (e) => e.createVolume({ Name: 'a', Driver: 'local' }, signal)],
  ['removeVolume', (e) => e.removeVolume('a', signal)],
  ['inspectImage', (e) => e.inspectImage('r.test/a:b', signal)],
  ['listImages', (e) => e.listImages(all, signal)],
  ['removeImage', (e) => e.removeImage('r.test/a:b', { force: true }, signal)],
  ['prune', (e) => e.prune('containers', signal)],
  ['prune', (e) => e.prune('networks', signal)],
  ['prune', (e) => e.prune('images', signal)],
  ['prune', (e) => e.prune('build', signal)],
  ['inspectImageHistory', (e) => e.inspectImageHistory('r.test/a:b', signal)],
  ['exportImage', (e) => e.exportImage('r.test/a:b', signal)],
  ['loadImage', (e) => e.loadImage(tar(), signal)],
  ['inspectDisk', (e) => e.inspectDisk(signal)],
  ['tagImage', (e) => e.tagImage('a', 'r.test/b', 'c', signal)],
  ['pullImage', (e) => e.pullImage('r.test/a:b', { platform: 'linux/x' }, signal)],
  ['pushImage', (e) => e.pushImage('r.test/a:b', signal)],
  ['inspectRemoteImage', (e) => e.inspectRemoteImage('r.test/a:b', signal)],
  ['buildImage', (e) => e.buildImage({ t: ['a', 'b'], q: true }, { context: tar(), baseImages: [] }, signal)],
  ['buildImage', (e) => e.buildImage({ remote: 'git://x' }, { context: undefined, baseImages: [] }, signal)],
  ['containerLogs', (e) => e.containerLogs('a', log, signal)],
  ['createExec', (e) => e.createExec('a', exec, signal)],
  ['startExec', (e) => e.startExec('a', { tty: true }, signal)],
  ['startDetachedExec', (e) => e.startDetachedExec('a', { tty: false }, signal)],
  ['resizeExec', (e) => e.resizeExec('a', { columns: 80, rows: 24 }, signal)],
  ['inspectExec', (e) => e.inspectExec('a', signal)],
  ['events', (e) => e.events({ labels: ['a=b'], types: ['container'], since: '5.5' }, signal)],
  ['inspectSwarmMembership', (e) => e.inspectSwarmMembership(signal)],
  ['initSwarm', (e) => e.initSwarm({ ListenAddr: 'a' }, signal)],
  ['joinSwarm', (e) => e.joinSwarm({ ListenAddr: 'a' }, signal)],
  ['leaveSwarm', (e) => e.leaveSwarm({ force: true }, signal)],
  ['getJoinTokens', (e) => e.getJoinTokens(signal)],
  ['listSwarmNodes', (e) => e.listSwarmNodes(signal)],
  ['inspectSwarmNode', (e) => e.inspectSwarmNode('self', signal)],
  ['updateSwarmNode', (e) => e.updateSwarmNode('a', 7, { Role: 'worker' }, signal)],
  ['removeSwarmNode', (e) => e.removeSwarmNode('a', { force: true }, signal)],
  ['listServices', (e) => e.listServices({ label: ['a'] }, signal)],
  ['inspectService', (e) => e.inspectService('a', signal)],
  ['createService', (e) => e.createService(spec, { credentials: true }, signal)],
  ['updateService', (e) => e.updateService('a', 7, spec, { credentials: false, rollback: true }, signal)],
  ['removeService', (e) => e.removeService('a', signal)],
  ['listTasks', (e) => e.listTasks({ service: ['a'] }, signal)],
  ['getServiceLogs', (e) => e.getServiceLogs('a', { follow: true, timestamps: false }, signal)],
  ['listSwarmFiles', (e) => e.listSwarmFiles('secret', { name: ['a'] }, signal)],
  ['listSwarmFiles', (e) => e.listSwarmFiles('config', {}, signal)],
  ['createSwarmFile', (e) => e.createSwarmFile('config', { Name: 'a', Data: 'eA==' }, signal)],
  ['updateSwarmFile', (e) => e.updateSwarmFile('secret', 'a', 7, { Name: 'a' }, signal)],
  ['removeSwarmFile', (e) => e.removeSwarmFile('secret', 'a', signal)],
])('%s', async (_name, make) => {
  expect(await asked(make)).toMatchSnapshot();
});

it.each<readonly [string, (engine: EnginePort) => Promise<unknown>]>([
  ['createNetwork', (e) => e.createNetwork({ Name: 'a' }, signal)],
  ['createExec', (e) => e.createExec('a', exec, signal)],
  ['createSwarmFile', (e) => e.createSwarmFile('secret', { Name: 'a' }, signal)],
])('%s rejects where the answer holds nothing', async (_name, make) => {
  const transport = await Transport.to({ kind: 'unix', path: '/nowhere/docker.sock' });
  vi.spyOn(transport, 'text').mockResolvedValue({ headers: {}, body: '' });
  await expect(make(await engineOver(transport))).rejects.toThrow(EngineError);
});

async function asked(make: (engine: EnginePort) => unknown): Promise<string> {
  const requests: string[] = [];
  const transport = await Transport.to({ kind: 'unix', path: '/nowhere/docker.sock' });
  for (const how of ['text', 'stream', 'hijack'] as const)
    vi.spyOn(transport, how).mockImplementation(async (request) => {
      expect(request.signal).toBe(signal);
      requests.push(`${how} ${await requestText(request)}`);
      throw new Error('Nothing is there.');
    });
  const engine = await engineOver(transport);
  try {
    const answer = make(engine);
    if (isIterable(answer)) for await (const _ of answer) break;
    else await answer;
  } catch {
    // Only what was asked counts.
  }
  return requests.join('\n');
}

function engineOver(transport: Transport): Promise<EnginePort> {
  const info = { apiVersion: '1.48', serverVersion: '28', endpoint: 'here', os: 'linux', libpodVersion: '5' };
  return dockerodeEngine(
    transport,
    info,
    async () => 'secret',
    async () => ({}),
  );
}

async function requestText({ method, path, headers = {}, body }: TransportRequest): Promise<string> {
  const head = Object.entries(headers).map(([name, value]) => `\n${name}: ${String(value)}`);
  const content = body === undefined || typeof body === 'string' ? body : await contentOf(body);
  return `${method} ${path}${head.join('')}${content === undefined ? '' : `\n${content}`}`;
}

async function contentOf(body: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function isIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
