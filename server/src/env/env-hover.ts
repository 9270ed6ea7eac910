import { basename } from '#system/path.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import { formatPhrase } from '#compose/problem/format-phrase.ts';
import { listOf } from '#compose/problem/phrase.ts';
import type { FeatureContext } from '../context.ts';
import type { Explanation } from '../hover/explanation.ts';
import { type Wording, wording } from '../words/words.ts';
import type { SourceFile } from '../workspace/files.ts';
import { originOf, shownValue } from '../workspace/variables.ts';
import { lineOf, nameAtOffset } from './env-text.ts';
import { type EnvUser, usersOf, usesOf, variablesOfFile } from './env-users.ts';

/** So many places are named one by one. */
const mostPlaces = 8;

/** The value of the name at an offset, who uses it, and what wins over it and why. Secrets are masked. */
export async function hoverInEnv(
  context: FeatureContext,
  file: SourceFile,
  offset: number,
): Promise<Explanation | undefined> {
  const at = nameAtOffset(file, offset);
  if (at === undefined) return undefined;
  const { name } = at;
  const users = await usersOf(context, file.path, false);
  if (users.length === 0) return undefined;
  const lines: string[] = [];
  const add = (what: Wording) => lines.push(formatPhrase(what, context.words));
  const line = lineOf(file, name);
  const origin = basename(file.path);
  if (line === undefined) add(wording('hover.unset', { name }));
  else {
    const from = { kind: 'file', path: file.path, span: { uri: file.uri, start: 0, end: 0 } } as const;
    const value = shownValue(name, { value: line.value, from });
    add(
      value === ''
        ? wording('hover.empty', { name, origin })
        : wording('hover.set', { name, value: value.replaceAll(/\r?\n/g, '⏎'), origin }),
    );
  }
  const places = users.flatMap((user) => (user.interpolates === 'no' ? [] : usesOf(user, name)));
  const services = users.flatMap((user) => user.services);
  if (places.length > 0)
    add(wording('hover.env-used', { places: listOf(places.slice(0, mostPlaces).map(placeOf)) }));
  if (places.length > mostPlaces) add(wording('hover.env-more', { count: places.length - mostPlaces }));
  if (services.length > 0)
    add(
      wording('hover.env-services', {
        services: listOf([...new Set(services.map(({ service }) => service))]),
      }),
    );
  if (places.length === 0 && services.length === 0) add(wording('hover.env-unused'));
  if (line !== undefined)
    for (const user of users) for (const winner of winnersOver(user, name, file)) add(winner);
  return {
    markdown: [...new Set(lines)].join('\n\n'),
    span: { start: at.start, end: at.end },
  };
}

function placeOf({ file, span }: { file: SourceFile; span: { start: number } }): string {
  return `\`${basename(file.path)}:${file.document.positionAt(span.start).line + 1}\``;
}

/** What counts instead of the value in this file, for interpolation and for each service that is given the file. */
function winnersOver(user: EnvUser, name: string, file: SourceFile): readonly Wording[] {
  const winners: Wording[] = [];
  if (user.interpolates === 'yes') {
    for (const of of user.files) {
      const variable = variablesOfFile(user, of)?.variable(name);
      if (variable === undefined) continue;
      if (variable.from.kind === 'environment') winners.push(wording('hover.env-environment', { name }));
      else if (variable.from.kind === 'compose') winners.push(wording('hover.env-compose', { name }));
      else if (variable.from.path !== file.path)
        winners.push(wording('hover.env-file', { file: originOf(variable) }));
      if (winners.length > 0) break;
    }
  }
  for (const { file: of, service, span } of user.services) {
    for (const root of of.roots) {
      const definition = valueIn(valueIn(root, 'services'), service);
      if (isSetIn(valueIn(definition, 'environment'), name))
        winners.push(wording('hover.env-service', { service }));
      const listed = valueIn(definition, 'env_file');
      const later = listed?.kind === 'seq' ? listed.items.filter((item) => item.span.start > span.end) : [];
      for (const item of later) {
        const path = stringOf(item) ?? stringOf(valueIn(item, 'path'));
        if (path !== undefined) winners.push(wording('hover.env-later', { service, file: path }));
      }
    }
  }
  return winners;
}

function isSetIn(environment: ReturnType<typeof valueIn>, name: string): boolean {
  if (environment?.kind === 'map') return environment.entries.some((entry) => keyText(entry) === name);
  if (environment?.kind !== 'seq') return false;
  return environment.items.some((item) => {
    const text = stringOf(item);
    return text === name || text?.startsWith(`${name}=`) === true;
  });
}
