import { Level } from './level.ts';
import { compile, type Criteria } from './line-filter.ts';
import type { LogTexts } from './protocol.ts';
import { choiceBox, PatternBox } from './toolbar.ts';

/** The boxes that say which lines are shown: by text, by what they must not have, by level and by output. */
export class Filters {
  /** The one that is used most, and the others. */
  readonly wanted: HTMLElement;
  readonly others: readonly HTMLElement[];
  readonly #wanted: PatternBox;
  readonly #unwanted: PatternBox;
  readonly #level: HTMLSelectElement;
  readonly #stream: HTMLSelectElement;
  readonly #texts: LogTexts;

  constructor(texts: LogTexts, onChange: () => void) {
    this.#texts = texts;
    this.#wanted = emptiedByEscape(new PatternBox(texts.filter, texts, onChange), onChange);
    this.#unwanted = emptiedByEscape(new PatternBox(texts.exclude, texts, onChange), onChange);
    this.#level = choiceBox(texts.levels, [
      [String(Level.unknown), texts.allLevels],
      [String(Level.info), texts.info],
      [String(Level.warning), texts.warnings],
      [String(Level.error), texts.errors],
    ]);
    this.#stream = choiceBox(texts.streams, [
      ['', texts.bothStreams],
      ['stdout', texts.stdout],
      ['stderr', texts.stderr],
    ]);
    for (const box of [this.#level, this.#stream]) box.addEventListener('change', onChange);
    this.wanted = this.#wanted.element;
    this.others = [this.#unwanted.element, this.#level, this.#stream];
  }

  /** Whether one of the others leaves lines out. */
  get othersAreSet(): boolean {
    const anyLevel = this.#level.value === String(Level.unknown);
    return this.#unwanted.input.value !== '' || !anyLevel || this.#stream.value !== '';
  }

  criteria(hidden: ReadonlySet<string>): Criteria {
    const { value } = this.#stream;
    return {
      pattern: this.#wanted.pattern,
      exclude: this.#unwanted.pattern,
      level: Number(this.#level.value) as Level,
      hidden,
      stream: value === 'stdout' || value === 'stderr' ? value : undefined,
    };
  }

  /** Says at each box what is wrong with its expression. */
  check(): void {
    for (const box of [this.#wanted, this.#unwanted]) {
      const compiled = compile(box.pattern);
      box.setProblem(compiled instanceof Error ? `${this.#texts.badExpression}: ${compiled.message}` : '');
    }
  }
}

function emptiedByEscape(box: PatternBox, onChange: () => void): PatternBox {
  box.input.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || box.input.value === '') return;
    box.input.value = '';
    onChange();
  });
  return box;
}
