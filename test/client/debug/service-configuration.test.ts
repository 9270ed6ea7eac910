import { describe, expect, it, test } from 'vitest';
import { isDebuggable } from '../../../client/src/debug/debuggable.ts';
import { furtherOptions, readConfiguration } from '../../../client/src/debug/service-configuration.ts';
import { container } from '../containers.ts';

const base = { type: 'composure', request: 'attach', name: 'web', service: 'web' };

describe('what stands in launch.json', () => {
  it.each<[string, Readonly<Record<string, unknown>>, unknown]>([
    ['a service is enough', { service: 'web' }, base],
    ['no service', { name: 'x' }, undefined],
    ['a service that is no text', { service: ['web'] }, undefined],
    ['an empty name', { service: 'web', name: '' }, base],
    ['launch', { service: 'web', request: 'launch' }, { ...base, request: 'launch' }],
    ['a request that there is not', { service: 'web', request: 'run' }, base],
    ['a runtime', { service: 'web', runtime: 'go' }, { ...base, runtime: 'go' }],
    ['a runtime that there is not', { service: 'web', runtime: 'cobol' }, base],
    ['a replica', { service: 'web', replica: 2 }, { ...base, replica: 2 }],
    ['a replica as text', { service: 'web', replica: '2' }, base],
    [
      'mappings, of which one is broken',
      { service: 'web', pathMappings: [{ localRoot: '/a', remoteRoot: '/b' }, { localRoot: '/c' }, null] },
      { ...base, pathMappings: [{ localRoot: '/a', remoteRoot: '/b' }] },
    ],
    ['not attached again', { service: 'web', reattach: false }, { ...base, reattach: false }],
    ['attached again, as it is anyway', { service: 'web', reattach: true }, base],
    ['stop on entry', { service: 'web', stopOnEntry: true }, { ...base, stopOnEntry: true }],
    ['marks of our own', { service: 'web', overridden: true }, { ...base, overridden: true }],
  ])('%s', (_, raw, expected) => {
    expect(readConfiguration(raw)).toEqual(expected);
  });

  it('all else goes to the debugger of the runtime', () => {
    const raw = { ...base, stack: 'k', underDebugger: true, skipFiles: ['**'], justMyCode: false };
    expect(furtherOptions(raw)).toEqual({ skipFiles: ['**'], justMyCode: false });
  });
});

test.each<[string, string, boolean, boolean]>([
  ['node:22', 'running', true, true],
  ['node:22', 'exited', true, false],
  ['nginx', 'running', true, false],
  ['node:22', 'running', false, false],
])('the image %s, %s, with a shell %s: offered %s', (image, state, shell, expected) => {
  const made = container({ name: 'web', image, state: state as 'running' });
  expect(isDebuggable({ view: { can: { shell } } as never, containers: [made] })).toBe(expected);
});
