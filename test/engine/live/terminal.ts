import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { eventually, type Stack } from './stack.ts';

const program = fileURLToPath(new URL('../../../dist/cli.mjs', import.meta.url));

/** The built command line at a real terminal, as a person has it. */
export interface AtTerminal {
  /** Resolves once all that was written matches. */
  shows(wanted: RegExp): Promise<void>;
  /** All that was written so far, with what moves the cursor. */
  text(): string;
  /** Types these characters. */
  type(keys: string): void;
  /** The exit status. */
  readonly ended: Promise<number>;
}

/** Starts a command at a pseudo-terminal, by `script` of Debian's bsdutils, which is on every machine. */
export function atTerminal({ folder, environment }: Stack, ...words: readonly string[]): AtTerminal {
  const command = [process.execPath, program, ...words].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    cwd: folder,
    env: { ...process.env, TERM: 'xterm', COMPOSE_MENU: undefined, ...environment },
  });
  let written = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written += text;
  });
  return {
    shows: (wanted) =>
      eventually(async () => {
        if (!wanted.test(written)) throw new Error(`no ${wanted} in:\n${written}`);
      }),
    text: () => written,
    type: (keys) => {
      child.stdin.write(keys);
    },
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? -1));
    }),
  };
}
