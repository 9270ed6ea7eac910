import { LineAssembler } from '../api/lines.ts';
import { decimalSize } from '../project/format-size.ts';
import { decodeStatus, type Task, type Vertex } from './buildkit/solve-status.ts';
import { buildFailure } from '../api/buildkit/build-failure.ts';

/** What a build shows, and how far it is. */
export interface BuildLine {
  readonly text: string;
  /** The step it begins: `[2/3] RUN make`. */
  readonly step?: string;
}

/**
 * Makes lines of what the engine answers to a build, whichever builder it has: the classic one's text as it is, BuildKit's status as `docker build
 * --progress plain` prints it (`#4 [2/3] RUN make`, `#4 0.3 …` without the time, `#5 naming to … done`).
 */
export class BuildOutput {
  readonly #steps = new Map<
    string,
    { readonly number: number; readonly lines: LineAssembler; readonly done: Set<string>; told: string }
  >();
  readonly #stream = new LineAssembler();

  /** The lines in one message. Throws `EngineError` when it says that the build has failed. */
  read(message: unknown): BuildLine[] {
    const lines: BuildLine[] = [];
    if (!isRecord(message)) return lines;
    const detail = isRecord(message.errorDetail) ? message.errorDetail.message : undefined;
    const error = typeof detail === 'string' ? detail : message.error;
    if (typeof error === 'string' && error !== '') throw buildFailure(error.trim());
    if (typeof message.stream === 'string')
      this.#stream.push(Buffer.from(message.stream), (text) => lines.push(classicLine(text)));
    if (message.id === 'moby.buildkit.trace' && typeof message.aux === 'string')
      lines.push(...this.readStatus(Buffer.from(message.aux, 'base64')));
    else if (typeof message.status === 'string') {
      const id = typeof message.id === 'string' ? `${message.id}: ` : '';
      // The bars of a pull would be a line each.
      if (!/^(?:Downloading|Extracting)$/.test(message.status))
        lines.push({ text: `${id}${message.status}` });
    }
    return lines;
  }

  /** The lines in one `moby.buildkit.v1.StatusResponse`. */
  readStatus(message: Uint8Array): BuildLine[] {
    const lines: BuildLine[] = [];
    const { vertexes, tasks, logs, warnings } = decodeStatus(message);
    for (const vertex of vertexes) this.#begin(vertex, lines);
    for (const task of tasks) this.#readTask(task, lines);
    for (const { vertex, data } of logs) {
      const step = this.#steps.get(vertex);
      step?.lines.push(data, (text) => lines.push({ text: `#${step.number} ${text}` }));
    }
    for (const vertex of vertexes) this.#end(vertex, lines);
    for (const warning of warnings) if (warning !== '') lines.push({ text: `WARN: ${warning}` });
    return lines;
  }

  #begin({ digest, name, cached, started }: Vertex, lines: BuildLine[]): void {
    if ((!started && !cached) || this.#steps.has(digest)) return;
    const number = this.#steps.size + 1;
    this.#steps.set(digest, { number, lines: new LineAssembler(), done: new Set(), told: '' });
    lines.push({ text: `#${number} ${name}`, step: name });
  }

  /** Of what a step does only what is done is shown: how far it is would be a line each time. */
  #readTask({ vertex, name, current, completed, seconds }: Task, lines: BuildLine[]): void {
    const step = this.#steps.get(vertex);
    if (step === undefined || !completed || step.done.has(name)) return;
    step.done.add(name);
    const [size, time] = [current > 0 ? ` ${decimalSize(current)}` : '', duration(seconds)];
    lines.push({ text: `#${step.number} ${name}${size}${time === '0.0s' ? '' : ` ${time}`} done` });
  }

  #end({ digest, cached, completed, error, seconds }: Vertex, lines: BuildLine[]): void {
    const step = this.#steps.get(digest);
    const state =
      error !== '' ? `ERROR: ${error}` : cached ? 'CACHED' : completed ? `DONE ${duration(seconds)}` : '';
    if (step === undefined || state === '' || state === step.told) return;
    step.told = state;
    const rest = step.lines.flush();
    if (rest !== undefined) lines.push({ text: `#${step.number} ${rest}` });
    lines.push({ text: `#${step.number} ${state}` });
  }
}

function duration(seconds: number): string {
  return `${seconds.toFixed(1)}s`;
}

function classicLine(text: string): BuildLine {
  const step = /^Step (\d+)\/(\d+) : (.*)$/.exec(text);
  return step === null ? { text } : { text, step: `[${step[1]}/${step[2]}] ${step[3]}` };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
