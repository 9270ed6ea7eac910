import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hostOf } from './engine.ts';
import { eventually, stack } from './stack.ts';
import { atTerminal } from './terminal.ts';

const watched = `services:
  web:
    image: busybox
    command: [sh, -c, "echo ready; sleep 1000"]
    stop_grace_period: 0s
    develop:
      watch: [{ path: ./page.txt, action: sync, target: /page.txt }]
`;

it('up at a terminal has a menu: w watches files, and no longer, and Ctrl-C stops all', async () => {
  const one = await stack(hostOf('engineHost'), watched, { 'page.txt': 'first' });
  onTestFinished(() => one.remove());
  const terminal = atTerminal(one, 'up');
  await terminal.shows(/ready[\s\S]*w Enable Watch|w.{0,20}Enable Watch[\s\S]*ready/);
  terminal.type('w');
  await terminal.shows(/Disable Watch/);
  await writeFile(join(one.folder, 'page.txt'), 'second');
  await eventually(async () => {
    expect((await one.compose('exec', '-T', 'web', 'cat', '/page.txt')).out).toBe('second');
  });
  terminal.type('w');
  await terminal.shows(/Disable Watch[\s\S]*Enable Watch/);
  terminal.type('\x03');
  expect(await terminal.ended).toBe(130);
  expect((await one.compose('ps', '-q')).out).toBe('');
});

it('up at a terminal has no menu where it is not wanted', async () => {
  const one = await stack(hostOf('engineHost'), watched, { 'page.txt': 'first' });
  onTestFinished(() => one.remove());
  const terminal = atTerminal(one, 'up', '--menu=false');
  await terminal.shows(/ready/);
  terminal.type('\x03');
  expect(await terminal.ended).toBe(130);
  expect(terminal.text()).not.toContain('Enable Watch');
});
