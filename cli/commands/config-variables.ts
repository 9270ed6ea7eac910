import { printYaml } from '#compose/model/print-yaml.ts';
import type { Node } from '#compose/syntax/node.ts';
import { extractVariables, type TemplateVariable } from '#compose/template/extract.ts';
import { CommandError } from '../frame/command-error.ts';
import { formatTable } from '../frame/table.ts';
import { recordOf } from '#compose/values/record.ts';

/** The variables a model asks for, by name: as a table, or as `json` or `yaml` with Docker Compose's keys. */
export function variables(tree: Node, format: string | undefined): string {
  const found = [...extractVariables(tree).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  switch (format) {
    case undefined:
    case '':
    case 'table':
      return formatTable(
        ['NAME', 'REQUIRED', 'DEFAULT VALUE', 'ALTERNATE VALUE'],
        found.map(({ name, required, defaultValue, presenceValue }) => [
          name,
          String(required),
          defaultValue,
          presenceValue,
        ]),
        { least: 20 },
      );
    case 'json':
      return `${JSON.stringify(recordOf(found.map((each) => [each.name, record(each)])), null, 4)}\n`;
    case 'yaml':
      // Indented as Docker Compose has it here, unlike elsewhere.
      return printYaml(
        new Map(
          found.map((each) => [
            each.name,
            new Map(Object.entries(record(each)).map(([key, value]) => [key.toLowerCase(), value])),
          ]),
        ),
      ).replaceAll(/^ {2}/gm, '    ');
    default:
      throw new CommandError(`format value ${JSON.stringify(format)} could not be parsed`);
  }
}

function record({ name, defaultValue, presenceValue, required }: TemplateVariable) {
  return { Name: name, DefaultValue: defaultValue, PresenceValue: presenceValue, Required: required };
}
