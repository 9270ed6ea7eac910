import { describe, expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { explainPortConflict, holderMessage } from '#engine/operations/port-conflict.ts';
import { formatMessage } from '#engine/api/message.ts';
import { container, port } from '../../client/containers.ts';

const engine = (containers: readonly ContainerSummary[], endpoint = 'ssh://far') =>
  ({ info: { endpoint }, listContainers: async () => containers }) as unknown as EnginePort;

const taken = new EngineError('port-in-use', 'taken', { subject: '8080/tcp' });
const seeker = { project: 'shop', services: ['web'] };
const labels = (project: string, service: string) => ({
  'com.docker.compose.project': project,
  'com.docker.compose.service': service,
});

async function said(...containers: ContainerSummary[]): Promise<string> {
  const error = await explainPortConflict(engine(containers), taken, seeker);
  return error instanceof Error ? error.message : '';
}

describe('a port that is taken', () => {
  it('by another container of the same service is one port for several', async () => {
    const replica = container({ name: 'shop-web-1', labels: labels('shop', 'web'), ports: [port(8080)] });
    expect(await said(replica)).toMatch(/^Port 8080 is already published by shop-web-1, another container/);
  });

  it('by another project, by another service, or by no project is named so', async () => {
    const other = (project: string, service: string) =>
      container({ name: `${project}-${service}-1`, labels: labels(project, service), ports: [port(8080)] });
    expect(await said(other('blog', 'web'))).toContain('the container blog-web-1 of the project "blog"');
    expect(await said(other('shop', 'proxy'))).toContain('the container shop-proxy-1 of the project "shop"');
    expect(await said(container({ name: 'alone', ports: [port(8080)] }))).toContain('the container alone.');
  });

  it('over the other protocol is not that port', async () => {
    const udp = container({ name: 'dns', ports: [{ ...port(8080), protocol: 'udp' }] });
    expect(await said(udp)).toContain('a program on the host');
  });

  it('is said as it was where the engine does not answer, and other errors are left alone', async () => {
    const dead = {
      info: { endpoint: 'ssh://far' },
      listContainers: async () => Promise.reject(new Error('x')),
    };
    const error = await explainPortConflict(dead as unknown as EnginePort, taken, seeker);
    expect(error).toMatchObject({ kind: 'port-in-use', subject: '8080/tcp' });
    const conflict = new EngineError('conflict', 'x');
    expect(await explainPortConflict(engine([]), conflict, seeker)).toBe(conflict);
  });

  it('by a program is named with its process', () => {
    const message = holderMessage('80', { kind: 'program', program: 'nginx (12)' });
    expect(formatMessage(message)).toContain('in use by nginx (12).');
  });
});
