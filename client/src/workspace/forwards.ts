import * as vscode from 'vscode';
import { parseHost } from '#engine/api/transport/endpoint.ts';
import { PortForwards } from '#engine/connect/port-forwards.ts';
import { isLive } from '#engine/api/is-live.ts';
import { setForwarded } from '../tree/forwarded-ports.ts';
import type { Engines } from './engines.ts';
import type { Stack } from './stacks.ts';

const { l10n } = vscode;

/** Ports that are forwarded at once: each is an `ssh` of its own. */
const most = 32;

interface Wanted {
  readonly container: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

/** Has the published ports of engines over SSH reached on this machine, as long as their containers run. */
export class Forwards implements vscode.Disposable {
  readonly #engines: Engines;
  readonly #changed: () => void;
  /** By endpoint. */
  readonly #open = new Map<string, PortForwards>();
  readonly #told = new Set<string>();
  #shown = '';

  constructor(engines: Engines, changed: () => void) {
    this.#engines = engines;
    this.#changed = changed;
  }

  /** Forwards what these publish now, and ends the rest. */
  follow(stacks: readonly Stack[]): void {
    const wanted = new Map<string, Wanted[]>();
    for (const stack of stacks) {
      const endpoint = this.#engines.of(stack).current?.info.endpoint ?? '';
      if (!endpoint.startsWith('ssh://')) continue;
      wanted.set(endpoint, [...(wanted.get(endpoint) ?? []), ...portsOf(stack)]);
    }
    for (const ports of wanted.values()) if (ports.splice(most).length > 0) this.#tellMost();
    const shown = JSON.stringify([...wanted]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    for (const [endpoint, forwards] of this.#open) forwards.keep(wanted.get(endpoint) ?? []);
    void this.#openAll(wanted, shown);
  }

  dispose(): void {
    for (const forwards of this.#open.values()) forwards.close();
    setForwarded([]);
  }

  async #openAll(wanted: ReadonlyMap<string, readonly Wanted[]>, shown: string): Promise<void> {
    const reached = [...wanted].flatMap(([endpoint, ports]) => {
      const forwards = this.#at(endpoint);
      return ports.map(async (each) => {
        const local = await forwards?.open(each);
        if (local !== undefined && local !== each.port) this.#tell(each, local);
        return local === undefined ? [] : [{ container: each.container, port: each.port, local }];
      });
    });
    const all = (await Promise.all(reached)).flat();
    if (shown === this.#shown && setForwarded(all)) this.#changed();
  }

  #at(endpoint: string): PortForwards | undefined {
    const known = this.#open.get(endpoint);
    if (known !== undefined) return known;
    // Behind the address is where it was found.
    const parsed = parseHost(endpoint.split(' ')[0] ?? '').endpoint;
    if (parsed?.kind !== 'ssh') return undefined;
    const forwards = new PortForwards(parsed);
    this.#open.set(endpoint, forwards);
    return forwards;
  }

  #tellMost(): void {
    this.#tellOnce(
      l10n.t(
        "At most {0} ports of an engine are forwarded over SSH. The others can't be reached from this computer.",
        most,
      ),
    );
  }

  #tell({ name, port }: Wanted, local: number): void {
    this.#tellOnce(l10n.t('Port {0} is taken on this computer: {1} is at localhost:{2}.', port, name, local));
  }

  #tellOnce(text: string): void {
    if (this.#told.has(text)) return;
    this.#told.add(text);
    void vscode.window.showInformationMessage(text);
  }
}

function portsOf({ services, view }: Stack): readonly Wanted[] {
  if (!view.isFresh) return [];
  return services.flatMap(({ containers }) =>
    containers.filter(isLive).flatMap(({ id, name, ports }) => {
      const published = ports.filter(({ protocol }) => protocol === 'tcp');
      const numbers = [...new Set(published.map(({ hostPort }) => hostPort))];
      return numbers.flatMap((port): Wanted[] => {
        if (port === undefined) return [];
        const ip = published.find(({ hostPort }) => hostPort === port)?.hostIp ?? '';
        const host = ['', '0.0.0.0', '::'].includes(ip) ? '127.0.0.1' : ip;
        return [{ container: id, name, host, port }];
      });
    }),
  );
}
