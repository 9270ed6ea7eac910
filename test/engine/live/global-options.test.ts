import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostOf } from './engine.ts';
import { type Stack, stack } from './stack.ts';

// Global options and variables with bad values, and names in places where they may not be expected: the status of Docker Compose 2.40, and its meaning.

const sleeper = 'image: busybox, command: [sleep, "1000"], stop_grace_period: 0s';
const services = `services:
  web: { ${sleeper}, depends_on: [db] }
  db: { ${sleeper} }
  off: { ${sleeper}, profiles: [p] }
`;
let app: Stack;

beforeAll(async () => {
  app = await stack(hostOf('engineHost'), services, {
    'notes.env': 'A=1\n',
    'limit/.env': 'COMPOSE_PARALLEL_LIMIT=x\n',
  });
  // Without the variable: a name is what Docker Compose falls back to when the files cannot be loaded.
  await app.write({ 'compose.yaml': `name: ${app.name}\n${services}` });
  delete app.environment.COMPOSE_PROJECT_NAME;
  const up = await app.dockerCompose('--profile', 'p', 'up', '-d');
  expect(up.code, up.err).toBe(0);
});
afterAll(() => app?.remove());

interface Row {
  /** As in a shell: variables, then words. */
  readonly line: string;
  /** What both say on the error output; absent: both accept it. */
  readonly says?: RegExp;
}

const missing = /couldn't find env file|does not exist/;
const folder = /is a directory|EISDIR/;
const notBoolean = /invalid argument "maybe" for "--[\w-]+" flag/;
const projectName = /invalid project name|is not a valid project name/;
const rows: readonly Row[] = [
  {
    line: 'COMPOSE_PARALLEL_LIMIT=x ps -q',
    says: /COMPOSE_PARALLEL_LIMIT must be an integer \(found: "x"\)/,
  },
  { line: 'COMPOSE_PARALLEL_LIMIT= ps -q', says: /COMPOSE_PARALLEL_LIMIT must be an integer \(found: ""\)/ },
  { line: 'COMPOSE_PARALLEL_LIMIT=1.5 ls', says: /must be an integer/ },
  { line: 'COMPOSE_PARALLEL_LIMIT=x --parallel 3 ps -q' },
  { line: 'COMPOSE_PARALLEL_LIMIT=+3 ps -q' },
  { line: 'COMPOSE_PARALLEL_LIMIT=0 ps -q' },
  { line: 'COMPOSE_PARALLEL_LIMIT=-5 ps -q' },
  { line: 'COMPOSE_PARALLEL_LIMIT=x version' },
  { line: 'COMPOSE_PARALLEL_LIMIT=x ps --help' },
  { line: '--env-file limit/.env ps -q', says: /COMPOSE_PARALLEL_LIMIT must be an integer/ },
  { line: '--parallel x ps', says: /invalid argument "x" for "--parallel" flag/ },
  { line: '--parallel= ps', says: /invalid argument "" for "--parallel" flag/ },
  { line: '--parallel 99999999999999999999 ps', says: /invalid argument "9+" for "--parallel" flag/ },
  { line: 'COMPOSE_PROGRESS=bogus ps -q', says: /unsupported --progress value "bogus"/ },
  { line: 'COMPOSE_PROGRESS=bogus --progress plain ps -q' },
  { line: 'COMPOSE_PROGRESS= ps -q' },
  { line: 'COMPOSE_PROGRESS=bogus version' },
  { line: '--progress bogus config -q', says: /unsupported --progress value "bogus"/ },
  { line: '--progress rawjson ps', says: /unsupported --progress value "rawjson"/ },
  { line: '--progress= ps -q' },
  { line: '--ansi bogus ps -q' },
  { line: 'COMPOSE_ANSI=bogus ps -q' },
  { line: '--ansi never --no-ansi ps', says: /cannot specify DEPRECATED "--no-ansi" and "--ansi"/ },
  { line: '--no-ansi=false --ansi never ps -q' },
  { line: '--workdir . --project-directory . ps', says: /cannot specify DEPRECATED "--workdir"/ },
  { line: '--compatibility=maybe ps', says: notBoolean },
  { line: '--all-resources=maybe ps', says: notBoolean },
  { line: '--dry-run=maybe ps', says: notBoolean },
  { line: '--bogus ps', says: /unknown flag: --bogus/ },
  { line: '-x ps', says: /unknown shorthand flag: 'x' in -x/ },
  { line: '--env-file none.env ps -q', says: missing },
  { line: '--env-file none.env --env-file notes.env config -q', says: missing },
  { line: '--env-file . ps -q', says: folder },
  { line: '--env-file= config -q', says: folder },
  { line: '--env-file none.env version' },
  { line: 'COMPOSE_ENV_FILES=none.env ps -q', says: missing },
  { line: 'COMPOSE_ENV_FILES=none.env ls -q' },
  { line: 'COMPOSE_ENV_FILES= config -q' },
  { line: 'COMPOSE_DISABLE_ENV_FILE=maybe ps -q', says: /"maybe"/ },
  { line: 'COMPOSE_DISABLE_ENV_FILE= config -q', says: /""/ },
  { line: '--file none.yaml ps', says: /no such file|does not exist/ },
  { line: '--file= ps', says: folder },
  { line: 'COMPOSE_FILE=none.yaml ps -q', says: /no such file|does not exist/ },
  { line: 'COMPOSE_FILE= config -q', says: folder },
  { line: 'COMPOSE_PATH_SEPARATOR=ab COMPOSE_FILE=compose.yamlabcompose.yaml config -q' },
  { line: 'COMPOSE_PROFILES=nope config -q' },
  { line: '--profile nope --profile= config -q' },
  { line: '-p Abc config -q', says: projectName },
  { line: '-p= config -q', says: projectName },
  { line: '-p=x config -q' },
  { line: 'COMPOSE_PROJECT_NAME=Abc config -q', says: projectName },
  { line: 'COMPOSE_COMPATIBILITY=maybe ps -q' },
  { line: 'COMPOSE_REMOVE_ORPHANS=maybe ps -q' },
  { line: 'DOCKER_BUILDKIT=maybe ps -q', says: /DOCKER_BUILDKIT environment variable expects boolean value/ },
  {
    line: 'DOCKER_BUILDKIT=tRuE version',
    says: /DOCKER_BUILDKIT environment variable expects boolean value/,
  },
  { line: 'DOCKER_BUILDKIT=T ps -q' },
  ...['stop', 'start', 'restart -t 0', 'kill', 'start', 'rm -f', 'up -d', 'logs'].map((command) => ({
    line: `${command} off`,
  })),
  ...['top', 'images', 'ps', 'exec -T', 'stats --no-stream', 'port'].map((command) => ({
    line: `${command} off${command.startsWith('exec') ? ' true' : ''}${command === 'port' ? ' 80' : ''}`,
    ...(command === 'port' && { says: /no port 80\/tcp/ }),
  })),
  ...[
    'stop',
    'start',
    'restart',
    'pause',
    'kill',
    'rm -f',
    'up -d',
    'logs',
    'ps',
    'build',
    'pull',
    'config',
  ].map((command) => ({ line: `${command} nobody`, says: /no such service: nobody/ })),
  { line: 'images nobody' },
  { line: 'stats --no-stream nobody' },
  { line: 'top nobody' },
];

const upper = () => app.name.toUpperCase();

describe('as Docker Compose has it', () => {
  it.each(rows)('$line', async ({ line, says }) => {
    const { ours, theirs } = await both(line);
    expect(ours.code, `${ours.err}\nDocker Compose: ${theirs.err}`).toBe(theirs.code);
    if (says === undefined) expect(ours.code, ours.err).toBe(0);
    else {
      expect(theirs.err).toMatch(says);
      expect(ours.err).toMatch(says);
    }
  });

  it.each([
    'ps --format {{.Name}}',
    'images -q',
    'top',
    'stop -t 0',
    'start',
    'restart -t 0',
    'kill',
    'down -t 0',
  ])('the project in capitals: %s', async (command) => {
    expect((await app.compose('up', '-d')).code).toBe(0);
    const ours = await app.compose('-p', upper(), ...command.split(' '));
    const states = await inspect();
    expect((await app.compose('up', '-d')).code).toBe(0);
    const theirs = await app.dockerCompose('-p', upper(), ...command.split(' '));
    expect(ours.code, ours.err).toBe(theirs.code);
    expect(states).toEqual(await inspect());
  });

  it.each(['exec -T web true', 'up -d', 'run --rm web true', 'build', 'pull'])(
    'the project in capitals is refused: %s',
    async (command) => {
      for (const result of [
        await app.compose('-p', upper(), ...command.split(' ')),
        await app.dockerCompose('-p', upper(), ...command.split(' ')),
      ])
        expect(result).toMatchObject({ code: 1, err: expect.stringMatching(projectName) });
    },
  );

  it('restarts a service of a profile that is not active, and no other', async () => {
    expect((await app.compose('--profile', 'p', 'up', '-d')).code).toBe(0);
    const before = await starts();
    expect(await app.compose('restart', 'off')).toMatchObject({ code: 0 });
    const after = await starts();
    expect(after.filter((line) => !before.includes(line)).map((line) => line.split(' ')[0])).toEqual([
      `/${app.name}-off-1`,
    ]);
  });

  it.each([
    ['restart -t 0 web', /^\{"id":"Container [\w-]+-web-1","status":"Restarting"\}$/m],
    ['config nobody', /^\{"error":true,"message":".*no such service: nobody.*"\}$/m],
    ['--dry-run pull web', /^\{"dry-run":true,"id":"[^"]*","text":"Pulling"\}$/m],
  ])('--progress json %s', async (command, line) => {
    const { ours, theirs } = await both(`--progress json ${command}`);
    expect(theirs.err).toMatch(line);
    expect(ours.err).toMatch(line);
  });
});

async function both(line: string) {
  const parts = line.split(' ');
  const at = parts.findIndex((part) => !/^[A-Z_]+=/.test(part));
  const words = parts.slice(at);
  const before = { ...app.environment };
  const names = parts.slice(0, at).map((part) => part.split('='));
  for (const [name = '', value = ''] of names) app.environment[name] = value;
  try {
    const ours = await app.compose(...words);
    return { ours, theirs: await app.dockerCompose(...words) };
  } finally {
    for (const [name = ''] of names) delete app.environment[name];
    Object.assign(app.environment, before);
  }
}

async function inspect(): Promise<string> {
  return (
    await app.docker(
      ...['ps', '-a', '--filter', `label=com.docker.compose.project=${app.name}`],
      ...['--format', '{{.Names}} {{.State}}'],
    )
  ).out
    .split('\n')
    .sort()
    .join('\n');
}

async function starts(): Promise<readonly string[]> {
  const ids = (await app.docker('ps', '-q', '--filter', `label=com.docker.compose.project=${app.name}`)).out;
  const { out } = await app.docker(
    ...['inspect', '--format', '{{.Name}} {{.State.StartedAt}}'],
    ...ids.trim().split('\n'),
  );
  return out.trim().split('\n').sort();
}
