import type { FeatureContext } from '../context.ts';
import type { SourceFile } from '../workspace/files.ts';
import { originOf, shownValue, variablesFor, variableUses } from '../workspace/variables.ts';
import type { Path } from '#compose/values/path.ts';
import type { Suggestion } from './suggestion.ts';
import { wording, type WordingValue } from '../words/words.ts';

export interface VariableSuggestion {
  readonly suggestion: Suggestion;
  readonly start: number;
  readonly end: number;
  /** What is written: the variable's name, closed if it was not. */
  readonly text: string;
}

/** Variables of the shell that compose files use now and then; all of them would be too many. */
const usual: ReadonlySet<string> = new Set([
  'HOME',
  'USER',
  'PWD',
  'UID',
  'GID',
  'HOSTNAME',
  'TZ',
  'DISPLAY',
  'SSH_AUTH_SOCK',
]);

/** Variables for a `${…` or `$…` at the cursor; `undefined` when there is none. */
export async function variableSuggestions(
  context: FeatureContext,
  file: SourceFile,
  offset: number,
): Promise<VariableSuggestion[] | undefined> {
  const line = file.text.slice(file.text.lastIndexOf('\n', offset - 1) + 1, offset);
  const opened = /(?<!\$)(?:\$\$)*\$(\{?)([A-Za-z_]\w*)?$/.exec(line);
  const colon = /(?<!\$)(?:\$\$)*\$\{[A-Za-z_]\w*(:)$/.exec(line);
  if (/(?:^|\s)#/.test(line)) return undefined;
  if (colon !== null) return operators(offset);
  if (opened === null) return undefined;
  const typed = opened[2] ?? '';
  const rest = /^\w*/.exec(file.text.slice(offset))?.[0] ?? '';
  const end = offset + rest.length;
  // Behind a dollar sign alone nobody has said yet whether there are brackets.
  const bare = opened[1] === '' && typed === '';
  const closed = (opened[1] === '' && !bare) || /^[}:?+-]/.test(file.text.slice(end));
  const names = await candidates(context, file);
  return names.map((suggestion) => ({
    suggestion,
    start: offset - typed.length,
    end,
    text: closed ? suggestion.label : `${bare ? '{' : ''}${suggestion.label}\\}`,
  }));
}

/** What may follow a name and its colon. */
function operators(offset: number): VariableSuggestion[] {
  return (['default', 'required', 'replaced'] as const).map((meaning, order) => {
    const text = `:${{ default: '-', required: '?', replaced: '+' }[meaning]}`;
    const detail = wording(`completion.operator.${meaning}`);
    const suggestion: Suggestion = { label: text, as: { raw: text }, kind: 'enum', rank: 1, order, detail };
    return { suggestion, start: offset - 1, end: offset, text };
  });
}

/** Names of variables where one is meant by its name alone: of a secret or a config that is taken from the environment. */
export async function variableNames(
  context: FeatureContext,
  file: SourceFile,
  path: Path,
): Promise<Suggestion[]> {
  const [section, , attribute] = path;
  if ((section !== 'secrets' && section !== 'configs') || attribute !== 'environment' || path.length !== 3)
    return [];
  return candidates(context, file);
}

async function candidates(context: FeatureContext, file: SourceFile): Promise<Suggestion[]> {
  const found = new Map<string, Suggestion>();
  const add = (name: string, rank: number, detail: WordingValue) => {
    if (found.has(name)) return;
    found.set(name, { label: name, as: { raw: name }, kind: 'variable', rank, detail });
  };
  const variables = await variablesFor(context.projects, file);
  for (const name of Object.keys(variables?.toRecord() ?? {})) {
    const variable = variables?.variable(name);
    if (variable === undefined) continue;
    const { kind } = variable.from;
    if (kind === 'environment' && !usual.has(name) && !/^(?:COMPOSE|DOCKER)_/.test(name)) continue;
    add(
      name,
      kind === 'file' ? 1 : 3,
      wording('completion.variable', { value: shownValue(name, variable), origin: originOf(variable) }),
    );
  }
  for (const { name } of file.derive(variableUses)) add(name, 2, wording('completion.used-here'));
  return [...found.values()];
}
