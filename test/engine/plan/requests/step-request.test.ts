import { expect, it } from 'vitest';
import type { Service } from '#compose/model/project.ts';
import { stepSpec } from '#engine/plan/requests/step-request.ts';
import { engine28, load } from '../../world.ts';

it('a step has the container of its service, under no name of it', () => {
  const step = { command: ['migrate'], environment: { B: '2' } };
  const web: Partial<Service> = {
    image: 'shop:1',
    environment: { A: '1' },
    restart: 'always',
    ports: [{ target: 80, published: '80' }],
    cap_add: ['NET_ADMIN'],
    volumes: [{ type: 'volume', source: 'data', target: '/data' }],
    networks: { default: { aliases: ['shop'] } },
    pre_start: [step],
  };
  const { project } = load({ services: { web } });
  const service = project.services.web as Service;
  const { spec } = stepSpec({ project, readText: () => '' }, 'web', service, step, {
    mountsOf: 'c0ffee',
    containerOf: () => undefined,
    info: engine28,
  });
  expect(spec.name).toBe('');
  expect(spec.body).toMatchObject({
    Image: 'shop:1',
    Cmd: ['migrate'],
    Env: ['A=1', 'B=2'],
    Labels: {
      'com.docker.compose.project': 'app',
      'com.docker.compose.service': 'web',
      'com.docker.compose.hook': 'pre_start',
    },
    HostConfig: { CapAdd: ['NET_ADMIN'], VolumesFrom: ['c0ffee'], NetworkMode: 'app_default' },
    NetworkingConfig: { EndpointsConfig: { app_default: { Aliases: [] } } },
  });
  expect(spec.body.Labels).not.toHaveProperty(['com.docker.compose.config-hash']);
  expect(spec.body.HostConfig).not.toHaveProperty('RestartPolicy');
  expect(spec.body.HostConfig).not.toHaveProperty('PortBindings');
  expect(spec.body.HostConfig).not.toHaveProperty('Binds');
});
