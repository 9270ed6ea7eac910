/** What the extension and the log page say to each other. */
import type { TimeStyle } from './line-time.ts';

/** Who writes: a container, to one of its two outputs. Numbered from 0 in the order of appearance. */
export interface LogSource {
  readonly container: string;
  readonly project: string;
  /** Without the project's name: `web-1`. */
  readonly name: string;
  readonly service: string;
  readonly stream: 'stdout' | 'stderr';
}

/** Many lines as few values: an array of objects would cost both sides several times as much. */
export interface LineBatch {
  /** Counts up from 0; the page acknowledges each. */
  readonly sequence: number;
  readonly sources: readonly LogSource[];
  /** Pairs: a source's number, and how many of the next lines are its. */
  readonly runs: readonly number[];
  /** The lines, each ended by a line feed. */
  readonly texts: string;
  /** RFC 3339 of each line, or nothing, each ended by a line feed. */
  readonly times: string;
}

/** How far back the log begins: so many lines as the setting says, a while, or with the first line there is. */
export type LogRange = 'tail' | '5m' | '1h' | '1d' | 'all';

export type ToLogs =
  | {
      /** Other logs from now on: nothing of before is kept. */
      readonly type: 'show';
      readonly title: string;
      /** With all of each project's services, so that a service has one colour everywhere. */
      readonly projects: readonly { readonly name: string; readonly services: readonly string[] }[];
      /** What the page hands back when the window was loaded anew. */
      readonly kept: unknown;
      /** Whether this page stays with these logs: others are shown elsewhere. */
      readonly isPinned: boolean;
      readonly timestamps: boolean;
      readonly range: LogRange;
    }
  | { readonly type: 'lines'; readonly batch: LineBatch }
  | { readonly type: 'note'; readonly text: string }
  /** The user chose where to save; now the lines are wanted. */
  | { readonly type: 'collect'; readonly form: SavedForm };

/** As they are read, or a JSON object a line. */
export type SavedForm = 'text' | 'jsonl';

export type FromLogs =
  /** `kept`: of the last `show`, where the window was loaded anew since. */
  | { readonly type: 'ready'; readonly kept: unknown }
  | { readonly type: 'acknowledge'; readonly sequence: number }
  | { readonly type: 'openUrl'; readonly url: string; readonly container: string }
  | {
      readonly type: 'openFile';
      readonly path: string;
      readonly line: number;
      readonly column: number;
      readonly container: string;
    }
  | { readonly type: 'choose' }
  /** The same logs in an editor tab of their own. */
  | { readonly type: 'openInTab' }
  /** The log anew, from there on. */
  | { readonly type: 'range'; readonly range: LogRange }
  | { readonly type: 'save' }
  | { readonly type: 'part'; readonly text: string; readonly last: boolean }
  | { readonly type: 'copy'; readonly text: string };

/** In the user's language. `{0}` and `{1}` stand for numbers. */
export interface LogTexts {
  readonly log: string;
  readonly filter: string;
  readonly exclude: string;
  readonly find: string;
  readonly findAll: string;
  readonly matchCase: string;
  readonly regularExpression: string;
  readonly badExpression: string;
  readonly levels: string;
  readonly allLevels: string;
  readonly errors: string;
  readonly warnings: string;
  readonly info: string;
  readonly streams: string;
  readonly bothStreams: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly range: string;
  readonly ranges: Readonly<Record<LogRange, string>>;
  readonly follow: string;
  readonly wrap: string;
  /** What the button does next, by what is shown now. */
  readonly times: Readonly<Record<TimeStyle, string>>;
  readonly json: string;
  readonly clear: string;
  readonly copy: string;
  readonly save: string;
  readonly choose: string;
  readonly openInTab: string;
  readonly more: string;
  readonly nextError: string;
  readonly next: string;
  readonly previous: string;
  readonly close: string;
  readonly services: string;
  readonly servicesButton: string;
  readonly containersButton: string;
  readonly findService: string;
  readonly showAll: string;
  readonly showNone: string;
  readonly only: string;
  readonly line: string;
  readonly lines: string;
  readonly lineOf: string;
  readonly linesOf: string;
  readonly matches: string;
  readonly noMatches: string;
  readonly empty: string;
  readonly noneChosen: string;
  readonly nothingShown: string;
  readonly expand: string;
  readonly context: string;
  readonly timeline: string;
  readonly byService: string;
  readonly allTimes: string;
  /** From `{0}` to `{1}`, `{2}` lines with `{3}` errors. */
  readonly timeSpan: string;
}
