import type { EngineError } from '../api/engine-error.ts';
import { phaseOf } from './operation-phase.ts';
import type { ProgressEvent } from './progress.ts';
import type { Doing } from './states.ts';
import type { Phase, UnderWay } from './under-way.ts';

/** A project on an engine. Projects of one name on two engines are two. */
export interface ProjectPlace {
  /** The name of an engine that was added; absent for the chosen one. */
  readonly engine?: string | undefined;
  readonly project: string;
}

/** What was asked for. */
export interface Asked extends ProjectPlace {
  /** It ends containers: that they end is no incident. */
  readonly stops: boolean;
  /** What is seen of it while it is under way; absent: nothing. */
  readonly doing?: Doing;
  /** Absent: all. */
  readonly services?: readonly string[] | undefined;
  /** Services that come with those. */
  readonly along?: readonly string[];
  /** By id; absent: all of the services'. */
  readonly containers?: readonly string[] | undefined;
  /** If it comes to no end, that is said: it brings up a project. */
  readonly bringsUp?: boolean;
  /** The services that an event of its progress is about. */
  readonly servicesOf?: (event: ProgressEvent) => readonly string[];
}

/** How an operation ended; without an error also when it was cancelled. */
export interface Ending extends ProjectPlace {
  readonly error: EngineError | undefined;
}

/** What whoever carries an operation out tells of it. */
export interface Operation {
  report(event: ProgressEvent): void;
  /** It is over. What was being done is seen until `seen` resolves: until the engine has been looked at once more. */
  end(outcome?: Outcome, seen?: Promise<void>): void;
  /** It comes to nothing, or another takes its place: nobody is told of an end. */
  withdraw(): void;
}

export interface Outcome {
  readonly error?: EngineError | undefined;
  /** It was stopped before it had come to its end. */
  readonly isInterrupted?: boolean;
}

interface Entry {
  readonly asked: Asked;
  readonly phases: Map<string, Phase>;
  isOver: boolean;
}

interface Work {
  readonly entries: Set<Entry>;
  /** One that is under way, or was a moment ago, ends containers. */
  stopping: boolean;
  endedAt: number;
  failures: number;
  waiting: (() => void)[];
}

/** Events of what an operation did arrive a moment after it is over. In ms. */
const aftermath = 3000;

/** What was asked for and is under way, and how the last of it ended: for those who show it, and those who watch what happens to the containers. */
export class OperationsUnderWay {
  readonly #now: () => number;
  readonly #works = new Map<string, Work>();
  readonly #interrupted = new Map<
    string,
    { readonly place: ProjectPlace; readonly services: readonly string[] }
  >();
  readonly #endings = new Set<(ending: Ending) => void>();
  readonly #changes = new Set<(place: ProjectPlace) => void>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Notes that an operation begins. */
  begin(asked: Asked): Operation {
    const work = this.#work(asked);
    const isBusy = [...work.entries].some(({ isOver }) => !isOver);
    work.stopping = asked.stops || (isBusy && work.stopping);
    const entry: Entry = { asked, phases: new Map(), isOver: false };
    work.entries.add(entry);
    if (asked.doing !== undefined) this.#interrupted.delete(keyOf(asked));
    this.#tell(asked);
    return {
      report: (event) => this.#report(entry, event),
      end: (outcome = {}, seen) => this.#end(work, entry, outcome, seen),
      withdraw: () => {
        if (entry.isOver) return;
        entry.isOver = true;
        this.#rest(work);
        this.#forget(work, entry);
      },
    };
  }

  /** Called at the end of each operation until the returned function is called. */
  onEnd(listener: (ending: Ending) => void): () => void {
    this.#endings.add(listener);
    return () => this.#endings.delete(listener);
  }

  /** Called when something else is under way on a project until the returned function is called. */
  onChange(listener: (place: ProjectPlace) => void): () => void {
    this.#changes.add(listener);
    return () => this.#changes.delete(listener);
  }

  /** What is to be seen of it on a project, in the order it was asked for. */
  underWay(place: ProjectPlace): readonly UnderWay[] {
    return [...(this.#works.get(keyOf(place))?.entries ?? [])].flatMap(({ asked, phases }) =>
      asked.doing === undefined
        ? []
        : [
            {
              doing: asked.doing,
              services: asked.services,
              along: asked.along ?? [],
              containers: asked.containers,
              phases,
            },
          ],
    );
  }

  /** What an Up that came to no end was to start; empty: everything; `undefined`: there was none, or something else was asked for since. */
  interrupted(place: ProjectPlace): readonly string[] | undefined {
    return this.#interrupted.get(keyOf(place))?.services;
  }

  /** What is being brought up, and what was not brought up to the end. */
  unfinished(): readonly (ProjectPlace & { readonly services: readonly string[] })[] {
    const underWay = [...this.#works.values()].flatMap(({ entries }) =>
      [...entries].flatMap(({ asked, isOver }) =>
        isOver || asked.bringsUp !== true ? [] : [{ ...placeOf(asked), services: asked.services ?? [] }],
      ),
    );
    const interrupted = [...this.#interrupted.values()].map(({ place, services }) => ({
      ...place,
      services,
    }));
    return [...underWay, ...interrupted];
  }

  /** An Up has come to no end; `undefined`: it is mended. */
  interrupt(place: ProjectPlace, services: readonly string[] | undefined): void {
    if (services === undefined) {
      if (!this.#interrupted.delete(keyOf(place))) return;
    } else this.#interrupted.set(keyOf(place), { place: placeOf(place), services });
    this.#tell(place);
  }

  /** Whether a container that ends now was told to. */
  isStopping(place: ProjectPlace): boolean {
    const work = this.#works.get(keyOf(place));
    if (work?.stopping !== true) return false;
    return isBusy(work) || this.#now() - work.endedAt < aftermath;
  }

  /** How many operations on the project have failed so far. */
  failuresOf(place: ProjectPlace): number {
    return this.#works.get(keyOf(place))?.failures ?? 0;
  }

  /** Resolves when nothing is done to the project any more: at once, if nothing is. */
  async settled(place: ProjectPlace): Promise<void> {
    const work = this.#works.get(keyOf(place));
    if (work === undefined || !isBusy(work)) return;
    await new Promise<void>((resolve) => work.waiting.push(resolve));
  }

  #work(place: ProjectPlace): Work {
    const key = keyOf(place);
    const known = this.#works.get(key);
    if (known !== undefined) return known;
    const work = { entries: new Set<Entry>(), stopping: false, endedAt: 0, failures: 0, waiting: [] };
    this.#works.set(key, work);
    return work;
  }

  #report({ asked, phases }: Entry, event: ProgressEvent): void {
    const { doing, servicesOf } = asked;
    if (doing === undefined || servicesOf === undefined) return;
    const phase = phaseOf(event, doing);
    let isOther = false;
    for (const service of phase === undefined ? [] : servicesOf(event)) {
      const next = phase === 'as asked' ? undefined : phase;
      if (phases.get(service) === next) continue;
      isOther = true;
      if (next === undefined) phases.delete(service);
      else phases.set(service, next);
    }
    if (isOther) this.#tell(asked);
  }

  #end(work: Work, entry: Entry, outcome: Outcome, seen: Promise<void> | undefined): void {
    if (entry.isOver) return;
    const { bringsUp, services = [] } = entry.asked;
    entry.isOver = true;
    work.endedAt = this.#now();
    if (outcome.error !== undefined) work.failures++;
    if (bringsUp === true && outcome.isInterrupted === true)
      this.#interrupted.set(keyOf(entry.asked), { place: placeOf(entry.asked), services });
    for (const listener of this.#endings) listener({ ...placeOf(entry.asked), error: outcome.error });
    this.#rest(work);
    const forget = () => this.#forget(work, entry);
    if (seen === undefined) forget();
    else void seen.then(forget, forget);
  }

  #rest(work: Work): void {
    if (!isBusy(work)) for (const resolve of work.waiting.splice(0)) resolve();
  }

  #forget(work: Work, entry: Entry): void {
    work.entries.delete(entry);
    this.#tell(entry.asked);
  }

  #tell(place: ProjectPlace): void {
    for (const listener of [...this.#changes]) listener(placeOf(place));
  }
}

function placeOf({ engine, project }: ProjectPlace): ProjectPlace {
  return engine === undefined ? { project } : { engine, project };
}

function isBusy({ entries }: Work): boolean {
  return [...entries].some(({ isOver }) => !isOver);
}

/** The same text for the same place, for a map. */
export function keyOf({ engine = '', project }: ProjectPlace): string {
  return `${engine}\n${project}`;
}
