import { recordOf } from '#compose/values/record.ts';
import { ignoreMissing } from '../api/ignore-missing.ts';
import { EngineError } from '../api/engine-error.ts';
import type { ContainerDetails, ContainerSummary, EngineEvent } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { label } from '../project/labels.ts';
import { lastWorked, type Made, type Worked } from './last-working.ts';

/** The engine keeps its last 256 events: asking for more of the past than this finds no more. In ms. */
const lookBack = 7 * 24 * 3600 * 1000;
/** How long an engine whose clock is behind may keep the answer open. In ms. */
const longest = 3000;

/** What a container was made from. */
export function madeFrom({ name, image, labels, env }: ContainerDetails): Made {
  return {
    container: name,
    image,
    imageDigest: labels[label.imageDigest],
    configHash: labels[label.configHash],
    environment: recordOf(
      env.map((each) => {
        const at = each.indexOf('=');
        return at < 0 ? ([each, ''] as const) : ([each.slice(0, at), each.slice(at + 1)] as const);
      }),
    ),
  };
}

/**
 * What of a service works, or last did: another of its containers, else what the engine's events tell. `undefined`: nothing is known of that. Rejects
 * with `EngineError`.
 */
export async function gatherWorked(
  engine: EnginePort,
  project: string,
  service: string,
  replicas: readonly ContainerSummary[],
  failing: ContainerDetails,
  signal: AbortSignal,
): Promise<Worked | undefined> {
  const now = Date.now();
  for (const { id } of replicas.filter(
    ({ state, health }) => state === 'running' && health !== 'unhealthy',
  )) {
    if (id === failing.id) continue;
    const details = await ignoreMissing(engine.inspectContainer(id, signal));
    if (details?.health === 'healthy' || (details?.health === 'none' && details.restartCount === 0))
      return { ...madeFrom(details), id, how: 'runs', at: now };
  }
  const found = lastWorked(await pastEvents(engine, project, service, now, signal), now);
  // Of a container that is there, all is known.
  return found?.id === failing.id ? { ...found, ...madeFrom(failing) } : found;
}

async function pastEvents(
  engine: EnginePort,
  project: string,
  service: string,
  now: number,
  signal: AbortSignal,
): Promise<readonly EngineEvent[]> {
  const seconds = (time: number) => (time / 1000).toFixed(3);
  const found: EngineEvent[] = [];
  const late = AbortSignal.timeout(longest);
  try {
    const stream = await engine.events(
      {
        labels: [`${label.project}=${project}`, `${label.service}=${service}`],
        types: ['container'],
        actions: ['start', 'die', 'health_status'],
        since: seconds(now - lookBack),
        until: seconds(now),
      },
      AbortSignal.any([signal, late]),
    );
    for await (const event of stream) if (event.attributes[label.oneOff] !== 'True') found.push(event);
  } catch (error) {
    // Without events the rest is still to be told.
    if (!(error instanceof EngineError) || signal.aborted || error.kind === 'unreachable') throw error;
  }
  return found;
}
