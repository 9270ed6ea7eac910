import { isFinal, type ProgressEvent } from '#engine/observe/progress.ts';
import type { Translate } from '../shared/translate.ts';
import { shortName } from '../tree/row-text.ts';

/** At most this many things are named at once. */
const mostNamed = 3;

/**
 * Follows an operation's events and says in one line where it is: `2/5 · db waiting, web creating`. What is counted are the steps of its plan, so that
 * the count never goes back; before there is one, as while images are pulled, nothing is counted.
 */
export class Steps {
  readonly #project: string;
  readonly #t: Translate;
  readonly #events = new Map<string, ProgressEvent>();
  #count = '';

  constructor(project: string, t: Translate) {
    this.#project = project;
    this.#t = t;
  }

  report(event: ProgressEvent): void {
    this.#events.set(`${event.kind} ${event.name}`, event);
  }

  count(done: number, all: number): void {
    this.#count = all === 0 ? '' : `${done}/${all}`;
  }

  get text(): string {
    const pending = [...this.#events.values()].filter(({ status }) => !isFinal(status));
    const named = pending.slice(0, mostNamed).map((event) => this.#say(event));
    if (pending.length > mostNamed) named.push('…');
    return [this.#count, named.join(', ')].filter((part) => part !== '').join(' · ');
  }

  #say({ name, status, detail, fraction }: ProgressEvent): string {
    const short = shortName(this.#project, name).replace(`${this.#project}_`, '');
    const far = fraction === undefined ? '' : ` ${Math.floor(fraction * 100)}%`;
    const isTold = ['Waiting', 'Saving', 'Restoring'].includes(status) && detail !== undefined;
    const why = isTold ? ` (${detail})` : '';
    return `${short} ${this.#word(status)}${far}${why}`;
  }

  #word(status: ProgressEvent['status']): string {
    const t = this.#t;
    switch (status) {
      case 'Creating':
        return t('creating');
      case 'Starting':
        return t('starting');
      case 'Waiting':
        return t('waiting');
      case 'Stopping':
        return t('stopping');
      case 'Killing':
        return t('killing');
      case 'Removing':
        return t('removing');
      case 'Recreate':
        return t('recreating');
      case 'Restarting':
        return t('restarting');
      case 'Pulling':
        return t('pulling');
      case 'Building':
        return t('building');
      case 'Saving':
        return t('saving');
      case 'Restoring':
        return t('restoring');
      default:
        return status.toLowerCase();
    }
  }
}
