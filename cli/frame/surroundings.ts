import type { Input } from './io.ts';
import type { Output } from './io.ts';
/** What the command line has of the process it runs in. */
export interface Surroundings {
  readonly input: Input;
  readonly output: Output;
  readonly errors: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Calls back at each Ctrl-C; returns how to stop that. */
  readonly onInterrupt: (handler: () => void) => () => void;
  /** Fires when the terminal is closed; absent where the process ends with it. */
  readonly hangup?: AbortSignal | undefined;
  /** Told of each container of a service that ends while `up` shows it. */
  readonly onContainerExit?: ((service: string, code: number) => void) | undefined;
}
