import { posix } from 'node:path';
import type * as vscode from 'vscode';
import { containerGone, type FileHost } from '#engine/files/file-host.ts';
import { EngineError } from '#engine/api/engine-error.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { EngineSession } from '../workspace/engine-session.ts';
import type { Engines } from '../workspace/engines.ts';
import { type FilePlace, fromUri, type PlacedFile } from './file-place.ts';

/** What can be done with a file: on this engine, in this container, at this path of it. */
export type FileWork<T> = (engine: EnginePort, host: FileHost, path: string) => Promise<T>;

/** Finds the container that files are reached through. Rejects with `EngineError`. */
export class FileAccess {
  readonly #engines: Engines;

  constructor(engines: Engines) {
    this.#engines = engines;
  }

  async at<T>(file: vscode.Uri | PlacedFile, work: FileWork<T>, signal: AbortSignal): Promise<T> {
    const { place, path } = 'place' in file ? file : fromUri(file);
    const session = place.kind === 'volume' ? this.#engines.of(place) : this.#engines.holding(place.id);
    const engine = await session.engine(signal);
    if (place.kind === 'container')
      return work(engine, await this.#host(engine, session, place, signal), path);
    const { inVolume } = await import('#engine/files/volume-host.ts');
    return inVolume(
      engine,
      place.name,
      ({ host, root }) => work(engine, host, posix.join(root, path)),
      signal,
    );
  }

  async #host(
    engine: EnginePort,
    session: EngineSession,
    place: FilePlace & { kind: 'container' },
    signal: AbortSignal,
  ): Promise<FileHost> {
    const known = session.snapshot.projects
      .flatMap(({ services }) => services.flatMap(({ containers }) => containers))
      .find(({ id }) => id.startsWith(place.id));
    if (known !== undefined) return { id: known.id, name: known.name, isRunning: known.state === 'running' };
    try {
      const { id, name, state } = await engine.inspectContainer(place.id, signal);
      return { id, name, isRunning: state === 'running' };
    } catch (error) {
      if (error instanceof EngineError && error.kind === 'not-found') throw containerGone(place);
      throw error;
    }
  }
}

export interface FileAccessContext {
  readonly fileAccess: FileAccess;
}
