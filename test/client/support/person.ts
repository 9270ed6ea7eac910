/** Something that VS Code showed, or asked. */
export interface Shown {
  readonly kind:
    | 'error'
    | 'warning'
    | 'information'
    | 'pick'
    | 'input'
    | 'status'
    | 'document'
    | 'save'
    | 'open'
    | 'task'
    | 'progress'
    | 'terminal';
  readonly text: string;
  /** What is said below it in a dialog. */
  readonly detail?: string | undefined;
  /** The buttons of a message, the labels of a list, the file of a document. */
  readonly choices?: readonly string[];
  readonly options?: unknown;
}

type Answer = string | ((shown: Shown) => string | undefined | Promise<string>) | undefined;

/**
 * The person in front of VS Code, in tests: sees what is shown, presses the button or takes the entry that a test tells it to, and closes everything
 * else. Answers are used up in their order.
 */
export class Person {
  readonly shown: Shown[] = [];
  readonly commands: { readonly id: string; readonly args: readonly unknown[] }[] = [];
  readonly opened: string[] = [];
  clipboard = '';
  readonly #answers: Answer[] = [];

  /** The next question is answered with this button, entry or text; `undefined` closes it. */
  answers(...answers: readonly Answer[]): void {
    this.#answers.push(...answers);
  }

  /** What was shown of this kind, as text. */
  saw(kind: Shown['kind']): readonly string[] {
    return this.shown.filter((each) => each.kind === kind).map(({ text }) => text);
  }

  get last(): Shown | undefined {
    return this.shown.at(-1);
  }

  /** A question: answered with what was told, if it offers that. */
  async ask(shown: Shown): Promise<string | undefined> {
    this.shown.push(shown);
    if (shown.choices?.length === 0) return undefined;
    const answer = this.#answers.shift();
    const given = typeof answer === 'function' ? answer(shown) : answer;
    const chosen = given instanceof Promise ? await given : given;
    if (chosen !== undefined && shown.choices !== undefined && !shown.choices.includes(chosen))
      throw new Error(`"${shown.text}" does not offer "${chosen}" but: ${shown.choices.join(', ')}`);
    return chosen;
  }

  forget(): void {
    this.shown.length = 0;
    this.commands.length = 0;
    this.opened.length = 0;
    this.#answers.length = 0;
    this.clipboard = '';
  }
}

export const person = new Person();
