import { invalidParams, isMessage, type Message, ProtocolError } from './connection.ts';

interface Prompt {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly description: string;
    readonly required: boolean;
  }[];
}

const texts: Readonly<Record<string, (value: string) => string>> = {
  'why-does-it-fail': (service) =>
    `Why does the Compose service ${service} fail? Call composure_why for it first. If the cause is unknown, look at composure_events and at the log with composure_logs and composure_search_logs, and at what it was configured with by composure_explain. Say the cause in one sentence, show the lines that prove it, and propose the smallest change to the Compose file. Change nothing before I agree.`,
  'make-it-production-ready': (files) =>
    `Make this Compose project ready for production${files === '' ? '' : ` in ${files}`}. Read composure_config and composure_problems. Look at: health checks and depends_on with condition, restart policies, memory and processor limits, pinned images, secrets instead of variables, users other than root, read-only file systems, log rotation, published ports. Write the changes as an override file compose.prod.yaml, compare both with composure_compare, and show me the difference.`,
  'containerize-this-folder': (folder) =>
    `Make the program in ${folder === '' ? 'this folder' : folder} run in containers. Find out its language, its start command, its ports, and the services it needs. Write a Dockerfile (several stages, a user other than root), a .dockerignore, and a compose.yaml with health checks. Then check with composure_problems and composure_check_before_up, show the plan of composure_plan, and wait for my consent before bringing it up.`,
};

export const prompts: readonly Prompt[] = [
  {
    name: 'why-does-it-fail',
    title: 'Why does this service fail?',
    description: 'Finds the cause of a failing service, with proof.',
    arguments: [{ name: 'service', description: "The service's name.", required: true }],
  },
  {
    name: 'make-it-production-ready',
    title: 'Make this production-ready',
    description: 'Goes through what a Compose project needs in production.',
    arguments: [{ name: 'files', description: 'The Compose files, if not the usual ones.', required: false }],
  },
  {
    name: 'containerize-this-folder',
    title: 'Containerize this folder',
    description: 'Writes a Dockerfile and a Compose file for a program.',
    arguments: [{ name: 'folder', description: "The program's folder, if not this one.", required: false }],
  },
];

/** A prompt with its argument filled in. */
export function getPrompt({ name, arguments: given }: Message): Message {
  const prompt = prompts.find((each) => each.name === name);
  const text = prompt === undefined ? undefined : texts[prompt.name];
  if (prompt === undefined || text === undefined)
    throw new ProtocolError(
      invalidParams,
      `There is no prompt ${String(name)}. There is: ${prompts.map((each) => each.name).join(', ')}.`,
    );
  const [argument] = prompt.arguments;
  const value = isMessage(given) && argument !== undefined ? given[argument.name] : undefined;
  if (argument?.required === true && (typeof value !== 'string' || value === ''))
    throw new ProtocolError(
      invalidParams,
      `The argument ${argument.name} is missing: ${argument.description}`,
    );
  return {
    description: prompt.description,
    messages: [
      { role: 'user', content: { type: 'text', text: text(typeof value === 'string' ? value : '') } },
    ],
  };
}
