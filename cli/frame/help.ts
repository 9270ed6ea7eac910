import type { Command } from './command.ts';
import type { OptionSpec } from './options.ts';

const width = 80;

export function commandHelp({ name, usage, summary, options }: Command): string {
  return `Usage:  docker compose ${name} ${usage}\n\n${summary}\n\nOptions:\n${formatOptions(options)}`;
}

/** Of a command that has others below it. */
export function groupHelp({
  name,
  summary,
  subcommands = {},
}: Pick<Command, 'name' | 'summary' | 'subcommands'>): string {
  const longest = Math.max(...Object.keys(subcommands).map((word) => word.length));
  const lines = Object.entries(subcommands).map(
    ([word, each]) => `  ${word.padEnd(longest)}  ${each.summary}\n`,
  );
  return `Usage:  docker compose ${name} COMMAND\n\n${summary}\n\nCommands:\n${lines.join('')}`;
}

/** `summaries`: the commands, by name. */
export function globalHelp(
  options: readonly OptionSpec[],
  summaries: readonly (readonly [name: string, summary: string])[],
): string {
  const longest = Math.max(...summaries.map(([name]) => name.length));
  const commands = summaries.map(([name, summary]) => `  ${name.padEnd(longest)}  ${summary}\n`).join('');
  return (
    `Usage:  docker compose [OPTIONS] COMMAND\n\nDefine and run multi-container applications with Docker\n\n` +
    `Options:\n${formatOptions(options)}\nCommands:\n${commands}\n` +
    `Run 'docker compose COMMAND --help' for more information on a command.\n`
  );
}

const valueNames = { flag: '', text: 'string', list: 'stringArray', number: 'int' } as const;

function formatOptions(options: readonly OptionSpec[]): string {
  const rows = options
    .filter(({ hidden, refused }) => hidden !== true && refused === undefined)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((option) => {
      const short = option.short === undefined ? '    ' : `-${option.short}, `;
      const value = option.value ?? valueNames[option.type];
      return {
        left: `  ${short}--${option.name}${value === '' ? '' : ` ${value}`}`,
        right: `${option.description}${defaultOf(option)}`,
      };
    });
  const column = Math.max(0, ...rows.map(({ left }) => left.length)) + 3;
  return rows
    .map(({ left, right }) => {
      const [first = '', ...more] = wrap(right, Math.max(20, width - column));
      return `${[left.padEnd(column) + first, ...more.map((line) => ' '.repeat(column) + line)].join('\n')}\n`;
    })
    .join('');
}

function defaultOf(option: OptionSpec): string {
  if (option.default === undefined || option.default === 'false') return '';
  return option.type === 'text'
    ? ` (default ${JSON.stringify(option.default)})`
    : ` (default ${option.default})`;
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
