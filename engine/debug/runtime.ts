/** What a program is run by, as far as it decides how it is debugged. */
export type Runtime = 'node' | 'python' | 'go' | 'java' | 'dotnet' | 'php' | 'ruby';

export const runtimes: readonly Runtime[] = ['node', 'python', 'go', 'java', 'dotnet', 'php', 'ruby'];

/** By the name of a program: `/usr/local/bin/python3.12` is `python`. Go's programs have names of their own. */
const programs: Readonly<Record<Exclude<Runtime, 'go'>, RegExp>> = {
  node: /^(?:node|nodejs|npm|npx|yarn|pnpm|nodemon|pm2|pm2-runtime|ts-node|tsx)$/,
  python: /^(?:python[\d.]*|gunicorn|uvicorn|flask|celery|hypercorn|debugpy)$/,
  java: /^java$/,
  dotnet: /^dotnet$/,
  php: /^(?:php[\d.]*|php-fpm[\d.]*|apache2-foreground)$/,
  ruby: /^(?:ruby[\d.]*|rails|bundle|puma|rackup|rdbg)$/,
};

/** Variables that the official images set; Go's is that of the image programs are built in. */
const variables: Readonly<Record<Runtime, RegExp>> = {
  node: /^NODE_VERSION=/,
  python: /^PYTHON_VERSION=/,
  go: /^GOLANG_VERSION=/,
  java: /^JAVA_(?:VERSION|HOME)=/,
  dotnet: /^(?:DOTNET_VERSION|ASPNET_VERSION|DOTNET_RUNNING_IN_CONTAINER)=/,
  php: /^PHP_VERSION=/,
  ruby: /^RUBY_VERSION=/,
};

/** The last part of an image's name that says what is in it. */
const images: Readonly<Record<Runtime, RegExp>> = {
  node: /^node(?:js)?$/,
  python: /^python$/,
  go: /^golang$/,
  java: /^(?:openjdk|eclipse-temurin|amazoncorretto|ibm-semeru-runtimes|tomcat|maven|gradle)$/,
  dotnet: /^(?:sdk|aspnet)$/,
  php: /^php$/,
  ruby: /^ruby$/,
};

/** Of a process, by its arguments. A shell's own line counts too: `sh -c "node server.js"`. */
export function runtimeOfArguments(args: readonly string[]): Runtime | undefined {
  const words = args.flatMap((part) => part.split(/[\s;&|"']+/)).filter((word) => word !== '');
  for (const word of words) {
    const name = word.replace(/^.*\//, '').replace(/^-/, '');
    for (const [runtime, pattern] of Object.entries(programs) as [Runtime, RegExp][])
      if (pattern.test(name)) return runtime;
  }
  return undefined;
}

/** Of an image, by what it sets in the environment. */
export function runtimeOfEnvironment(env: readonly string[]): Runtime | undefined {
  return runtimes.find((runtime) => env.some((line) => variables[runtime].test(line)));
}

/** Of an image, by its name: `docker.io/library/node:22-alpine` is `node`. */
export function runtimeOfImage(reference: string): Runtime | undefined {
  const name = reference
    .replace(/@.*$/, '')
    .replace(/:[^/:]*$/, '')
    .replace(/^.*\//, '');
  return runtimes.find((runtime) => images[runtime].test(name));
}

/** Asked of every row at every event, and the same as long as the container is the same object. */
const likely = new WeakMap<object, Runtime | undefined>();

/** What can be known of a container without asking anything: enough to offer a debugger, or not to. */
export function likelyRuntime(container: {
  readonly image: string;
  readonly command: string;
}): Runtime | undefined {
  if (!likely.has(container))
    likely.set(container, runtimeOfImage(container.image) ?? runtimeOfArguments([container.command]));
  return likely.get(container);
}
