import { LineAssembler } from '../lines.ts';
import { decodeStatus, type Vertex } from './buildkit-status.ts';
import { buildFailure } from './failure.ts';

/** What a build shows, and how far it is. */
export interface BuildLine {
  readonly text: string;
  /** The step it begins: `[2/3] RUN make`. */
  readonly step?: string;
}

/**
 * Makes lines of what the engine answers to a build, whichever builder it has: the classic one's text as it is, BuildKit's status as `docker build
 * --progress plain` prints it (`#4 [2/3] RUN make`, `#4 0.3 …` without the time).
 */
export class BuildOutput {
  readonly #steps = new Map<
    string,
    { readonly number: number; readonly lines: LineAssembler; told: string }
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
    const { vertexes, logs, warnings } = decodeStatus(message);
    for (const vertex of vertexes) this.#readVertex(vertex, lines);
    for (const { vertex, data } of logs) {
      const step = this.#steps.get(vertex);
      step?.lines.push(data, (text) => lines.push({ text: `#${step.number} ${text}` }));
    }
    for (const warning of warnings) if (warning !== '') lines.push({ text: `WARN: ${warning}` });
    return lines;
  }

  #readVertex({ digest, name, cached, started, completed, error }: Vertex, lines: BuildLine[]): void {
    if (!started && !cached) return;
    let step = this.#steps.get(digest);
    if (step === undefined) {
      step = { number: this.#steps.size + 1, lines: new LineAssembler(), told: '' };
      this.#steps.set(digest, step);
      lines.push({ text: `#${step.number} ${name}`, step: name });
    }
    const state = error !== '' ? `ERROR: ${error}` : cached ? 'CACHED' : completed ? 'DONE' : '';
    if (state === '' || state === step.told) return;
    step.told = state;
    const rest = step.lines.flush();
    if (rest !== undefined) lines.push({ text: `#${step.number} ${rest}` });
    lines.push({ text: `#${step.number} ${state}` });
  }
}

function classicLine(text: string): BuildLine {
  const step = /^Step (\d+)\/(\d+) : (.*)$/.exec(text);
  return step === null ? { text } : { text, step: `[${step[1]}/${step[2]}] ${step[3]}` };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
