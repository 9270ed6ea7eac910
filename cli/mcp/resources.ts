import { readFileText } from '#disk/read-file.ts';
import { docsPage } from '#compose/schema/docs-page.ts';
import { schemaAt } from '#compose/schema/walk.ts';
import { pathToFileURL } from 'node:url';
import { bounded } from '#engine/agents/answer.ts';
import { invalidParams, type Message, ProtocolError } from './connection.ts';
import type { McpHost } from './mcp-host.ts';

const project = 'composure://project';
const schema = 'composure://schema/';

export const templates: readonly Message[] = [
  {
    uriTemplate: `${schema}{path}`,
    name: 'schema',
    title: 'Schema of a Compose attribute',
    description:
      'What the Compose Specification says of an attribute, and its page: composure://schema/services.web.healthcheck',
    mimeType: 'application/json',
  },
];

/** The compose files of the project and the project that they make. */
export async function resources(host: McpHost, _signal: AbortSignal): Promise<Message> {
  const files = await filesOf(host);
  return {
    resources: [
      { uri: project, name: 'project', title: 'Effective project', mimeType: 'application/yaml' },
      ...files.map((path) => ({
        uri: pathToFileURL(path).href,
        name: host.nameOf(pathToFileURL(path).href),
        title: 'Compose file',
        mimeType: 'application/yaml',
      })),
    ],
  };
}

/** Masked and bounded, as everything. Only what is listed can be read. */
export async function readResource(host: McpHost, uri: unknown, signal: AbortSignal): Promise<Message> {
  if (typeof uri !== 'string') throw new ProtocolError(invalidParams, 'The URI is missing.');
  if (uri.startsWith(schema)) return contents(uri, 'application/json', schemaText(uri.slice(schema.length)));
  await host.learnSecrets();
  if (uri === project) {
    const { output } = await host.command(['config'], signal);
    return contents(uri, 'application/yaml', host.mask(output));
  }
  const path = (await filesOf(host)).find((each) => pathToFileURL(each).href === uri);
  if (path === undefined)
    throw new ProtocolError(-32_002, `There is no resource ${uri}. resources/list has those that there are.`);
  return contents(uri, 'application/yaml', host.mask(await readFileText(path, 'compose')));
}

async function filesOf(host: McpHost): Promise<readonly string[]> {
  const target = await host.target().catch(() => undefined);
  return target?.loaded?.files ?? [];
}

function schemaText(text: string): string {
  const path = decodeURIComponent(text).split('.');
  const point = schemaAt(path);
  if (point === undefined)
    throw new ProtocolError(
      -32_002,
      `Compose has no ${path.join('.')}. Begin with a section: services.web.ports.`,
    );
  return JSON.stringify(
    {
      path: path.join('.'),
      description: point.description,
      deprecated: point.deprecated,
      types: point.types,
      values: point.values,
      default: point.defaultValue,
      keys: [...point.properties].map(([name, each]) => ({ name, description: each.description })),
      required: point.required,
      documentation: docsPage(path),
    },
    null,
    1,
  );
}

function contents(uri: string, mimeType: string, text: string): Message {
  return { contents: [{ uri, mimeType, text: bounded(text) }] };
}
