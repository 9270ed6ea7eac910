import { spawn } from 'node:child_process';
import type { LoadedProject } from '#compose/load/request.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { BottomLine } from '../frame/bottom-line.ts';
import type { CommandContext } from '../frame/command.ts';
import type { Input, Output, Shell } from '../frame/io.ts';
import { isSet } from './up-options.ts';

/** How long an error stands above the menu, in ms. */
const errorTime = 10_000;
const watchPage = 'https://docs.docker.com/compose/file-watch/';
const keyCode = { interrupt: 0x03, suspend: 0x1a, enter: [0x0a, 0x0d] } as const;

/** Watching files, as the menu turns it on and off. */
export interface WatchSwitch {
  readonly isOn: () => boolean;
  toggle(): Promise<void>;
}

/** The menu, if `up` is to show it; it opens later. */
export function menuOf(context: CommandContext, { project, environment }: LoadedProject): UpMenu | undefined {
  const { shell } = context.input;
  return shell !== undefined && wantsMenu(context, environment)
    ? new UpMenu(context, shell, project.name)
    : undefined;
}

/**
 * Whether `up` shows its menu, by Docker Compose's rules: at a terminal, unless `--menu` or `COMPOSE_MENU` (also of the project's `.env`) say no. A
 * terminal that belongs to another program, such as an editor's, has commands of its own.
 */
export function wantsMenu(
  { options, global, input, output }: Pick<CommandContext, 'options' | 'global' | 'input' | 'output'>,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (!output.isTerminal || !input.isTerminal || input.shell === undefined) return false;
  const isPlain = global.progress === 'plain' || (global.ansi === 'never' && isAutomatic(global.progress));
  if (isPlain) return false;
  if (options.has('menu')) return options.flag('menu');
  return environment.COMPOSE_MENU === undefined || isSet(environment.COMPOSE_MENU);
}

function isAutomatic(progress: string | undefined): boolean {
  return progress === undefined || progress === '' || progress === 'auto';
}

/** Docker Desktop says by a label that it is what answers. */
async function isDesktop(engine: EnginePort, signal: AbortSignal): Promise<boolean> {
  const labels = await engine.listEngineLabels(signal);
  return labels.some((label) => label.startsWith('com.docker.desktop.address='));
}

/** The menu of an `up` in the foreground: a line at the bottom of the terminal, and the keys that it names. */
export class UpMenu {
  readonly #input: Input;
  readonly #shell: Shell;
  readonly #output: Output;
  readonly #project: string;
  readonly #line: BottomLine;
  #desktop = false;
  #watch: WatchSwitch | undefined;
  #error: string | undefined;
  #errorTimer: NodeJS.Timeout | undefined;
  #open = false;
  #keys: AsyncIterator<Uint8Array> | undefined;
  #stopResizing: () => void = () => {};

  constructor({ input, output }: Pick<CommandContext, 'input' | 'output'>, shell: Shell, project: string) {
    this.#input = input;
    this.#output = output;
    this.#shell = shell;
    this.#project = project;
    this.#line = new BottomLine(output, () => this.#lines());
  }

  /** The same command, with its outputs above the menu, also before it opens. */
  above(context: CommandContext): CommandContext {
    return {
      ...context,
      output: this.#line.above(context.output),
      errors: this.#line.above(context.errors),
    };
  }

  /** Without `watch`, nothing of the project is to be watched, and the key says so. */
  async open(engine: EnginePort, watch: WatchSwitch | undefined, signal: AbortSignal): Promise<void> {
    this.#watch = watch;
    this.#desktop = await isDesktop(engine, signal);
    this.#open = true;
    this.#input.setRaw(true);
    this.#stopResizing = this.#output.onResize(() => this.refresh());
    this.#line.show();
    void this.#read();
  }

  /** Draws it anew: something that it shows has changed. */
  refresh(): void {
    if (!this.#open) return;
    this.#line.clear();
    this.#line.show();
  }

  /** Takes it away and gives the keyboard back. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    clearTimeout(this.#errorTimer);
    this.#stopResizing();
    this.#line.clear();
    this.#output.write('\x1b[?25h');
    this.#input.setRaw(false);
    void this.#keys?.return?.();
  }

  async #read(): Promise<void> {
    this.#keys = this.#input.read()[Symbol.asyncIterator]();
    while (this.#open) {
      const next = await this.#keys.next();
      if (next.done === true) return;
      for (const key of next.value) this.#press(key);
    }
  }

  #press(key: number): void {
    if (!this.#open) return;
    if (key === keyCode.interrupt) {
      this.close();
      this.#shell.interrupt();
    } else if (key === keyCode.suspend) this.#suspend();
    else if (keyCode.enter.some((each) => each === key)) {
      this.#line.clear();
      this.#output.write('\n');
      this.#line.show();
    } else this.#letter(String.fromCharCode(key));
  }

  #letter(letter: string): void {
    if (letter === 'w') void this.#toggleWatch();
    if (!this.#desktop) return;
    const page = `docker-desktop://dashboard`;
    if (letter === 'v') this.#visit(`${page}/apps/${this.#project}`, 'View', 'could not open Docker Desktop');
    if (letter === 'o')
      this.#visit(
        `${page}/docker-compose/${this.#project}`,
        'View Config',
        'could not open Docker Desktop Compose UI',
      );
    if (letter === 'w' && this.#watch === undefined)
      this.#visit(
        `${page}/docker-compose/${this.#project}/watch`,
        'Watch Docs',
        'could not open Docker Desktop Compose UI',
      );
  }

  async #toggleWatch(): Promise<void> {
    if (this.#watch === undefined) {
      this.#fail('Watch', `watch is not yet configured. Learn more: \x1b[36m${watchPage}\x1b[0m`);
      return;
    }
    await this.#watch.toggle();
    this.refresh();
  }

  #suspend(): void {
    this.#line.clear();
    this.#input.setRaw(false);
    this.#shell.suspend(() => {
      if (!this.#open) return;
      this.#input.setRaw(true);
      this.#line.show();
    });
  }

  #visit(address: string, prefix: string, failure: string): void {
    const [program, ...words] = opener(address);
    const child = spawn(program, words, { stdio: 'ignore', windowsHide: true });
    child.on('error', () => this.#fail(prefix, failure));
    child.on('exit', (code) => {
      if (code !== 0) this.#fail(prefix, failure);
    });
    child.unref();
  }

  #fail(prefix: string, reason: string): void {
    if (!this.#open) return;
    this.#error = `\x1b[1;36m${prefix} →\x1b[0m  ${reason}`;
    clearTimeout(this.#errorTimer);
    this.#errorTimer = setTimeout(() => {
      this.#error = undefined;
      this.refresh();
    }, errorTime).unref();
    this.refresh();
  }

  #lines(): readonly string[] | undefined {
    if (!this.#open) return undefined;
    return [...(this.#error === undefined ? [] : [this.#error]), this.#items()];
  }

  #items(): string {
    const items = [
      ...(this.#desktop ? [item('v', 'View in Docker Desktop'), item('o', 'View Config')] : []),
      item('w', this.#watch?.isOn() === true ? 'Disable Watch' : 'Enable Watch'),
    ];
    return items.join(faint('   '));
  }
}

/** Black on white, as Docker Compose has it. */
function item(key: string, text: string): string {
  return `\x1b[1;38;2;0;0;0;48;2;255;255;255m${key}\x1b[0m${faint(` ${text}`)}`;
}

function faint(text: string): string {
  return `\x1b[2m${text}\x1b[0m`;
}

function opener(address: string): [string, ...string[]] {
  if (process.platform === 'darwin') return ['open', address];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  return ['xdg-open', address];
}
