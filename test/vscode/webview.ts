import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';
import { waitFor } from '../../scripts/lib/processes.mjs';
import type { Workbench } from '../../scripts/lib/workbench.mjs';

/** The page of the extension's that has such an element, once it is there. */
export async function webviewWith({ page }: Workbench, selector: string): Promise<Frame> {
  let found: Frame | undefined;
  await waitFor(`a page with ${selector}`, 60_000, async () => {
    for (const frame of page.frames()) {
      const count = await frame
        .locator(selector)
        .count()
        .catch(() => 0);
      if (count > 0) found = frame;
    }
    return found !== undefined;
  });
  if (found === undefined) throw new Error(`no page with ${selector}`);
  return found;
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds serious or worse in a page, or in a part of it, with what to do. VS Code paints the page's ground outside of it, where axe cannot see: it is
 * painted inside for the time of the look.
 */
export async function seriousFaults(
  frame: Frame,
  ground: string,
  within = 'html',
): Promise<readonly string[]> {
  await frame.evaluate(axe);
  return frame.evaluate(
    async ([color, part]) => {
      document.body.style.backgroundColor = `var(${color})`;
      const { axe } = globalThis as unknown as { axe: { run(within: string): Promise<AxeResult> } };
      const { violations } = await axe.run(part);
      document.body.style.backgroundColor = '';
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
        );
    },
    [ground, within] as const,
  );
}
