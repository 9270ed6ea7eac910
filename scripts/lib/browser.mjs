// Debian's Chromium under playwright-core: the window that VS Code runs in.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { installPackages } from './debian.mjs';

const programs = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'];

/**
 * Starts a headless browser; Chromium is installed first where none is there.
 *
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function startBrowser() {
  if (!programs.some(existsSync)) await installPackages(['chromium']);
  return chromium.launch({
    executablePath: programs.find(existsSync) ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}
