import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { wholeFile } from '#disk/whole-file.ts';
import type { Command } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { findContainer } from '../frame/service-names.ts';

export const exportContainer: Command = {
  name: 'export',
  usage: '[OPTIONS] SERVICE',
  summary: "Export a service container's filesystem as a tar archive",
  arguments: { least: 1 },
  options: [
    {
      name: 'index',
      type: 'number',
      description: 'index of the container if service has multiple replicas.',
    },
    { name: 'output', short: 'o', type: 'text', description: 'Write to a file, instead of STDOUT' },
  ],

  async run(context) {
    const { options, output, errors, global, signal, cwd } = context;
    const [service = ''] = context.arguments;
    const file = options.text('output');
    if (file === undefined && output.isTerminal)
      throw new CommandError('output option is required when exporting to terminal');
    const target = await context.target({ allProfiles: true });
    const engine = await context.engine();
    const index = options.number('index') ?? 0;
    const { id, name } = await findContainer(engine, target.name, service, { index }, signal);
    const line = `${global.dryRun ? 'DRY-RUN MODE - ' : ''} ${name} export ${name} to ${file ?? ''}`;
    errors.write(`${line} Exporting\n`);
    if (!global.dryRun) {
      const archive = await engine.exportContainer(id, signal);
      if (file !== undefined) await save(archive, resolve(cwd, file), signal);
      else
        for await (const chunk of archive) {
          output.write(chunk);
          await output.drained();
        }
    }
    errors.write(`${line} Exported\n`);
    return 0;
  },
};

/** A file of that name is replaced once the archive is whole. */
async function save(archive: AsyncIterable<Uint8Array>, file: string, signal: AbortSignal): Promise<void> {
  try {
    await wholeFile(file, (partial) =>
      pipeline(archive, createWriteStream(partial, { flags: 'wx', mode: 0o600 }), { signal }),
    );
  } catch (error) {
    if (signal.aborted || !(error instanceof Error && 'syscall' in error)) throw error;
    throw new CommandError(`${file} cannot be written: ${error.message}`);
  }
}
