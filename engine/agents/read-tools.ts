import { convertDockerRun } from '#compose/convert/docker-run/docker-run.ts';
import { convertedFile } from '#compose/convert/docker-run/converted-text.ts';
import { explainFailure } from '../failure/explain-failure.ts';
import { explanationText } from '../failure/explanation-text.ts';
import { gatherFacts } from '../failure/gather-facts.ts';
import { unifiedDiff } from '../kubernetes/line-diff.ts';
import { label } from '../project/labels.ts';
import { confined } from './confined.ts';
import { freshness } from './freshness.ts';
import { listOf, numberOf, servicesOf, textOf } from './input.ts';
import { matchingLines } from './matching-lines.ts';
import { file, input, lines, service, services, since, until } from './properties.ts';
import { readiness } from './readiness.ts';
import type { Input, Tool, ToolHost } from './tool.ts';
import { ToolError } from './tool-error.ts';

/** What looks and changes nothing. */
export const readTools: readonly Tool[] = [
  {
    name: 'composure_list',
    title: 'List Compose Projects',
    description:
      'Lists the Docker Compose projects with their services, containers, states, exit codes, and published ports.',
    input: input({}),
    effect: 'reads',
    run: (_, host, signal) => host.list(signal),
  },
  {
    name: 'composure_why',
    title: 'Explain Why a Service Fails',
    description:
      'Says why a service fails, is unhealthy, or cannot be reached: the cause by fixed rules, with the lines that show it and what to do. Call it before reading logs.',
    input: input({ service }, ['service']),
    effect: 'reads',
    async run(given, host, signal) {
      const name = textOf(given, 'service') ?? '';
      const target = await host.target();
      const facts = await gatherFacts(await host.engine(), target, name, signal);
      if (facts === undefined)
        throw new ToolError(`There is no service ${name}. Call composure_list for the names.`);
      const explanation = explainFailure(facts);
      const { mask, nameOf } = host;
      return `cause: ${explanation.cause}\n${explanationText(explanation, target.loaded, { mask, nameOf })}`;
    },
  },
  {
    name: 'composure_explain',
    title: 'Explain Compose Configuration',
    description:
      'Says where a value of the effective configuration comes from: files with lines, what it overrides, variables. Without a path, the whole configuration after merging files, variables, and profiles.',
    input: input({ services, path: { type: 'string', description: 'A path such as services.web.ports.' } }),
    effect: 'reads',
    run(given, host, signal) {
      const path = textOf(given, 'path');
      if (path !== undefined && !/^[a-zA-Z]/.test(path))
        throw new ToolError('A path begins with a section: services.web.ports.');
      return read(
        host,
        path === undefined ? ['config', ...servicesOf(given)] : ['config', '--explain', path],
        signal,
      );
    },
  },
  {
    name: 'composure_config',
    title: 'Effective Compose Configuration',
    description:
      'The project as Docker Compose sees it: all files merged, variables filled in, profiles applied.',
    input: input({ services }),
    effect: 'reads',
    run: (given, host, signal) => read(host, ['config', ...servicesOf(given)], signal),
  },
  {
    name: 'composure_problems',
    title: 'Problems of Compose Files',
    description:
      'What is wrong with the Compose files, with file, line, and code. composure_fix applies the fixes that keep the meaning.',
    input: input({ file }),
    effect: 'reads',
    run(given, host, signal) {
      const name = textOf(given, 'file');
      return read(host, ['check', ...(name === undefined ? [] : [confined(host.folder, name)])], signal);
    },
  },
  {
    name: 'composure_compare',
    title: 'Compare Environments',
    description:
      'What is different in the effective configuration between two sets of Compose files, such as compose.yaml with and without compose.prod.yaml.',
    input: input(
      {
        before: {
          type: 'array',
          items: { type: 'string' },
          maxItems: 10,
          description: 'Compose files of the one, in their order.',
        },
        after: {
          type: 'array',
          items: { type: 'string' },
          maxItems: 10,
          description: 'Compose files of the other, in their order.',
        },
      },
      ['before', 'after'],
    ),
    effect: 'reads',
    async run(given, host, signal) {
      const of = async (name: string) => {
        const files = listOf(given, name).map((each) => confined(host.folder, each));
        if (files.length === 0) throw new ToolError(`Name at least one file in "${name}".`);
        return host.mask(await read(host, ['config'], signal, files));
      };
      const diff = unifiedDiff('config', await of('before'), await of('after'));
      return diff === '' ? 'There is no difference.' : diff;
    },
  },
  {
    name: 'composure_logs',
    title: 'Read Compose Logs',
    description: 'The last log lines of services, in the order of time, with a filter and a time.',
    input: input({
      services,
      lines,
      since,
      until,
      filter: { type: 'string', maxLength: 200, description: 'Only lines with this text, in whatever case.' },
    }),
    effect: 'reads',
    async run(given, host, signal) {
      const text = await logText(given, host, numberOf(given, 'lines', 100), signal);
      const filter = textOf(given, 'filter');
      return filter === undefined ? text : matchingLines(text, filter, 0);
    },
  },
  {
    name: 'composure_search_logs',
    title: 'Search Compose Logs',
    description: 'Finds a text in the last 5,000 lines of each container, with the lines around each place.',
    input: input(
      {
        services,
        since,
        until,
        query: {
          type: 'string',
          maxLength: 200,
          description: 'What to look for, in whatever case. No pattern.',
        },
        around: {
          type: 'integer',
          minimum: 0,
          maximum: 20,
          description: 'Lines before and after each place; 2 by default.',
        },
      },
      ['query'],
    ),
    effect: 'reads',
    async run(given, host, signal) {
      const text = await logText(given, host, 5000, signal);
      return matchingLines(text, textOf(given, 'query') ?? '', numberOf(given, 'around', 2));
    },
  },
  {
    name: 'composure_events',
    title: 'Compose Events',
    description:
      'What happened to the containers of the project in the past: starts, ends with exit codes, health, out of memory.',
    input: input({ since: { ...since, description: 'How far back: 10m, 2h, or RFC 3339; 1h by default.' } }),
    effect: 'reads',
    run: (given, host, signal) =>
      read(host, ['events', '--since', textOf(given, 'since') ?? '1h', '--until', '0s'], signal),
  },
  {
    name: 'composure_stats',
    title: 'Compose Statistics',
    description: 'Processor, memory, network, and disk of each running container, once.',
    input: input({}),
    effect: 'reads',
    run: (_, host, signal) => read(host, ['stats', '--no-stream'], signal),
  },
  {
    name: 'composure_inspect',
    title: 'Inspect a Compose Service',
    description: "What the engine knows of a service's containers, as JSON.",
    input: input({ service }, ['service']),
    effect: 'reads',
    async run(given, host, signal) {
      const name = textOf(given, 'service') ?? '';
      const engine = await host.engine();
      const { name: project } = await host.target();
      const labels = [`${label.project}=${project}`, `${label.service}=${name}`];
      const containers = await engine.listContainers({ labels, all: true }, signal);
      if (containers.length === 0)
        throw new ToolError(
          `${name} has no container. Call composure_list for the services and their states.`,
        );
      const details = await Promise.all(
        containers.slice(0, 5).map(({ id }) => engine.inspectContainer(id, signal)),
      );
      return JSON.stringify(host.maskDeep(details), null, 1);
    },
  },
  {
    name: 'composure_check_before_up',
    title: 'Check Before Up',
    description:
      'What may stand in the way of bringing the project up: errors in files, variables without a value, ports that are taken, images that are nowhere.',
    input: input({}),
    effect: 'reads',
    run: (_, host, signal) => readiness(host, signal),
  },
  {
    name: 'composure_images',
    title: 'Check for Newer Compose Images',
    description:
      'For each service whether its registry has newer content under the same tag than the engine.',
    input: input({}),
    effect: 'reads',
    run: (_, host, signal) => freshness(host, signal),
  },
  {
    name: 'composure_convert_docker_run',
    title: 'Convert docker run to Compose',
    description: 'Makes a Compose file of "docker run" commands; nothing is written.',
    input: input(
      { command: { type: 'string', maxLength: 5000, description: 'One or more docker run commands.' } },
      ['command'],
    ),
    effect: 'reads',
    run: async (given) => convertedFile(convertDockerRun(textOf(given, 'command') ?? '')),
  },
  {
    name: 'composure_kubernetes',
    title: 'Convert Compose to Kubernetes',
    description: 'The project as Kubernetes manifests, with what is different there; nothing is written.',
    input: input({ services }),
    effect: 'reads',
    run: (given, host, signal) => read(host, ['convert', '--stdout', ...servicesOf(given)], signal),
  },
];

/** What a command wrote, with its exit code where that says something. */
export async function read(
  host: ToolHost,
  words: readonly string[],
  signal: AbortSignal,
  files?: readonly string[],
): Promise<string> {
  const { status, output } = await host.command(words, signal, files);
  const text = output.trim();
  return `${status === 0 ? '' : `exit code ${status}\n`}${text === '' ? 'done, nothing to tell' : text}`;
}

async function logText(given: Input, host: ToolHost, tail: number, signal: AbortSignal): Promise<string> {
  const times = (['since', 'until'] as const).flatMap((name) => {
    const value = textOf(given, name);
    if (value === undefined) return [];
    if (!/^[\dT:.+Zhms-]+$/.test(value) || value.startsWith('-'))
      throw new ToolError(`"${name}" has to be 10m, 2h, or RFC 3339.`);
    return [`--${name}`, value];
  });
  const words = [
    'logs',
    '--no-color',
    '--timestamps',
    '--tail',
    String(tail),
    ...times,
    ...servicesOf(given),
  ];
  return read(host, words, signal);
}
