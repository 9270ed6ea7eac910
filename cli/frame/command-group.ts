import type { Command, CommandContext, Subcommand } from './command.ts';
import { CommandError } from './command-error.ts';
import { commandHelp, groupHelp } from './help.ts';
import { type OptionSpec, parseOptions } from './options.ts';

/** A command whose first argument says which of its subcommands is meant. */
export function commandGroup(
  name: string,
  summary: string,
  subcommands: Readonly<Record<string, Subcommand>>,
): Command {
  const list = Object.keys(subcommands).join(', ');
  const group = {
    name,
    usage: 'COMMAND',
    summary: `${summary}: ${list}`,
    options: [],
    subcommands,
  };
  return {
    ...group,
    passThrough: true,
    async run(context) {
      const [word = '', ...words] = context.arguments;
      if (word === '') {
        context.output.write(groupHelp(group));
        return 0;
      }
      const subcommand = Object.hasOwn(subcommands, word) ? subcommands[word] : undefined;
      if (subcommand === undefined)
        throw new CommandError(`unknown command: "${name} ${word}": there is ${list}`);
      const help: OptionSpec = { name: 'help', short: 'h', type: 'flag', hidden: true, description: '' };
      const dryRun: OptionSpec = {
        name: 'dry-run',
        type: 'flag',
        description: 'Execute command in dry run mode',
      };
      const options = [...subcommand.options, dryRun];
      const { values, rest } = parseOptions(words, [...options, help], { interspersed: true });
      if (values.flag('help')) {
        context.output.write(
          commandHelp({ ...subcommand, name: `${name} ${word}`, options, run: subcommand.run }),
        );
        return 0;
      }
      const { least, most = Number.POSITIVE_INFINITY } = subcommand.arguments;
      if (rest.length < least || rest.length > most)
        throw new CommandError(
          `"${name} ${word}" takes ${least === most ? least : `at least ${least}`} argument(s): ${subcommand.usage}`,
        );
      const given = { ...context, options: values, arguments: rest };
      return subcommand.run(values.flag('dry-run') ? withoutChanges(given) : given);
    },
  };
}

/** The frame knows the option before the command only. */
function withoutChanges(context: CommandContext): CommandContext {
  return {
    ...context,
    global: { ...context.global, dryRun: true },
    engine: async () => {
      const { readOnlyEngine } = await import('#engine/api/read-only-engine.ts');
      return readOnlyEngine(await context.engine());
    },
  };
}
