import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestClient } from '../server/support/test-client.ts';
import { differences } from './lsp-differences.ts';
import { judge, type Row } from './lsp-judge.ts';

/** Requests on compose files with what docker-language-server answers, when they are beside the checkout. */
const corpus = fileURLToPath(new URL('../../../shared/corpus/lsp/', import.meta.url));

if (!existsSync(corpus)) {
  test.skip('no recorded requests beside the checkout (../shared/corpus/lsp)', () => {});
} else {
  const used = new Set<string>();
  for (const name of readdirSync(corpus).sort()) {
    const rows = JSON.parse(readFileSync(`${corpus}${name}`, 'utf8')) as readonly Row[];
    describe(name.replace('.json', ''), () => {
      let client: TestClient;
      beforeAll(async () => {
        client = await TestClient.inProcess();
      });
      afterAll(async () => {
        expect(client.errors).toEqual([]);
        await client.close();
      });
      for (const row of rows) {
        test(row.id, async () => {
          const verdict = await judge(client, row);
          const known = differences.find(({ rows: pattern }) => pattern.test(`${row.feature}: ${row.id}`));
          if (known !== undefined) {
            used.add(known.reason);
            return;
          }
          expect(verdict.ours, verdict.note).toEqual(verdict.theirs);
        });
      }
    });
  }

  test('every known difference still is one of a recorded row', () => {
    expect(differences.filter(({ reason }) => !used.has(reason)).map(({ reason }) => reason)).toEqual([]);
  });
}
