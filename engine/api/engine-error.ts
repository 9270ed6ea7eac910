import type { PullFailure } from './pull-failure.ts';
import { formatMessage, type Message, type MessageValue } from './message.ts';

export type EngineErrorKind =
  | 'unreachable'
  | 'unauthorized'
  | 'not-found'
  | 'conflict'
  | 'port-in-use'
  | 'pull-denied'
  | 'image-missing'
  | 'unhealthy'
  | 'dependency-failed'
  | 'invalid'
  | 'unsupported'
  | 'in-use'
  | 'cancelled'
  | 'engine';

/** The only thing that crosses the engine's boundary as an exception. `message` says what, where and what to do; it holds no secrets. */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  /** The object it is about, for actions: a container, image, network, port (`8080/tcp`). */
  readonly subject: string | undefined;
  /** Of kind `pull-denied`: why. */
  readonly pull: PullFailure | undefined;
  /** Of kind `unsupported`: the capability that the container lacks, as `cap_add` names it. */
  readonly capability: string | undefined;
  /** `message`, to be said in another language; `undefined` where it is somebody else's words. */
  readonly said: Message | undefined;

  constructor(
    kind: EngineErrorKind,
    message: string | Message,
    options: {
      readonly subject?: string;
      readonly pull?: PullFailure;
      readonly capability?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(typeof message === 'string' ? message : formatMessage(message), { cause: options.cause });
    this.name = 'EngineError';
    this.kind = kind;
    this.subject = options.subject;
    this.pull = options.pull;
    this.capability = options.capability;
    this.said = typeof message === 'string' ? undefined : message;
  }

  /** Whether it tells this name: as one of its values, or in somebody else's words. */
  mentions(name: string): boolean {
    return this.said === undefined ? this.message.includes(name) : holds(this.said, name);
  }
}

function holds(value: MessageValue, name: string): boolean {
  return typeof value === 'object'
    ? value.values.some((each) => holds(each, name))
    : String(value).includes(name);
}
