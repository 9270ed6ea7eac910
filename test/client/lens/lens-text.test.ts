import { describe, expect, it } from 'vitest';
import { lensActions, lensText } from '../../../client/src/lens/lens-text.ts';
import { container, declared, joined, port, runtime } from '../containers.ts';
import { english } from '../translate.ts';

const service = (...containers: ReturnType<typeof container>[]) => {
  const [stack] = joined([declared('shop', [{ name: 'web' }])], [runtime('shop', { web: containers })]);
  const [web] = stack?.services ?? [];
  if (web === undefined) throw new Error('It has a service.');
  return web;
};

describe('above a service', () => {
  it('stands nothing but Up before it was created', () => {
    expect(lensText(service(), english)).toBe('');
    expect(lensActions(service())).toEqual(['up']);
  });

  it('stands its state with its ports, and what a running one can do', () => {
    const web = service(container({ name: 'shop-web-1', health: 'healthy', ports: [port(8080)] }));
    expect(lensText(web, english)).toBe('healthy · :8080');
    expect(lensActions(web)).toEqual(['restart', 'stop', 'logs', 'shell']);
  });

  it('stands how many of several run', () => {
    const web = service(
      container({ name: 'shop-web-1' }),
      container({ name: 'shop-web-2', state: 'exited', exitCode: 1 }),
    );
    expect(lensText(web, english)).toBe('1/2 running · exited (1)');
  });

  it('stands how it ended', () => {
    const web = service(container({ name: 'shop-web-1', state: 'exited', exitCode: 3 }));
    expect(lensText(web, english)).toBe('exited (3)');
    expect(lensActions(web)).toEqual(['up', 'logs']);
  });
});
