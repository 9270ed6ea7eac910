import type { EngineEvent } from '../api/engine-objects.ts';
import { isOther } from './other-containers.ts';

export interface Touched {
  readonly projects: ReadonlySet<string>;
  /** Networks or volumes, of whatever project. */
  readonly resources: boolean;
  /** Containers that Compose did not make. */
  readonly others: boolean;
  /** Ids of containers of which the last that was heard is that they ended. */
  readonly ended: ReadonlySet<string>;
}

/** In ms. A burst of events is one look at the engine. */
const burst = 50;

/** Gathers what events touch and looks once a burst; never two looks at a time. */
export class Bursts {
  readonly #look: (touched: Touched) => Promise<void>;
  #projects = new Set<string>();
  #resources = false;
  #others = false;
  #ended = new Set<string>();
  #scheduled = false;
  #waiting: (() => void)[] = [];
  #fail: (error: unknown) => void = () => {};
  /** Rejects when a look fails; never resolves. */
  readonly failed: Promise<never>;

  constructor(look: (touched: Touched) => Promise<void>) {
    this.#look = look;
    this.failed = new Promise((_resolve, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => {});
  }

  touch({ type, action, id, attributes }: EngineEvent): void {
    const project = attributes['com.docker.compose.project'];
    if (type === 'container') {
      if (isOther(attributes)) this.#others = true;
      else if (project === undefined) return;
      else this.#projects.add(project);
      if (action === 'die') this.#ended.add(id);
      else if (action === 'start') this.#ended.delete(id);
    } else {
      // Engines send no labels with networks and volumes.
      this.#resources = true;
    }
    this.#schedule();
  }

  /** Looks at a project with its resources; resolves when a look that began after this call is over, or none will be any more. */
  lookAt(project: string): Promise<void> {
    if (project !== '') this.#projects.add(project);
    this.#resources = true;
    this.#others = true;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#schedule();
    });
  }

  /** Nothing is looked at any more. */
  close(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => void this.#flush(), burst).unref();
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const touched = {
      projects: this.#projects,
      resources: this.#resources,
      others: this.#others,
      ended: this.#ended,
    };
    this.#projects = new Set();
    this.#ended = new Set();
    this.#resources = false;
    this.#others = false;
    try {
      await this.#look(touched);
    } catch (error) {
      this.#fail(error);
      return;
    } finally {
      for (const resolve of waiting) resolve();
    }
    this.#scheduled = false;
    if (this.#projects.size > 0 || this.#resources || this.#others) this.#schedule();
  }
}
