import { listObjects } from '#engine/observe/runtime-project.ts';
import type { Command } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { badArgument } from '../frame/options.ts';
import { formatIn } from '../frame/session.ts';
import { goJson } from '../frame/go-json.ts';
import { formatTable } from '../frame/table.ts';

export const ls: Command = {
  name: 'ls',
  usage: '[OPTIONS]',
  summary: 'List running compose projects',
  arguments: { most: 0 },
  options: [
    { name: 'all', short: 'a', type: 'flag', description: 'Show all stopped Compose projects' },
    {
      name: 'filter',
      type: 'list',
      value: 'filter',
      description: 'Filter output based on conditions provided',
    },
    {
      name: 'format',
      type: 'text',
      default: 'table',
      description: 'Format the output. Values: [table | json]',
    },
    { name: 'quiet', short: 'q', type: 'flag', description: 'Only display project names' },
  ],

  async run({ options, output, engine, signal }) {
    const format = formatIn(options, ['table', 'pretty', 'json']);
    const isWanted = nameFilter(options.list('filter'));
    const { containers } = await listObjects(await engine(), 'all', false, signal);
    const projects = new Map<string, { readonly states: Map<string, number>; readonly files: Set<string> }>();
    for (const { labels, state } of containers) {
      const name = labels['com.docker.compose.project'] ?? '';
      // Without `--all` Docker Compose does not see what is stopped, also in a project that runs otherwise.
      if (!isWanted(name) || (state !== 'running' && !options.flag('all'))) continue;
      const project = projects.get(name) ?? { states: new Map(), files: new Set() };
      projects.set(name, project);
      project.states.set(state, (project.states.get(state) ?? 0) + 1);
      for (const file of labels['com.docker.compose.project.config_files']?.split(',') ?? [])
        project.files.add(file);
    }
    const rows = [...projects]
      .map(([Name, { states, files }]) => ({
        Name,
        Status: [...states]
          .map(([state, count]) => `${state}(${count})`)
          .sort()
          .join(', '),
        ConfigFiles: [...files].join(','),
      }))
      .sort((a, b) => (a.Name < b.Name ? -1 : 1));
    if (options.flag('quiet')) output.write(rows.map(({ Name }) => `${Name}\n`).join(''));
    else if (format === 'json') output.write(`${goJson(rows)}\n`);
    else
      output.write(
        formatTable(
          ['NAME', 'STATUS', 'CONFIG FILES'],
          rows.map(({ Name, Status, ConfigFiles }) => [Name, Status, ConfigFiles || 'N/A']),
          { least: 20 },
        ),
      );
    return 0;
  },
};

/** `--filter name=…`, a part of the name or a regular expression. */
function nameFilter(filters: readonly string[]): (name: string) => boolean {
  const patterns = filters.map((filter) => {
    const equals = filter.indexOf('=');
    if (equals < 0)
      throw badArgument({ name: 'filter' }, filter, 'bad format of filter (expected name=value)');
    const key = filter.slice(0, equals).trim().toLowerCase();
    if (key !== 'name') throw new CommandError(`invalid filter '${key}'`);
    return filter.slice(equals + 1);
  });
  return (name) =>
    patterns.length === 0 || patterns.some((pattern) => name === pattern || matches(pattern, name));
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return false;
  }
}
