import type { Port, Project, Service } from '#compose/model/project.ts';
import type { Subcommand } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';

/** What of a service a graph shows beside its name. */
export interface GraphDetails {
  readonly networks: boolean;
  readonly ports: boolean;
  readonly image: boolean;
  readonly indentation: string;
}

/** `docker compose alpha viz`: the project as a graph. */
export const viz: Subcommand = {
  usage: '[OPTIONS]',
  summary: 'EXPERIMENTAL - Generate a graphviz graph from your compose file',
  arguments: { least: 0 },
  options: [
    { name: 'image', type: 'flag', description: "Include service's image name in output graph" },
    {
      name: 'indentation-size',
      type: 'number',
      default: '1',
      description: 'Number of tabs or spaces to use for indentation',
    },
    { name: 'networks', type: 'flag', description: "Include service's attached networks in output graph" },
    { name: 'ports', type: 'flag', description: "Include service's exposed ports in output graph" },
    { name: 'spaces', type: 'flag', description: 'Indent with spaces instead of tabs' },
  ],
  async run(context) {
    const { options, output, errors } = context;
    const size = options.number('indentation-size') ?? 1;
    if (size < 0) throw new CommandError(`invalid indentation size: ${size}`);
    errors.write('viz command is EXPERIMENTAL\n');
    const { project } = await context.project();
    const details = {
      networks: options.flag('networks'),
      ports: options.flag('ports'),
      image: options.flag('image'),
      indentation: (options.flag('spaces') ? ' ' : '\t').repeat(size),
    };
    output.write(`${dotGraph(project, details)}\n`);
    return 0;
  },
};

/** A project as a graph in the language of Graphviz, with Docker Compose's own text; by name, where Docker Compose has no order. */
export function dotGraph(project: Project, details: GraphDetails): string {
  const { indentation } = details;
  const services = Object.entries(project.services).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const nodes = services.map(
    ([name, service]) =>
      `${indentation}"${name}" [style="filled" label=<<font point-size="15">${name}</font>${labels(project.name, name, service, details)}>];\n`,
  );
  const edges = services.flatMap(([name, { depends_on }]) =>
    Object.keys(depends_on ?? {})
      .toSorted()
      .map((other) => `${indentation}"${name}" -> "${other}";\n`),
  );
  return `digraph "${project.name}" {\n${indentation}layout=dot;\n${nodes.join('')}\n${edges.join('')}}\n`;
}

function labels(project: string, name: string, service: Service, details: GraphDetails): string {
  const networks = Object.entries(service.networks ?? {})
    .toSorted(
      ([a, first], [b, second]) => (second?.priority ?? 0) - (first?.priority ?? 0) || (a < b ? -1 : 1),
    )
    .map(([network]) => network);
  return [
    details.networks ? small('Networks', networks) : '',
    details.ports ? small('Ports', (service.ports ?? []).map(portText)) : '',
    details.image ? small('Image', [service.image ?? `${project}-${name}`]) : '',
  ].join('');
}

function small(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return `<font point-size="10"><br/><br/><b>${title}:</b>${lines.map((line) => `<br/>${line}`).join('')}</font>`;
}

function portText({ host_ip, published = '', target, protocol = 'tcp', mode = 'ingress' }: Port): string {
  const host = host_ip === undefined || host_ip === '' ? '' : `${host_ip}:`;
  return `${host}${published}:${target} (${protocol}, ${mode})`;
}
