import { describe, expect, it } from 'vitest';
import { briefly, failureActions, serviceAbout } from '../../../client/src/stack/failure-actions.ts';
import { container, joined, runtime } from '../containers.ts';

const usual = { isTrusted: true, hasFile: true };

describe('what can be done about a failure', () => {
  it('begins with its logs where a container is what is wrong', () => {
    expect(failureActions('unhealthy', usual)).toEqual(['show-logs', 'retry', 'show-output']);
    expect(failureActions('dependency-failed', usual)[0]).toBe('show-logs');
  });

  it('leads to the file where that says what is wrong, if there is one', () => {
    expect(failureActions('port-in-use', usual)).toContain('open-file');
    expect(failureActions('port-in-use', { ...usual, hasFile: false })).toEqual(['retry', 'show-output']);
  });

  it('offers another engine where there is none', () => {
    expect(failureActions('unreachable', usual)).toContain('choose-context');
  });

  it('does not try again what cannot be done, and leads to trust where that is the reason', () => {
    expect(failureActions('unsupported', usual)).toEqual(['show-output']);
    expect(failureActions('unsupported', { ...usual, isTrusted: false })).toEqual(['trust']);
  });
});

describe('the service that an error is about', () => {
  const [stack] = joined(
    [],
    [runtime('shop', { web: [container({ name: 'my-web' })], db: [container({ name: 'shop-db-1' })] })],
    false,
  );

  it('is found by its name, its container’s name and its container’s id', () => {
    expect(serviceAbout(stack, 'db')?.name).toBe('db');
    expect(serviceAbout(stack, 'my-web')?.name).toBe('web');
    expect(serviceAbout(stack, 'id-of-my-web')?.name).toBe('web');
  });

  it('is none where the error is about something else, or nothing', () => {
    expect(serviceAbout(stack, '8080/tcp')).toBeUndefined();
    expect(serviceAbout(stack, undefined)).toBeUndefined();
    expect(serviceAbout(undefined, 'db')).toBeUndefined();
  });
});

describe('a message for a notification', () => {
  it('ends before the list of places that were tried', () => {
    expect(briefly('No Docker Engine is connected. These places were tried:\n/var/run/docker.sock')).toBe(
      'No Docker Engine is connected.',
    );
  });

  it('leaves out the engine’s own words when they are long', () => {
    const long = 'x'.repeat(100);
    expect(briefly(`Port 80 is in use. (${long})`)).toBe('Port 80 is in use.');
    expect(briefly('Port 80 is in use. (bind failed)')).toBe('Port 80 is in use. (bind failed)');
  });
});
