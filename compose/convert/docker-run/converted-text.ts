import { printYaml, type YamlValue } from '../../model/print-yaml.ts';
import type { Converted, ConvertedService } from './docker-run.ts';
import { formatPhrase } from '../../problem/format-phrase.ts';
import { type Catalogue, type Phrase, phrase } from '../../problem/phrase.ts';

/** A compose file of its own, comments with what was not carried over included. Ends with a line feed. */
export function convertedFile(converted: Converted, phrases?: Catalogue): string {
  const sections = [
    converted.notes.map((note) => `${comment(note, phrases)}\n`).join(''),
    `services:${converted.services.length === 0 ? ' {}' : ''}\n${converted.services.map((service) => indented(serviceLines(service, phrases))).join('\n')}`,
    section('networks', networkLines(converted)),
    section('volumes', volumeLines(converted, phrases)),
  ];
  return sections.filter((text) => text !== '').join('\n');
}

/** The lines of one service, its name first, not indented. */
export function serviceLines(
  { name, entries, notes }: ConvertedService,
  phrases?: Catalogue,
): readonly string[] {
  return [...notes.map((note) => comment(note, phrases)), ...lines(new Map([[name, entries]]))];
}

/** One entry for each network, without indentation. */
export function networkLines({ networks }: Converted): readonly string[] {
  return [...networks].flatMap(([name, network]) => entryLines(name, network));
}

/** One entry for each volume, without indentation; said once that they are new ones. */
export function volumeLines({ volumes }: Converted, phrases?: Catalogue): readonly string[] {
  if (volumes.size === 0) return [];
  return [
    comment(phrase('docker-run.new-volumes'), phrases),
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

/** What is said of a conversion, as a line of the file. */
export function comment(note: Phrase, phrases?: Catalogue): string {
  return `# ${formatPhrase(note, phrases).replaceAll(/\s*\n\s*/g, ' ')}`;
}
