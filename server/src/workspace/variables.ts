import { basename } from '#system/path.ts';
import { isPlainText } from '#compose/check/secrets/plain-value.ts';
import { maskText } from '#compose/check/secrets/masker.ts';
import { isSecretVariable } from '#compose/check/secrets/secret-variable.ts';
import type { Variable, Variables } from '#compose/load/variables.ts';
import { type VariableUse, variablesIn } from '#compose/template/uses.ts';
import type { SourceFile } from './files.ts';
import type { Projects } from './projects.ts';
import { wording, type WordingValue } from '../words/words.ts';

/** The variables that a file's values use. */
export function variableUses(file: SourceFile): readonly VariableUse[] {
  return file.roots.flatMap((root) => variablesIn(root, file.text));
}

/** The innermost use around an offset. */
export function variableAt(file: SourceFile, offset: number): VariableUse | undefined {
  return file.derive(variableUses).findLast(({ whole }) => whole.start <= offset && offset < whole.end);
}

/** The variables that a file is read with, as of the newest load; `undefined` before there is one. */
export async function variablesFor(projects: Projects, file: SourceFile): Promise<Variables | undefined> {
  const reference = await projects.of(file.path);
  const { result } = projects.newest(reference)?.loaded ?? (await projects.load(reference));
  return (result.loaded ?? result.partial)?.trace?.variablesOf.get(file.uri);
}

/** Whether Docker Compose takes the variable's own value: with `:-` and the like an empty one does not count. */
export function counts(use: VariableUse, variable: Variable | undefined): variable is Variable {
  if (variable === undefined) return false;
  return variable.value !== '' || use.part.argument?.operator.startsWith(':') !== true;
}

/** Where a variable comes from, for people. */
export function originOf(variable: Variable): WordingValue {
  switch (variable.from.kind) {
    case 'environment':
      return wording('origin.environment');
    case 'file':
      return basename(variable.from.path);
    case 'compose':
      return 'Docker Compose';
  }
}

/** A value as it may be shown: not that of a secret, nor what an env file has that is no plain setting. */
export function shownValue(name: string, { value, from }: Variable): string {
  return isSecretVariable(name, value) || (from.kind === 'file' && !isPlainText(value))
    ? '••••••'
    : maskText(value, undefined);
}

/** What is written in the file in a variable's stead. */
export function shownDefault(name: string, text: string): string {
  return shownValue(name, { value: text, from: { kind: 'compose' } });
}
