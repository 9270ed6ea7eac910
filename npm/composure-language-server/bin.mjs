#!/usr/bin/env node
import { readFileSync } from 'node:fs';

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
  await import('./dist/server.mjs');
}
