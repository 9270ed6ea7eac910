import { describe, expect, it } from 'vitest';
import { explain } from '#compose/load/explain.ts';
import { load } from '#compose/load/load.ts';
import { formatPath } from '#compose/values/path.ts';
import { mergedText } from '../../../client/src/merged/merged-text.ts';
import { memoryHost } from '../../compose/load/memory-host.ts';

async function loadText(text: string, env = '') {
  const host = memoryHost({ '/app/compose.yaml': text, '/app/.env': env });
  const { loaded, problems } = await load(host, { cwd: '/app' });
  if (loaded === undefined) throw new Error(JSON.stringify(problems));
  return loaded;
}

describe('the merged project', () => {
  it('masks what is called like a secret, and passwords within addresses; keys and paths of files stay', async () => {
    const loaded = await loadText(`name: app
services:
  web:
    image: nginx
    command: ["serve", "--password=hunter2"]
    environment:
      API_TOKEN: "two words: here"
      DATABASE_URL: postgres://me:hunter2@db/app
      DB_PASSWORD_FILE: /run/secrets/db
      KEY_SECRET: |
        line one
        line two
      MODE: prod
`);
    const { text } = mergedText(loaded, false);
    expect(text).not.toMatch(/hunter2|two words|line one|line two/);
    expect(text).toContain('API_TOKEN: "***"');
    expect(text).toContain('postgres://me:***@db/app');
    expect(text).toContain('/run/secrets/db');
    expect(text).toContain('MODE: prod');
    expect(mergedText(loaded, true).text).toContain('hunter2');
    const again = await loadText(text);
    expect(Object.keys(again.project.services.web?.environment ?? {})).toEqual(
      Object.keys(loaded.project.services.web?.environment ?? {}),
    );
  });

  it('leads from any place of its text to the value there', async () => {
    const loaded = await loadText(
      `name: app
services:
  web:
    image: nginx:\${TAG}
    ports:
      - "8080:80"
`,
      'TAG=1.27\n',
    );
    const { text, pathAt } = mergedText(loaded, false);
    const pathOf = (part: string) => formatPath(pathAt(text.indexOf(part) + 1));
    expect(pathOf('nginx:1.27')).toBe('services.web.image');
    expect(pathOf('published:')).toBe('services.web.ports[0].published');
    expect(pathOf('web:')).toBe('services.web');
    expect(explain(loaded, pathAt(text.indexOf('nginx:1.27')))?.variables[0]).toMatchObject({
      name: 'TAG',
      value: '1.27',
    });
  });
});
