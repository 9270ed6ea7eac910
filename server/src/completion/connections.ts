import type { CursorContext } from '#compose/syntax/cursor-context.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { Node } from '#compose/syntax/node.ts';
import { splitReference } from '#compose/values/image-reference.ts';
import type { SourceFile } from '../workspace/files.ts';
import { serviceEntries } from '../workspace/service-entries.ts';
import type { Suggestion } from './suggestion.ts';
import { wording } from '../words/words.ts';

/** How another service of the file is reached. */
interface Connection {
  readonly service: string;
  /** Variables that commonly hold the address. */
  readonly names: readonly string[];
  readonly url: string;
}

/** Variables whose value is an address. */
const addressNames = /(?:URL|URI|DSN|CONNECTION(?:_?STRING)?|ADDRESS|ADDR|ENDPOINT)$/i;

/**
 * Addresses of the file's other services, as variables of this one: `REDIS_URL=redis://redis:6379`. Names and passwords are those that the other service is
 * given in the same file.
 */
export function connectionSuggestions(
  file: SourceFile,
  cursor: CursorContext,
  role: 'key' | 'value',
): Suggestion[] {
  const { path, word } = cursor;
  const [section, own, attribute, part] = path;
  if (section !== 'services' || attribute !== 'environment') return [];
  const connections = connectionsIn(file).filter(({ service }) => service !== own);
  const detail = ({ service }: Connection) => wording('completion.connection', { service });
  if (role === 'value' && typeof part === 'string')
    return path.length === 4 && addressNames.test(part)
      ? connections.map((each, order) => ({
          label: each.url,
          as: { scalar: each.url },
          kind: 'service',
          detail: detail(each),
          rank: 1,
          order: part.toUpperCase().includes(each.names[0]?.split('_')[0] ?? '') ? order : 100 + order,
        }))
      : [];
  const isItem = role === 'value' && typeof part === 'number' && path.length === 4;
  if (!isItem && !(role === 'key' && path.length === 3)) return [];
  const [, before, name] = /^((\w+)=)/.exec(word) ?? [];
  if (before !== undefined)
    return isItem && addressNames.test(name ?? '')
      ? connections.map((each) => ({
          label: each.url,
          as: { raw: each.url },
          kind: 'service',
          detail: detail(each),
          rank: 1,
          from: cursor.start + before.length,
        }))
      : [];
  const written = new Set([...cursor.keys, ...cursor.items.map((item) => item.split('=')[0] ?? '')]);
  return connections.flatMap((each) =>
    each.names
      .filter((variable) => !written.has(variable))
      .map(
        (variable, order): Suggestion => ({
          label: variable,
          as: { raw: role === 'key' ? `${variable}: ${quoted(each.url)}` : `${variable}=${each.url}` },
          kind: 'service',
          detail: detail(each),
          documentation: { yaml: `${variable}: ${each.url}` },
          rank: 2,
          order: 50 + order,
        }),
      ),
  );
}

function quoted(url: string): string {
  return /: |\s#/.test(url) ? JSON.stringify(url) : url;
}

function connectionsIn(file: SourceFile): readonly Connection[] {
  return serviceEntries(file).flatMap((entry) => connectionTo(keyText(entry), entry.value) ?? []);
}

function connectionTo(service: string, node: Node): Connection | undefined {
  const image = stringOf(valueIn(node, 'image'));
  if (image === undefined) return undefined;
  const environment = variablesOf(valueIn(node, 'environment'));
  const get = (...names: readonly string[]) => names.map((name) => environment.get(name)).find(Boolean);
  const login = (user: string | undefined, password: string | undefined) =>
    user === undefined ? '' : `${user}${password === undefined ? '' : `:${password}`}@`;
  switch (splitReference(image).name.split('/').at(-1)) {
    case 'postgres': {
      const user = get('POSTGRES_USER') ?? 'postgres';
      const at = login(user, get('POSTGRES_PASSWORD'));
      return {
        service,
        names: ['DATABASE_URL', 'POSTGRES_URL'],
        url: `postgresql://${at}${service}:5432/${get('POSTGRES_DB') ?? user}`,
      };
    }
    case 'mysql':
    case 'mariadb': {
      const user = get('MYSQL_USER', 'MARIADB_USER') ?? 'root';
      const password =
        user === 'root'
          ? get('MYSQL_ROOT_PASSWORD', 'MARIADB_ROOT_PASSWORD')
          : get('MYSQL_PASSWORD', 'MARIADB_PASSWORD');
      const database = get('MYSQL_DATABASE', 'MARIADB_DATABASE') ?? '';
      return {
        service,
        names: ['DATABASE_URL', 'MYSQL_URL'],
        url: `mysql://${login(user, password)}${service}:3306/${database}`,
      };
    }
    case 'mongo': {
      const user = get('MONGO_INITDB_ROOT_USERNAME');
      const at = login(user, get('MONGO_INITDB_ROOT_PASSWORD'));
      const database = get('MONGO_INITDB_DATABASE') ?? '';
      // Who may do everything is known to the database `admin` alone.
      const source = user === undefined ? '' : '?authSource=admin';
      return {
        service,
        names: ['MONGODB_URL', 'MONGO_URL', 'MONGODB_URI', 'MONGO_URI'],
        url: `mongodb://${at}${service}:27017/${database}${source}`,
      };
    }
    case 'redis':
    case 'valkey': {
      const command = valueIn(node, 'command');
      const words =
        command?.kind === 'seq'
          ? command.items.map((item) => stringOf(item) ?? '')
          : (stringOf(command) ?? '').split(/\s+/);
      const password = words[words.indexOf('--requirepass') + 1];
      const at = words.includes('--requirepass') ? login('', password) : '';
      return { service, names: ['REDIS_URL'], url: `redis://${at}${service}:6379` };
    }
    case 'rabbitmq': {
      const at = login(get('RABBITMQ_DEFAULT_USER'), get('RABBITMQ_DEFAULT_PASS'));
      return { service, names: ['RABBITMQ_URL', 'AMQP_URL'], url: `amqp://${at}${service}:5672` };
    }
    case 'elasticsearch':
      return { service, names: ['ELASTICSEARCH_URL'], url: `http://${service}:9200` };
    default:
      return undefined;
  }
}

function variablesOf(environment: Node | undefined): ReadonlyMap<string, string> {
  if (environment?.kind === 'map')
    return new Map(environment.entries.map((entry) => [keyText(entry), stringOf(entry.value) ?? '']));
  if (environment?.kind !== 'seq') return new Map();
  return new Map(
    environment.items.flatMap((item) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(stringOf(item) ?? '') ?? [];
      return name === undefined ? [] : [[name, value ?? ''] as const];
    }),
  );
}
