import { includedNames } from '#compose/load/included-names.ts';
import { remoteAddress } from '#compose/load/remote-address.ts';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Node } from '#compose/syntax/node.ts';
import { parse } from '#compose/syntax/parse.ts';
import { extractVariables } from '#compose/template/extract.ts';
import type { CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { formatTable } from '../frame/table.ts';

/**
 * What Docker Compose asks before it runs a project whose first file is remote: whether remote includes are wanted, then whether the variables have the
 * values that are wanted. A line of the input answers, a terminal's or not, and no answer is a no but for the variables on a terminal; `assumeYes` asks
 * nothing. Rejects with `CommandError`.
 */
export async function confirmRemoteStack(
  context: CommandContext,
  loaded: LoadedProject,
  assumeYes: boolean,
): Promise<void> {
  const { global, output } = context;
  const [first] = global.files;
  if (first === undefined || remoteAddress(first) === undefined) return;
  const roots = [...(loaded.trace?.texts ?? [])]
    .filter(([uri]) => /\.ya?ml$/.test(uri))
    .flatMap(([uri, text]) => parse(uri, text).documents.flatMap(({ root }) => root ?? []));
  if (!assumeYes && roots.flatMap(includedNames).some((name) => remoteAddress(name) !== undefined)) {
    const remote = global.files.filter((file) => remoteAddress(file) !== undefined);
    output.write(
      `\nWarning: This Compose project includes files from remote sources:\n${remote.map((file) => `  - ${file}\n`).join('')}` +
        '\nRemote includes could potentially be malicious. Make sure you trust the source.\n',
    );
    await ask(context, 'Do you want to continue? [y/N]: ', false);
  }
  if (global.progress !== 'quiet' && global.progress !== 'json')
    output.write(`Your compose stack "${first}" is stored in "${loaded.workingDirectory}"\n`);
  const table = assumeYes ? undefined : variablesIn(roots, context);
  if (table === undefined) return;
  output.write(`\nFound the following variables in configuration:\n${table}`);
  await ask(context, '\nDo you want to proceed with these variables? [Y/n]: ', true);
}

function variablesIn(roots: readonly Node[], { environment }: CommandContext): string | undefined {
  const found = new Map(roots.flatMap((root) => [...extractVariables(root)]));
  if (found.size === 0) return undefined;
  const rows = [...found.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, required, defaultValue }) => {
      const set = environment[name];
      const [value, source] =
        set !== undefined
          ? [set, 'environment']
          : defaultValue === ''
            ? ['<unset>', 'none']
            : [defaultValue, 'compose file'];
      return [name, value, source, required ? 'yes' : 'no', defaultValue];
    });
  return formatTable(['VARIABLE', 'VALUE', 'SOURCE', 'REQUIRED', 'DEFAULT'], rows, { least: 0 });
}

/** Without a terminal an empty answer is a no, whatever the question proposes: so Docker Compose has it. */
async function ask({ input, output }: CommandContext, question: string, proposed: boolean): Promise<void> {
  output.write(question);
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of input.read()) {
    text += decoder.decode(chunk, { stream: true });
    if (text.includes('\n')) break;
  }
  const answer = (text.split('\n')[0] ?? '').trim();
  const yes = answer === '' ? proposed && input.isTerminal : /^(?:1|t|true|y|yes)$/i.test(answer);
  if (!yes) throw new CommandError('operation cancelled by user');
}
