import { describe, expect, it } from 'vitest';
import { EngineError } from '#engine/api/engine-error.ts';
import { failureFinding } from '../../../client/src/incidents/failure-finding.ts';
import { IncidentTracker, incidentsOf } from '../../../client/src/incidents/incident.ts';
import { incidentText } from '../../../client/src/incidents/incident-text.ts';
import type { Stack } from '../../../client/src/workspace/stacks.ts';
import { container, joined, runtime } from '../containers.ts';
import { english } from '../translate.ts';

type Change = Parameters<typeof container>[0];

function stack(...containers: Omit<Change, 'name'>[]): Stack {
  const web = containers.map((change, index) => container({ name: `shop-web-${index + 1}`, ...change }));
  const [shop] = joined([], [runtime('shop', { web })]);
  if (shop === undefined) throw new Error('There is a stack.');
  return shop;
}

const crashed = stack({ state: 'exited', exitCode: 1 });
const running = stack({});

describe('what is an incident', () => {
  it.each([
    ['a crash', { state: 'exited', exitCode: 1 }, 'crashed'],
    ['a crash that is restarted', { state: 'restarting', exitCode: 1 }, 'crashed'],
    ['a failing health check', { health: 'unhealthy' }, 'unhealthy'],
    ['not: a good end', { state: 'exited', exitCode: 0 }, undefined],
    ['not: having been stopped', { state: 'exited', exitCode: 137 }, undefined],
    ['not: a job that is run again', { state: 'restarting', exitCode: 0 }, undefined],
    [
      'not: a command that was run once',
      { state: 'exited', exitCode: 1, labels: { 'com.docker.compose.oneoff': 'True' } },
      undefined,
    ],
  ] as const)('%s', (_, change, kind) => {
    expect(incidentsOf(stack(change)).map((incident) => incident.kind)).toEqual(
      kind === undefined ? [] : [kind],
    );
  });
});

it('on another engine is another one', () => {
  const there: Stack = { ...crashed, key: 'on:old:shop', engine: 'old' };
  const [here, other] = [crashed, there].flatMap(incidentsOf);
  expect(other).toMatchObject({ stack: 'on:old:shop', engine: 'old' });
  expect(other?.key).not.toBe(here?.key);
});

describe('an incident is told once', () => {
  it('as long as it lasts, and again when it comes back after a while', () => {
    let now = 0;
    const tracker = new IncidentTracker(() => now);
    const fresh = (value: Stack) => tracker.update([value]).fresh.length;
    expect([fresh(running), fresh(crashed), fresh(crashed)]).toEqual([0, 1, 0]);
    now += 1000;
    expect(tracker.update([running]).ended.map(({ service }) => service)).toEqual(['web']);
    now += 1000;
    expect(tracker.update([crashed])).toMatchObject({ began: [{ service: 'web' }], fresh: [] });
    tracker.update([running]);
    now += 60_000;
    expect(fresh(crashed)).toBe(1);
  });

  it('also when it was over before anybody could be told, and comes back', () => {
    const tracker = new IncidentTracker(() => 0);
    const fresh = (value: Stack) => tracker.update([value]).fresh;
    fresh(running);
    const [first] = fresh(crashed);
    fresh(running);
    tracker.untold(first?.key ?? '');
    expect(fresh(crashed)).toHaveLength(1);
  });
});

describe('what is said', () => {
  const [incident] = incidentsOf(crashed);

  it('is the exit code and the last words', () => {
    if (incident === undefined) throw new Error('no incident');
    const details = { exitCode: 1, said: 'Error: no database', restarts: 0 };
    expect(incidentText(incident, details, english)).toBe(
      'web has crashed with exit code 1: Error: no database',
    );
    expect(incidentText(incident, { ...details, said: undefined, restarts: 4 }, english)).toBe(
      'web has crashed with exit code 1 (restarted 4 times).',
    );
    expect(incidentText(incident, { ...details, said: undefined, restarts: 1 }, english)).toBe(
      'web has crashed with exit code 1 (restarted once).',
    );
  });
});

describe('what an operation failed with', () => {
  const declared = {
    ...running,
    declared: {
      loaded: {
        project: { services: { web: { image: 'shop/web', ports: [{ target: 80, published: '8080' }] } } },
      },
    },
  } as unknown as Stack;

  it('is a port, and who has it', () => {
    const error = new EngineError('port-in-use', 'Port 8080 is in use by nginx (7).', {
      subject: '8080/tcp',
    });
    expect(failureFinding(declared, error, english)).toMatchObject({
      service: 'web',
      aspect: { kind: 'port', port: 8080 },
      message: 'Port 8080 is in use by nginx (7).',
    });
  });

  it('is an image, with or without its tag', () => {
    const error = new EngineError('pull-denied', 'Get "https://shop/v2/": no such host', {
      subject: 'shop/web:latest',
      pull: 'unreachable',
    });
    expect(failureFinding(declared, error, english)).toMatchObject({
      service: 'web',
      code: 'image-not-found',
      message: `The engine could not reach the registry of shop/web:latest. Check the engine's network, its proxy, and the image name.`,
    });
  });

  it('is nothing in the file otherwise', () => {
    expect(failureFinding(declared, new EngineError('conflict', 'x'), english)).toBeUndefined();
  });
});
