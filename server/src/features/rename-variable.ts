import type { VariablePlaces } from '../workspace/variable-places.ts';

/** Why a variable cannot be renamed so, or `undefined` if it can. */
export function refusalOfVariable(
  name: string,
  newName: string,
  { variable, isTaken }: Pick<VariablePlaces, 'variable' | 'isTaken'>,
): string | undefined {
  if (variable?.from.kind === 'environment')
    return `“${name}” is set in the environment, where it would keep its name.`;
  if (variable?.from.kind === 'compose' || /^(?:COMPOSE|DOCKER)_/.test(name))
    return `“${name}” is a name that Docker Compose gives a meaning to.`;
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(newName))
    return `“${newName}” cannot be the name of a variable: only letters, digits and “_” are allowed, no digit first.`;
  if (newName !== name && isTaken(newName)) return `There is a variable “${newName}” already.`;
  return undefined;
}
