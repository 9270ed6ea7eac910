import { formatMessage, type Message } from '#engine/api/message.ts';
import type { ProgressEvent, Report } from '#engine/observe/progress.ts';
import type { CommandContext } from './command.ts';

/**
 * What is being done, line by line on the error output, as Docker Compose writes it: ` Container app-web-1 Started`. Repeated states (the steps of a
 * pull) are written once. `--progress quiet` writes nothing but errors, `json` one object a line.
 */
export function progressReport({ global, errors }: CommandContext): Report {
  const mode = global.progress ?? 'auto';
  const prefix = global.dryRun ? 'DRY-RUN MODE - ' : '';
  const last = new Map<string, string>();
  return (event) => {
    const id = `${kinds[event.kind]} ${event.name}`;
    const detail = isWorthSaying(event) ? (event.detail ?? '') : '';
    const state = `${event.status} ${detail}`;
    if (last.get(id) === state) return;
    last.set(id, state);
    if (mode === 'json') errors.write(jsonLine(event, id, detail, global.dryRun));
    else if (mode !== 'quiet') errors.write(`${prefix} ${id} ${wordsOf(event, detail)}\n`);
  };
}

/** A warning, and what a provider says of itself, is its own text. */
function wordsOf(event: ProgressEvent, detail: string): string {
  const isText = event.status === 'Warning' || isOfProvider(event);
  return isText && detail !== '' ? detail : `${event.status} ${detail}`;
}

function isOfProvider({ kind, status }: ProgressEvent): boolean {
  return kind === 'service' && status !== 'Error';
}

/** The keys of Docker Compose 2.40: what happens to an object is its `status`; where that is a pull or a push, it is the `text`, and the details are. */
function jsonLine({ kind, status }: ProgressEvent, id: string, detail: string, dryRun: boolean): string {
  const isTransfer = kind === 'image' && status !== 'Building' && status !== 'Built';
  const words = isTransfer
    ? { text: status, ...(detail !== '' && { status: detail }) }
    : { status: detail === '' ? status : detail };
  return `${JSON.stringify({ ...(dryRun && { 'dry-run': true }), id, ...words })}\n`;
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
function isWorthSaying(event: ProgressEvent): boolean {
  const { status } = event;
  return status === 'Warning' || status === 'Skipped' || status === 'Error' || isOfProvider(event);
}
