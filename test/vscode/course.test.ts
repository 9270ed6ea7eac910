import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../scripts/lib/processes.mjs';
import { freePort } from '../../scripts/lib/vscode.mjs';
import {
  containersOf,
  processesOf,
  labelOf,
  networksOf,
  removeProject,
  startOf,
  volumesOf,
} from './engine.ts';
import { openFolder, type TestFolder } from './window.ts';

// Every command of the course's sections 6 and 7 and of its summary, done in the window. docs/course.md says where; a test holds the two together.

const project = 'ui-course';

const base = (port: number) => `name: ${project}
services:
  web:
    image: nginx:alpine
    ports:
      - "127.0.0.1:${port}-${port + 9}:80"
  db:
    image: postgres:13
    environment:
      POSTGRES_PASSWORD: secret
    volumes:
      - db-data:/var/lib/postgresql/data
  debug:
    image: busybox
    profiles: [debug]
    command: sleep 3600
    stop_grace_period: 0s
  test:
    image: busybox
    profiles: [testing]
    command: ["sh", "-c", "echo 3 passed; exit 4"]
volumes:
  db-data:
`;

const production = `services:
  web:
    labels:
      environment: production
`;

const has = (pattern: RegExp) => (rows: readonly string[]) => rows.some((row) => pattern.test(row));
const running = [`${project}-db-1`, `${project}-web-1`];

describe('the course’s commands, in the window', () => {
  let session: TestFolder;

  beforeAll(async () => {
    await removeProject(project);
    session = await openFolder({
      files: {
        'docker-compose.yml': base(await freePort()),
        'docker-compose.prod.yml': production,
      },
    });
    await session.workbench.openView('Compose');
    await session.workbench.waitForRows('declared', has(/ *not created/));
  });
  afterAll(async () => {
    await session?.close();
    await removeProject(project);
  });

  const more = (row: RegExp, entry: string) => session.workbench.clickSubmenu(row, 'More', entry);
  const top = new RegExp(`^${project}`);
  const until = (what: string, done: () => Promise<boolean>) => waitFor(what, 60_000, done);

  /** Types into the quick input that is open, or about to be. */
  async function answer(text: string): Promise<void> {
    const { page } = session.workbench;
    await page.locator('.quick-input-widget:visible input.input').fill(text);
    await page.keyboard.press('Enter');
  }

  async function closeTerminals(): Promise<void> {
    await session.workbench.runCommand('Terminal: Kill All Terminals');
    await session.workbench.page.locator('.terminal-wrapper').first().waitFor({ state: 'detached' });
  }

  it('docker compose up db', async () => {
    await session.workbench.clickMenu(/^db/, 'Up');
    await session.workbench.waitForRows('db', has(/^db *healthy/), 60_000);
    expect(await containersOf(project)).toEqual([`${project}-db-1`]);
  });

  it('docker compose up -d', async () => {
    await session.workbench.clickMenu(top, 'Up');
    await session.workbench.waitForRows('all', has(/^web *healthy/), 60_000);
    expect(await containersOf(project)).toEqual(running);
  });

  it('docker compose ps', async () => {
    await more(top, 'List Containers');
    await session.workbench.waitForTerminal(/NAME[\s\S]*ui-course-web-1[\s\S]*Done/);
    expect(await session.workbench.rowTexts()).toContainEqual(expect.stringMatching(/^web *healthy/));
  });

  it('docker compose top', async () => {
    await more(top, 'Show Processes');
    await session.workbench.waitForTerminal(/SERVICE[\s\S]*web[\s\S]*Done/);
    await session.shot('course-top');
    await closeTerminals();
  });

  it('docker compose images', async () => {
    await more(top, 'Show Images');
    await session.workbench.waitForTerminal(/REPOSITORY[\s\S]*postgres/);
    await closeTerminals();
  });

  it('docker compose exec web nginx -s reload', async () => {
    await session.workbench.clickMenu(/^web/, 'Run Command in Container');
    await answer('echo in $(hostname) && echo reloaded');
    await session.workbench.waitForTerminal(/reloaded\s[\s\S]*Done/);
    await closeTerminals();
  });

  it('docker compose exec -e DEBUG=1 app npm test', async () => {
    await session.workbench.clickMenu(/^web/, 'Run Command in Container');
    await answer('DEBUG=1 printenv DEBUG');
    await session.workbench.waitForTerminal(/DEBUG=1[\s\S]*\n1\s[\s\S]*Done/);
    await closeTerminals();
  });

  it('docker compose exec db psql, remembered from before', async () => {
    await session.workbench.clickMenu(/^db/, 'Run Command in Container');
    await answer('pg_isready -U postgres');
    await session.workbench.waitForTerminal(/Done|Exit code/);
    await closeTerminals();
    await session.workbench.clickMenu(/^db/, 'Run Command in Container');
    const entry = session.workbench.page.locator('.quick-input-widget .monaco-list-row', {
      hasText: 'pg_isready -U postgres',
    });
    await entry.first().waitFor();
    await session.shot('course-history');
    await session.workbench.page.keyboard.press('Escape');
  });

  it('docker compose exec service bash', async () => {
    await session.workbench.clickMenu(/^web/, 'Shell');
    await session.workbench.waitForTerminal(/[#$] *$/);
    await session.workbench.typeInTerminal('echo shell-$((20+2))');
    await session.workbench.waitForTerminal('shell-22');
    await closeTerminals();
  });

  it('docker compose exec -u nobody -w /tmp -e A=B web sh', async () => {
    const { workbench } = session;
    await more(/^web/, 'Shell with Options');
    for (const [field, value] of [
      ['Folder', '/tmp'],
      ['Variables', 'GREETING=hello'],
    ] as const) {
      await workbench.page
        .locator('.quick-input-widget:visible .monaco-list-row', { hasText: field })
        .first()
        .click();
      await workbench.page.locator('.quick-input-widget:visible', { hasText: `› ${field}` }).waitFor();
      await answer(value);
      await workbench.page
        .locator('.quick-input-widget:visible .monaco-list-row', { hasText: value })
        .first()
        .waitFor();
    }
    await workbench.page
      .locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'Open' })
      .first()
      .click();
    await workbench.waitForTerminal(/[#$] *$/);
    await workbench.typeInTerminal('echo "$GREETING from $PWD"');
    await workbench.waitForTerminal('hello from /tmp');
    await closeTerminals();
  });

  it('docker compose attach db, which goes on when the terminal is closed', async () => {
    await more(/^db/, 'Attach to Main Process');
    await session.workbench.waitForTerminal(/attach --sig-proxy=false db\s+\S[\s\S]*\n.*\S/);
    await closeTerminals();
    await session.workbench.waitForRows('still running', has(/^db *healthy/));
  });

  it('docker compose run --rm web curl …', async () => {
    await session.workbench.clickMenu(/^web/, 'Run One-Off Command');
    await answer('echo once-$((40+2))');
    await session.workbench.waitForTerminal(/once-42[\s\S]*Done/);
    await until('the container to be removed', async () => (await containersOf(project)).length === 2);
    await closeTerminals();
  });

  it('closing the terminal of a run or an exec ends what was begun in it', async () => {
    await session.workbench.clickMenu(/^web/, 'Run One-Off Command');
    await answer('sleep 1111');
    await until('the container', async () => (await containersOf(project)).length === 3);
    await closeTerminals();
    await until('the container to be gone', async () => (await containersOf(project)).length === 2);

    const sleeping = async () => JSON.stringify(await processesOf(`${project}-web-1`)).includes('sleep 2222');
    await session.workbench.clickMenu(/^web/, 'Run Command in Container');
    await answer('sleep 2222');
    await until('the program', sleeping);
    await closeTerminals();
    await until('the program to be gone', async () => !(await sleeping()));
  });

  it('docker compose logs -f web', async () => {
    await session.workbench.clickMenu(/^db/, 'Logs');
    await until('lines of the log', async () => {
      const { page } = session.workbench;
      const frames = await Promise.all(
        page.frames().map((frame) =>
          frame
            .locator('body')
            .innerText({ timeout: 1000 })
            .catch(() => ''),
        ),
      );
      return frames.some((text) => /db-1/.test(text) && /postgres|database system|LOG/i.test(text));
    });
  });

  it('docker compose restart web', async () => {
    const started = await startOf(`${project}-web-1`);
    await session.workbench.clickMenu(/^web/, 'Restart');
    await until('a new start', async () => (await startOf(`${project}-web-1`)) !== started);
    await session.workbench.waitForRows('healthy', has(/^web *healthy/));
  });

  it('docker compose pause, unpause', async () => {
    await more(/^web/, 'Pause');
    await session.workbench.waitForRows('paused', has(/^web *paused/));
    await more(/^web/, 'Unpause');
    await session.workbench.waitForRows('going on', has(/^web *healthy/));
  });

  it('docker compose up -d --scale web=3', async () => {
    await more(/^web/, 'Scale');
    await answer('3');
    await until('three of them', async () => {
      const names = await containersOf(project);
      return [1, 2, 3].every((number) => names.includes(`${project}-web-${number}`));
    });
    await session.workbench.waitForRows('three', has(/^web *3\/3 running/));
    await session.shot('course-scale');
    await more(/^web/, 'Scale');
    await answer('1');
    await until('one of them', async () => (await containersOf(project)).length === 2);
  });

  it('docker compose kill, rm', async () => {
    await more(/^web/, 'Kill');
    await session.workbench.waitForRows('killed', has(/^web *exited \(137\)/));
    await more(/^web/, 'Remove Stopped Containers');
    await until('it to go', async () => !(await containersOf(project)).includes(`${project}-web-1`));
  });

  it('docker compose up --build', async () => {
    // Nothing is built here, so no row offers it.
    await session.workbench.runCommand('Compose: Build and Up');
    await session.workbench.waitForRows('up again', has(/^web *healthy/), 60_000);
  });

  it('docker compose --profile testing up --abort-on-container-exit', async () => {
    await more(/^test(?!ing)/, 'Up Until a Container Exits');
    await session.workbench.waitForTerminal(/3 passed[\s\S]*exited with code 4[\s\S]*Exit code 4/);
    await closeTerminals();
  });

  it('docker compose --profile debug up -d', async () => {
    const profile = session.workbench.row(/^debug *profile/);
    await profile.locator('.custom-view-tree-node-item-checkbox').click();
    await session.workbench.waitForRows('the profile', has(/^debug$/));
    await session.workbench.clickMenu(top, 'Up');
    await session.workbench.waitForRows('debug', has(/^debug *running/));
  });

  it('docker compose up, with the output of all', async () => {
    await more(/^db/, 'Up in Terminal');
    await session.workbench.waitForTerminal(/Attaching to/);
    await closeTerminals();
  });

  it('docker compose -f docker-compose.yml -f docker-compose.prod.yml up -d', async () => {
    await session.workbench.clickMenu(top, 'Choose Environment');
    await session.workbench.choose('prod', 'prod');
    await session.workbench.page.keyboard.press('Escape');
    await session.workbench.waitForRows('prod', has(/^ui-course.*prod/));
    await session.workbench.clickMenu(top, 'Up');
    // What would be replaced is shown first.
    const apply = session.workbench.page.locator('.editor-actions .action-label[aria-label^="Apply"]');
    await until('the production’s containers', async () => {
      if (await apply.first().isVisible()) await apply.first().click();
      return (await labelOf(project, 'web', 'environment')).join() === 'production';
    });
    await session.workbench.waitForRows('healthy', has(/^web *healthy/));
    await session.shot('course-prod');
  });

  it('docker compose down', async () => {
    await session.workbench.clickMenu(top, 'Down');
    await until('no containers', async () => (await containersOf(project)).length === 0);
    await until('no network', async () => (await networksOf(project)).length === 0);
    expect(await volumesOf(project)).toEqual([`${project}_db-data`]);
  });

  it('docker compose down -v', async () => {
    await session.workbench.clickMenu(top, 'Down and Remove Volumes');
    expect(await session.workbench.question()).toContain(`${project}_db-data`);
    await session.workbench.answer('Remove Containers and Volumes');
    await until('no volumes', async () => (await volumesOf(project)).length === 0);
  });

  it('docker compose down --rmi all is asked for first, with the images', async () => {
    await session.workbench.clickMenu(/^db/, 'Up');
    await session.workbench.waitForRows('db', has(/^db *healthy/), 60_000);
    await session.workbench.clickMenu(top, 'Down and Remove Images');
    expect(await session.workbench.question()).toContain('postgres:13');
    await session.workbench.answer('Cancel');
  });

  it('docker system prune -a is asked for first, with everything that would go', async () => {
    const { workbench } = session;
    await workbench.runCommand('Compose: Clean Up Engine');
    const list = workbench.page.locator('.quick-input-widget:visible');
    await list
      .locator('.monaco-list-row', { hasText: /Build cache/ })
      .first()
      .waitFor();
    await session.shot('course-prune');
    // The box at the head stands for all.
    await list
      .locator('.quick-input-header')
      .locator('input[type=checkbox], .monaco-checkbox')
      .first()
      .click();
    await list.locator('input.input').fill('Build cache');
    await list
      .locator('.monaco-list-row', { hasText: /Build cache/ })
      .first()
      .click();
    await workbench.page.keyboard.press('Enter');
    expect(await workbench.question()).toContain('Build cache');
    await workbench.answer('Remove');
    await workbench.page.locator('.statusbar-item', { hasText: 'The engine was cleaned up' }).waitFor();
  });

  it('any other command, typed', async () => {
    await more(top, 'Run Compose Command');
    await answer('docker compose version');
    await session.workbench.waitForTerminal(/version[\s\S]*Done/i);
  });
});
