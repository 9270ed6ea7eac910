import { element, icon } from '../shared/dom.ts';
import type { LogTexts } from './protocol.ts';

const paths = {
  follow: 'M8 2v9M4.5 7.5 8 11l3.5-3.5M3 14h10',
  wrap: 'M2 4h12M2 8h9a2.5 2.5 0 0 1 0 5H8m2-2-2 2 2 2M2 12h3',
  times: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 3v3l2 1.5',
  json: 'M6 2C4 2 5 6 3 8c2 2 1 6 3 6M10 2c2 0 1 4 3 6-2 2-1 6-3 6',
  clear: 'M3 4h10M6 4V2.5h4V4M4.5 4l.5 9.5h6l.5-9.5M7 6.5v5M9 6.5v5',
  copy: 'M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z',
  save: 'M2.5 2.5h9l2 2v9h-11zM5 2.5v4h5v-4M5 13.5v-4h6v4',
  choose: 'M2 3h12M2 6.5h7M2 10h7M2 13.5h7M11.5 8v6m-3-3h6',
  more: 'M2 4.5h7m3 0h2M2 11.5h2m3 0h7M10.5 3v3M5.5 10v3',
  tab: 'M2 3.5h12v9H2zM2 6h12M6 3.5V6m2.5 3.5h4m-1.5-1.5 1.5 1.5-1.5 1.5',
  find: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm3.3 7.8L14 14',
  error: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 2.8v3.8m0 1.8v.9',
  context: 'M2 3h12M2 13h12M2 6.5h12v3H2z',
  timeline: 'M2 14h12M3.5 14V9M6.5 14V4M9.5 14V7M12.5 14v-3',
  start: 'M3 2.5h10M8 14V5.5M4.5 9 8 5.5 11.5 9',
  next: 'M8 3v10m-4-4 4 4 4-4',
  previous: 'M8 13V3M4 7l4-4 4 4',
  close: 'm4 4 8 8m0-8-8 8',
} as const;

/** A button with a picture and a name that is read out and shown under the pointer. */
export function button(kind: keyof typeof paths, label: string, onClick: () => void): HTMLButtonElement {
  const made = element(
    'button',
    { class: 'tool', title: label, 'aria-label': label, type: 'button' },
    icon(paths[kind]),
  );
  made.addEventListener('click', onClick);
  return made;
}

/** One of several, by value and text. */
export function choiceBox(label: string, choices: readonly (readonly [string, string])[]): HTMLSelectElement {
  return element(
    'select',
    { 'aria-label': label, title: label },
    ...choices.map(([value, text]) => element('option', { value }, text)),
  );
}

/** A button that is on or off. */
export function toggle(
  content: keyof typeof paths | { readonly text: string },
  label: string,
  onChange: (on: boolean) => void,
): { readonly button: HTMLButtonElement; set(on: boolean): void } {
  const made =
    typeof content === 'string'
      ? button(content, label, () => onChange(made.getAttribute('aria-pressed') !== 'true'))
      : element(
          'button',
          { class: 'tool word', title: label, 'aria-label': label, type: 'button' },
          content.text,
        );
  if (typeof content !== 'string')
    made.addEventListener('click', () => onChange(made.getAttribute('aria-pressed') !== 'true'));
  const set = (on: boolean) => made.setAttribute('aria-pressed', String(on));
  set(false);
  return { button: made, set };
}

/** A box for a text or an expression, with its two switches. */
export class PatternBox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #case: ReturnType<typeof toggle>;
  readonly #expression: ReturnType<typeof toggle>;
  #matchCase = false;
  #isExpression = false;

  constructor(label: string, texts: LogTexts, onChange: () => void) {
    this.input = element('input', {
      type: 'text',
      placeholder: label,
      'aria-label': label,
      spellcheck: 'false',
    });
    this.input.addEventListener('input', onChange);
    this.#case = toggle({ text: 'Aa' }, texts.matchCase, (on) => {
      this.#matchCase = on;
      this.#case.set(on);
      onChange();
    });
    this.#expression = toggle({ text: '.*' }, texts.regularExpression, (on) => {
      this.#isExpression = on;
      this.#expression.set(on);
      onChange();
    });
    this.element = element(
      'div',
      { class: 'pattern' },
      this.input,
      this.#case.button,
      this.#expression.button,
    );
  }

  get pattern() {
    return { text: this.input.value, isExpression: this.#isExpression, matchCase: this.#matchCase };
  }

  /** Says what is wrong with the expression; `''`: nothing. */
  setProblem(problem: string): void {
    this.element.classList.toggle('invalid', problem !== '');
    this.input.setAttribute('aria-invalid', String(problem !== ''));
    this.input.title = problem;
  }
}

/** A text with `{0}`, `{1}` replaced. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}
