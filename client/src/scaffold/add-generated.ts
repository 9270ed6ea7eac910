import { printYaml, type YamlValue } from '#compose/model/print-yaml.ts';
import { addEntries, type Insertion, namesIn } from './add-entries.ts';
import { freeName } from './add-service.ts';

const sections = ['services', 'networks', 'volumes', 'secrets'] as const;

/**
 * How a compose file takes up another one's services, networks, volumes and secrets, in ascending order of offsets. A service whose name is taken gets
 * another; what else is declared stays as it is. `undefined`: the file is written in a way that has to be changed by hand.
 */
export function addGenerated(
  text: string,
  file: ReadonlyMap<string, YamlValue>,
): readonly Insertion[] | undefined {
  return addEntries(
    text,
    sections.map((section) => {
      const entries = file.get(section);
      const known = namesIn(text, section);
      const all = entries instanceof Map ? [...(entries as ReadonlyMap<string, YamlValue>)] : [];
      const added =
        section === 'services'
          ? all.map(([name, value]) => [freeName(text, name), value] as const)
          : all.filter(([name]) => !known.has(name));
      return {
        section,
        blocks: added.map((entry) =>
          printYaml(new Map([entry]))
            .trimEnd()
            .split('\n'),
        ),
      };
    }),
  );
}
