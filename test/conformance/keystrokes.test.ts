import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CompletionList } from 'vscode-languageserver';
import { expect, test } from 'vitest';
import { besides, countKeys, shownList, stacksOf } from '../bench/keystrokes.mjs';
import { TestClient } from '../server/support/test-client.ts';

const course = fileURLToPath(new URL('../../../shared/course/chapter-4-docker-compose.md', import.meta.url));
const uri = 'file:///work/compose.yaml';

/** Keys that may be needed at most; by the alphabet, the server needed 200 and 1,394. */
const limits: Readonly<Record<string, number>> = { 'first example': 90, 'MEAN stack': 750 };

if (!existsSync(course)) {
  test.skip('no course beside the checkout (../shared/course)', () => {});
} else {
  test.each(Object.entries(stacksOf(readFileSync(course, 'utf8'))))(
    'typing the %s takes few keys',
    async (name, text) => {
      const files = Object.fromEntries(Object.entries(besides).map(([path, one]) => [`/work/${path}`, one]));
      const client = await TestClient.inProcess({ files });
      await client.open(uri, '');
      const { keys } = await countKeys(text, async (typed) => {
        const document = await client.change(uri, [{ text: typed }]);
        const { items } = await client.at<CompletionList>('textDocument/completion', uri, typed.length);
        return shownList(items, (position) => document.offsetAt(position));
      });
      expect(client.errors).toEqual([]);
      await client.close();
      expect(keys).toBeLessThanOrEqual(limits[name] ?? 0);
    },
    300_000,
  );
}
