import { describe, expect, it } from 'vitest';
import { layOut } from '../../../client/webview/graph/layout.ts';
import type { GraphModel, GraphService } from '../../../client/webview/graph/protocol.ts';

const service = (
  name: string,
  on: readonly string[] = [],
  volumes: readonly string[] = [],
): GraphService => ({
  name,
  state: 'running',
  tone: 'good',
  glyph: '●',
  description: 'running',
  image: undefined,
  ports: [],
  networks: [],
  profiles: [],
  volumes,
  dependencies: on.map((each) => ({ on: each, condition: '', required: true })),
  can: { file: true, logs: true, shell: true },
});
const model = (services: readonly GraphService[]): GraphModel => ({
  title: 'shop',
  services,
  networks: [],
  volumes: [...new Set(services.flatMap(({ volumes }) => volumes))],
});

describe('the layout', () => {
  const { services, volumes, width, height } = layOut(
    model([
      service('web', ['api']),
      service('api', ['db', 'cache']),
      service('db', [], ['data']),
      service('cache'),
      service('worker', ['db']),
    ]),
  );
  const at = (name: string) => services.get(name) ?? { x: Number.NaN, y: Number.NaN, width: 0, height: 0 };

  it('has whoever depends on something left of it, volumes at the right', () => {
    expect(at('web').x).toBeLessThan(at('api').x);
    expect(at('api').x).toBeLessThan(at('db').x);
    expect(at('db').x).toBe(at('cache').x);
    expect(at('worker').x).toBeLessThan(at('db').x);
    expect(volumes.get('data')?.x).toBeGreaterThan(at('db').x);
  });

  it('nothing lies over another, all is inside', () => {
    const boxes = [...services.values(), ...volumes.values()];
    for (const [i, a] of boxes.entries()) {
      expect(a.x + a.width).toBeLessThanOrEqual(width);
      expect(a.y + a.height).toBeLessThanOrEqual(height);
      for (const b of boxes.slice(i + 1))
        expect(
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y,
        ).toBe(true);
    }
  });

  it('things stand near what they are joined to', () => {
    const crossed = layOut(model([service('a', ['y']), service('b', ['x']), service('x'), service('y')]));
    const y = (name: string) => crossed.services.get(name)?.y ?? Number.NaN;
    expect(y('a') < y('b')).toBe(y('y') < y('x'));
  });

  it('comes to an end in a circle', () => {
    const circle = layOut(model([service('a', ['b']), service('b', ['a'])]));
    expect(circle.services.size).toBe(2);
  });
});
