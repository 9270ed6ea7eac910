import { calledRows } from '../tree/tree-row.ts';

/** The engine of the row that a command was called on; `undefined`: the chosen one. */
export function calledEngine(args: readonly unknown[]): string | undefined {
  const [row] = calledRows(args);
  return row?.kind === 'host' && row.engine !== '' ? row.engine : undefined;
}
