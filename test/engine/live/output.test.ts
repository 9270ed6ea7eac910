import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostOf } from './engine.ts';
import { eventually, type Outcome, type Stack, stack } from './stack.ts';

/** What commands print about the same containers, beside Docker Compose itself. */
describe('the output of', () => {
  let app: Stack;
  beforeAll(async () => {
    app = await stack(
      hostOf('engineHost'),
      `services:
  web:
    image: nginx:alpine
    ports: ["127.0.0.1:22880:80", "22881:81/udp"]
    expose: ["90"]
    stop_grace_period: 0s
  worker:
    image: busybox
    init: true
    command: sleep 1000
    stop_grace_period: 0s
    scale: 2
  speaker:
    image: busybox
    init: true
    command: sh -c "until test -e /go; do sleep 0.1; done; echo last words; exit 3"
    stop_grace_period: 0s
`,
      { 'local.txt': 'from here\n', 'folder/deep/file': 'x' },
    );
    const up = await app.compose('up', '-d');
    expect(up.code, up.err).toBe(0);
  });
  afterAll(() => app.remove());

  const both = async (...words: readonly string[]): Promise<readonly [Outcome, Outcome]> => [
    await app.compose(...words),
    await app.dockerCompose(...words),
  ];
  /** Columns are as wide as their content; how wide exactly is not the point. */
  const table = ({ code, out }: Outcome) => ({
    code,
    rows: out
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/\s{2,}|\t/)),
  });

  it.each([
    ['port', 'web', '80'],
    ['port', '--protocol', 'udp', 'web', '81'],
    ['port', 'web', '90'],
    ['port', 'worker', '80'],
    ['images', '-q'],
    ['ps', '-q', 'worker'],
    ['ls', '-q'],
  ])('%s %s %s', async (...words) => {
    const [ours, theirs] = await both(...words);
    const lines = ({ out }: Outcome) => out.split('\n').sort();
    expect({ code: ours.code, out: lines(ours) }).toEqual({ code: theirs.code, out: lines(theirs) });
  });

  it('images', async () => {
    const [ours, theirs] = await both('images');
    // An image that was never tagged here was made in the year 1, which overflows there.
    const itsRows = table(theirs).rows.map((row) => row.map((cell) => cell.replace('292 years ago', 'N/A')));
    expect(table(ours).rows.sort()).toEqual(itsRows.sort());
    const [json, itsJson] = await both('images', '--format', 'json');
    const byName = ({ out }: Outcome) =>
      JSON.parse(out)
        // That year again.
        .map(({ LastTagTime, ...image }: { LastTagTime?: string; ContainerName: string }) => image)
        .sort((a: { ContainerName: string }, b: { ContainerName: string }) =>
          a.ContainerName < b.ContainerName ? -1 : 1,
        );
    expect(byName(json)).toEqual(byName(itsJson));
  });

  it('top', async () => {
    const [ours, theirs] = await both('top', 'worker');
    // Processes age while the second command starts: their times, and the share of the processor before the start time.
    const steady = (outcome: Outcome) =>
      table(outcome).rows.map((row) => row.join(' ').replace(/\d+ (?=\d\d:)|\d\d:\d\d(:\d\d)?/g, ''));
    expect(ours.code).toBe(theirs.code);
    expect(steady(ours)).toEqual(steady(theirs));
  });

  it('stats --no-stream', async () => {
    const [ours, theirs] = await both('stats', '--no-stream');
    const names = ({ out }: Outcome) =>
      out
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(/\s{2,}/)[1])
        .sort();
    expect(names(ours)).toEqual(names(theirs));
    expect(
      ours.out
        .split('\n')[0]
        ?.trim()
        .split(/\s{2,}/),
    ).toEqual(
      theirs.out
        .split('\n')[0]
        ?.trim()
        .split(/\s{2,}/),
    );
  });

  it('cp, in both directions, files and folders', async () => {
    expect((await app.compose('cp', 'local.txt', 'worker:/tmp/a.txt')).code).toBe(0);
    expect((await app.compose('cp', 'folder', 'worker:/tmp')).code).toBe(0);
    expect((await app.dockerCompose('cp', 'worker:/tmp/a.txt', 'theirs.txt')).code).toBe(0);
    expect((await app.compose('cp', 'worker:/tmp/a.txt', 'ours.txt')).code).toBe(0);
    for (const name of ['ours.txt', 'theirs.txt'])
      expect(await readFile(join(app.folder, name), 'utf8'), name).toBe('from here\n');
    expect((await app.compose('cp', 'worker:/tmp/folder', 'back')).code).toBe(0);
    expect(await readFile(join(app.folder, 'back/deep/file'), 'utf8')).toBe('x');
    // Without an index, every replica has it.
    for (const index of ['1', '2'])
      expect((await app.compose('exec', '-T', '--index', index, 'worker', 'cat', '/tmp/a.txt')).out).toBe(
        'from here\n',
      );
    const [ours, theirs] = await both('cp', 'worker:/nowhere', 'x');
    expect(ours.code).toBe(theirs.code);
  });

  it('events', async () => {
    const since = String(Math.floor(Date.now() / 1000));
    await app.compose('restart', '-t', '0', 'worker');
    const until = String(Math.ceil(Date.now() / 1000) + 1);
    await eventually(async () => expect(Date.now() / 1000).toBeGreaterThan(Number(until)));
    const [ours, theirs] = await both('events', '--json', '--since', since, '--until', until);
    const events = ({ out }: Outcome) =>
      out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    expect(events(ours).length).toBeGreaterThan(3);
    expect(events(ours)).toEqual(events(theirs));
  });

  it('attach, to the end of what it is attached to', async () => {
    const attached = [
      app.compose('attach', '--no-stdin', 'speaker'),
      app.dockerCompose('attach', '--no-stdin', 'speaker'),
    ];
    // Both have come once the engine sends the container's output to two.
    await eventually(async () => {
      const { out } = await app.docker(
        'events',
        ...['--since', '1h', '--until', '0s', '--filter', `container=${app.name}-speaker-1`],
        ...['--filter', 'event=attach'],
      );
      expect(out.trim().split('\n')).toHaveLength(2);
    });
    await app.compose('exec', '-T', 'speaker', 'touch', '/go');
    const [ours, theirs] = await Promise.all(attached);
    expect(ours).toMatchObject({ code: theirs?.code, out: theirs?.out });
    expect(ours?.out).toBe('last words\n');
  });

  it('pause and unpause, of what is in that state already too', async () => {
    const twice = async (run: Stack['compose']) => {
      const codes: number[] = [];
      for (const command of ['unpause', 'pause', 'pause', 'unpause', 'unpause'])
        codes.push((await run(command, 'worker')).code);
      return codes;
    };
    const ours = await twice(app.compose);
    expect(ours).toEqual([1, 0, 1, 0, 1]);
    expect(await twice(app.dockerCompose)).toEqual(ours);
  });

  it('run -d', async () => {
    const outcomes = await both('run', '-d', '--rm', 'worker', 'true');
    for (const { code, out } of outcomes) {
      expect(code).toBe(0);
      expect(out).toMatch(/^[0-9a-f]{64}\n$/);
    }
  });

  it.each([
    'ps nosuch',
    'ps --format yaml',
    'ps --filter source=x',
    'images --format yaml',
    'ls --filter status=x',
    'top nosuch',
    'port web',
    'port web x',
    'port web 99',
    'port --index 9 web 80',
    'logs nosuch',
    'logs --since foo worker',
    'exec web',
    'exec -T nosuch ls',
    'exec -T --index 9 worker ls',
    'exec -T web nosuch',
    'exec -T -w /nosuch web ls',
    'exec -T -u nosuch web ls',
    'run --rm -T nosuch',
    'run --rm -T worker nosuch',
    'run',
    'cp nosuch:/x .',
    'cp /nosuch web:/tmp',
    'cp web:/a worker:/b',
    'cp a b',
    'wait',
    'wait nosuch',
    'version --nosuch',
    'config nosuch',
    'config --format bad',
    'volumes nosuch',
    'attach nosuch',
    'kill nosuch',
    'kill -s BAD web',
    'stop nosuch',
    'start nosuch',
    'restart nosuch',
    'rm -f nosuch',
    'scale nosuch=1',
    'scale web=x',
    'scale',
    'up nosuch',
    'up -d --scale nosuch=2',
    'up --abort-on-container-exit -d',
    'up -d --no-build --build',
    'up -d --force-recreate --no-recreate',
    'up -d --attach web',
    'up -d --pull bad',
    'up -d --timeout x',
    'up --exit-code-from nosuch',
    'pull nosuch',
    'build nosuch',
    'create nosuch',
    'commit nosuch',
    'export nosuch',
    'down nosuch',
    'down --rmi bad',
    '-f nosuch.yml ps',
    '-p Bad_Name.x ps',
    '--project-directory /nosuch ps',
    '--profile nosuch ps',
    '--ansi bad ps',
    '--progress bad up -d',
    '--parallel x ps',
    'nosuch',
    'ps -z',
  ])('%s: the same exit status', async (line) => {
    // With a name alone Docker Compose lets some pass that it refuses where it has looked at the files.
    const { name } = app;
    delete app.environment.COMPOSE_PROJECT_NAME;
    await app.write({ 'compose.override.yaml': `name: ${name}\n` });
    const [ours, theirs] = await both(...line.split(' ')).finally(() => {
      app.environment.COMPOSE_PROJECT_NAME = name;
    });
    expect(ours.code, `${ours.err}\n${theirs.err}`).toBe(theirs.code);
  });

  it('wait', async () => {
    const both = async () => {
      const waiting = [app.compose('wait', 'worker'), app.dockerCompose('wait', 'worker')];
      await app.compose('exec', '-T', '--index', '1', 'worker', 'true');
      await app.compose('kill', '-s', 'TERM', 'worker');
      const answers = await Promise.all(waiting);
      await app.compose('up', '-d');
      return answers.map(({ code, out }) => ({ code, out: out.replace(/[0-9a-f]{12,}/g, 'ID') }));
    };
    // One that is not waiting yet when the container ends finds none that runs, which is another answer: once more then.
    await expect
      .poll(async () => {
        const [ours, theirs] = await both();
        return ours?.code === 143 && theirs?.code === 143 && [ours.out, theirs.out];
      })
      .toSatisfy((outputs) => Array.isArray(outputs) && outputs[0] === outputs[1]);
  });
});
