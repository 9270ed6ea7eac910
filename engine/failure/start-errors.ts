import { say } from '../api/message.ts';
import type { Finding } from './explanation.ts';
import type { FailureFacts } from './facts.ts';

/** One kind of what engines say when a container cannot be started, and what it means. */
type StartRule = readonly [RegExp, (match: RegExpExecArray, facts: FailureFacts) => Finding];

/** Why a container could not be started, from the engine's own words. */
export function explainStart(facts: FailureFacts): Finding | undefined {
  const error = facts.container?.error ?? '';
  if (error === '') return undefined;
  for (const [pattern, found] of rules) {
    const match = pattern.exec(error);
    if (match !== null) return { ...found(match, facts), seen: { from: 'engine', text: error } };
  }
  return undefined;
}

const rules: readonly StartRule[] = [
  [/exec format error/i, (_, facts) => wrongFormat(facts)],
  [
    /exec:? "?([^":]+)"?: (?:stat [^:]+: )?(?:executable file not found in \$?PATH|no such file or directory)/,
    ([, program = '']) => programMissing(program),
  ],
  [/stat ([^\s:]+): no such file or directory/, ([, program = '']) => programMissing(program)],
  [
    /exec:? "?([^":]+)"?: (?:stat [^:]+: )?(?:permission denied|is a directory)/,
    ([, program = '']) => ({
      cause: 'not-executable',
      what: say`${program} is not executable.`,
      fixes: [
        say`Make it executable ("chmod +x" before it is copied or mounted), or run it through its interpreter.`,
      ],
      attribute: 'command',
    }),
  ],
  [
    /bind source path does not exist: (\S+)|invalid mount config for type "bind": stat (\S+): no such file/,
    ([, path, other = '']) => sourceMissing(path ?? other),
  ],
  [
    /trying to mount a directory onto a file|not a directory.*mount|mount.*not a directory/is,
    () => ({
      cause: 'mount-type',
      what: say`A folder is mounted over a file of the image, or a file over a folder.`,
      fixes: [
        say`Check whether the mounted path exists. If it does not, the engine creates a folder.`,
        say`Mount a file onto a file and a folder onto a folder.`,
      ],
      attribute: 'volumes',
    }),
  ],
  [
    /port is already allocated|address already in use|ports are not available/,
    (match) => {
      const port = /(?:0\.0\.0\.0|\[::\]|127\.0\.0\.1|[\d.]+):(\d+)/.exec(match.input)?.[1] ?? '';
      return {
        cause: 'port-in-use',
        what: say`Port ${port} of the host is already in use.`,
        fixes: [say`Stop what uses it, or publish another port.`],
        attribute: 'ports',
      };
    },
  ],
  [
    /chdir to cwd \("?([^")]+)"?\)/,
    ([, folder = '']) => ({
      cause: 'work-folder',
      what: say`The container cannot start in ${folder}: it is not a folder, or its user has no access to it.`,
      fixes: [say`Correct "working_dir", or give the user access to the folder.`],
      attribute: 'working_dir',
    }),
  ],
  [
    /unable to find (?:user|group) ([^\s:]+)/,
    ([, user = '']) => ({
      cause: 'user-missing',
      what: say`The image knows no user or group ${user}.`,
      fixes: [say`Use a user that the image has, or a number such as "1000:1000".`],
      attribute: 'user',
    }),
  ],
  [
    /network (\S+) not found|could not find a network matching network mode (\S+)/,
    ([, network, other = '']) => ({
      cause: 'network-gone',
      what: say`The network ${network ?? other}, which the container was created for, no longer exists.`,
      fixes: [say`Bring the service up again. This creates the network and the container anew.`],
      attribute: 'networks',
    }),
  ],
  [
    /custom device "([^"]+)"|error gathering device information.*?(\/dev\/\S+)/,
    ([, device, other = '']) => ({
      cause: 'device-missing',
      what: say`The host has no device ${device ?? other}.`,
      fixes: [say`Connect it, or remove it from "devices".`],
      attribute: 'devices',
    }),
  ],
];

/** A program in a container is not for this machine, or is a script that does not say what runs it. */
export function wrongFormat({ image, platform }: FailureFacts): Finding {
  if (image?.platform !== undefined && image.platform !== platform)
    return {
      cause: 'wrong-architecture',
      what: say`The image is for ${image.platform}, and the engine runs ${platform}.`,
      fixes: [
        say`Use an image for ${platform}, or build it for that.`,
        say`Or install emulation on the host and set "platform".`,
      ],
      attribute: 'image',
    };
  return {
    cause: 'bad-program-format',
    what: say`The program cannot run on this machine: it is built for another processor, or it is a script whose first line does not name an interpreter.`,
    fixes: [
      say`Begin the script with "#!/bin/sh" or its interpreter's path.`,
      say`Build or copy the program for ${platform}.`,
    ],
    attribute: 'command',
  };
}

/** What is to be mounted from the host is not there. */
export function sourceMissing(path: string): Finding {
  return {
    cause: 'mount-source-missing',
    what: say`${path}, which should be mounted, does not exist on the host.`,
    fixes: [say`Create it, or correct the path in "volumes".`],
    attribute: 'volumes',
  };
}

function programMissing(program: string): Finding {
  return {
    cause: 'program-missing',
    what: say`The image has no program ${program}.`,
    fixes: [
      say`Correct "command" or "entrypoint", or install the program in the image.`,
      say`If a folder is mounted over the program, mount it elsewhere.`,
    ],
    attribute: 'command',
  };
}
