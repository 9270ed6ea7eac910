/** What is wrong with the logs of each project that is shown, as one text; of several, each says whose it is. */
export class LogNotes {
  readonly #projects: readonly string[];
  readonly #notes: string[];
  readonly #show: (text: string) => void;

  constructor(projects: readonly string[], show: (text: string) => void) {
    this.#projects = projects;
    this.#notes = projects.map(() => '');
    this.#show = show;
  }

  /** `''`: nothing any more. */
  set(part: number, note: string): void {
    this.#notes[part] = note;
    const texts = this.#notes.map((text, at) =>
      text === '' || this.#projects.length === 1 ? text : `${this.#projects[at]}: ${text}`,
    );
    this.#show(texts.filter((text) => text !== '').join('  '));
  }
}
