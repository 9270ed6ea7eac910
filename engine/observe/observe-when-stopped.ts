import { setTimeout as delay } from 'node:timers/promises';
import { ignoreMissing } from '../api/ignore-missing.ts';
import { EngineError } from '../api/engine-error.ts';
import { say } from '../api/message.ts';
import { type ObservedState, observe } from './observe.ts';
import { label } from '../project/labels.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import type { Report } from './progress.ts';

/** In ms. How far back signals are looked for, and how long an engine whose clock is behind may keep the answer open. */
const lookBack = 60_000;
const eventsWithin = 500;

/** In ms: Docker's own grace, and what an engine needs to kill and put away what has not ended by then. */
const usualGrace = 10_000;
const afterGrace = 3_000;

/** Of Linux, where the containers are. */
const signals: Readonly<Record<string, string>> = {
  HUP: '1',
  INT: '2',
  QUIT: '3',
  KILL: '9',
  USR1: '10',
  USR2: '12',
  TERM: '15',
  WINCH: '28',
  'RTMIN+3': '37',
};

/**
 * {@link observe}, once what the engine is still stopping has stopped. To an engine a container that it stops for someone (a client that was killed
 * meanwhile, another tool) is running until it ends, and nothing that it says of the container tells otherwise; only its events do, of the signal that
 * was sent. Waits no longer than the container has been given to end. Rejects with `EngineError`.
 */
export async function observeSettled(
  engine: EnginePort,
  project: string,
  report: Report,
  signal: AbortSignal,
): Promise<ObservedState> {
  const [observed, sent] = await Promise.all([
    observe(engine, project, signal),
    lastEvents(engine, project, signal),
  ]);
  const running = observed.containers.filter(({ state }) => state === 'running');
  if (running.length === 0 || sent.size === 0) return observed;
  const waits = await Promise.all(
    running.map(async ({ id, name }) => {
      const last = sent.get(id);
      if (last === undefined) return undefined;
      // Since it was listed.
      if (last.action === 'die') return id;
      const details = await ignoreMissing(engine.inspectContainer(id, signal));
      if (details === undefined || !ends(details, last.signal)) return undefined;
      const rest = last.time + graceOf(details) + afterGrace - Date.now();
      if (rest <= 0) return undefined;
      report({ kind: 'container', name, status: 'Stopping' });
      const ended = await hasEnded(engine, id, rest, signal);
      if (ended) report({ kind: 'container', name, status: 'Stopped' });
      return ended ? id : undefined;
    }),
  );
  const ended = new Set(waits.filter((id) => id !== undefined));
  return ended.size === 0 ? observed : observeWithout(engine, project, ended, signal);
}

interface LastEvent {
  readonly action: 'kill' | 'die';
  readonly signal: string;
  readonly time: number;
}

/** By container: its last signal, or its end, when it has not been started since. */
async function lastEvents(
  engine: EnginePort,
  project: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, LastEvent>> {
  const sent = new Map<string, LastEvent>();
  const now = Date.now();
  const enough = AbortSignal.timeout(eventsWithin);
  try {
    const events = await engine.events(
      {
        labels: [`${label.project}=${project}`],
        types: ['container'],
        actions: ['kill', 'die', 'start'],
        since: ((now - lookBack) / 1000).toFixed(3),
        until: ((now + 1) / 1000).toFixed(3),
      },
      AbortSignal.any([signal, enough]),
    );
    for await (const { id, action, attributes, time } of events) {
      if (action === 'kill' || action === 'die')
        sent.set(id, { action, signal: attributes['signal'] ?? '', time });
      else sent.delete(id);
    }
  } catch (error) {
    // What has come by then is what there was.
    if (!enough.aborted || signal.aborted) throw error;
  }
  return sent;
}

function ends({ config }: ContainerDetails, sent: string): boolean {
  if (sent === signals['KILL']) return true;
  const own = String(config['StopSignal'] || 'TERM').replace(/^SIG/, '');
  return sent === (signals[own] ?? own);
}

function graceOf({ config }: ContainerDetails): number {
  const seconds = config['StopTimeout'];
  return typeof seconds === 'number' && seconds >= 0 ? seconds * 1000 : usualGrace;
}

async function hasEnded(
  engine: EnginePort,
  id: string,
  within: number,
  signal: AbortSignal,
): Promise<boolean> {
  const enough = AbortSignal.timeout(Math.ceil(within));
  try {
    await engine.waitContainer(id, AbortSignal.any([signal, enough]));
    return true;
  } catch (error) {
    if (enough.aborted && !signal.aborted) return false;
    if (error instanceof EngineError && error.kind === 'not-found') return true;
    throw error;
  }
}

/** The lists of old engines lag a little behind. */
async function observeWithout(
  engine: EnginePort,
  project: string,
  ended: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<ObservedState> {
  for (let look = 1; ; look += 1) {
    const observed = await observe(engine, project, signal);
    const lags = observed.containers.some(({ id, state }) => state === 'running' && ended.has(id));
    if (!lags || look === 10) return observed;
    await delay(50, undefined, { signal }).catch(() => {
      throw new EngineError('cancelled', say`Canceled.`);
    });
  }
}
