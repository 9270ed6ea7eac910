import { describe, expect, it } from 'vitest';
import { decodeStatus } from '#engine/image-build/buildkit/solve-status.ts';
import { BuildOutput } from '#engine/image-build/build-output.ts';

/** A protobuf message: each field a number, a text, or a message. */
function message(...fields: readonly (readonly [number: number, value: number | string | Buffer])[]): Buffer {
  return Buffer.concat(
    fields.map(([number, value]) => {
      if (typeof value === 'number') return Buffer.from([number * 8, ...varint(value)]);
      const content = Buffer.from(value);
      return Buffer.concat([Buffer.from([number * 8 + 2, ...varint(content.length)]), content]);
    }),
  );
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
}

const time = message([1, 1_769_860_800], [2, 5]);
const trace = (status: Buffer) => ({ id: 'moby.buildkit.trace', aux: status.toString('base64') });

describe('the status of BuildKit', () => {
  it('is read from its message', () => {
    const vertex = message(
      [1, 'sha256:a'],
      [2, 'sha256:0'],
      [3, '[2/2] RUN x'],
      [4, 1],
      [5, time],
      [6, time],
      [7, 'bad'],
    );
    const log = message([1, 'sha256:a'], [2, time], [3, 1], [4, 'hello\n']);
    const warning = message([1, 'sha256:a'], [2, 1], [3, 'mind this']);
    const status = decodeStatus(message([1, vertex], [3, log], [4, warning], [9, 'unknown']));
    expect(status.vertexes).toEqual([
      {
        digest: 'sha256:a',
        name: '[2/2] RUN x',
        cached: true,
        started: true,
        completed: true,
        error: 'bad',
        seconds: 0,
      },
    ]);
    expect(status.logs.map(({ vertex: of, data }) => [of, Buffer.from(data).toString()])).toEqual([
      ['sha256:a', 'hello\n'],
    ]);
    expect(status.warnings).toEqual(['mind this']);
  });

  it('gives nothing, and does not fail, on what is no such message', () => {
    for (const bytes of ['', 'ffff', 'AAAA', Buffer.from('hello world').toString('base64')])
      expect(decodeStatus(Buffer.from(bytes, 'base64'))).toMatchObject({ logs: [] });
  });
});

describe('what a build shows', () => {
  const show = (messages: readonly unknown[]) => {
    const output = new BuildOutput();
    return messages
      .flatMap((each) => output.read(each))
      .map(({ text, step }) => (step === undefined ? text : `${text} <${step}>`));
  };

  it('of BuildKit: each step once, its output in whole lines, its end', () => {
    const running = message([1, 'a'], [3, '[1/2] RUN x'], [5, time]);
    const waiting = message([1, 'b'], [3, '[2/2] RUN y']);
    const done = message([1, 'a'], [3, '[1/2] RUN x'], [5, time], [6, time]);
    const log = (text: string) => message([1, 'a'], [4, text]);
    expect(
      show([
        trace(message([1, running], [1, waiting])),
        trace(message([3, log('hel')])),
        trace(message([1, running], [3, log('lo\nwor')])),
        trace(message([1, done])),
        trace(message([1, done])),
        { id: 'moby.image.id', aux: { ID: 'sha256:1' } },
      ]),
    ).toEqual(['#1 [1/2] RUN x <[1/2] RUN x>', '#1 hello', '#1 wor', '#1 DONE 0.0s']);
  });

  it('of BuildKit: how long a step took, and what it has done', () => {
    const later = message([1, 1_769_860_802], [2, 500_000_000]);
    const step = message([1, 'a'], [3, 'exporting to image'], [5, time]);
    const end = message([1, 'a'], [3, 'exporting to image'], [5, time], [6, later]);
    const task = (name: string, ...rest: (readonly [number: number, value: number | Buffer])[]) =>
      message([1, name], [2, 'a'], ...rest);
    expect(
      show([
        trace(message([1, step], [2, task('transferring context:', [4, 1500], [7, time])])),
        trace(message([2, task('transferring context:', [4, 2_000_000], [7, time], [8, time])])),
        trace(message([2, task('naming to docker.io/library/web', [7, time], [8, later])], [1, end])),
      ]),
    ).toEqual([
      '#1 exporting to image <exporting to image>',
      '#1 transferring context: 2MB done',
      '#1 naming to docker.io/library/web 2.5s done',
      '#1 DONE 2.5s',
    ]);
  });

  it('of the classic builder: its text in whole lines, without the bars of a pull', () => {
    expect(
      show([
        { stream: 'Step 1/2 : FROM busy' },
        { stream: 'box\n' },
        { status: 'Downloading', id: 'abc', progressDetail: {} },
        { status: 'Pull complete', id: 'abc' },
        { stream: ' ---> ac35\n' },
        { aux: { ID: 'sha256:1' } },
      ]),
    ).toEqual(['Step 1/2 : FROM busybox <[1/2] FROM busybox>', 'abc: Pull complete', ' ---> ac35']);
  });

  it.each([
    ['process "/bin/sh -c wget https://x" did not complete successfully: exit code: 1', 'engine'],
    ['The command \'/bin/sh -c Get "https://x"\' returned a non-zero code: 6', 'engine'],
    ['pull access denied for nosuch, repository does not exist', 'pull-denied'],
  ])('fails with its kind: %s', (text, kind) => {
    expect(() => new BuildOutput().read({ errorDetail: { message: text }, error: text })).toThrow(
      expect.objectContaining({ kind }),
    );
  });
});
