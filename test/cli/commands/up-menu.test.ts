import { describe, expect, it } from 'vitest';
import type { EnginePort } from '#engine/api/engine-port.ts';
import type { CommandContext } from '#cli/frame/command.ts';
import type { Input, Output } from '#cli/frame/io.ts';
import { UpMenu, wantsMenu } from '#cli/commands/up-menu.ts';

const rows = 6;
const columns = 40;
const never = new AbortController().signal;

const esc = '\x1b';
const tokens = new RegExp(`${esc}\\[([\\d;?]*)([A-Za-z])|${esc}[78]|[\\r\\n]|[^${esc}\\r\\n]+`, 'g');

/** A terminal of 6 rows, by the escape sequences that the menu uses; what stands on it, without colors. */
class Screen implements Output {
  readonly isTerminal = true;
  #lines: string[] = Array.from({ length: rows }, () => '');
  #row = 0;
  #column = 0;
  #saved: readonly [number, number] = [0, 0];

  size() {
    return { rows, columns };
  }

  write(text: string | Uint8Array): void {
    const plain = typeof text === 'string' ? text : new TextDecoder().decode(text);
    for (const [token, code = '', letter] of plain.matchAll(tokens)) {
      if (token === '\r') this.#column = 0;
      else if (token === '\n') this.#down();
      else if (token === '\x1b7') this.#saved = [this.#row, this.#column];
      else if (token === '\x1b8') [this.#row, this.#column] = this.#saved;
      else if (letter === 'A') this.#row = Math.max(0, this.#row - Number(code));
      else if (letter === 'H') [this.#row, this.#column] = [Number(code.split(';')[0]) - 1, 0];
      else if (letter === 'K') this.#lines[this.#row] = '';
      else if (letter === 'J') this.#lines.fill('', this.#row);
      else if (letter === undefined) this.#put(token);
    }
  }

  #down(): void {
    this.#column = 0;
    this.#row += 1;
    if (this.#row < rows) return;
    this.#row = rows - 1;
    this.#lines = [...this.#lines.slice(1), ''];
  }

  #put(text: string): void {
    const line = this.#lines[this.#row] ?? '';
    this.#lines[this.#row] = line.slice(0, this.#column).padEnd(this.#column) + text;
    this.#column += text.length;
  }

  get text(): readonly string[] {
    return this.#lines;
  }

  async drained(): Promise<void> {}

  onResize(): () => void {
    return () => {};
  }
}

/** Keys that somebody presses one after the other; each resolves when it has been looked at. */
class Keys {
  readonly raw: boolean[] = [];
  interrupts = 0;
  readonly #waiting: ((key: string) => void)[] = [];

  readonly input: Input = {
    isTerminal: true,
    setRaw: (raw) => this.raw.push(raw),
    read: () => this.#read(),
    shell: { interrupt: () => this.interrupts++, suspend: (onContinued) => onContinued() },
  };

  async *#read() {
    while (true)
      yield new TextEncoder().encode(await new Promise<string>((take) => this.#waiting.push(take)));
  }

  async press(key: string): Promise<void> {
    await until(() => this.#waiting.length > 0);
    this.#waiting.shift()?.(key);
    await new Promise((done) => setImmediate(done));
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setImmediate(done));
}

async function opened(labels: readonly string[], watch = false) {
  const screen = new Screen();
  const keys = new Keys();
  const { shell } = keys.input;
  if (shell === undefined) throw new Error('no shell');
  const given = { input: keys.input, output: screen, errors: screen } as unknown as CommandContext;
  const menu = new UpMenu(given, shell, 'shop');
  const { output } = menu.above(given);
  const engine = { listEngineLabels: async () => labels } as unknown as EnginePort;
  let isOn = false;
  const toggle = async () => {
    isOn = !isOn;
  };
  await menu.open(engine, watch ? { isOn: () => isOn, toggle } : undefined, never);
  return { screen, keys, menu, output };
}

describe('the menu of up', () => {
  it('stays at the bottom while others write above it', async () => {
    const { screen, output, menu } = await opened([], true);
    expect(screen.text).toEqual(['', '', '', '', '', 'w Enable Watch']);
    for (let at = 1; at <= 6; at++) output.write(`line ${at}\n`);
    expect(screen.text).toEqual(['line 4', 'line 5', 'line 6', '', '', 'w Enable Watch']);
    output.write('half');
    expect(screen.text).toEqual(['line 4', 'line 5', 'line 6', 'half', '', '']);
    output.write(' a line\n');
    expect(screen.text.slice(2)).toEqual(['half a line', '', '', 'w Enable Watch']);
    menu.close();
    expect(screen.text).not.toContain('w Enable Watch');
  });

  it('turns watching on and off', async () => {
    const { screen, keys } = await opened([], true);
    await keys.press('w');
    expect(screen.text.at(-1)).toBe('w Disable Watch');
    await keys.press('w');
    expect(screen.text.at(-1)).toBe('w Enable Watch');
  });

  it('says so where there is nothing to watch', async () => {
    const { screen, keys } = await opened([]);
    await keys.press('w');
    expect(screen.text.at(-1)).toBe('w Enable Watch');
    expect(screen.text.join('')).toContain(
      'Watch →  watch is not yet configured. Learn more: https://docs.docker.com/compose/file-watch/',
    );
  });

  it('offers Docker Desktop where the engine is its own', async () => {
    const { screen } = await opened(['other=1', 'com.docker.desktop.address=unix:///x']);
    expect(screen.text.join('')).toContain('v View in Docker Desktop   o View Config   w Enable Watch');
  });

  it('gives the keyboard back at Ctrl-C, which counts as one', async () => {
    const { screen, keys } = await opened([]);
    await keys.press('\x1a');
    expect(keys.raw).toEqual([true, false, true]);
    await keys.press('\x03');
    expect(keys.interrupts).toBe(1);
    expect(keys.raw.at(-1)).toBe(false);
    expect(screen.text.join('')).toBe('');
  });
});

describe('whether up has a menu', () => {
  const given = (
    options: { readonly menu?: boolean },
    {
      ansi = 'auto',
      progress,
      terminal = true,
    }: { ansi?: string; progress?: string; terminal?: boolean } = {},
    environment: Readonly<Record<string, string>> = {},
  ) => {
    const { input } = new Keys();
    return wantsMenu(
      {
        options: { has: () => options.menu !== undefined, flag: () => options.menu === true },
        global: { ansi, progress },
        input,
        output: { isTerminal: terminal },
      } as unknown as CommandContext,
      environment,
    );
  };

  it.each([
    [true, given({})],
    [false, given({}, { terminal: false })],
    [false, given({ menu: true }, { terminal: false })],
    [false, given({ menu: false })],
    [false, given({}, {}, { COMPOSE_MENU: 'false' })],
    [true, given({}, {}, { COMPOSE_MENU: 'y' })],
    [true, given({ menu: true }, {}, { COMPOSE_MENU: '0' })],
    [false, given({}, { progress: 'plain' })],
    [false, given({}, { ansi: 'never' })],
    [true, given({}, { ansi: 'never', progress: 'quiet' })],
  ])('%s', (expected, wanted) => {
    expect(wanted).toBe(expected);
  });
});
