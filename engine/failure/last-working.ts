import type { EngineEvent } from '../api/engine-objects.ts';
import { label } from '../project/labels.ts';

/** A container without a health check that ran at least this long, in ms, is taken to have worked. */
const longEnough = 60_000;

/** What a container was made from, as far as it is known. */
export interface Made {
  readonly container: string;
  /** The image's name. */
  readonly image: string;
  /** The digest of the image's content, as its label has it. */
  readonly imageDigest: string | undefined;
  readonly configHash: string | undefined;
  /** Variables by name; the values are compared and never told. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A container of a service that worked. */
export interface Worked extends Made {
  readonly id: string;
  /** `healthy`: its health check succeeded; `ran`: it has none and ran for a minute, or ended with exit code 0; `runs`: it does now. */
  readonly how: 'healthy' | 'ran' | 'runs';
  /** When that was last so: Unix time, ms. */
  readonly at: number;
}

interface Run {
  readonly begun: number;
  readonly made: Made;
  isChecked: boolean;
}

/**
 * What of a service last worked, by the events of its containers in the order of time; `undefined`: nothing did, as far as they reach. `until` is when
 * they were asked for: Unix time, ms.
 */
export function lastWorked(events: readonly EngineEvent[], until: number): Worked | undefined {
  const runs = new Map<string, Run>();
  let last: Worked | undefined;
  const note = (id: string, how: Worked['how'], at: number, made: Made) => {
    if (last === undefined || at >= last.at) last = { ...made, id, how, at };
  };
  for (const { action, id, time, attributes } of events) {
    const run = runs.get(id);
    if (action === 'start') runs.set(id, { begun: time, made: madeOf(attributes), isChecked: false });
    else if (action.startsWith('health_status')) {
      if (run !== undefined) run.isChecked = true;
      if (/health_status:\s*healthy/.test(action)) note(id, 'healthy', time, madeOf(attributes));
    } else if (action === 'die') {
      runs.delete(id);
      const isLong = run !== undefined && !run.isChecked && time - run.begun >= longEnough;
      if (isLong || attributes.exitCode === '0') note(id, 'ran', time, madeOf(attributes));
    }
  }
  for (const [id, { begun, isChecked, made }] of runs)
    if (!isChecked && until - begun >= longEnough) note(id, 'ran', until, made);
  return last;
}

function madeOf(attributes: EngineEvent['attributes']): Made {
  return {
    container: attributes.name ?? '',
    image: attributes.image ?? '',
    imageDigest: attributes[label.imageDigest],
    configHash: attributes[label.configHash],
  };
}
