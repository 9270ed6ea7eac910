#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const words = process.argv.slice(2);
const { name, version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));

if (words.includes('--version')) console.log(`${name} ${version}`);
else if (words.includes('--help'))
  console.log(
    `Usage: ${name} --stdio\n\nThe language server of Composure for Docker Compose files, for any editor.`,
  );
else {
  // Editors that name no channel mean the standard streams.
  if (!words.some((word) => /^--(?:stdio|node-ipc|socket=|pipe=)/.test(word))) process.argv.push('--stdio');
  if (!words.some((word) => word.startsWith('--code-cache=')))
    process.argv.push(`--code-cache=${codeCache()}`);
  await import('./dist/server.mjs');
}

/** What V8 makes of the server's code: one file that each version writes anew, and a start that takes half the time. */
function codeCache() {
  const caches = {
    win32: process.env.LOCALAPPDATA ?? join(homedir(), 'AppData/Local'),
    darwin: join(homedir(), 'Library/Caches'),
  };
  return join(
    caches[process.platform] ?? (process.env.XDG_CACHE_HOME || join(homedir(), '.cache')),
    'composure/language-server',
  );
}
