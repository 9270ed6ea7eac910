import {
  comment,
  networkLines,
  serviceLines,
  volumeLines,
} from '#compose/convert/docker-run/converted-text.ts';
import type { Converted } from '#compose/convert/docker-run/docker-run.ts';
import { addEntries, type Insertion, namesIn } from '../scaffold/add-entries.ts';
import { freeName } from '../scaffold/add-service.ts';
import type { Catalogue } from '#compose/problem/phrase.ts';

/**
 * How a compose file takes up what commands were converted to, in ascending order of offsets. A service whose name is taken gets another; networks and
 * volumes that are declared stay as they are. `undefined`: the file is written in a way that has to be changed by hand.
 */
export function insertConverted(
  text: string,
  converted: Converted,
  phrases?: Catalogue,
): readonly Insertion[] | undefined {
  const networks = without(converted.networks, namesIn(text, 'networks'));
  const volumes = without(converted.volumes, namesIn(text, 'volumes'));
  const services = converted.services.map((service) => ({ ...service, name: freeName(text, service.name) }));
  const notes = converted.notes.map((note) => comment(note, phrases));
  return addEntries(text, [
    {
      section: 'services',
      blocks: services.map((service, index) => [
        ...(index === 0 ? notes : []),
        ...serviceLines(service, phrases),
      ]),
    },
    { section: 'networks', blocks: block(networkLines({ ...converted, networks })) },
    { section: 'volumes', blocks: block(volumeLines({ ...converted, volumes }, phrases)) },
  ]);
}

function without<Value>(
  all: ReadonlyMap<string, Value>,
  names: ReadonlySet<string>,
): ReadonlyMap<string, Value> {
  return new Map([...all].filter(([name]) => !names.has(name)));
}

function block(lines: readonly string[]): readonly (readonly string[])[] {
  return lines.length === 0 ? [] : [lines];
}
