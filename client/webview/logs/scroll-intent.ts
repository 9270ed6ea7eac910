/** So long after a person did something that scrolls, a scroll is theirs: the browser moves smoothly, in ms. */
const reach = 700;

/** Keys that scroll. */
const keys = new Set(['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown', ' ']);

/** What of the browser's events tells a person's hand. */
export type Act =
  | { readonly kind: 'wheel' | 'touch' | 'press' | 'release' }
  | { readonly kind: 'key'; readonly key: string };

/**
 * Tells scrolls that a person made from those that happen by themselves: a page that is hidden and shown again, or gets another size, is
 * scrolled by the browser too.
 */
export class ScrollIntent {
  readonly #now: () => number;
  #last = Number.NEGATIVE_INFINITY;
  #isPressed = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  take(act: Act): void {
    if (act.kind === 'key' && !keys.has(act.key)) return;
    if (act.kind === 'press') this.#isPressed = true;
    // The scroll that the last movement makes comes after it.
    if (act.kind === 'release' && !this.#isPressed) return;
    if (act.kind === 'release') this.#isPressed = false;
    this.#last = this.#now();
  }

  /** The page was laid out anew: what scrolls now is no one's. */
  forget(): void {
    this.#last = Number.NEGATIVE_INFINITY;
  }

  /** Whether a scroll at this moment is a person's. What goes on scrolling after it stays theirs. */
  owns(): boolean {
    const now = this.#now();
    if (!this.#isPressed && now - this.#last > reach) return false;
    this.#last = now;
    return true;
  }
}

/** Listens to what people scroll with. */
export function listenForScrolls(scroller: HTMLElement, intent: ScrollIntent, signal: AbortSignal): void {
  const passive = { passive: true, signal } as const;
  scroller.addEventListener('wheel', () => intent.take({ kind: 'wheel' }), passive);
  scroller.addEventListener('touchmove', () => intent.take({ kind: 'touch' }), passive);
  scroller.addEventListener('keydown', ({ key }) => intent.take({ kind: 'key', key }), { signal });
  scroller.addEventListener('pointerdown', () => intent.take({ kind: 'press' }), passive);
  const release = () => intent.take({ kind: 'release' });
  for (const name of ['pointerup', 'pointercancel', 'blur'] as const)
    window.addEventListener(name, release, passive);
  // The scrollbar keeps the end of a drag to itself.
  window.addEventListener('pointermove', ({ buttons }) => buttons === 0 && release(), passive);
}
