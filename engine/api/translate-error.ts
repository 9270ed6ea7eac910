import { EngineError, type EngineErrorKind } from './engine-error.ts';
import { join, type Message, type MessageValue, say } from './message.ts';
import { classifyPullFailure, pullFailureAdvice, pullFailureWords } from './pull-failure.ts';
import { HttpError } from './transport/transport.ts';

/** What was being done when it failed; `subject` is the object it was done to. */
export interface ErrorContext {
  /** For people: `unix:///var/run/docker.sock (context "default")`. */
  readonly endpoint: string;
  readonly subject?: string;
}

/**
 * The one place where status codes, the engine's sentences and socket errors become an `EngineError`. The message says what happened and,
 * where there is one, what to do; credentials in addresses are masked.
 */
export function translateError(error: unknown, context: ErrorContext, signal?: AbortSignal): EngineError {
  if (error instanceof EngineError) return error;
  if (signal?.aborted === true || isAbort(error))
    return signal?.reason instanceof EngineError
      ? signal.reason
      : new EngineError('cancelled', say`Canceled.`, { cause: error });
  if (error instanceof HttpError) return fromStatus(error, context);
  return fromSocket(error, context);
}

/** What the engine says inside a stream that began well: a pull, a push, a build. */
export function translateMessage(message: string, context: ErrorContext): EngineError {
  return fromStatus(new HttpError(500, message), context);
}

/** Masks `user:password@` in addresses. */
export function redact(text: string): string {
  return text.replace(/(\w:\/\/)[^/@\s]+@/g, '$1***@');
}

interface Rule {
  readonly pattern: RegExp;
  readonly status?: number;
  readonly kind: EngineErrorKind;
  /** What to do, after the engine's own words. */
  readonly advice?: Message;
  /** A whole message in place of the engine's, and the subject. */
  readonly describe?: (match: RegExpMatchArray, message: string) => Description;
}

interface Description {
  readonly message: MessageValue;
  readonly subject?: string;
}

/** The first that matches. The engine's status alone says little: most of these come as 500. */
const rules: readonly Rule[] = [
  {
    // A swarm that begins: its manager's own port, which is published by nobody.
    pattern: /failed to listen on remote API address.*?:(\d+): bind: address already in use/,
    kind: 'port-in-use',
    describe: ([, port = '2377'], message) => ({
      message: say`A manager of a swarm listens on port ${port}/tcp, which is already in use on the host, perhaps by another engine's swarm. Stop what uses it, or let this one listen elsewhere: swarm init --listen-addr 0.0.0.0:PORT. (${message})`,
      subject: `${port}/tcp`,
    }),
  },
  {
    pattern:
      /(?:(?:port is already allocated|address already in use|[Pp]orts are not available|Only one usage of each socket address))/,
    kind: 'port-in-use',
    describe: (_match, message) => describePort(message),
  },
  {
    pattern: /bind: permission denied|cannot expose privileged port (\d+)/,
    kind: 'invalid',
    advice: say`A rootless engine may not publish ports below 1024: publish a higher one.`,
  },
  { pattern: /[Nn]o such image: (\S+)/, kind: 'image-missing', advice: say`Pull or build the image.` },
  {
    pattern:
      /has active endpoints|volume is in use|is being used by|must be forced|image has dependent child images|conflict: unable to (?:remove|delete)/,
    kind: 'in-use',
  },
  {
    pattern: /name "?\/?(\S+?)"? is already in use by container|with name (\S+) already exists/,
    kind: 'conflict',
  },
  { pattern: /client version \S+ is too (?:new|old)/, kind: 'unsupported' },
  {
    pattern: /no space left on device/,
    kind: 'engine',
    advice: say`Free up disk space on the engine with "docker system prune".`,
  },
];

const kindOfStatus: Readonly<Record<number, EngineErrorKind>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'not-found',
  405: 'unsupported',
  406: 'invalid',
  409: 'conflict',
  501: 'unsupported',
  502: 'unreachable',
  504: 'unreachable',
};

function fromStatus(error: HttpError, context: ErrorContext): EngineError {
  const text = redact(error.message.trim());
  for (const rule of rules) {
    const match = text.match(rule.pattern);
    if (match === null) continue;
    const described = rule.describe?.(match, text);
    const subject =
      described?.subject ?? match.slice(1).find((group) => group !== undefined) ?? context.subject;
    return new EngineError(rule.kind, asMessage(described?.message ?? sentence(text, rule.advice)), {
      ...(subject === undefined ? {} : { subject }),
      cause: error,
    });
  }
  const pull = classifyPullFailure(text);
  if (pull !== undefined) return pullError(pull, text, error, context);
  const kind = kindOfStatus[error.status] ?? 'engine';
  const said = text === '' ? say`The engine answered with HTTP status ${error.status}.` : sentence(text);
  return new EngineError(
    kind,
    kind === 'unreachable'
      ? say`The program at ${context.endpoint} is not a working Docker Engine: ${said}`
      : asMessage(said),
    { ...(context.subject === undefined ? {} : { subject: context.subject }), cause: error },
  );
}

/** In our words, with the registry's after them. */
function pullError(
  { failure, image }: NonNullable<ReturnType<typeof classifyPullFailure>>,
  text: string,
  cause: HttpError,
  context: ErrorContext,
): EngineError {
  // The registry leaves the tag out where it names the image.
  const subject = image !== undefined && context.subject?.includes(image) !== true ? image : context.subject;
  if (subject === undefined)
    return new EngineError('pull-denied', asMessage(sentence(text, pullFailureAdvice(failure))), {
      pull: failure,
      cause,
    });
  const { what, advice } = pullFailureWords(failure, subject);
  return new EngineError('pull-denied', join(join(what, advice), `(${text})`), {
    subject,
    pull: failure,
    cause,
  });
}

function describePort(message: string): Description {
  const match =
    message.match(/(?:tcp|udp|sctp)[46]? (\S*?):(\d+):? bind/) ??
    message.match(/Bind for (\S*?):(\d+) failed/) ??
    message.match(/host port (?:for )?(\S*?):(\d+)[:/]/) ??
    message.match(/exposing port \w+ (\S*?):(\d+)/);
  const protocol = message.match(/\b(tcp|udp|sctp)[46]?\b/i)?.[1]?.toLowerCase() ?? 'tcp';
  const port = match?.[2];
  if (port === undefined)
    return {
      message: join(sentence(message), say`Stop the program that uses the port, or publish another port.`),
    };
  const address = match?.[1];
  const isEverywhere = address === undefined || /^(?:0\.0\.0\.0|\[?::\]?)?$/.test(address);
  const subject = `${port}/${protocol}`;
  return {
    message: isEverywhere
      ? say`Port ${subject} is already in use on the host. Stop what uses it, or publish another port. (${message})`
      : say`Port ${subject} of ${address} is already in use on the host. Stop what uses it, or publish another port. (${message})`,
    subject,
  };
}

const cut = (at: string) =>
  say`The connection to ${at} was lost. The engine may be stopping. Check that it is running, then try again.`;
const notReached = (at: string) => say`${at} cannot be reached from here. Check the network.`;

/** By the code of Node's error, for an endpoint. */
const socketMessages: Readonly<Record<string, (at: string) => Message>> = {
  ENOENT: (at) =>
    say`There is no Docker Engine at ${at}: the socket does not exist. Start Docker, or choose another context.`,
  ECONNREFUSED: (at) => say`Nothing is responding at ${at}. Start Docker, or choose another context.`,
  EACCES: (at) =>
    say`Permission to access ${at} is denied. Add your user to the "docker" group and sign in again, or use a rootless engine.`,
  EPERM: (at) => say`Permission to access ${at} is denied.`,
  ENOTFOUND: (at) => say`The host of ${at} is unknown. Check its name.`,
  EAI_AGAIN: (at) => say`The host of ${at} cannot be resolved right now. Check the network.`,
  ETIMEDOUT: (at) => say`${at} is not responding. Check the network, the address, and firewalls.`,
  EHOSTUNREACH: notReached,
  ENETUNREACH: notReached,
  ECONNRESET: cut,
  EPIPE: cut,
};

function fromSocket(error: unknown, context: ErrorContext): EngineError {
  const code = codeOf(error);
  const words = redact(error instanceof Error ? error.message : String(error));
  const known = code === undefined ? undefined : socketMessages[code];
  if (known !== undefined) return new EngineError('unreachable', known(context.endpoint), { cause: error });
  if (code === 'ESSH')
    return new EngineError(
      'unreachable',
      say`ssh could not connect to ${context.endpoint}: ${sentence(words)}`,
      {
        cause: error,
      },
    );
  if (code !== undefined && /CERT|TLS|SSL|SELF_SIGNED|ISSUER|ALTNAME/.test(code))
    return new EngineError(
      'unreachable',
      say`The certificates for ${context.endpoint} do not match: ${sentence(words)} Check the context's certificates, or DOCKER_CERT_PATH.`,
      { cause: error },
    );
  if (code?.startsWith('HPE_') === true)
    return new EngineError(
      'unreachable',
      say`The program at ${context.endpoint} does not respond with HTTP (is TLS required?): ${sentence(words)}`,
      { cause: error },
    );
  return new EngineError(
    'unreachable',
    say`The connection to ${context.endpoint} failed: ${sentence(words)}`,
    {
      cause: error,
    },
  );
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || codeOf(error) === 'ABORT_ERR');
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Somebody else's words as a sentence, with our advice after it. */
function sentence(text: string, advice?: Message): MessageValue {
  const whole = /[.!?)]$/.test(text) ? text : `${text}.`;
  return advice === undefined ? whole : join(whole, advice);
}

function asMessage(value: MessageValue): string | Message {
  return typeof value === 'number' ? String(value) : value;
}
