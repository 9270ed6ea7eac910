import type { Log } from '../log.ts';
import type { Projects } from './projects.ts';
import type { Workspace } from './workspace.ts';

/** Called once everything is as it is now. May look at what is loaded; asks for nothing that loads more than the open documents need. */
export type Settled = () => void | Promise<void>;

/**
 * After a change, once typing pauses: finds the projects of the open documents anew where an edit may have moved a file into another one, loads what is
 * outdated, and tells those who gave answers from what was loaded before. Whoever loaded it meanwhile, for whatever reason, they are told.
 */
export class Settling {
  readonly #workspace: Workspace;
  readonly #projects: Projects;
  readonly #log: Log;
  readonly #listeners = new Set<Settled>();
  #pause = typingPause;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = false;

  constructor(workspace: Workspace, projects: Projects, log: Log) {
    this.#log = log;
    this.#workspace = workspace;
    this.#projects = projects;
    workspace.onChange(() => {
      if (this.#wanted) this.soon();
    });
  }

  onSettled(listener: Settled): void {
    this.#listeners.add(listener);
  }

  /** From now on listeners are told after every change; a client that asks for everything anew each time has no use for that. */
  want(): void {
    this.#wanted = true;
  }

  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.#settle().catch((error: unknown) => this.#log.error(`Settling failed: ${String(error)}`));
    }, this.#pause);
  }

  async #settle(): Promise<void> {
    const begun = performance.now();
    for (const file of this.#workspace.openComposeFiles) {
      const reference = await this.#projects.settled(file.path);
      await this.#projects.load(reference);
    }
    for (const file of this.#workspace.openFiles)
      if (file.isEnv)
        for (const reference of await this.#projects.around(file.path)) await this.#projects.load(reference);
    for (const listener of this.#listeners) await listener();
    // What takes long waits for a longer pause, lest it stand in the way of the next keystroke.
    this.#pause = Math.min(longestPause, Math.max(typingPause, 3 * (performance.now() - begun)));
  }
}

/** Milliseconds without an edit after which projects are loaded again, at least and at most. */
const typingPause = 120;
const longestPause = 1500;
