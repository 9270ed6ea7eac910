import type { Page } from 'playwright-core';

export interface Seen {
  readonly text: string;
  /** Unix time, ms. */
  readonly at: number;
}

/** Notes each text that a row of the side bar shows from now on, as soon as it is there. */
export async function watchRow(page: Page, start: string): Promise<() => Promise<readonly Seen[]>> {
  await page.evaluate((wanted) => {
    const seen: { text: string; at: number }[] = [];
    const look = () => {
      for (const row of document.querySelectorAll('.sidebar .monaco-list-row')) {
        const text = (row.textContent ?? '').trim();
        if (text.startsWith(wanted) && text !== seen.at(-1)?.text) seen.push({ text, at: Date.now() });
      }
    };
    new MutationObserver(look).observe(document.querySelector('.sidebar') ?? document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    Object.assign(globalThis, { rowsSeen: seen });
    look();
  }, start);
  return () =>
    page.evaluate(() => (globalThis as { rowsSeen?: { text: string; at: number }[] }).rowsSeen ?? []);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}
