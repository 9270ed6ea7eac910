import { callFacts, callsWhere } from './call-facts.ts';
import { EngineError } from './engine-error.ts';
import { say } from './message.ts';
import type { EnginePort } from './engine-port.ts';
import { recordOf } from '#compose/values/record.ts';

/**
 * The same engine, on which nothing can be changed: for `--dry-run`, whatever a command forgets. Changes are refused (`unsupported`); pulls, pushes,
 * builds and copies seem to succeed without being done.
 */
export function readOnlyEngine(engine: EnginePort): EnginePort {
  const replaced = callsWhere(({ effect }) => effect !== 'reads').map(
    (name) => [name, callFacts[name].effect === 'transfers' ? pretend : () => refuse(name)] as const,
  );
  return { ...engine, ...recordOf(replaced) };
}

async function refuse(name: string): Promise<never> {
  throw new EngineError(
    'unsupported',
    say`This is not supported in dry-run mode: it would have to change something on the engine first (${name}).`,
  );
}

/** Both a promise of nothing and an iteration over nothing. */
function pretend(): PromiseLike<void> & AsyncIterable<never> {
  return Object.assign(Promise.resolve(), { async *[Symbol.asyncIterator]() {} });
}
