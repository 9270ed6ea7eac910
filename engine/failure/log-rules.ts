import { say } from '../api/message.ts';
import { explainConnection } from './connection-rules.ts';
import type { Finding } from './explanation.ts';
import type { FactLine, FailureFacts } from './facts.ts';
import { wrongFormat } from './start-errors.ts';

/** One way in which programs tell why they end. */
type LineRule = readonly [RegExp, (match: RegExpExecArray, facts: FailureFacts) => Finding | undefined];

/**
 * Why a program ended, from what it wrote: the last line that tells a known reason. `undefined` when there is none, or when something after it looks
 * like another reason, which nobody here knows.
 */
export function explainLog(facts: FailureFacts): Finding | undefined {
  for (const line of facts.lines.toReversed()) {
    const found = isPassing(line.text) ? undefined : explainLine(line, facts);
    if (found !== undefined) return { ...found, seen: seenIn(line) };
    if (isOtherReason(line.text)) return undefined;
  }
  return undefined;
}

/** What one line says of the reason. */
export function explainLine(line: FactLine, facts: FailureFacts): Finding | undefined {
  const connection = explainConnection(line, facts);
  if (connection !== undefined) return connection;
  for (const [pattern, found] of rules) {
    const match = pattern.exec(line.text);
    const finding = match === null ? undefined : found(match, facts);
    if (finding !== undefined) return finding;
  }
  return undefined;
}

function seenIn({ text, time }: FactLine) {
  return { from: 'log' as const, text, ...(time !== undefined && { time }) };
}

/** What goes on after it was said is no reason for an end. */
function isPassing(text: string): boolean {
  return /\bretry(?:ing)?\b|\bwill try again\b|\btrying again\b|\bwarn(?:ing)?\b|\bdeprecat/i.test(text);
}

function isOtherReason(text: string): boolean {
  if (/^npm (?:ERR!|error)|error Command failed|^\s+at |^\s*[[{}\]]|ExitCode|exited with code/i.test(text))
    return false;
  return /\b(?:fatal|panic|exception|error|traceback|segfault)\b/i.test(text) && !isPassing(text);
}

const rules: readonly LineRule[] = [
  [/exec format error/i, (_, facts) => wrongFormat(facts)],
  [
    /exec (\/\S+?): no such file or directory|(\/\S+): (?:\S+: )?bad interpreter|env: (?:can't execute )?['‘]?([^'’:\s\\]+)\\r/,
    ([, script, interpreted, name]) => interpreterMissing(script ?? interpreted ?? name ?? ''),
  ],
  [
    /^(?:\/bin\/)?(?:ba|da|a)?sh: (?:line )?(?:\d+: )?(?:exec: )?(?:line \d+: )?([^\s:]+): (?:command )?not found$/,
    ([, program = '']) => ({
      cause: 'program-missing',
      what: say`The image has no program ${program}.`,
      fixes: [
        say`Correct "command" or "entrypoint", or install the program in the image.`,
        say`If a folder is mounted over the program, mount it elsewhere.`,
      ],
      attribute: 'command',
    }),
  ],
  [
    /JavaScript heap out of memory|java\.lang\.OutOfMemoryError|^MemoryError\b/,
    () => ({
      cause: 'heap-limit',
      what: say`The program reached its own memory limit.`,
      fixes: [
        say`Give its runtime more memory (for example NODE_OPTIONS=--max-old-space-size=2048, or -Xmx for Java).`,
        say`Find out what it keeps in memory.`,
      ],
      attribute: 'environment',
    }),
  ],
  [
    /ENOSPC: System limit for number of file watchers|inotify_add_watch.*No space left|inotify watch(?:es)? limit/i,
    () => ({
      cause: 'watch-limit',
      what: say`The host has no file watches left.`,
      fixes: [say`Raise fs.inotify.max_user_watches on the host, or watch fewer files.`],
    }),
  ],
  [
    /No space left on device|ENOSPC|disk quota exceeded/i,
    () => ({
      cause: 'disk-full',
      what: say`There is no room left where the container writes.`,
      fixes: [
        say`Make room on the host, for example with "Clean Up Engine".`,
        say`If it writes to a tmpfs or a volume with a limit, raise the limit.`,
      ],
    }),
  ],
  [
    /Too many open files|EMFILE/,
    () => ({
      cause: 'too-many-files',
      what: say`The program has reached its limit of open files.`,
      fixes: [say`Raise "ulimits.nofile" of the service.`],
      attribute: 'ulimits',
    }),
  ],
  [
    /database files are incompatible with server|initialized by PostgreSQL version|(?:Cannot|Invalid).*(?:downgrade|upgrade).*(?:from|data directory)|Wrong data format version|Can't handle RDB format version/i,
    () => ({
      cause: 'data-version',
      what: say`The data in the volume was written by another version of the database.`,
      fixes: [
        say`Use the version that wrote it, export the data, and import it into the new version.`,
        say`If you do not need the data, remove the volume.`,
      ],
      attribute: 'image',
    }),
  ],
  [
    /lock file "([^"]+)" already exists|(?:Could not|Unable to) (?:acquire|lock).*?(\/\S+\.lock)|Another (?:instance|process).*(?:running|using)/i,
    ([, path, other]) => ({
      cause: 'lock-file',
      what: say`Another program uses the same data, or a program that was killed left its lock: ${path ?? other ?? ''}`,
      fixes: [
        say`Run one replica only, with a volume of its own.`,
        say`If nothing else runs, remove the lock file.`,
      ],
      attribute: 'volumes',
    }),
  ],
  [
    /password authentication failed for user "([^"]*)"|Access denied for user '([^']*)'|NOAUTH Authentication required|WRONGPASS|(?:SASL|SCRAM).*authentication failed|Authentication failed\b/i,
    ([, user, other]) => ({
      cause: 'credentials',
      what:
        (user ?? other) === undefined
          ? say`The name or password that the service uses was refused.`
          : say`The password of ${user ?? other ?? ''} was refused.`,
      fixes: [
        say`Compare the service's variables with those of the database.`,
        say`A database reads the password from its variables only when its volume is new. With an existing volume, the old password still applies.`,
      ],
      attribute: 'environment',
    }),
  ],
  [
    /the database system is (?:starting up|in recovery)|LOADING Redis is loading|is starting up\b.*not.*(?:accept|ready)/i,
    () => ({
      cause: 'database-starting',
      what: say`The database was still starting when the service connected.`,
      fixes: [say`Give the database a "healthcheck", and depend on it with "condition: service_healthy".`],
      attribute: 'depends_on',
    }),
  ],
  [
    /superuser password is not specified|You need to specify one of the following|(?:environment variable|variable|env var)s? ["'`]?([A-Z][A-Z\d_]+)["'`]? (?:is |are |must be |was )?(?:not set|not defined|missing|required|unset|undefined|set\b)|([A-Z][A-Z\d_]{2,})(?: environment variable)? (?:is |must be )?(?:not set|required|missing|undefined)|KeyError: '([A-Z][A-Z\d_]{2,})'|([A-Z][A-Z\d_]{2,}): (?:parameter not set|unbound variable|parameter null or not set)|[Mm]issing (?:required )?(?:environment )?variable:? ["'`]?([A-Z][A-Z\d_]+)/,
    ([, ...names]) => {
      const name = names.find((each) => each !== undefined);
      return {
        cause: 'variable-missing',
        what:
          name === undefined
            ? say`A variable that the program needs is not set.`
            : say`The variable ${name}, which the program needs, is not set.`,
        fixes: [say`Set it under "environment", or in a file under "env_file".`],
        attribute: 'environment',
      };
    },
  ],
  [
    /Cannot find module '([^']+)'|ModuleNotFoundError: No module named '([^']+)'|(?:ClassNotFoundException|NoClassDefFoundError): (\S+)|cannot load such file -- (\S+)|error while loading shared libraries: ([^:\s]+)|Error loading shared library ([^:\s]+)/,
    ([, ...names], facts) => moduleMissing(names.find((each) => each !== undefined) ?? '', facts),
  ],
  [
    /(?:EROFS\b.*?'(\/[^']+)'|(?:[\s'":]|^)(\/[^\s'":]+)['"]?: [Rr]ead-only file system|EROFS|Read-only file system)/,
    ([, path, other]) => ({
      cause: 'read-only',
      what:
        (path ?? other) === undefined
          ? say`The program writes to a place that is read-only.`
          : say`The program writes to ${path ?? other ?? ''}, which is read-only.`,
      fixes: [say`Mount a volume or a tmpfs there, or mount it without "ro" and without "read_only: true".`],
      attribute: 'read_only',
    }),
  ],
  [
    /bind\(\)? to \S+?:(\d+) failed \(13|listen (?:EACCES|tcp \S*?):.*?:(\d{1,3})\b.*|EACCES.*?:(\d{1,3})$/,
    ([text, ...ports]) => {
      const port = ports.find((each) => each !== undefined) ?? '';
      return !/denied|EACCES|\(13/.test(text)
        ? undefined
        : {
            cause: 'privileged-port',
            what: say`The user of the program is not allowed to listen on port ${port}: ports below 1024 are reserved for root.`,
            fixes: [say`Make it listen on a port above 1024, and publish that port.`],
            attribute: 'user',
          };
    },
  ],
  [
    /EADDRINUSE.*?:(\d+)|bind\(\)? to \S+?:(\d+) failed \(98|listen tcp \S*?:(\d+): bind: address already in use|[Aa]ddress (?:already )?in use|bind: Address in use/,
    ([, ...ports], { container }) => {
      const port = ports.find((each) => each !== undefined) ?? '';
      return {
        cause: 'address-in-use',
        what:
          port === ''
            ? say`Another program already listens on the same port.`
            : say`Another program already listens on port ${port}.`,
        fixes: [
          say`Start the server once only, or give the second one another port.`,
          say`With "network_mode: host" or "service:…", the port is shared with all others there.`,
        ],
        attribute: container?.networkMode.includes('host') === true ? 'network_mode' : 'command',
      };
    },
  ],
  [
    /^(?:[\w./-]+: )*(?:E\w+: )?Operation not permitted|: Operation not permitted|EPERM/,
    () => ({
      cause: 'not-permitted',
      what: say`The program did something that is not allowed in a container.`,
      fixes: [
        say`Give it the capability that it needs under "cap_add", or avoid the call.`,
        say`On a folder of the host, "chown" can be refused. Run the service as the owner of the folder ("user").`,
      ],
      attribute: 'cap_add',
    }),
  ],
  [
    /EACCES: permission denied, \w+ '([^']+)'|[Pp]ermission denied:? ['"]?(\/[^\s'":]+)|(?:^|[\s'":(])(\/[^\s'":]+)['"]?\)?: [Pp]ermission denied|open (\/\S+?): permission denied|can't (?:open|create) ['"]?([^'":\s]+)['"]?: Permission denied|^[\w-]+: (\S+): Permission denied/,
    ([, ...paths], { container }) => {
      const path = paths.find((each) => each !== undefined) ?? '';
      return {
        cause: 'permission',
        what:
          container === undefined || container.user === ''
            ? say`The program has no permission to use ${path}.`
            : say`The program runs as ${container.user} and has no permission to use ${path}.`,
        fixes: [
          say`Give that user the file or folder ("chown" in the Dockerfile, or on the host if it is mounted from there).`,
          say`Or set "user" to the owner.`,
        ],
        attribute: 'user',
      };
    },
  ],
  [
    /ENOENT: no such file or directory, \w+ '([^']+)'|No such file or directory: '([^']+)'|open (\/\S+?): no such file or directory|can't (?:open|cd to|access) '?([^':]+)'?: No such file|(?:^|[\s'":])(\/[^\s'":]+)['"]?: No such file or directory|cannot open (\/?[^\s:]+): No such file|^\w+: ([^\s:]+): No such file or directory/,
    ([, ...paths], facts) => fileMissing(paths.find((each) => each !== undefined) ?? '', facts),
  ],
  [
    /\[emerg\] (.+?)(?: in (\/[^:\s]+:\d+))?$|(?:[Ii]nvalid|[Bb]ad) (?:configuration|config)\b(?: (?:file|option))?:? ?(.*)|(?:configuration file|config file) .*(?:invalid|failed|error)(.*)|FATAL CONFIG FILE ERROR/,
    () => ({
      cause: 'configuration',
      what: say`The program does not accept its configuration.`,
      fixes: [say`Correct the configuration at the place that the line names.`],
      attribute: 'volumes',
    }),
  ],
  [
    /certificate (?:has expired|verify failed|signed by unknown authority|is not trusted)|x509: |self[- ]signed certificate|CERT_HAS_EXPIRED|unable to get local issuer certificate/i,
    () => ({
      cause: 'certificate',
      what: say`The certificate of what the service connects to, or its own, is not accepted.`,
      fixes: [
        say`Renew the certificate, or install the authority that signed it in the image.`,
        say`Check the machine's clock.`,
      ],
    }),
  ],
  [
    /(?:unrecognized|unknown|invalid|illegal) (?:option|flag|argument|command)\b|flag provided but not defined|error: unrecognized arguments|unknown shorthand flag/i,
    () => ({
      cause: 'wrong-arguments',
      what: say`The program does not know one of its arguments.`,
      fixes: [say`Correct "command". It replaces the arguments of the image.`],
      attribute: 'command',
    }),
  ],
];

function interpreterMissing(script: string): Finding {
  return {
    cause: 'interpreter-missing',
    what: say`${script} exists, but the interpreter in its first line does not: the image lacks it, or the line has a Windows line ending (CRLF).`,
    fixes: [
      say`Save the script with Unix line endings (LF).`,
      say`Name an interpreter that the image has, such as /bin/sh.`,
    ],
    attribute: 'entrypoint',
  };
}

function moduleMissing(name: string, { container }: FailureFacts): Finding {
  const over = container?.mounts.find(
    ({ destination, type }) =>
      type === 'bind' && /^\/(?:app|usr\/src\/app|src|srv|workspace|code)/.test(destination),
  );
  return {
    cause: 'module-missing',
    what: say`The program needs ${name}, which is not in the container.`,
    fixes: [
      say`Install it in the image, and build the image again.`,
      ...(over === undefined
        ? []
        : [
            say`The folder mounted at ${over.destination} hides what the image has there: add a volume for the dependencies below it.`,
          ]),
    ],
    attribute: over === undefined ? 'image' : 'volumes',
  };
}

function fileMissing(path: string, { container }: FailureFacts): Finding {
  const over = container?.mounts.find(
    ({ destination }) => path === destination || path.startsWith(`${destination}/`),
  );
  return {
    cause: 'file-missing',
    what: say`The program looks for ${path}, which does not exist.`,
    fixes: [
      over === undefined
        ? say`Copy the file into the image, mount it, or correct the path.`
        : say`${over.destination} is mounted from ${over.source}, which hides what the image has there: put the file there.`,
    ],
    attribute: over === undefined ? 'command' : 'volumes',
  };
}
