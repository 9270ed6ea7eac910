import * as vscode from 'vscode';
import { errorText } from '../shared/error-text.ts';
import { maskSecrets } from '../shared/mask.ts';
import { CommandStreams } from '../terminal/command-streams.ts';
import { runCommand } from '../terminal/command-terminal.ts';
import { outcomeOf } from './test-outcome.ts';
import { runLine, type TestSet } from './test-set.ts';

const { l10n } = vscode;

/** A test that waits for a debugger. */
export interface Debugged {
  /** A compose file on top of the others, never written to disk. */
  readonly override: string;
  /** Called when the test begins; the signal fires when it is over. Rejects with why there is no debugger: the test is then ended. */
  readonly attach: (signal: AbortSignal) => Promise<void>;
}

/** What a command line reads and writes, and what ends it. */
export type Streams = Parameters<typeof runCommand>[1];

/**
 * Runs one test, and tells the run what it came to. `prepare` makes it one that is debugged; without a result the test runs as it does otherwise, and says
 * itself what is wrong.
 */
export async function runTest(
  run: vscode.TestRun,
  set: TestSet,
  test: vscode.TestItem,
  token: vscode.CancellationToken,
  prepare?: (streams: Streams) => Promise<Debugged | undefined>,
): Promise<void> {
  const begun = Date.now();
  run.started(test);
  let output = '';
  const streams = new CommandStreams((text) => {
    output += text;
    run.appendOutput(maskSecrets(text), undefined, test);
  });
  streams.resize({ columns: 120, rows: 40 });
  const cancelling = token.onCancellationRequested(() => streams.interrupt());
  let hasEnded = false;
  let trouble: string | undefined;
  const stop = (error: unknown) => {
    trouble = errorText(error);
    streams.interrupt();
  };
  const debugged = await prepare?.(streams).catch(stop);
  const over = new AbortController();
  let status = 1;
  if (trouble === undefined) {
    const attached = debugged?.attach(over.signal).catch((error) => over.signal.aborted || stop(error));
    status = await runCommand(
      runLine(set, test.label, debugged !== undefined),
      debugged === undefined ? streams : reading(streams, debugged.override),
      (service) => {
        hasEnded ||= service === test.label;
      },
    );
    over.abort();
    await attached;
  }
  streams.flush();
  cancelling.dispose();
  const outcome = outcomeOf(test.label, status, output, hasEnded);
  const duration = Date.now() - begun;
  if (token.isCancellationRequested) run.skipped(test);
  else if (trouble !== undefined) run.errored(test, new vscode.TestMessage(maskSecrets(trouble)), duration);
  else if (outcome.kind === 'passed') run.passed(test, duration);
  else {
    const message = new vscode.TestMessage(
      outcome.kind === 'failed'
        ? `${l10n.t('{0} ended with exit code {1}.', test.label, outcome.exitCode)}\n\n${maskSecrets(outcome.said)}`
        : maskSecrets(outcome.said),
    );
    if (test.uri !== undefined && test.range !== undefined)
      message.location = new vscode.Location(test.uri, test.range);
    if (outcome.kind === 'failed') run.failed(test, message, duration);
    else run.errored(test, message, duration);
  }
}

/** The same, with a text as standard input. */
function reading(streams: CommandStreams, text: string): Streams {
  return {
    input: {
      isTerminal: false,
      setRaw: () => {},
      read: async function* () {
        yield Buffer.from(text);
      },
    },
    createOutput: () => streams.createOutput(),
    onInterrupt: (handler) => streams.onInterrupt(handler),
    hangup: streams.hangup,
  };
}
