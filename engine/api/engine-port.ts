import type { EngineInfo } from './engine-objects.ts';
import type { ContainerCalls } from './container-calls.ts';
import type { ImageCalls } from './image-calls.ts';
import type { ResourceCalls } from './resource-calls.ts';
import type { StreamCalls } from './stream-calls.ts';
import type { SwarmCalls } from './swarm-calls.ts';

/**
 * What the rest of the product knows of a Docker Engine: plain data, no dockerode types. Every call takes an `AbortSignal`, rejects only
 * with `EngineError`, and leaves no socket behind when aborted. Field names follow the Engine API; units: bytes, milliseconds unless said.
 */
export interface EnginePort extends ContainerCalls, ResourceCalls, ImageCalls, StreamCalls, SwarmCalls {
  readonly info: EngineInfo;
  ping(signal: AbortSignal): Promise<void>;
  /** Of its processor, as images have it: `amd64`, `arm64`. */
  architecture(signal: AbortSignal): Promise<string>;
  /** Those of the engine itself, `key` or `key=value`. */
  listEngineLabels(signal: AbortSignal): Promise<readonly string[]>;
  /** Closes idle sockets; running calls are aborted. */
  close(): void;
}
