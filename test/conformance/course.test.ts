import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestClient } from '../server/support/test-client.ts';

/** The compose files of a course on Docker Compose, when it is beside the checkout. */
const course = fileURLToPath(new URL('../../../shared/course/chapter-4-docker-compose.md', import.meta.url));

if (!existsSync(course)) {
  test.skip('no course beside the checkout (../shared/course)', () => {});
} else {
  const blocks = [...readFileSync(course, 'utf8').matchAll(/```yaml\n(.*?)```/gs)].map(
    ([, text]) => text ?? '',
  );
  let client: TestClient;
  beforeAll(async () => {
    client = await TestClient.inProcess();
  });
  afterAll(async () => {
    expect(client.errors).toEqual([]);
    await client.close();
  });

  async function codes(text: string, severity: DiagnosticSeverity): Promise<string[]> {
    const uri = 'file:///work/compose.yaml';
    await client.open(uri, text);
    const found = await client.diagnostics(uri);
    await client.closeDocument(uri);
    return found
      .filter((each) => each.severity === severity)
      .map(({ code, range }) => `${range.start.line} ${String(code)}`);
  }

  const complete = blocks.filter((text) => text.includes('version:') && text.includes('image:'));

  test('its complete files have no errors but for files that only exist in the course', async () => {
    expect(complete.length).toBeGreaterThan(5);
    for (const text of complete) {
      const errors = await codes(text, DiagnosticSeverity.Error);
      expect(
        errors.filter((each) => !each.endsWith('file-not-found')),
        text,
      ).toEqual([]);
    }
  });

  test('the snippets that repeat a key are reported as such', async () => {
    const repeated: string[] = [];
    for (const text of blocks) {
      for (const error of await codes(text, DiagnosticSeverity.Error)) {
        if (error.endsWith('duplicate-key'))
          repeated.push(text.split('\n')[Number(error.split(' ')[0])]?.trim() ?? '');
      }
    }
    expect(repeated).toEqual(['networks:', 'depends_on:']);
  });

  test('the version, passwords in the open and images without a tag are hints', async () => {
    const [first = ''] = complete;
    const hints = (await codes(first, DiagnosticSeverity.Hint)).map((each) => each.split(' ')[1]);
    expect(new Set(hints)).toEqual(new Set(['obsolete-version', 'plain-text-secret']));
  });
}
