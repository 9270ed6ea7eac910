import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogFormatter } from '../../../client/src/terminal/log-format.ts';
import { plainText, sanitizeLine } from '../../../client/src/terminal/sanitize.ts';

const line = (service: string, text: string, time?: string) => ({
  containerId: service,
  containerName: `shop-${service}-1`,
  service,
  stream: 'stdout' as const,
  text,
  time,
});

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/;
const colors = /\x1b\[[\d;:]*m/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: they are what is looked for

/** Colours as `<31>`, so that they can be read. */
const seen = (text: string) => text.replaceAll('\x1b[', '<').replaceAll(/<([\d;]*)m/g, '<$1>');

describe('log lines in a terminal', () => {
  it('have a prefix in their service’s colour, as wide as the widest seen', () => {
    const format = new LogFormatter('shop', ['web', 'db'], false);
    expect(
      [line('web', 'a'), line('worker', 'b'), line('db', 'c')].map((each) => seen(format.format(each))),
    ).toEqual(['<33>web-1 |<0> a<0>\r\n', '<32>worker-1 |<0> b<0>\r\n', '<36>db-1     |<0> c<0>\r\n']);
  });

  it('have the same colour whichever part is followed', () => {
    const one = new LogFormatter('shop', ['web', 'db'], false);
    const other = new LogFormatter('shop', ['db', 'web'], false);
    other.format(line('db', 'first'));
    expect(one.format(line('web', 'x'))).toContain('\x1b[33m');
    expect(other.format(line('web', 'x'))).toContain('\x1b[33m');
  });

  it('have their time when that is wanted', () => {
    const format = new LogFormatter('shop', ['web'], true);
    expect(seen(format.format(line('web', 'x', '2026-01-02T03:04:05.678901234Z')))).toBe(
      '<36>web-1 |<0> <2>2026-01-02T03:04:05.678Z<0> x<0>\r\n',
    );
  });
});

describe('what a log may do to a terminal', () => {
  it.each([
    ['colours stay', '\x1b[1;31mred\x1b[0m', '\x1b[1;31mred\x1b[0m'],
    ['the cursor is not moved', 'a\x1b[2Ab\x1b[10;1Hc', 'abc'],
    ['nothing is cleared', '\x1b[2J\x1b[3Jx\x1b[K', 'x'],
    ['the title is not set', '\x1b]0;evil\x07x', 'x'],
    ['nothing is put on the clipboard', '\x1b]52;c;ZXZpbA==\x1b\\x', 'x'],
    ['no reports are asked for', '\x1b[6nx\x1b[c\x1bZ', 'x'],
    ['an unfinished sequence does not swallow the next line', 'x\x1b[12', 'x'],
    ['an unfinished string does not either', 'x\x1b]0;title', 'x'],
    ['bells, backspaces and 8-bit controls go', 'a\x07b\x08c\x9b2J', 'abc'],
    ['tabs stay', 'a\tb', 'a\tb'],
    ['of a progress bar the last state', '10 %\r50 %\r100 %\r', '100 %'],
    ['other scripts and emoji', 'é 漢字 🐳', 'é 漢字 🐳'],
  ])('%s', (_, text, clean) => {
    expect(sanitizeLine(text)).toBe(clean);
  });
});

describe('without colours', () => {
  it.each([
    ['colours go, however they are written', '\x1b[1;31mred\x1b[0m \x1b[38:2::1:2:3mmore\x1b[m', 'red more'],
    ['tabs and ends of lines stay', 'a\tb\r\nc', 'a\tb\r\nc'],
    ['device strings go with what they hold', 'a\x1bPq#0;2\x1b\\b\x1b]0;title\x07c\x1b]8;;http://x', 'abc'],
    ['other sequences go', '\x1b[2Ja\x1b(B\x1b7b\x1b[?25l', 'ab'],
    ['what begins nothing goes', 'a\x1b\x1b', 'a'],
  ])('%s', (_name, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('of any text no control but tabs and ends of lines is left', () => {
    const text = fc.string({
      unit: fc.constantFrom('\x1b', '[', ']', '3', '1', 'm', ';', '\x07', '\\', 'P', '\x9b', 'x', '\r', '\n'),
    });
    fc.assert(
      fc.property(text, (written) => {
        expect(plainText(written)).not.toMatch(controls);
        expect(sanitizeLine(written).replaceAll(colors, '')).not.toMatch(controls);
      }),
    );
  });
});
