import { EngineError } from '../api/engine-error.ts';
import { LineAssembler } from '../api/lines.ts';
import { type ModelRunner, tagsIn } from './model-runner.ts';

/** Where Docker Model Runner listens beside a Docker Engine. */
const usual = 'http://localhost:12434';
/** What containers call the host that is `localhost` here. */
const fromContainers = 'host.docker.internal';
/** In ms: a runner that does not answer by then is none. */
const patience = 2000;

/** Docker Model Runner by its HTTP API, at `host` (`MODEL_RUNNER_HOST`) or where it usually is; `undefined`: nothing answers there. */
export async function answeringApi(
  host: string | undefined,
  signal: AbortSignal,
): Promise<ModelRunner | undefined> {
  const isGiven = host !== undefined && host !== '';
  const base = (isGiven ? host : usual).replace(/\/+$/, '');
  try {
    const answer = await fetch(`${base}/models`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    await answer.body?.cancel();
    if (!answer.ok) return undefined;
  } catch {
    return undefined;
  }
  return modelApi(base, isGiven ? base : base.replace('localhost', fromContainers));
}

function modelApi(base: string, reached: string): ModelRunner {
  const call = async (path: string, body: object | undefined, signal: AbortSignal) => {
    const answer = await fetch(base + path, {
      signal,
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (!answer.ok) throw new EngineError('engine', `${path}: ${(await answer.text()).trim()}`);
    return answer;
  };
  return {
    async list(signal) {
      return tagsIn(await (await call('/models', undefined, signal)).json());
    },
    async pull(model, onProgress, signal) {
      const answer = await call('/models/create', { from: model }, signal);
      const lines = new LineAssembler();
      const read = (line: string) => {
        const { type, message } = progressOf(line);
        if (type === 'error') throw new EngineError('engine', message, { subject: model });
        if (message !== '') onProgress(message);
      };
      for await (const part of answer.body ?? []) lines.push(Buffer.from(part), read);
      const rest = lines.flush();
      if (rest !== undefined) read(rest);
    },
    async configure(model, { contextSize, runtimeFlags }, signal) {
      await call(
        '/engines/_configure',
        {
          model,
          ...(contextSize === undefined || contextSize <= 0 ? {} : { 'context-size': contextSize }),
          ...(runtimeFlags.length === 0 ? {} : { 'runtime-flags': runtimeFlags }),
        },
        signal,
      );
    },
    endpoint: async () => `${reached}/v1/`,
  };
}

function progressOf(line: string): { readonly type: string; readonly message: string } {
  try {
    const { type = '', message = '' } = JSON.parse(line) as { type?: unknown; message?: unknown };
    return { type: String(type), message: String(message) };
  } catch {
    return { type: '', message: line.trim() };
  }
}
