import { recordOf } from '#compose/values/record.ts';

/** A line that a provider's program writes. */
export type ProviderMessage =
  | { readonly kind: 'info' | 'debug' | 'error'; readonly text: string }
  /** `prefixed`: under the service's name; else as it is. */
  | { readonly kind: 'variable'; readonly prefixed: boolean; readonly name: string; readonly value: string }
  | { readonly kind: 'invalid'; readonly text: string };

/** Reads one line of the protocol, which is JSON: `{"type": "setenv", "message": "URL=…"}`. */
export function readMessage(line: string): ProviderMessage {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'invalid', text: line };
  }
  const { type, message = '' } = (typeof value === 'object' && value !== null ? value : {}) as Readonly<
    Record<string, unknown>
  >;
  if (typeof type !== 'string' || typeof message !== 'string') return { kind: 'invalid', text: line };
  if (type === 'info' || type === 'debug' || type === 'error') return { kind: type, text: message };
  const at = message.indexOf('=');
  if ((type !== 'setenv' && type !== 'rawsetenv') || at < 0)
    return { kind: 'invalid', text: type.endsWith('setenv') ? message : type };
  return {
    kind: 'variable',
    prefixed: type === 'setenv',
    name: message.slice(0, at),
    value: message.slice(at + 1),
  };
}

/** What a program says of itself: which options each of its commands takes. */
export interface ProviderMetadata {
  readonly commands: ReadonlyMap<string, readonly ProviderParameter[]>;
}

export interface ProviderParameter {
  readonly name: string;
  readonly required: boolean;
}

/** `undefined`: it says nothing, and every option is passed on. */
export function readMetadata(text: string): ProviderMetadata | undefined {
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const commands = ['up', 'down', 'stop'].flatMap((command) => {
      const described = value[command] as { readonly parameters?: unknown } | undefined;
      if (described === undefined || described === null) return [];
      const list: readonly unknown[] = Array.isArray(described.parameters) ? described.parameters : [];
      const parameters = list.flatMap((each) => {
        const { name, required } = each as { readonly name?: unknown; readonly required?: unknown };
        return typeof name === 'string' ? [{ name, required: required === true }] : [];
      });
      return [[command, parameters] as const];
    });
    const isEmpty =
      (value.description ?? '') === '' &&
      commands.every(([command, parameters]) => command === 'stop' || parameters.length === 0);
    return isEmpty ? undefined : { commands: new Map(commands) };
  } catch {
    return undefined;
  }
}

/** The words after the program's name. Options in the order of their names, which Docker Compose leaves to chance. */
export function providerWords(
  command: 'up' | 'down' | 'stop',
  project: string,
  service: string,
  options: Readonly<Record<string, readonly string[]>>,
  metadata: ProviderMetadata | undefined,
): readonly string[] {
  const known =
    metadata === undefined ? undefined : new Set(metadata.commands.get(command)?.map(({ name }) => name));
  const words = Object.entries(options)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .filter(([name]) => known === undefined || known.has(name))
    .flatMap(([name, values]) => values.map((value) => `--${name}=${value}`));
  return ['compose', `--project-name=${project}`, command, ...words, service];
}

/** The variables of the services that depend on it. */
export function variablesFor(
  service: string,
  messages: readonly ProviderMessage[],
): Readonly<Record<string, string>> {
  const found = messages.filter((message) => message.kind === 'variable');
  return recordOf([
    ...found
      .filter(({ prefixed }) => prefixed)
      .map(({ name, value }) => [`${service.toUpperCase()}_${name}`, value] as const),
    ...found.filter(({ prefixed }) => !prefixed).map(({ name, value }) => [name, value] as const),
  ]);
}
