import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { animatedPng, type Frame, readPng } from '../../scripts/lib/png.mjs';
import { waitFor } from '../../scripts/lib/processes.mjs';

/** What is seen in a window, step by step, with a pointer that shows what is clicked; at the end one picture that moves. */
export interface Film {
  /** A frame that stays for so many milliseconds. */
  take(milliseconds: number): Promise<void>;
  /** Types a character at a time, a frame for each few. */
  type(text: string, every?: number): Promise<void>;
  /** Shows the pointer on it, and clicks. */
  click(target: Locator): Promise<void>;
  /** Writes it, and says how large it is. */
  save(file: string): Promise<number>;
}

export function filmOf(page: Page): Film {
  const frames: Frame[] = [];
  const take = async (milliseconds: number) => {
    frames.push({ picture: readPng(await page.screenshot()), milliseconds });
  };
  return {
    take,
    async type(text, every = 3) {
      for (let at = 0; at < text.length; at += every) {
        await page.keyboard.type(text.slice(at, at + every));
        await take(110);
      }
    },
    async click(target) {
      // Hovering waits until it stands still: lenses move while a file is read, and are drawn anew.
      const box = await waitFor('what is to be clicked', 60_000, async () => {
        await target.hover();
        return target.boundingBox();
      });
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.evaluate(showPointer, [x, y] as const);
      await take(900);
      await page.evaluate(showPointer, undefined);
      await target.click();
    },
    async save(file) {
      const bytes = animatedPng(frames);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      return bytes.length;
    },
  };
}

/** Runs in the page: an arrow, which pictures of a page do not have by themselves. */
function showPointer(at: readonly [number, number] | undefined): void {
  const svg = 'http://www.w3.org/2000/svg';
  document.getElementById('film-pointer')?.remove();
  if (at === undefined) return;
  const picture = document.createElementNS(svg, 'svg');
  picture.id = 'film-pointer';
  picture.setAttribute('width', '24');
  picture.setAttribute('height', '24');
  picture.style.cssText = `position:fixed;left:${at[0]}px;top:${at[1]}px;z-index:100000;pointer-events:none`;
  const arrow = document.createElementNS(svg, 'path');
  arrow.setAttribute('d', 'M1 1v17l4.5-4 3 7 3-1.3-3-6.7h6z');
  arrow.setAttribute('fill', '#000');
  arrow.setAttribute('stroke', '#fff');
  arrow.setAttribute('stroke-width', '1.5');
  picture.append(arrow);
  document.body.append(picture);
}
