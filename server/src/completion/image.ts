import type { Path } from '#compose/values/path.ts';
import { nodeAtPath } from '#compose/syntax/at.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { Node } from '#compose/syntax/node.ts';
import { dockerfileOf, exposedPorts } from '../workspace/dockerfile.ts';
import type { SourceFile } from '../workspace/files.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { imageFacts } from './image-facts.ts';
import type { Suggestion } from './suggestion.ts';

/** What a service's image, or its Dockerfile, makes likely: names of variables, ports, health checks. `role`: a key, or a value or an item. */
export async function suggestionsByImage(
  path: Path,
  role: 'key' | 'value',
  file: SourceFile,
  directory: string,
  workspace: Workspace,
): Promise<Suggestion[]> {
  const [section, name, attribute, part] = path;
  if (section !== 'services' || name === undefined) return [];
  const service = file.roots.map((root) => nodeAtPath(root, ['services', name])).find(Boolean);
  const isItem = typeof part === 'number' && path.length === 4;
  const image = imageFacts(stringOf(valueIn(service, 'image')));
  switch (attribute) {
    case 'environment': {
      if (role === 'key' ? path.length !== 3 : !isItem) return [];
      const written = new Set(namesOf(valueIn(service, 'environment')));
      const names = [...new Set([...(image?.environment ?? []), ...namesInFile(file)])];
      return names.flatMap((variable, order): Suggestion[] =>
        written.has(variable)
          ? []
          : [
              {
                label: variable,
                as: role === 'key' ? { key: variable, shape: 'scalar' } : { raw: `${variable}=` },
                kind: 'variable',
                rank: 2,
                order,
              },
            ],
      );
    }
    case 'healthcheck':
      if (part !== 'test' || path.length !== 4 || role === 'key') return [];
      return (image?.healthChecks ?? []).map((test, order) => ({
        label: test,
        as: { raw: test },
        kind: 'enum',
        rank: 1,
        order,
      }));
    case 'ports':
    case 'expose': {
      if (!isItem || role === 'key') return [];
      const build = valueIn(service, 'build');
      const dockerfile = build === undefined ? undefined : await dockerfileOf(workspace, directory, build);
      const ports = dockerfile === undefined ? (image?.ports ?? []).map(String) : exposedPorts(dockerfile);
      return ports.map((port, order): Suggestion => {
        const label = attribute === 'ports' ? published(port) : port;
        return { label, as: { scalar: label, quoted: true }, kind: 'enum', rank: 1, order };
      });
    }
    default:
      return [];
  }
}

/** `53/udp` of the container at the same port of the machine. */
function published(port: string): string {
  return `${port.replace(/\/.*$/, '')}:${port}`;
}

/** The names of variables that any service of the file is given. */
function namesInFile(file: SourceFile): readonly string[] {
  return file.roots.flatMap((root) => {
    const services = valueIn(root, 'services');
    if (services?.kind !== 'map') return [];
    return services.entries.flatMap(({ value }) => namesOf(valueIn(value, 'environment')));
  });
}

function namesOf(environment: Node | undefined): readonly string[] {
  if (environment?.kind === 'map')
    return environment.entries
      .filter(({ value }) => value.broken !== true)
      .map(keyText)
      .filter(isName);
  if (environment?.kind !== 'seq') return [];
  return environment.items.map((item) => stringOf(item)?.split('=')[0] ?? '').filter(isName);
}

function isName(text: string): boolean {
  return /^[A-Za-z_][\w.]*$/.test(text);
}
