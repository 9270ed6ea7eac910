import type { Duplex, Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { looks, patienceWith, Transport } from '#engine/api/transport/transport.ts';
import { translateError } from '#engine/api/translate-error.ts';
import { type Behaviour, cutAfter, FaultServer, respond, stallAfter } from '../../fault-server.ts';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of cleanUp.splice(0).reverse()) await each();
});

const never = new AbortController().signal;
const get = (signal: AbortSignal = never) => ({ method: 'GET', path: '/x', signal });
const post = (signal: AbortSignal = never) => ({ method: 'POST', path: '/x', body: '{}', signal });

/** `/x` behaves so, `/_ping` is answered unless said otherwise. Patience is short, so that what waits for it ends soon. */
async function engineThat(behaviours: Behaviour | readonly Behaviour[], ping: Behaviour = respond('OK')) {
  const list = Array.isArray(behaviours) ? [...behaviours] : [behaviours];
  const server = await FaultServer.listen((path) => {
    if (path === '/_ping') return ping;
    return (list.length > 1 ? list.shift() : list[0]) ?? respond('');
  });
  const transport = await Transport.to(
    { kind: 'unix', path: server.path },
    { reply: 60, stream: 60, probe: 1500, answer: 300 },
    2 ** 20,
  );
  cleanUp.push(
    () => server.close(),
    () => transport.close(),
  );
  return { server, transport };
}

async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => translateError(reason, { endpoint: 'E' }),
  );
  return error === undefined ? 'no failure' : `${error.kind}: ${error.message}`;
}

/** Also when it closes with an error. */
const closing = (stream: Readable | Duplex) => new Promise((resolve) => stream.on('close', resolve));

/** The client's side of every connection is closed. */
const noConnections = (server: FaultServer) => expect.poll(() => server.connections).toBe(0);

/** Sends this again and again, once begun. */
const endless =
  (text: string, every: number, status = '200 OK'): Behaviour =>
  (socket) => {
    socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 1000000000\r\n\r\n`);
    const timer = setInterval(() => socket.write(text), every);
    socket.on('close', () => clearInterval(timer));
  };

describe('a call', () => {
  it('is given up when its answer drips although the engine lives', async () => {
    const { transport, server } = await engineThat(endless(' ', 20));
    expect(await failure(transport.text(get()))).toMatch(/^engine: .*"GET \/x" too slowly/);
    await noConnections(server);
  });

  it('reads no more than there may be of an answer, and of a refusal', async () => {
    const { transport, server } = await engineThat([
      endless('x'.repeat(100_000), 1),
      endless('x'.repeat(100_000), 1, '500 No'),
    ]);
    expect(await failure(transport.text(get()))).toMatch(/^engine: .*"GET \/x" with more than 1 MB/);
    expect((await failure(transport.text(get()))).length).toBeLessThan(3000);
    await noConnections(server);
  });

  it('ends when what answers changes to another protocol', async () => {
    const switching: Behaviour = (socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
    const { transport, server } = await engineThat(switching, switching);
    expect(await failure(transport.text(get()))).toMatch(/^unreachable: .* is not a working Docker Engine/);
    await noConnections(server);
  });

  it('gives the whole body', async () => {
    const { transport, server } = await engineThat(respond('{"a": 1}'));
    expect((await transport.text(get())).body).toBe('{"a": 1}');
    await noConnections(server);
  });

  it('takes 304 for success: there was nothing to do', async () => {
    const { transport } = await engineThat(respond('', '304 Not Modified'));
    expect((await transport.text(post())).body).toBe('');
  });

  it.each<[string, Behaviour, string]>([
    ['500 with a message', respond('{"message": "out of order"}', '500 Oops'), 'engine: out of order.'],
    ['500 without one', respond('', '500 Oops'), 'engine: Oops.'],
    [
      'a proxy that speaks HTML',
      respond('<p>no</p>', '502 Bad Gateway'),
      'unreachable: The program at E is not a working Docker Engine',
    ],
    ['a cut before the answer', cutAfter(''), 'unreachable: The connection to E was lost'],
    ['a cut in the head', cutAfter('HTTP/1.1 200 OK\r\nCont'), 'unreachable: The connection to E was lost'],
    [
      'a cut in the body',
      cutAfter('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half'),
      'unreachable: The connection to E was lost',
    ],
    [
      'a cut in a chunked body',
      cutAfter('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"ha'),
      'unreachable: The connection to E was lost',
    ],
    [
      'a cut in the body of an error',
      cutAfter('HTTP/1.1 500 X\r\nContent-Length: 100\r\n\r\n{"mess'),
      'unreachable: The connection to E was lost',
    ],
    [
      'something that is not HTTP',
      cutAfter('SSH-2.0-OpenSSH_9.2\r\n'),
      'unreachable: The program at E does not respond with HTTP',
    ],
  ])('fails, and does not hang, on %s', async (_name, behaviour, expected) => {
    const { transport, server } = await engineThat(behaviour);
    expect(await failure(transport.text(post()))).toContain(expected);
    await noConnections(server);
  });

  it.each([
    ['before its answer', ''],
    ['in its head', 'HTTP/1.1 200 OK\r\nConten'],
    ['in its body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half'],
  ])('is given up when the engine falls silent %s', async (_name, text) => {
    const { transport, server } = await engineThat(stallAfter(text), stallAfter(''));
    expect(await failure(transport.text(post()))).toContain('unreachable: The Docker Engine at');
    await noConnections(server);
  });

  it('waits for an engine that takes its time but lives', async () => {
    const { transport, server } = await engineThat((socket) => {
      // It answers after three signs of life.
      const timer = setInterval(() => {
        if (server.requests.filter((line) => line.includes('_ping')).length < 3) return;
        clearInterval(timer);
        respond('done')(socket, '');
      }, 5);
    });
    expect((await transport.text(post())).body).toBe('done');
  });

  it('is given up when a living engine has more than the time it has for it, and says which', async () => {
    const { transport, server } = await engineThat(stallAfter('HTTP/1.1 200 OK\r\n'));
    const call = { ...post(), path: '/v1.44/containers/abc/start?x=y', answerWithin: 1500 };
    const message = await failure(transport.text(call));
    expect(message).toMatch(
      /^engine: .* is running, but has not answered "POST \/containers\/abc\/start" for 2 s/,
    );
    expect(server.requests.filter((line) => line.includes('start'))).toHaveLength(1);
    expect(server.requests.filter((line) => line.includes('_ping')).length).toBeGreaterThan(1);
    await noConnections(server);
  });

  it('has its time from the last byte that came', async () => {
    const { transport, server } = await engineThat((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n');
      let left = 20;
      // A byte at each sign of life, of which there are more than would fit.
      const timer = setInterval(() => {
        if (server.requests.filter((line) => line.includes('_ping')).length < 21 - left) return;
        socket.write('x');
        left--;
        if (left === 0) clearInterval(timer);
      }, 5);
    });
    expect((await transport.text({ ...post(), answerWithin: 700 })).body).toBe('x'.repeat(20));
  });

  it('asks again on another connection when a read hangs on one, and only for a read', async () => {
    const { transport, server } = await engineThat([stallAfter(''), respond('second')]);
    expect((await transport.text(get())).body).toBe('second');
    expect(server.requests.filter((line) => line.startsWith('GET /x'))).toHaveLength(2);
  });

  it.each([
    ['before its answer', ''],
    ['in its body', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half'],
  ])('ends at once when it is cancelled %s, and leaves no connection', async (_name, text) => {
    const abort = new AbortController();
    const { transport, server } = await engineThat((socket, head) => {
      stallAfter(text)(socket, head);
      setImmediate(() => abort.abort());
    });
    const work = transport
      .text(get(abort.signal))
      .catch((error) => translateError(error, { endpoint: 'E' }, abort.signal));
    expect(await work).toMatchObject({ kind: 'cancelled' });
    await noConnections(server);
  });

  it('does not even connect when it was cancelled before', async () => {
    const { transport, server } = await engineThat(respond('x'));
    expect(await failure(transport.text(get(AbortSignal.abort())))).toContain('cancelled');
    expect(server.requests).toEqual([]);
  });
});

describe('a stream', () => {
  const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

  it('is read only as it is pulled', async () => {
    let written = 0;
    const { transport } = await engineThat((socket) => {
      socket.write(head);
      const chunk = Buffer.alloc(65_536, 'x');
      const more = () => {
        while (
          !socket.destroyed &&
          socket.write(Buffer.concat([Buffer.from('10000\r\n'), chunk, Buffer.from('\r\n')]))
        )
          written += chunk.length;
        written += chunk.length;
      };
      socket.on('drain', more);
      more();
    });
    const stream = await transport.stream(get());
    // As much as the two ends of the socket hold, and then no more.
    let before = -1;
    await expect
      .poll(
        () => {
          const still = before === written;
          before = written;
          return still;
        },
        { interval: 50 },
      )
      .toBe(true);
    expect(written).toBeLessThan(4_000_000);
    stream.destroy();
  });

  it('fails when it is cut, ends when it ends', async () => {
    const { transport } = await engineThat([
      cutAfter(`${head}3\r\nabc\r\n5\r\nde`),
      (socket) => socket.end(`${head}3\r\nabc\r\n0\r\n\r\n`),
    ]);
    const read = async () => {
      let text = '';
      for await (const chunk of await transport.stream(get())) text += chunk;
      return text;
    };
    expect(await failure(read())).toContain('was lost');
    expect(await read()).toBe('abc');
  });

  it('is given up when it is quiet and the engine is dead, not when it is only quiet', async () => {
    let alive = true;
    const { transport, server } = await engineThat(stallAfter(`${head}3\r\nabc\r\n`), (socket, line) =>
      (alive ? respond('OK') : stallAfter(''))(socket, line),
    );
    const stream = await transport.stream(get());
    const failed = closing(stream);
    stream.resume();
    await expect
      .poll(() => server.requests.filter((line) => line.includes('_ping')).length)
      .toBeGreaterThan(2);
    expect(stream.destroyed).toBe(false);
    alive = false;
    await failed;
    expect(stream.errored?.message).toContain('has stopped answering');
    await noConnections(server);
  });

  it('is destroyed by the signal, also after its head has come', async () => {
    const abort = new AbortController();
    const { transport, server } = await engineThat(stallAfter(`${head}3\r\nabc\r\n`));
    const closed = closing(await transport.stream(get(abort.signal)));
    abort.abort();
    await closed;
    await noConnections(server);
  });
});

describe('a hijacked connection', () => {
  const upgraded = 'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n';

  it('passes bytes both ways, those that came with the head included', async () => {
    const { transport } = await engineThat((socket) => {
      socket.write(`${upgraded}hello `);
      socket.on('data', (data) => socket.end(String(data).toUpperCase()));
    });
    const socket = await transport.hijack(post());
    socket.write('world');
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(text).toBe('hello WORLD');
  });

  it.each<[string, Behaviour, string]>([
    [
      'a refusal',
      respond('{"message": "No such exec instance: x"}', '404 Not Found'),
      'not-found: No such exec instance',
    ],
    ['an answer without a hand-over', respond('x'), 'unsupported'],
    ['a cut', cutAfter(''), 'was lost'],
  ])('fails on %s', async (_name, behaviour, expected) => {
    const { transport, server } = await engineThat(behaviour);
    expect(await failure(transport.hijack(post()))).toContain(expected);
    await noConnections(server);
  });

  it('is destroyed by the signal', async () => {
    const abort = new AbortController();
    const { transport, server } = await engineThat(stallAfter(upgraded));
    const closed = closing(await transport.hijack(post(abort.signal)));
    abort.abort();
    await closed;
    await noConnections(server);
  });
});

it('closing ends everything under way', async () => {
  const { transport, server } = await engineThat(stallAfter(''));
  const work = [failure(transport.text(post())), failure(transport.stream(get()))];
  await expect.poll(() => server.requests.length).toBe(2);
  transport.close();
  expect(await Promise.all(work)).toEqual([
    expect.stringContaining('was lost'),
    expect.stringContaining('was lost'),
  ]);
  await noConnections(server);
});

it('notices within ten seconds that an engine has fallen silent, wherever that happens', () => {
  const { reply, stream, probe } = patienceWith({ kind: 'unix', path: '/var/run/docker.sock' });
  for (const patience of [reply, stream]) expect(patience + patience / looks + probe).toBeLessThan(10_000);
});
