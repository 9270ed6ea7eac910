import { confined } from './confined.ts';
import { listOf, numberOf, servicesOf, textOf } from './input.ts';
import { destroysData } from './plan-tokens.ts';
import { file, input, service, services, token } from './properties.ts';
import { read } from './read-tools.ts';
import type { Input, Tool, ToolHost } from './tool.ts';
import { ToolError } from './tool-error.ts';

const operations = ['up', 'down', 'restart', 'scale', 'deploy'] as const;
type Operation = (typeof operations)[number];

/** What changes something, and the plan that comes before. */
export const changeTools: readonly Tool[] = [
  {
    name: 'composure_plan',
    title: 'Plan Compose Changes',
    description:
      'Shows what up, down, restart, scale, or deploy would create, replace, or remove, and why, without doing it. Gives the token that composure_up and its like need. A step that begins with ! takes data away.',
    input: input({
      operation: { type: 'string', enum: operations, description: 'What to plan; up by default.' },
      services,
      build: { type: 'boolean', description: 'For up and deploy: build images first.' },
      pull: {
        type: 'boolean',
        description:
          'For deploy: get newer images first, which the plan cannot know. The user is asked before that.',
      },
      volumes: { type: 'boolean', description: 'For down: remove volumes too. Their data is lost.' },
      replicas: {
        type: 'integer',
        minimum: 0,
        maximum: 100,
        description: 'For scale: how many containers each of the services has.',
      },
    }),
    effect: 'reads',
    run: plan,
  },
  changing('up', 'Compose Up', 'Brings the project up as planned: creates, replaces, and starts containers.'),
  changing(
    'down',
    'Compose Down',
    'Takes the project down as planned: removes containers and networks; volumes only if the plan says so, and after the user has agreed.',
  ),
  changing('restart', 'Compose Restart', 'Restarts services as planned.'),
  changing('scale', 'Compose Scale', 'Changes the number of containers as planned.'),
  changing(
    'deploy',
    'Compose Deploy',
    'Deploys a new version as planned: saves the volumes, replaces service by service once the new containers are healthy, and goes back to what ran before if one fails.',
  ),
  {
    name: 'composure_fix',
    title: 'Fix Compose Files',
    description:
      'Applies the fixes of composure_problems that keep the meaning of the project, to one file or to all.',
    input: input({ file }),
    effect: 'changes',
    run(given, host, signal) {
      const name = textOf(given, 'file');
      return read(
        host,
        ['check', '--fix', ...(name === undefined ? [] : [confined(host.folder, name)])],
        signal,
      );
    },
  },
  {
    name: 'composure_exec',
    title: 'Run a Command in a Service',
    description:
      'Runs a command in a running container of a service, after the user has agreed, and gives what it wrote.',
    input: input(
      {
        service,
        command: {
          type: 'array',
          items: { type: 'string' },
          maxItems: 50,
          description: 'The program and its arguments: no shell is around them.',
        },
      },
      ['service', 'command'],
    ),
    effect: 'runs',
    destroys: true,
    async run(given, host, signal) {
      const command = listOf(given, 'command');
      const [name] = servicesOf({ services: [textOf(given, 'service') ?? ''] });
      if (command.length === 0 || name === undefined)
        throw new ToolError('Give the program to run in "command".');
      await agreed(host, `Run this in a container of ${name}?\n${host.mask(command.join(' '))}`);
      return read(host, ['exec', '-T', name, ...command], signal);
    },
  },
];

async function plan(given: Input, host: ToolHost, signal: AbortSignal): Promise<string> {
  const operation = (textOf(given, 'operation') ?? 'up') as Operation;
  const words = wordsFor(operation, given);
  const text = await planText(words.plan, words.run, host, signal);
  const token = host.plans.keep({ operation, ...words, text });
  const loss = destroysData(text) ? ' It takes data away: the user will be asked.' : '';
  const more = isOpen(words.run) ? ' Newer images may change more: the user will be asked.' : '';
  return `${text}\n\nThis was a plan; nothing has changed.${loss}${more} To carry it out, call composure_${operation} with token ${token}.`;
}

async function planText(
  planned: readonly string[] | undefined,
  run: readonly string[],
  host: ToolHost,
  signal: AbortSignal,
): Promise<string> {
  if (planned === undefined) return `  1. ${run.join(' ')} (it was asked for)`;
  const { status, output } = await host.command(planned, signal);
  if (status !== 0)
    throw new ToolError(
      `There is no plan, because this is wrong:\n${host.mask(output.trim())}\nCall composure_problems, mend it, and plan again.`,
    );
  return output.trim();
}

function wordsFor(
  operation: Operation,
  given: Input,
): { readonly plan: readonly string[] | undefined; readonly run: readonly string[] } {
  const names = servicesOf(given);
  const replicas = numberOf(given, 'replicas', -1);
  switch (operation) {
    case 'up': {
      const words = [...(given.build === true ? ['--build'] : []), ...names];
      return { plan: ['plan', 'up', ...words], run: ['up', '--detach', ...words] };
    }
    case 'down': {
      const words = [...(given.volumes === true ? ['--volumes'] : []), ...names];
      return { plan: ['plan', 'down', ...words], run: ['down', ...words] };
    }
    case 'restart':
      return { plan: undefined, run: ['restart', ...names] };
    case 'deploy': {
      const words = [...(given.build === true ? ['--build'] : []), ...names];
      const deploy = ['deploy', '--pull', given.pull === true ? 'always' : 'missing', ...words];
      return { plan: ['--dry-run', ...deploy], run: deploy };
    }
    case 'scale': {
      if (replicas < 0 || names.length === 0)
        throw new ToolError('Say which "services" are to have how many "replicas".');
      const scales = names.map((name) => `${name}=${replicas}`);
      return {
        plan: ['plan', 'up', '--no-recreate', ...scales.flatMap((each) => ['--scale', each]), ...names],
        run: ['scale', '--no-deps', ...scales],
      };
    }
  }
}

function changing(operation: Operation, title: string, description: string): Tool {
  return {
    name: `composure_${operation}`,
    title,
    description: `${description} Needs the token of a plan from composure_plan.`,
    input: input({ token }, ['token']),
    effect: 'changes',
    ...(operation === 'down' && { destroys: true }),
    async run(given, host, signal) {
      const change = host.plans.take(textOf(given, 'token') ?? '', operation);
      const now = await planText(change.plan, change.run, host, signal);
      if (now !== change.text) {
        const again = host.plans.keep({ ...change, text: now });
        throw new ToolError(
          `Nothing was done: the plan is another one by now.\n${host.mask(now)}\nIf this is what is wanted, call composure_${operation} with token ${again}.`,
        );
      }
      if (destroysData(now)) await agreed(host, `This takes data away. Carry it out?\n${host.mask(now)}`);
      else if (isOpen(change.run))
        await agreed(host, `Get newer images, and deploy what they change?\n${host.mask(now)}`);
      return read(host, change.run, signal);
    },
  };
}

/** What it does is known in full only while it is done. */
function isOpen(run: readonly string[]): boolean {
  return run[0] === 'deploy' && run.includes('always');
}

async function agreed(host: ToolHost, question: string): Promise<void> {
  if (await host.consent(question)) return;
  throw new ToolError(
    'Nothing was done: the user has not agreed, or this client cannot ask the user. Say what you wanted to do, and let the user do it.',
  );
}
