import { printYaml, type YamlValue } from '../../model/print-yaml.ts';
import type { Converted, ConvertedService } from './docker-run.ts';

/** A compose file of its own, comments with what was not carried over included. Ends with a line feed. */
export function convertedFile(converted: Converted): string {
  const sections = [
    converted.notes.map((note) => `${comment(note)}\n`).join(''),
    `services:${converted.services.length === 0 ? ' {}' : ''}\n${converted.services.map((service) => indented(serviceLines(service))).join('\n')}`,
    section('networks', networkLines(converted)),
    section('volumes', volumeLines(converted)),
  ];
  return sections.filter((text) => text !== '').join('\n');
}

/** The lines of one service, its name first, not indented. */
export function serviceLines({ name, entries, notes }: ConvertedService): readonly string[] {
  return [...notes.map(comment), ...lines(new Map([[name, entries]]))];
}

/** One entry for each network, without indentation. */
export function networkLines({ networks }: Converted): readonly string[] {
  return [...networks].flatMap(([name, network]) => entryLines(name, network));
}

/** One entry for each volume, without indentation; said once that they are new ones. */
export function volumeLines({ volumes }: Converted): readonly string[] {
  if (volumes.size === 0) return [];
  return [
    '# Compose makes volumes of its own. To go on with one that exists, give it "external: true".',
    ...[...volumes].flatMap(([name, volume]) => entryLines(name, volume)),
  ];
}

function entryLines(name: string, value: YamlValue): readonly string[] {
  return value instanceof Map && value.size === 0 ? [`${key(name)}:`] : lines(new Map([[name, value]]));
}

function key(name: string): string {
  return printYaml(new Map([[name, 0]])).replace(/: 0\n$/, '');
}

function lines(value: YamlValue): readonly string[] {
  return (
    printYaml(value)
      // A variable of the environment is a key without a value.
      .replaceAll(/: null$/gm, ':')
      // YAML 1.1 reads 22:22 as a number in base 60: whoever edits the file had better see quotes.
      .replaceAll(/^( *- )([\d.:-]+:\d[\d-]*(?:\/\w+)?)$/gm, '$1"$2"')
      .trimEnd()
      .split('\n')
  );
}

function section(name: string, content: readonly string[]): string {
  return content.length === 0 ? '' : `${name}:\n${indented(content)}`;
}

function indented(content: readonly string[]): string {
  return content.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('');
}

function comment(note: string): string {
  return `# ${note.replaceAll(/\s*\n\s*/g, ' ')}`;
}
