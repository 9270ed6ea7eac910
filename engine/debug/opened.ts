import type { Debuggee } from './debuggee.ts';
import type { Relay } from './relay.ts';
import type { ReverseRelay } from './reverse-relay.ts';

/** A port on the container's own loopback, and what leads there. */
export interface DebuggerPort {
  readonly port: number;
  readonly relay: Relay;
}

/** A debugger that waits in a container. */
export interface OpenDebugger {
  readonly debuggee: Debuggee;
  /** Where it listens. */
  readonly at?: DebuggerPort;
  /** It calls its client itself, on the container's own loopback: a relay is to listen there. */
  readonly reverse?: { readonly port: number; readonly relay: ReverseRelay };
  /** Its client starts it, and speaks with it through the docker command. */
  readonly pipe?: { readonly container: string; readonly debuggerPath: string };
  /** Ends what was started beside the program; absent: nothing was. */
  readonly close?: () => void;
}
