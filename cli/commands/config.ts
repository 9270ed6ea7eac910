import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { LoadedProject } from '#compose/load/request.ts';
import type { Node } from '#compose/syntax/node.ts';
import { modelJson, modelYaml, projectJson, projectYaml } from '#compose/model/print-project.ts';
import type { Command, CommandContext } from '../frame/command.ts';
import { CommandError } from '../frame/command-error.ts';
import { explainPath } from './config-explain.ts';
import { hashes, images, models, networks, profiles, serviceNames, volumes } from './config-lists.ts';
import { type ConfigLoad, loadForConfig } from './config-load.ts';
import { problemsJson } from './config-problems.ts';
import { variables } from './config-variables.ts';

export const config: Command = {
  name: 'config',
  usage: '[OPTIONS] [SERVICE...]',
  summary: 'Parse, resolve and render compose file in canonical format',
  options: [
    { name: 'environment', type: 'flag', description: 'Print environment used for interpolation.' },
    {
      name: 'explain',
      type: 'text',
      value: 'path',
      description: 'Print where a value such as services.web.ports comes from.',
    },
    { name: 'format', type: 'text', description: 'Format the output. Values: [yaml | json]' },
    { name: 'hash', type: 'text', description: 'Print the service config hash, one per line.' },
    { name: 'images', type: 'flag', description: 'Print the image names, one per line.' },
    {
      name: 'lock-image-digests',
      type: 'flag',
      description: 'Produces an override file with image digests',
    },
    { name: 'models', type: 'flag', description: 'Print the model names, one per line.' },
    { name: 'networks', type: 'flag', description: 'Print the network names, one per line.' },
    { name: 'no-consistency', type: 'flag', description: "Don't check model consistency" },
    { name: 'no-env-resolution', type: 'flag', description: "Don't resolve service env files" },
    { name: 'no-interpolate', type: 'flag', description: "Don't interpolate environment variables" },
    { name: 'no-normalize', type: 'flag', description: "Don't normalize compose model" },
    { name: 'no-path-resolution', type: 'flag', description: "Don't resolve file paths" },
    { name: 'output', short: 'o', type: 'text', description: 'Save to file (default to stdout)' },
    {
      name: 'problems',
      type: 'text',
      value: 'format',
      description: 'Print every problem with its code and place. Values: [json]',
    },
    { name: 'profiles', type: 'flag', description: 'Print the profile names, one per line.' },
    {
      name: 'quiet',
      short: 'q',
      type: 'flag',
      description: "Only validate the configuration, don't print anything",
    },
    { name: 'resolve-image-digests', type: 'flag', description: 'Pin image tags to digests' },
    { name: 'services', type: 'flag', description: 'Print the service names, one per line.' },
    { name: 'variables', type: 'flag', description: 'Print model variables and default values.' },
    { name: 'volumes', type: 'flag', description: 'Print the volume names, one per line.' },
  ],

  async run(context) {
    const { options, output } = context;
    if (options.has('problems')) return printProblems(context);
    const print = async (list: (loaded: LoadedProject) => readonly string[], load: ConfigLoad) => {
      for (const line of list(await loadForConfig(context, load))) output.write(`${line}\n`);
      return 0;
    };
    const all: ConfigLoad = { noEnvironment: true };
    const selected: ConfigLoad = { services: context.arguments };
    if (options.flag('services')) return print(serviceNames, all);
    if (options.flag('volumes')) return print(volumes, all);
    if (options.flag('networks')) return print(networks, all);
    if (options.flag('models')) return print(models, selected);
    const hash = options.text('hash') ?? '';
    if (hash !== '') return print((loaded) => hashes(loaded, hash), {});
    if (options.flag('profiles')) return print(profiles, selected);
    if (options.flag('images')) return print(images, selected);
    if (options.flag('variables')) {
      warnOfServices(context, '--variables');
      const model = await loadForConfig(context, {
        noEnvironment: true,
        noInterpolate: true,
        noValidation: true,
      });
      output.write(variables(model.tree, options.text('format')));
      return 0;
    }
    if (options.flag('environment')) return print(environment, selected);
    const path = options.text('explain');
    if (path !== undefined) return explain(context, path);
    return printProject(context);
  },
};

async function printProject(context: CommandContext): Promise<number> {
  const { options, output, cwd } = context;
  const format = options.text('format') ?? 'yaml';
  if (format !== 'yaml' && format !== 'json') {
    throw new CommandError(`unsupported format ${JSON.stringify(format)}`);
  }
  const noInterpolate = options.flag('no-interpolate');
  if (noInterpolate) warnOfServices(context, '--no-interpolate');
  const loaded = await loadForConfig(context, {
    services: noInterpolate ? [] : context.arguments,
    noInterpolate,
  });
  const { tree } = loaded;
  let { project } = loaded;
  if (!noInterpolate && (options.flag('resolve-image-digests') || options.flag('lock-image-digests'))) {
    const { withDigests, imagesOnly } = await import('./config-digests.ts');
    if (options.flag('lock-image-digests')) project = imagesOnly(project);
    project = await withDigests(project, await context.engine(), context.signal);
  }
  if (options.flag('quiet')) return 0;
  // Extensions come from the model, and are none of the override's business.
  const shown = options.flag('lock-image-digests') ? withoutEntries(tree) : tree;
  let text: string;
  if (noInterpolate) text = format === 'json' ? modelJson(tree, project.name) : modelYaml(tree, project.name);
  else {
    const printed = format === 'json' ? projectJson(project) : projectYaml(project, shown);
    // What is printed can be loaded again: a dollar sign is not a variable.
    text = printed.replaceAll('$', '$$$$');
    // An override file leaves the name to what it overrides.
    if (options.flag('lock-image-digests')) text = text.replace(/^name: ""\n/, '');
  }
  const file = options.text('output');
  if (file === undefined || file === '') output.write(text);
  else await save(resolve(cwd, file), text);
  return 0;
}

async function save(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new CommandError(`open ${path}: ${reasonOf(error)}`);
  }
}

/** In the words of Docker Compose, as far as they are usual. */
function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or directory',
    EACCES: 'permission denied',
    EISDIR: 'is a directory',
    ENOTDIR: 'not a directory',
  };
  return known[code] ?? message;
}

function warnOfServices({ arguments: services, errors }: CommandContext, option: string): void {
  if (services.length > 0)
    errors.write(`service filtering is not applied when ${option} is set: it is about the whole model\n`);
}

function withoutEntries(tree: Node): Node {
  return tree.kind === 'map' ? { ...tree, entries: [] } : tree;
}

function environment({ environment: variables }: LoadedProject): readonly string[] {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .sort();
}

async function explain(context: CommandContext, path: string): Promise<number> {
  const loaded = await loadForConfig(context, { services: context.arguments });
  const text = explainPath(loaded, path);
  if (text === undefined) throw new CommandError(`There is no value at ${path}.`);
  context.output.write(text);
  return 0;
}

/** All of them, whatever they are; the status still says whether Docker Compose would refuse the project. */
async function printProblems(context: CommandContext): Promise<number> {
  const format = context.options.text('problems');
  if (format !== 'json') throw new CommandError(`unsupported format ${JSON.stringify(format)}`);
  const { text, failed } = await problemsJson(context);
  context.output.write(text);
  return failed ? 1 : 0;
}
