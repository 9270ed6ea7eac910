import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFolder, type TestFolder } from './window.ts';

/** The first commands of a course on containers. */
const commands = `docker network create app-network

docker run -d \\
  --name postgres-db \\
  --network app-network \\
  -e POSTGRES_PASSWORD=secret123 \\
  -v postgres-data:/var/lib/postgresql/data \\
  postgres:13

docker run -d --name web --network app-network -p 8080:80 nginx:alpine
`;

let session: TestFolder;
beforeAll(async () => {
  session = await openFolder({
    files: {
      'README.md': `# Start\n\n\`\`\`sh\n${commands}\`\`\`\n`,
      'compose.yaml': '',
      'run.sh': commands,
    },
  });
});
afterAll(() => session?.close());

const text = () =>
  session.workbench.page
    .locator('.editor-group-container.active .view-lines')
    .innerText()
    .then((lines) => lines.replaceAll('\u00a0', ' '));

it('makes a new file of the lines in a document', async () => {
  const { workbench } = session;
  await workbench.openFile('README.md');
  await workbench.runCommand('Compose: Convert docker run to Services');
  await expect.poll(text).toMatch(/^services:\n {2}postgres-db:\n {4}image: postgres:13\n/);
  expect(await text()).toContain('postgres-data:/var/lib/postgresql/data');
  await session.shot('converted');
});

it('turns lines pasted into a compose file into services', async () => {
  const { workbench } = session;
  await workbench.openFile('run.sh');
  await workbench.page.locator('.editor-group-container.active .view-lines').click();
  await workbench.page.keyboard.press('Control+A');
  await workbench.page.locator('.statusbar-item', { hasText: /\(\d+ selected\)/ }).waitFor();
  await workbench.page.keyboard.press('Control+C');
  await workbench.openFile('compose.yaml');
  await workbench.page.locator('.editor-group-container.active .view-lines').click();
  await workbench.page.keyboard.press('Control+V');
  await expect.poll(text).toMatch(/^services:\n {2}postgres-db:/);
  expect(await text()).toContain('  app-network:');
  await session.shot('pasted');
});
