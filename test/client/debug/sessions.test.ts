import { describe, expect, it } from 'vitest';
import { DebugSessions, sessionKey } from '../../../client/src/debug/debug-sessions.ts';
import { happenings, reset, state } from '../support/vscode.ts';

interface Tracker {
  onWillReceiveMessage(message: unknown): void;
  onDidSendMessage(message: unknown): void;
}

function begin() {
  reset();
  const sessions = new DebugSessions(undefined);
  const said: string[] = [];
  const key = sessions.add({
    tunnel: { port: 1, close: () => void said.push('tunnel closed') },
    container: 'c',
    close: () => void said.push('helper closed'),
    onStop: () => void said.push('stopped'),
    onEnd: (byUser) => void said.push(byUser ? 'ended by somebody' : 'ended by itself'),
  });
  const session = { configuration: { [sessionKey]: key } };
  const tracker = state.trackers[0]?.createDebugAdapterTracker(session) as Tracker;
  return { sessions, said, session, tracker };
}

describe('what goes with a debug session', () => {
  it('ends with it', () => {
    const { sessions, said, session, tracker } = begin();
    happenings.debugStarted.fire(session);
    expect([...sessions.containers]).toEqual(['c']);
    tracker.onWillReceiveMessage({ type: 'request', command: 'disconnect' });
    happenings.debugEnded.fire(session);
    expect(said).toEqual(['tunnel closed', 'helper closed', 'ended by somebody']);
    expect([...sessions.containers]).toEqual([]);
    // Of the same session nothing follows twice.
    happenings.debugEnded.fire(session);
    expect(said).toHaveLength(3);
  });

  it('is told that the program ended by itself, whatever the editor says after that', () => {
    const { said, session, tracker } = begin();
    happenings.debugStarted.fire(session);
    tracker.onDidSendMessage({ type: 'event', event: 'terminated' });
    tracker.onWillReceiveMessage({ type: 'request', command: 'disconnect' });
    happenings.debugEnded.fire(session);
    expect(said.at(-1)).toBe('ended by itself');
  });

  it('is told when the program stops', () => {
    const { said, tracker } = begin();
    tracker.onDidSendMessage({ type: 'event', event: 'continued' });
    tracker.onDidSendMessage({ type: 'event', event: 'stopped' });
    expect(said).toEqual(['stopped']);
  });

  it('stays when a session below it ends, and does not mind those of others', () => {
    const { said, session } = begin();
    happenings.debugStarted.fire(session);
    happenings.debugEnded.fire({ configuration: {}, parentSession: session });
    happenings.debugEnded.fire({ configuration: {} });
    expect(said).toEqual([]);
    expect(state.trackers[0]?.createDebugAdapterTracker({ configuration: {} })).toBeUndefined();
  });

  it('ends with the window', () => {
    const { sessions, said } = begin();
    sessions.dispose();
    expect(said).toEqual(['tunnel closed', 'helper closed', 'ended by somebody']);
  });
});
