import type { VariablePlaces } from '../workspace/variable-places.ts';
import { type Wording, wording } from '../words/words.ts';

/** Why a variable cannot be renamed so, or `undefined` if it can. */
export function refusalOfVariable(
  name: string,
  newName: string,
  { variable, isTaken }: Pick<VariablePlaces, 'variable' | 'isTaken'>,
): Wording | undefined {
  if (variable?.from.kind === 'environment') return wording('rename.in-environment', { name });
  if (variable?.from.kind === 'compose' || /^(?:COMPOSE|DOCKER)_/.test(name))
    return wording('rename.reserved', { name });
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(newName)) return wording('rename.variable', { name: newName });
  if (newName !== name && isTaken(newName)) return wording('rename.taken', { name: newName });
  return undefined;
}
