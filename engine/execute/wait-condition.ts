import { setTimeout as delay } from 'node:timers/promises';
import { EngineError } from '../api/engine-error.ts';
import { type Message, say } from '../api/message.ts';
import type { WaitCondition } from '../plan/plan.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import type { Report } from '../observe/progress.ts';
import type { LiveContainer } from './live-containers.ts';
import { overdueProbes } from './start-interval.ts';

const pollInterval = 200;

/**
 * Resolves once a service's containers meet a condition of `depends_on`. Rejects with kind `unhealthy` or `dependency-failed` when they cannot
 * any more, and with `cancelled` when aborted. How long it takes is up to the health check.
 */
export async function waitForCondition(
  engine: EnginePort,
  service: string,
  condition: WaitCondition,
  containers: readonly LiveContainer[],
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  for (const { name } of containers) report({ kind: 'container', name, status: 'Waiting' });
  const met = checks[condition];
  const ended = new AbortController();
  const probing = overdueProbes(engine, ended.signal);
  try {
    for (let look = 1; ; look += 1) {
      const details = await Promise.all(containers.map(({ id }) => engine.inspectContainer(id, signal)));
      if (met(service, details, look)) break;
      for (const container of details) probing.look(container);
      await pause(signal);
    }
  } finally {
    ended.abort();
  }
  const status = condition === 'service_completed_successfully' ? 'Exited' : 'Healthy';
  for (const { name } of containers) report({ kind: 'container', name, status });
}

/**
 * Resolves once containers that are running, and healthy where they can be, have been so for this many seconds. Rejects with kind `unhealthy` or
 * `dependency-failed` when they are not any more, or have been started again meanwhile.
 */
export async function watchOver(
  engine: EnginePort,
  service: string,
  containers: readonly LiveContainer[],
  seconds: number,
  signal: AbortSignal,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  let starts: readonly (number | undefined)[] | undefined;
  for (;;) {
    const details = await Promise.all(containers.map(({ id }) => engine.inspectContainer(id, signal)));
    starts ??= details.map(({ startedAt }) => startedAt);
    const isAsItWas = details.every(({ startedAt }, at) => startedAt === starts?.[at]);
    if (!checks.running_or_healthy(service, details, 1) || !isAsItWas)
      throw new EngineError(
        'unhealthy',
        say`service "${service}" did not stay running or healthy for ${seconds} s`,
        { subject: service },
      );
    if (performance.now() >= end) return;
    await pause(signal);
  }
}

/** `look` counts from 1. */
type Check = (service: string, containers: readonly ContainerDetails[], look: number) => boolean;

/** A container without a health check may be about to end, which says more than that it has none. */
const patientLooks = 3;

const checks: Readonly<Record<WaitCondition, Check>> = {
  service_healthy(_service, containers, look) {
    return containers.every((container) => {
      refuseExited(container, asDependency);
      if (!container.hasHealthcheck) {
        if (look <= patientLooks) return false;
        throw new EngineError(
          'dependency-failed',
          say`dependency failed to start: container ${container.name} has no healthcheck configured`,
          { subject: container.name },
        );
      }
      refuseUnhealthy(container, asDependency);
      return container.health === 'healthy';
    });
  },
  service_completed_successfully(service, containers) {
    const ended = containers.find((container) => container.state === 'exited');
    if (ended === undefined) return false;
    if (ended.exitCode === 0) return true;
    throw new EngineError(
      'dependency-failed',
      say`service "${service}" didn't complete successfully: exit ${ended.exitCode}`,
      { subject: ended.name },
    );
  },
  running_or_healthy(_service, containers) {
    return containers.every((container) => {
      refuseExited(container, asItself);
      if (!container.hasHealthcheck) return container.state === 'running';
      refuseUnhealthy(container, asItself);
      return container.health === 'healthy';
    });
  },
};

type Frame = (failure: Message) => Message;

const asItself: Frame = (failure) => failure;
const asDependency: Frame = (failure) => say`dependency failed to start: ${failure}`;

function refuseExited(container: ContainerDetails, frame: Frame): void {
  if (container.state !== 'exited' && container.state !== 'dead') return;
  throw new EngineError(
    'dependency-failed',
    frame(say`container ${container.name} exited (${container.exitCode})`),
    { subject: container.name },
  );
}

function refuseUnhealthy(container: ContainerDetails, frame: Frame): void {
  if (container.health !== 'unhealthy') return;
  const output = container.healthOutput?.trim();
  throw new EngineError(
    'unhealthy',
    frame(
      output
        ? say`container ${container.name} is unhealthy (its last check said: ${output})`
        : say`container ${container.name} is unhealthy`,
    ),
    { subject: container.name },
  );
}

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await delay(pollInterval, undefined, { signal });
  } catch (cause) {
    throw new EngineError('cancelled', say`canceled while waiting`, { cause });
  }
}
