import { EngineError } from '../api/engine-error.ts';
import type { ContainerDetails } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { say } from '../api/message.ts';
import { ask, which } from './ask.ts';
import type { Debuggee } from './debuggee.ts';
import type { OpenDebugger } from './opened.ts';
import { ownMark } from './processes.ts';
import { phpVariables } from './under-debugger.ts';

/** What Xdebug is set to, as a line of JSON. Its mode is what is in force, which `ini_get` does not tell. */
const askXdebug = `/*${ownMark}*/echo "\\n",json_encode(['modes'=>function_exists('xdebug_info')?xdebug_info('mode'):null,'host'=>ini_get('xdebug.client_host'),'port'=>(int)ini_get('xdebug.client_port')]),"\\n";`;

/**
 * Xdebug calls its client from the program, at each request: a relay is to listen where it calls. Rejects (`unsupported`) where Xdebug is missing, not
 * set to debug, or calls elsewhere than the container's own loopback.
 */
export async function openPhp(
  engine: EnginePort,
  container: ContainerDetails,
  debuggee: Debuggee,
  signal: AbortSignal,
): Promise<OpenDebugger> {
  const names = ['php', 'php8.4', 'php8.3', 'php8.2', 'php8.1', 'php7.4', 'python3'];
  const programs = await which(engine, container.id, names, signal);
  const php = programs.find((path) => /\/php[\d.]*$/.test(path));
  const subject = { subject: container.name };
  if (php !== undefined) {
    const { stdout } = await ask(engine, container.id, [php, '-r', askXdebug], signal);
    const xdebug = readXdebug(stdout);
    if (xdebug === undefined)
      throw new EngineError(
        'unsupported',
        say`Xdebug 3 is not in the image of ${container.name}. Add this line to its Dockerfile, build it and attach again: ${'RUN pecl install xdebug && docker-php-ext-enable xdebug'}`,
        subject,
      );
    if (!xdebug.modes.includes('debug') || !loopback.has(xdebug.host))
      throw new EngineError(
        'unsupported',
        say`Xdebug in ${container.name} does not call a debugger on the container's own loopback. Restart the service under the debugger, or set these variables: ${variables}`,
        subject,
      );
    return { debuggee, reverse: { port: xdebug.port, relay: { tool: 'php', program: php } } };
  }
  const python = programs.find((path) => path.endsWith('/python3'));
  if (python !== undefined)
    return { debuggee, reverse: { port: xdebugPort, relay: { tool: 'python', program: python } } };
  throw new EngineError(
    'unsupported',
    say`Xdebug in ${container.name} cannot reach the debugger: its image holds nothing that could relay to it (php, python3). Add the command line of PHP to the image.`,
    subject,
  );
}

const variables = Object.entries(phpVariables())
  .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  .join(', ');

/** What Xdebug 3 calls unless it was told otherwise. */
const xdebugPort = 9003;

const loopback = new Set(['localhost', '127.0.0.1', '::1']);

/** Reads what the script wrote, among what else PHP has to say. `undefined`: no Xdebug, or one older than 3. */
export function readXdebug(
  text: string,
): { readonly modes: readonly string[]; readonly host: string; readonly port: number } | undefined {
  for (const line of text.split('\n')) {
    if (!line.startsWith('{')) continue;
    try {
      const { modes, host, port }: Record<string, unknown> = JSON.parse(line);
      if (!Array.isArray(modes)) return undefined;
      return { modes: modes.map(String), host: String(host), port: Number(port) || xdebugPort };
    } catch {
      // A line of something else.
    }
  }
  return undefined;
}
