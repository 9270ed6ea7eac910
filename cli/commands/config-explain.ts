import { explain, type Explanation, type Place, type UsedVariable } from '#compose/load/explain.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import { pathOf } from '../frame/project-problems.ts';

/** In words, where the value at a path comes from; `undefined` if there is none. */
export function explainPath(loaded: LoadedProject, path: string): string | undefined {
  const explanation = explain(loaded, path);
  if (explanation === undefined) return undefined;
  return `${lines(explanation).join('\n')}\n`;
}

function lines({ path, value, implied, setAt, before, variables }: Explanation): readonly string[] {
  return [
    `${path} = ${JSON.stringify(value)}`,
    `  ${implied ? 'follows from' : 'set at'} ${placeText(setAt)}`,
    ...before.toReversed().map((place) => `  overrides ${placeText(place)}`),
    ...variables.map((variable) => `  ${variable.name}: ${variableText(variable)}`),
  ];
}

function placeText({ span, line, column, text }: Place): string {
  const [first = '', ...more] = text.split('\n');
  const shown = more.length > 0 ? `${first} …` : first;
  return `${pathOf(span.uri)}:${line}:${column}${shown === '' ? '' : `: ${shown}`}`;
}

function variableText({ value, from, place }: UsedVariable): string {
  if (value === undefined || from === undefined) return 'not set';
  const shown = JSON.stringify(value);
  switch (from.kind) {
    case 'environment':
      return `${shown} from the environment`;
    case 'file':
      return place === undefined ? `${shown} from ${from.path}` : `${shown} from ${placeText(place)}`;
    case 'compose':
      return `${shown}, the project's name`;
  }
}
