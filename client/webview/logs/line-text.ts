import { plainText } from './ansi.ts';
import type { LineStore } from './line-store.ts';
import { formatTime } from './line-time.ts';
import type { LogSource } from './protocol.ts';

/** The same as data, an object a line: time (absent where there is none), project, service, container, stream, text without colours. */
export function linesJson(store: LineStore, lines: Iterable<number>): string {
  let all = '';
  for (const line of lines) {
    const time = store.time(line);
    const { project, service, name, stream } = store.sources[store.source(line)] ?? {};
    all += `${JSON.stringify({
      ...(!Number.isNaN(time) && { time: new Date(time).toISOString() }),
      project,
      service,
      container: name,
      stream,
      message: plainText(store.text(line)),
    })}\n`;
  }
  return all;
}

/** Lines as they are copied and saved: who wrote each, its time if that is wanted, and the text without colours. */
export function linesText(
  store: LineStore,
  lines: Iterable<number>,
  times: boolean,
  nameOf: (source: LogSource) => string,
): string {
  let all = '';
  for (const line of lines) {
    const time = store.time(line);
    const stamp = !times || Number.isNaN(time) ? '' : `${formatTime(new Date(time))} `;
    const source = store.sources[store.source(line)];
    all += `${source === undefined ? '' : nameOf(source)} | ${stamp}${plainText(store.text(line))}\n`;
  }
  return all;
}
