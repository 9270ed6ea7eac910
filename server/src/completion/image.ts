import type { Path } from '#compose/values/path.ts';
import type { Dockerfile } from 'dockerfile-ast';
import { nodeAtPath } from '#compose/syntax/at.ts';
import { keyText, stringOf, valueIn } from '#compose/syntax/edit.ts';
import type { Node } from '#compose/syntax/node.ts';
import { baseImageOf, dockerfileOf, exposedPorts, workingDirectoryOf } from '../workspace/dockerfile.ts';
import type { SourceFile } from '../workspace/files.ts';
import { serviceEntries } from '../workspace/service-entries.ts';
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
  const build = valueIn(service, 'build');
  const dockerfile = async () =>
    build === undefined ? undefined : await dockerfileOf(workspace, directory, build);
  switch (attribute) {
    case 'environment': {
      if (role === 'key' ? path.length !== 3 : !isItem) return [];
      const written = new Set(namesOf(valueIn(service, 'environment')));
      const made = await dockerfile();
      const base = made === undefined ? undefined : imageFacts(baseImageOf(made));
      const [port] = made === undefined ? [] : exposedPorts(made);
      const usual = (variable: string) => (variable === 'PORT' ? port : usualValues[variable]) ?? '';
      const names = [
        ...new Set([...(image?.environment ?? []), ...(base?.environment ?? []), ...namesInFile(file), 'TZ']),
      ];
      return names.flatMap((variable, order): Suggestion[] =>
        written.has(variable)
          ? []
          : [
              {
                label: variable,
                as:
                  role === 'key'
                    ? { key: variable, shape: 'scalar' }
                    : { raw: `${variable}=${usual(variable)}` },
                kind: 'variable',
                rank: 2,
                order,
              },
            ],
      );
    }
    case 'healthcheck':
      if (part !== 'test' || path.length !== 4 || role === 'key') return [];
      return [
        ...(image?.healthChecks ?? []).map(
          (test, order): Suggestion => ({ label: test, as: { raw: test }, kind: 'enum', rank: 1, order }),
        ),
        ...(image === undefined ? webChecks(portsOf(service, await dockerfile())) : []),
        ...(image === undefined ? [anyCheck] : []),
      ];
    case 'ports':
    case 'expose': {
      const isTarget = attribute === 'ports' && path.length === 5 && path[4] === 'target';
      if (!(isItem || isTarget) || role === 'key') return [];
      const made = await dockerfile();
      const ports = made === undefined ? (image?.ports ?? []).map(String) : exposedPorts(made);
      if (isTarget)
        return ports.map((port, order) => {
          const label = port.replace(/\/.*$/, '');
          return { label, as: { raw: label }, kind: 'enum', rank: 1, order };
        });
      const labels = attribute === 'ports' ? [...ports.map(published), ...ports.flatMap(elsewhere)] : ports;
      return labels.map((label, order) => ({
        label,
        as: { scalar: label, quoted: true },
        kind: 'enum',
        rank: 1,
        order,
      }));
    }
    case 'develop': {
      const made = path.length === 6 && path[5] === 'target' ? await dockerfile() : undefined;
      const work = made === undefined ? undefined : workingDirectoryOf(made);
      return work === undefined ? [] : [{ label: work, as: { raw: work }, kind: 'folder', rank: 1 }];
    }
    default:
      return [];
  }
}

/** `53/udp` of the container at the same port of the machine. */
function published(port: string): string {
  return `${port.replace(/\/.*$/, '')}:${port}`;
}

/** Ports below 1024 are often taken, or not for everybody. */
function elsewhere(port: string): string[] {
  if (port === '80') return ['8080:80'];
  return port === '443' ? ['8443:443'] : [];
}

/** What variables mostly are in a container. */
const usualValues: Readonly<Record<string, string>> = { NODE_ENV: 'production' };

/** The container's ports that a service publishes or exposes. */
function portsOf(service: Node | undefined, dockerfile: Dockerfile | undefined): readonly string[] {
  const listed = ['ports', 'expose'].flatMap((attribute) => {
    const list = valueIn(service, attribute);
    return list?.kind === 'seq' ? list.items : [];
  });
  const written = listed.map(
    (item) =>
      /(?:^|:)(\d+)(?:\/tcp)?$/.exec(stringOf(item) ?? '')?.[1] ?? stringOf(valueIn(item, 'target')) ?? '',
  );
  const exposed = dockerfile === undefined ? [] : exposedPorts(dockerfile);
  return [...new Set([...written, ...exposed])].filter((port) => /^\d+$/.test(port));
}

/** Where nothing is known of a service: a command that is to be filled in. */
const anyCheck: Suggestion = {
  label: '["CMD-SHELL", "… || exit 1"]',
  as: { snippet: ['["CMD-SHELL", "$0 || exit 1"]'] },
  kind: 'enum',
  rank: 3,
};

/** A page is asked for: the path is to be filled in. */
function webChecks(ports: readonly string[]): Suggestion[] {
  return ports.flatMap((port, i) => {
    const host = `http://localhost${port === '80' ? '' : `:${port}`}/`;
    const checks = [
      `["CMD", "curl", "-f", "${host}\${1:health}"]`,
      `["CMD", "wget", "-q", "--spider", "${host}\${1:health}"]`,
    ];
    return checks.map((check, j): Suggestion => {
      const label = check.replace('${1:health}', '…');
      return { label, as: { snippet: [check] }, kind: 'enum', rank: 1, order: 10 + 2 * i + j };
    });
  });
}

/** The names of variables that any service of the file is given. */
function namesInFile(file: SourceFile): readonly string[] {
  return serviceEntries(file).flatMap(({ value }) => namesOf(valueIn(value, 'environment')));
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
