import { EngineError } from './engine-error.ts';
import { say } from './message.ts';
import type { EnginePort } from './engine-port.ts';

/** Calls that only look, by how their names begin. */
const looks =
  /^(?:info|ping|close|events|architecture|containerLogs|containerStats|(?:list|inspect|get|export|wait|top)[A-Z])/;

/** Calls that move an image or a file, and after which nothing else is asked of what was moved. */
const transfers = new Set<string>([
  'putArchive',
  'pullImage',
  'pushImage',
  'buildImage',
  'solveBuild',
] satisfies (keyof EnginePort)[]);

/**
 * The same engine, on which nothing can be changed: for `--dry-run`, whatever a command forgets. Changes are refused (`unsupported`); pulls, pushes,
 * builds and copies seem to succeed without being done.
 */
export function readOnlyEngine(engine: EnginePort): EnginePort {
  const replaced = Object.keys(engine).flatMap((name) =>
    looks.test(name) ? [] : [[name, transfers.has(name) ? pretend : () => refuse(name)] as const],
  );
  return { ...engine, ...Object.fromEntries(replaced) };
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
