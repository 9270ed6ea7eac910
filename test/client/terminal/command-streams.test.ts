import { describe, expect, it } from 'vitest';
import { CommandStreams } from '../../../client/src/terminal/command-streams.ts';

function open() {
  let shown = '';
  const streams = new CommandStreams((text) => {
    shown += text;
  });
  const read = async () => {
    for await (const chunk of streams.input.read()) return Buffer.from(chunk).toString();
    return undefined;
  };
  const screen = () => {
    streams.flush();
    return shown;
  };
  return { streams, read, screen };
}

describe('what is typed', () => {
  it('reaches the command by lines, edited and echoed', async () => {
    const { streams, read, screen } = open();
    streams.type('yed\x7f\x7fes\r');
    expect(await read()).toBe('yes\n');
    expect(screen()).toBe('yed\b \b\b \bes\r\n');
  });

  it('reaches it key by key, not echoed, when the command asks for that', async () => {
    const { streams, read, screen } = open();
    streams.input.setRaw(true);
    streams.type('\x03');
    expect(await read()).toBe('\x03');
    expect(screen()).toBe('');
  });

  it('waits for a command that reads later, and ends', async () => {
    const { streams, read } = open();
    const reading = read();
    streams.type('\x04');
    expect(await reading).toBeUndefined();
  });

  it('interrupts the command with Ctrl-C and drops the line', async () => {
    const { streams, read } = open();
    let interrupts = 0;
    const release = streams.onInterrupt(() => interrupts++);
    streams.type('half\x03whole\r');
    release();
    streams.type('\x03');
    expect(interrupts).toBe(1);
    expect(await read()).toBe('whole\n');
  });
});

describe('what is written', () => {
  it('has a terminal’s line ends, and no sequences but colours', () => {
    const { streams, screen } = open();
    const output = streams.createOutput();
    output.write('\x1b[32mone\x1b[0m\ntwo\r\n\x1b[2J');
    expect(screen()).toBe('\x1b[32mone\x1b[0m\r\ntwo\r\n');
  });

  it('goes through as it is from a program that has the terminal', () => {
    const { streams, screen } = open();
    streams.input.setRaw(true);
    streams.createOutput().write('\x1b[2Jx\n');
    expect(screen()).toBe('\x1b[2Jx\n');
  });

  it('keeps characters whole whose bytes come apart, each stream for itself', () => {
    const { streams, screen } = open();
    const [output, errors] = [streams.createOutput(), streams.createOutput()];
    const bytes = Buffer.from('é');
    output.write(bytes.subarray(0, 1));
    errors.write('-');
    output.write(bytes.subarray(1));
    expect(screen()).toBe('-é');
  });

  it('holds back who writes much until it has been shown', async () => {
    const { streams } = open();
    const output = streams.createOutput();
    output.write('x'.repeat(1000));
    await output.drained();
    output.write('x'.repeat(70_000));
    await output.drained();
    expect(output.size()).toBeUndefined();
    streams.resize({ columns: 80, rows: 24 });
    expect(output.size()).toEqual({ columns: 80, rows: 24 });
  });
});
