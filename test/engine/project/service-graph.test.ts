import { describe, expect, it } from 'vitest';
import { closure, selectServices, serviceGraph } from '#engine/project/service-graph.ts';
import { dependsOnLabel, parseDependsOnLabel } from '#engine/project/labels.ts';
import { finalNameOf, replacementName } from '#engine/project/names.ts';
import { load } from '../world.ts';

const started = { condition: 'service_started' } as const;

describe('the graph of services', () => {
  const { project } = load({
    services: {
      web: { depends_on: { api: started }, links: ['cache:c'] },
      api: { volumes_from: ['data:ro', 'container:else'] },
      side: { network_mode: 'service:api', pid: 'service:web', ipc: 'host' },
      cache: {},
      data: { depends_on: { gone: { ...started, required: false } } },
    },
  });
  const graph = serviceGraph(project.services);

  it('orders each after what it needs, declared or implied', () => {
    expect(graph.order).toEqual(['data', 'api', 'cache', 'web', 'side']);
    expect(graph.dependencies('side')).toEqual(['api', 'web']);
    expect(graph.dependents('api')).toEqual(['side', 'web']);
  });

  it('finds all that a service needs, and all that need it', () => {
    expect([...closure(graph, ['web'], 'dependencies')].sort()).toEqual(['api', 'cache', 'data', 'web']);
    expect([...closure(graph, ['data'], 'dependents')].sort()).toEqual(['api', 'data', 'side', 'web']);
  });

  it('selects services with what they need, or without', () => {
    expect(Object.keys(selectServices(project, ['api'])).sort()).toEqual(['api', 'data']);
    expect(Object.keys(selectServices(project, ['api'], { noDeps: true }))).toEqual(['api']);
    expect(() => selectServices(project, ['nobody'])).toThrow('no such service: nobody');
  });
});

it('writes dependencies into a label and reads them back, also as old releases wrote them', () => {
  const dependencies = {
    db: { condition: 'service_healthy', restart: true, required: true },
    cache: { condition: 'service_started', restart: false, required: true },
  } as const;
  const text = dependsOnLabel(dependencies);
  expect(text).toBe('db:service_healthy:true,cache:service_started:false');
  expect(parseDependsOnLabel(text)).toEqual(dependencies);
  expect(parseDependsOnLabel('old')).toEqual({
    old: { condition: 'service_started', restart: true, required: true },
  });
  expect(parseDependsOnLabel(undefined)).toEqual({});
});

it('knows the name a replacement will have', () => {
  const name = replacementName('0123456789abcdef', 'app-web-1');
  expect(name).toBe('0123456789ab_app-web-1');
  expect(finalNameOf(name)).toBe('app-web-1');
  expect(finalNameOf('app-web-1')).toBeUndefined();
});
