import type {
  LogOptions,
  ExecSpec,
  TerminalSize,
  DuplexBytes,
  EventFilter,
  EngineEvent,
} from './engine-objects.ts';

/** Logs, commands in containers, events. See `EnginePort` for what holds of all calls. */
export interface StreamCalls {
  /** Raw bytes of the engine's log stream, pull-based: nothing is read before it is asked for. Ending the iteration destroys the socket. */
  containerLogs(id: string, options: LogOptions, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  createExec(id: string, spec: ExecSpec, signal: AbortSignal): Promise<string>;
  startExec(execId: string, options: { readonly tty: boolean }, signal: AbortSignal): Promise<DuplexBytes>;
  /** Started, and left alone. */
  startDetachedExec(execId: string, options: { readonly tty: boolean }, signal: AbortSignal): Promise<void>;
  resizeExec(execId: string, size: TerminalSize, signal: AbortSignal): Promise<void>;
  /** The exit code once the process has ended. */
  inspectExec(
    execId: string,
    signal: AbortSignal,
  ): Promise<{ readonly running: boolean; readonly exitCode: number | null }>;
  /** One subscription. Ends (or rejects) when the engine goes away; reconnecting is the caller's work. */
  events(filter: EventFilter, signal: AbortSignal): Promise<AsyncIterable<EngineEvent>>;
}
