import { formatMessage, type Message } from '#engine/api/message.ts';
import type { ProgressEvent, Report } from '#engine/observe/progress.ts';
import type { CommandContext } from './command.ts';
import { CommandError } from './command-error.ts';

/**
 * What is being done, line by line on the error output, as Docker Compose writes it: ` Container app-web-1 Started`. Repeated states (the steps of a
 * pull) are written once. `--progress quiet` writes nothing but errors, `json` one object a line.
 */
export function progressReport({ global, errors }: CommandContext): Report {
  const mode = global.progress ?? 'auto';
  if (!['auto', 'tty', 'plain', 'json', 'quiet', 'rawjson'].includes(mode)) {
    throw new CommandError(`unsupported --progress value "${mode}"`);
  }
  const prefix = global.dryRun ? 'DRY-RUN MODE - ' : '';
  const last = new Map<string, string>();
  return (event) => {
    const id = `${kinds[event.kind]} ${event.name}`;
    const detail = isWorthSaying(event) ? (event.detail ?? '') : '';
    const state = `${event.status} ${detail}`;
    if (last.get(id) === state) return;
    last.set(id, state);
    if (mode === 'json')
      errors.write(`${JSON.stringify({ id, text: event.status, details: event.detail })}\n`);
    else if (mode !== 'quiet') errors.write(`${prefix} ${id} ${event.status} ${detail}\n`);
  };
}

/** Docker Compose's form of a warning. */
export function warn({ errors }: Pick<CommandContext, 'errors'>, message: string | Message): void {
  errors.write(`WARN[0000] ${typeof message === 'string' ? message : formatMessage(message)}\n`);
}

const kinds = {
  container: 'Container',
  network: 'Network',
  volume: 'Volume',
  image: 'Image',
  project: 'Project',
  service: 'Service',
  task: 'Task',
  secret: 'Secret',
  config: 'Config',
} as const;

/** Errors are said once, by the command itself; the steps of a pull are too many. */
function isWorthSaying({ status }: ProgressEvent): boolean {
  return status === 'Warning' || status === 'Skipped' || status === 'Error';
}
