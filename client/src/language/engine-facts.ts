import type { EngineFactsParams } from '../../../server/src/protocol.ts';

let facts: EngineFactsParams | undefined;
let listener: ((facts: EngineFactsParams) => void) | undefined;

/** What the engine knows, for suggestions. Reaches the language server now, or when it starts. */
export function tellEngineFacts(params: EngineFactsParams): void {
  facts = params;
  listener?.(params);
}

/** Called at once with what is known, and with what becomes known. Instead of the listener before. */
export function listenToEngineFacts(next: (facts: EngineFactsParams) => void): void {
  listener = next;
  if (facts !== undefined) next(facts);
}
