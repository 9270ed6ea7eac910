import { describe, expect, it, vi } from 'vitest';
import { type CallFacts, callFacts, callsWhere, type EngineCall } from '#engine/api/call-facts.ts';
import { dockerodeEngine } from '#engine/api/dockerode/dockerode-engine.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { finishingCalls } from '#engine/api/finish-calls.ts';
import { readOnlyEngine } from '#engine/api/read-only-engine.ts';
import { Transport } from '#engine/api/transport/transport.ts';

const { signal } = new AbortController();

/** An engine whose transport answers every call with what fits, and notes how long it may take. */
async function listeningEngine() {
  const transport = await Transport.to({ kind: 'unix', path: '/nowhere/docker.sock' });
  const asked = vi
    .spyOn(transport, 'text')
    .mockResolvedValue({ headers: {}, body: '{"Id":"1","Name":"a","StatusCode":0}' });
  const info = { apiVersion: '1.44', serverVersion: '25', endpoint: 'here', os: 'linux' };
  const credentials = async () => ({ 'registry.test': {} });
  const engine = await dockerodeEngine(transport, info, async () => undefined, credentials);
  return { engine, waits: () => asked.mock.calls.map(([request]) => request.answerWithin) };
}

describe('facts about calls', () => {
  it('cover every call, and nothing else', async () => {
    const { engine } = await listeningEngine();
    const calls = Object.keys(engine).filter((name) => name !== 'info');
    expect(calls.toSorted()).toEqual(Object.keys(callFacts).toSorted());
  });

  it('are missed by the compiler', () => {
    const { ping: _, ...incomplete } = callFacts;
    // @ts-expect-error A call without facts does not compile.
    const complete: Readonly<Record<EngineCall, CallFacts>> = incomplete;
    expect(Object.keys(complete)).not.toContain('ping');
  });

  it('let only changes be finished after a cancel', () => {
    const finished = callsWhere(({ finishes }) => finishes);
    expect(finished.filter((name) => callFacts[name].effect !== 'changes')).toEqual([]);
    expect(finished).toHaveLength(16);
  });

  it('are finished in an engine that finishes', () => {
    const given = portOf(() => 'mine');
    const engine = finishingCalls(given);
    const replaced = callsWhere(() => true).filter((name) => engine[name] !== given[name]);
    expect(replaced).toEqual(callsWhere(({ finishes }) => finishes));
  });
});

describe('how long a living engine may leave a call without an answer', () => {
  it.each<readonly [EngineCall, (engine: EnginePort) => unknown, number | undefined]>([
    ['pauseContainer', (engine) => engine.pauseContainer('a', signal), 10_000],
    ['renameContainer', (engine) => engine.renameContainer('a', 'b', signal), 10_000],
    [
      'createExec',
      (engine) => engine.createExec('a', { command: [], tty: false, stdin: false }, signal),
      10_000,
    ],
    ['resizeExec', (engine) => engine.resizeExec('a', { columns: 1, rows: 1 }, signal), 10_000],
    ['createVolume', (engine) => engine.createVolume({}, signal), 10_000],
    ['tagImage', (engine) => engine.tagImage('registry.test/a/b', 'c', 'd', signal), 10_000],
    ['createContainer', (engine) => engine.createContainer({ name: 'a', body: {} }, signal), 30_000],
    ['startContainer', (engine) => engine.startContainer('a', signal), 30_000],
    ['killContainer', (engine) => engine.killContainer('a', {}, signal), 30_000],
    ['removeContainer', (engine) => engine.removeContainer('a', {}, signal), 30_000],
    ['createNetwork', (engine) => engine.createNetwork({}, signal), 30_000],
    ['connectNetwork', (engine) => engine.connectNetwork('a', 'b', {}, signal), 30_000],
    ['disconnectNetwork', (engine) => engine.disconnectNetwork('a', 'b', signal), 30_000],
    ['removeNetwork', (engine) => engine.removeNetwork('a', signal), 30_000],
    ['removeVolume', (engine) => engine.removeVolume('a', signal), 30_000],
    // These take as long as they take.
    ['stopContainer', (engine) => engine.stopContainer('a', {}, signal), undefined],
    ['restartContainer', (engine) => engine.restartContainer('a', {}, signal), undefined],
    ['waitContainer', (engine) => engine.waitContainer('a', signal), undefined],
    ['putArchive', (engine) => engine.putArchive('a', { path: '/' }, new Uint8Array(), signal), undefined],
    ['commitContainer', (engine) => engine.commitContainer('a', { pause: false }, signal), undefined],
    ['removeImage', (engine) => engine.removeImage('a', {}, signal), undefined],
    ['prune', (engine) => engine.prune('containers', signal), undefined],
    // Asked again before that, on another connection.
    ['inspectVolume', (engine) => engine.inspectVolume('a', signal), 120_000],
    ['inspectNetwork', (engine) => engine.inspectNetwork('a', signal), 120_000],
  ])('%s', async (name, make, expected) => {
    const { engine, waits } = await listeningEngine();
    await make(engine);
    expect(waits()).toEqual([expected]);
    expect(callFacts[name].answerWithin).toBe(expected ?? 'never');
  });
});

describe('an engine on which nothing can be changed', () => {
  it('looks, pretends to move images and files, and refuses the rest', async () => {
    const engine = readOnlyEngine(portOf((name) => `looked: ${name}`));
    for (const name of callsWhere(() => true)) {
      const answer = await settled((engine[name] as () => unknown)());
      const expected = { reads: `looked: ${name}`, transfers: undefined, changes: `refused: ${name}` };
      expect(answer, name).toBe(expected[callFacts[name].effect]);
    }
  });

  it('tells what is known of registries: a service with use_api_socket asks for it', async () => {
    const { engine } = await listeningEngine();
    expect(await readOnlyEngine(engine).credentials(signal)).toEqual({ 'registry.test': {} });
  });
});

function portOf(answer: (name: EngineCall) => unknown): EnginePort {
  const calls = callsWhere(() => true).map((name) => [name, () => answer(name)] as const);
  return Object.fromEntries(calls) as unknown as EnginePort;
}

async function settled(answer: unknown): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    return String(error).replace(/^.*\((\w+)\)\.$/, 'refused: $1');
  }
}
