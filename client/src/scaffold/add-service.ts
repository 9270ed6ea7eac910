import { addEntries, type Insertion, namesIn } from './add-entries.ts';
import type { ServiceTemplate } from './service-templates.ts';

/** What has to be put where; in ascending order of offsets. `undefined`: the file is written in a way that has to be changed by hand. */
export function addService(
  text: string,
  name: string,
  template: ServiceTemplate,
): readonly Insertion[] | undefined {
  const body = template.body.replaceAll('NAME', name).split('\n');
  const there = namesIn(text, 'volumes');
  const volumes = template.volumes
    .map((volume) => volume.replaceAll('NAME', name))
    .filter((volume) => !there.has(volume));
  return addEntries(text, [
    { section: 'services', blocks: [[`${name}:`, ...body.map((line) => `  ${line}`)]] },
    { section: 'volumes', blocks: volumes.map((volume) => [`${volume}:`]) },
  ]);
}

/** A name that is not taken: `database`, `database2`. */
export function freeName(text: string, wanted: string): string {
  const there = namesIn(text, 'services');
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}${count}`;
    if (!there.has(name)) return name;
  }
}
