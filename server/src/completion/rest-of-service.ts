import { nodeAtPath } from '#compose/syntax/at.ts';
import type { CursorContext } from '#compose/syntax/cursor-context.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import { splitReference } from '#compose/values/image-reference.ts';
import type { Path } from '#compose/values/path.ts';
import { wording } from '../words/words.ts';
import type { SourceFile } from '../workspace/files.ts';
import { imageFacts } from './image-facts.ts';
import { serviceFor, shown } from './snippets.ts';
import type { Suggestion } from './suggestion.ts';

/** Variables of an image that are written at once. */
const mostVariables = 3;

/** In a service whose image is known: all that such a service mostly has beside what is there, as one suggestion. */
export function restOfService(file: SourceFile, path: Path, cursor: CursorContext): Suggestion[] {
  if (path.length !== 2 || path[0] !== 'services') return [];
  if (!cursor.fits.key || cursor.flow || cursor.colonFollows || cursor.quote !== '') return [];
  const service = file.roots.map((root) => nodeAtPath(root, cursor.path)).find(Boolean);
  const image = stringOf(valueIn(service, 'image'));
  if (image === undefined || service?.kind !== 'map') return [];
  const name = splitReference(image).name.split('/').at(-1) ?? '';
  const present = new Set(service.entries.filter(({ value }) => value.broken !== true).map(keyText));
  const sections = (serviceFor(name) ?? factsOf(image)).filter(({ key }) => !present.has(key));
  if (sections.length < 2) return [];
  const body = sections.flatMap(({ lines }) => lines);
  return [
    {
      label: sections.map(({ key }) => key).join(', '),
      as: { snippet: body },
      kind: 'snippet',
      detail: wording('completion.for-image', { image: name }),
      filter: [name, ...sections.map(({ key }) => key)].join(' '),
      documentation: { yaml: shown(body) },
      rank: 6,
      order: 0,
    },
  ];
}

/** An attribute of a service with its lines, as in a snippet. */
interface Section {
  readonly key: string;
  readonly lines: readonly string[];
}

/** For images that there is no template of. */
function factsOf(image: string): readonly Section[] {
  const facts = imageFacts(image);
  if (facts === undefined) return [];
  const sections: Section[] = [];
  const variables = facts.environment.slice(0, mostVariables);
  if (variables.length > 0)
    sections.push({
      key: 'environment',
      lines: ['environment:', ...variables.map((variable, i) => `  ${variable}: $${i + 1}`)],
    });
  const [port] = facts.ports;
  if (port !== undefined) sections.push({ key: 'ports', lines: ['ports:', `  - "\${8:${port}}:${port}"`] });
  const [test] = facts.healthChecks;
  if (test !== undefined)
    sections.push({
      key: 'healthcheck',
      lines: ['healthcheck:', `  test: ${test.replace(/[\\$}]/g, '\\$&')}`],
    });
  return sections;
}
