// Drives VS Code's window as a person would: by what is written on rows, buttons and menus. Every wait is for something to be seen.
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { waitFor } from './processes.mjs';

/** How long something may take to appear, in milliseconds. */
const patience = 60_000;

/** @typedef {Awaited<ReturnType<typeof openWorkbench>>} Workbench */
/** @typedef {import('./vscode-web.mjs').WebExtensions} WebExtensions */

/**
 * Opens VS Code in a new window and waits until it can be used.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 * @param {{ width?: number, height?: number, scale?: number, language?: string, extensions?: WebExtensions }} [options]
 *   `language`: what extensions are told; VS Code's own texts stay English without a language pack. `extensions`: what the browser's worker runs.
 */
export async function openWorkbench(
  browser,
  url,
  { width = 1280, height = 800, scale = 1, language, extensions } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    // VS Code's page allows no other place than its own to load extensions from.
    bypassCSP: extensions !== undefined,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => {});
  const page = await context.newPage();
  if (language !== undefined)
    await page.addInitScript((name) => {
      // Where VS Code's page looks for the language it was loaded in.
      Object.defineProperty(globalThis, '_VSCODE_NLS_LANGUAGE', { value: name, writable: true });
    }, language);
  await extensions?.addTo(page);
  page.setDefaultTimeout(patience);
  /** @type {string[]} */
  const console = [];
  page.on('console', (message) => console.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => console.push(`page error: ${error.message}`));
  await page.goto(url);
  await page.locator('.monaco-workbench .activitybar .action-item').first().waitFor({ timeout: 60_000 });
  // The status bar shows the remote's name once the extension host's machine is connected.
  await page.locator('.statusbar-item').first().waitFor();

  const rows = page.locator('.sidebar .monaco-list-row');

  const workbench = {
    page,
    /** What the page wrote to its console, errors of the workbench among it. */
    console,

    /** Shows a view container by its title in the activity bar. @param {string} title */
    async openView(title) {
      const label = page.locator(`.action-label[aria-label^="${title}"]`);
      const item = page.locator('.activitybar .action-item', { has: label }).first();
      const shown = page.locator('.sidebar .composite.title', { hasText: title });
      await item.waitFor();
      // A window that is still restoring its views may open it by itself, and a click would then close it.
      await waitFor(`the view ${title}`, patience, async () => {
        if (!(await shown.isVisible())) await item.click();
        return shown.waitFor({ timeout: 3000 }).then(
          () => true,
          () => false,
        );
      });
    },

    /**
     * A row of the tree in the side bar, by a text it contains, to be acted upon or waited for.
     *
     * @param {string | RegExp} text
     */
    row: (text) => rows.filter({ hasText: text }).first(),

    /** The texts of the rows in the side bar, as they stand. */
    rowTexts: async () => (await rows.allInnerTexts()).map((text) => text.replace(/\s*\n\s*/g, ' ').trim()),

    /**
     * Waits until the rows in the side bar are so.
     *
     * @param {string} what
     * @param {(texts: readonly string[]) => boolean} wanted
     * @param {number} [milliseconds]
     */
    async waitForRows(what, wanted, milliseconds = patience) {
      /** @type {readonly string[]} */
      let seen = [];
      await waitFor(`the tree: ${what}`, milliseconds, async () => {
        seen = await workbench.rowTexts();
        return wanted(seen);
      }).catch((error) => {
        throw new Error(`${error.message}; the rows are:\n${seen.join('\n')}`);
      });
    },

    /** Expands a row of the tree; an expanded one stays so. @param {string | RegExp} text */
    async expand(text) {
      const row = workbench.row(text);
      await row.waitFor();
      await waitFor(`the row ${text} to expand`, patience, async () => {
        if ((await row.getAttribute('aria-expanded')) !== 'false') return true;
        await row.locator('.monaco-tl-twistie').click();
        return false;
      });
    },

    /**
     * The button that appears at the end of a row under the pointer.
     *
     * @param {string | RegExp} text
     * @param {string} label
     */
    async clickInline(text, label) {
      const row = workbench.row(text);
      await row.hover();
      await row.locator(`.actions .action-label[aria-label^="${label}"]`).first().click();
    },

    /**
     * An entry of a row's context menu.
     *
     * @param {string | RegExp} text
     * @param {string} entry
     */
    async clickMenu(text, entry) {
      await waitFor(`${entry} of the menu of ${text}`, patience, async () => {
        await workbench.row(text).click({ button: 'right' });
        return workbench.clickMenuEntry(entry);
      });
    },

    /**
     * An entry of the menu that is open. Whether it was clicked: a menu closes by itself when something else takes the focus, an editor that opens, say.
     *
     * @param {string} entry
     * @returns {Promise<boolean>}
     */
    async clickMenuEntry(entry) {
      let isClicked = false;
      const item = page.locator('.monaco-menu .action-item', {
        has: page.locator('.action-label', { hasText: new RegExp(`^${literally(entry)}(…|\\.\\.\\.)?$`) }),
      });
      await item.first().waitFor({ timeout: 10_000 });
      // A menu takes no click in the first moments after it opened.
      await waitFor(`the menu entry ${entry} to be taken`, patience, async () => {
        if ((await page.locator('.monaco-menu').count()) === 0) return true;
        await item.first().click({ timeout: 1000 });
        isClicked = true;
        return false;
      });
      return isClicked;
    },

    /**
     * An entry of a submenu of a row's context menu.
     *
     * @param {string | RegExp} text
     * @param {string} submenu
     * @param {string} entry
     */
    async clickSubmenu(text, submenu, entry) {
      const open = page.locator('.monaco-menu .action-item', {
        has: page.locator('.action-label', { hasText: new RegExp(`^${literally(submenu)}$`) }),
      });
      const inner = page.locator('.monaco-submenu .action-label');
      await waitFor(`the submenu ${submenu} of ${text}`, patience, async () => {
        await page.keyboard.press('Escape');
        await workbench.row(text).click({ button: 'right' });
        await open.first().click({ timeout: 2000 });
        await inner.first().waitFor({ timeout: 2000 });
        return true;
      });
      // The submenu stands inside its entry: what is looked for is within it.
      const item = inner.filter({ hasText: new RegExp(`^${literally(entry)}(…|\\.\\.\\.)?$`) }).first();
      await item.waitFor();
      await waitFor(`the menu entry ${entry} to be taken`, patience, async () => {
        if ((await page.locator('.monaco-menu').count()) === 0) return true;
        await item.click({ timeout: 1000 });
        return false;
      });
    },

    /** The entries of a row's context menu, which is closed again. @param {string | RegExp} text */
    async menuEntries(text) {
      const entries = page.locator('.monaco-menu .action-item .action-label');
      // A row that is drawn anew under the pointer takes no click.
      await waitFor(`the menu of ${text}`, patience, async () => {
        await page.keyboard.press('Escape');
        await workbench.row(text).click({ button: 'right', timeout: 2000 });
        await entries.first().waitFor({ timeout: 2000 });
        return true;
      });
      const labels = await entries.allInnerTexts();
      await page.keyboard.press('Escape');
      return labels.filter(Boolean);
    },

    /**
     * Loads the window anew. VS Code in a browser writes what it remembers every few seconds, when it has nothing else to do, and not at the end.
     *
     * @param {readonly string[]} [remembered] What must have been written first, titles of tabs for example.
     */
    async reload(remembered = []) {
      await waitFor(`${remembered.join(', ')} to be written`, patience, async () => {
        const written = await page.evaluate(rememberedByWindow);
        return remembered.every((text) => written.includes(text));
      });
      await page.reload();
      await page.locator('.monaco-workbench .activitybar .action-item').first().waitFor();
    },

    /** Runs a command by its full title, through the command palette. @param {string} title */
    async runCommand(title) {
      await workbench.chooseFrom('F1', title, `>${title}`);
    },

    /**
     * Opens the quick input with a key and takes an entry: again when something else that opened late has closed it, also while it looked for the entry.
     *
     * @param {string} key
     * @param {string} label
     * @param {string} [typed]
     */
    async chooseFrom(key, label, typed = label) {
      await waitFor(`${label} to be offered`, 2 * patience, async () => {
        await workbench.openQuickInput(key, typed);
        return workbench.choose(label, typed, 10_000).then(
          () => true,
          () => page.keyboard.press('Escape').then(() => false),
        );
      });
    },

    /**
     * Opens the quick input with a key and types into it: again when something else that opened late has closed it.
     *
     * @param {string} key
     * @param {string} typed
     */
    async openQuickInput(key, typed) {
      await waitFor('the quick input to stay', patience, async () => {
        await page.keyboard.press(key);
        const input = page.locator('.quick-input-widget:visible input.input');
        return input.fill(typed, { timeout: 5000 }).then(
          () => true,
          () => page.keyboard.press('Escape').then(() => false),
        );
      });
    },

    /**
     * Takes an entry of the quick pick that is open (or about to be).
     *
     * @param {string} label
     * @param {string} [typed] What to type first, the label itself by default.
     * @param {number} [milliseconds]
     */
    async choose(label, typed = label, milliseconds = patience) {
      const widget = page.locator('.quick-input-widget:visible');
      await widget.locator('input.input').fill(typed, { timeout: milliseconds });
      const entry = widget.locator('.monaco-list-row', { hasText: label }).first();
      await entry.waitFor({ timeout: milliseconds });
      // What the pointer rests on is told beside it, over the entries.
      await page.mouse.move(0, 0);
      await entry.click();
    },

    /** Opens a file of the workspace. @param {string} name */
    async openFile(name) {
      await workbench.chooseFrom('Control+P', name);
      await page
        .locator(`.tab[aria-label^="${name}"].active, .tab.active[data-resource-name="${name}"]`)
        .first()
        .waitFor();
    },

    /** The visible text of the editor that is open. */
    editorText: async () =>
      (await page.locator('.editor-instance .view-lines .view-line').allInnerTexts())
        .join('\n')
        .replaceAll('\u00a0', ' '),

    /** The visible lines of the terminal in front. Needs `terminal.integrated.gpuAcceleration: off`. */
    terminalText: async () =>
      (await page.locator('.terminal-wrapper.active .xterm-rows > div').allInnerTexts())
        .join('\n')
        .replaceAll('\u00a0', ' ')
        .trimEnd(),

    /** Waits for text in the terminal in front. @param {string | RegExp} wanted @param {number} [milliseconds] */
    async waitForTerminal(wanted, milliseconds = patience) {
      let seen = '';
      await waitFor(`the terminal to show ${wanted}`, milliseconds, async () => {
        seen = await workbench.terminalText();
        return typeof wanted === 'string' ? seen.includes(wanted) : wanted.test(seen);
      }).catch((error) => {
        throw new Error(`${error.message}; it shows:\n${seen}`);
      });
      return seen;
    },

    /** Types a line into the terminal in front. @param {string} line */
    async typeInTerminal(line) {
      await page.locator('.terminal-wrapper.active .xterm').first().click();
      await page.keyboard.type(line);
      await page.keyboard.press('Enter');
    },

    /** The modal question that is open: its text. */
    async question() {
      const box = page.locator('.monaco-dialog-box');
      await box.waitFor();
      return (await box.innerText()).trim();
    },

    /** Answers the modal question with one of its buttons. @param {string} button */
    async answer(button) {
      await page.locator('.monaco-dialog-box .monaco-button', { hasText: button }).first().click();
      await page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
    },

    /** The texts of the notifications on screen. */
    notifications: async () =>
      (await page.locator('.notification-toast .notification-list-item-message').allInnerTexts()).map(
        (text) => text.trim(),
      ),

    /** Waits for a notification with that text. @param {string | RegExp} text @param {number} [milliseconds] */
    async waitForNotification(text, milliseconds = patience) {
      await page.locator('.notification-toast', { hasText: text }).first().waitFor({ timeout: milliseconds });
    },

    /** @param {string} file Where the picture goes, a `.png`. */
    async screenshot(file) {
      await mkdir(dirname(file), { recursive: true });
      await page.screenshot({ path: file });
    },

    close: () => context.close(),
  };
  return workbench;
}

/** @param {string} text */
function literally(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Runs in the page: everything that VS Code has written about this window and workspace. */
async function rememberedByWindow() {
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
  const texts = names
    .filter((name) => name.startsWith('vscode-web-state-db'))
    .map(async (name) => {
      const database = await settled(indexedDB.open(name));
      try {
        return JSON.stringify(
          await settled(database.transaction('ItemTable').objectStore('ItemTable').getAll()),
        );
      } finally {
        database.close();
      }
    });
  return (await Promise.all(texts)).join('\n');

  /** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
  function settled(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
}
