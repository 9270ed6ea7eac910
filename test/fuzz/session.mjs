// Random edits of a project's documents over LSP, and what must hold at each of them. Whoever runs it brings the connections.
import { editOf, edited, randomOf, undoOf } from './edits.mjs';
import { misplacedIn, misplacedTokens } from './ranges.mjs';
import { documents } from './project.mjs';

/**
 * @typedef {object} Server A language server with a project open; `folder` is its URI, with a slash at the end.
 * @property {(name: string, text: string) => Promise<void>} open
 * @property {(name: string) => Promise<void>} close
 * @property {(name: string, change: { range: import('vscode-languageserver').Range, text: string }) => Promise<void>} change
 * @property {(name: string, text: string) => Promise<void>} write a file that is not open
 * @property {(method: string, params: object) => Promise<any>} request
 * @property {() => Promise<boolean>} refreshed whether the server asked to be asked again since it was last asked
 * @property {readonly string[]} errors what it logged as errors
 *
 * @typedef {{ edit: number, what: string, name: string, texts: Readonly<Record<string, string>>, detail: unknown }} Finding
 */

/** Requests about a place or a document; one of them follows most edits. */
const requests = [
  'completion',
  'hover',
  'definition',
  'references',
  'documentHighlight',
  'prepareRename',
  'rename',
  'documentSymbol',
  'documentLink',
  'foldingRange',
  'selectionRange',
  'semanticTokens/full',
  'inlayHint',
  'codeAction',
  'codeAction',
  'formatting',
];

/**
 * `count` edits; every `every`th state is compared with what a fresh server says. Ends early after `most` findings, or when it is told to.
 * @param {Server} server
 * @param {{ seed: number, count: number, every: number, folder: string, most?: number, fresh: () => Promise<{ server: Server, end: () => Promise<void> }>,  signal?: AbortSignal, progress?: (edit: number) => void, found?: (finding: Finding) => void }} options
 */
export async function fuzz(
  server,
  { seed, count, every, folder, most = 10, fresh, signal, progress, found: tell },
) {
  const random = randomOf(seed);
  const pick = (/** @type {readonly any[]} */ list) => list[Math.floor(random() * list.length)];
  /** @type {Map<string, string>} */
  const texts = new Map(Object.entries(documents));
  const opened = [...texts.keys()].filter((name) => name.endsWith('.yaml'));
  /** @type {Finding[]} */
  const findings = [];
  const tally = { edits: 0, requests: 0, compared: 0, ranges: 0 };
  /** @type {Map<string, { before: string, edit: import('./edits.mjs').Edit }>} */
  const last = new Map();
  let diagnostics = [];

  const find = (
    /** @type {number} */ edit,
    /** @type {string} */ what,
    /** @type {string} */ name,
    /** @type {unknown} */ detail,
  ) => {
    const finding = { edit, what, name, texts: Object.fromEntries(texts), detail };
    findings.push(finding);
    tell?.(finding);
  };
  const textOf = (/** @type {string} */ uri) => texts.get(decodeURIComponent(uri.slice(folder.length)));
  const ask = async (
    /** @type {Server} */ of,
    /** @type {string} */ method,
    /** @type {string} */ name,
    /** @type {object} */ more = {},
  ) => {
    tally.requests += 1;
    const uri = folder + name;
    return of.request(`textDocument/${method}`, { textDocument: { uri }, ...more });
  };
  const checked = async (
    /** @type {number} */ edit,
    /** @type {string} */ method,
    /** @type {string} */ name,
    /** @type {object} */ more = {},
  ) => {
    const answer = await ask(server, method, name, more).catch((/** @type {any} */ error) => {
      // Not everything has a name that can be changed: that is said, in words.
      if (method !== 'rename' && method !== 'prepareRename')
        find(edit, `${method} failed`, name, String(error));
      return null;
    });
    const uri = folder + name;
    const wrong =
      method === 'semanticTokens/full'
        ? misplacedTokens(answer, texts.get(name) ?? '')
        : misplacedIn(answer, uri, textOf);
    tally.ranges += wrong.seen;
    if (wrong.misplaced.length > 0)
      find(edit, `${method}: a range outside`, name, { more, misplaced: wrong.misplaced.slice(0, 3) });
    return answer;
  };

  for (const name of opened) await server.open(name, texts.get(name) ?? '');
  for (let edit = 1; edit <= count && findings.length < most && signal?.aborted !== true; edit += 1) {
    const errorsBefore = server.errors.length;
    const name = pick([...texts.keys()]);
    const before = texts.get(name) ?? '';
    const undo = last.get(name);
    // Back to something whole now and then: broken texts alone do not reach far.
    const next =
      random() < 0.01
        ? {
            start: 0,
            end: before.length,
            newText: /** @type {Record<string, string>} */ (documents)[name] ?? '',
          }
        : undo !== undefined && random() < 0.45
          ? undoOf(undo.before, undo.edit)
          : editOf(random, before);
    // Between CR and LF is no place that the protocol could name.
    next.start = besideLineEnd(before, next.start);
    next.end = besideLineEnd(before, next.end);
    const after = edited(before, next);
    texts.set(name, after);
    if (undo === undefined || next.newText !== undo.before.slice(undo.edit.start, undo.edit.end))
      last.set(name, { before, edit: next });
    else last.delete(name);
    if (opened.includes(name)) {
      const range = { start: positionAt(before, next.start), end: positionAt(before, next.end) };
      await server.change(name, { range, text: next.newText });
      if (random() < 0.005) {
        await server.close(name);
        await server.open(name, after);
      }
    } else await server.write(name, after);
    tally.edits += 1;

    const about = opened.includes(name) ? name : pick(opened);
    const text = texts.get(about) ?? '';
    if (random() < 0.5) diagnostics = (await checked(edit, 'diagnostic', about))?.items ?? [];
    else diagnostics = [];
    if (random() < 0.7) {
      const method = pick(requests);
      const position = positionAt(text, Math.floor(random() * (text.length + 1)));
      const whole = { start: { line: 0, character: 0 }, end: positionAt(text, text.length) };
      await checked(edit, method, about, {
        position,
        positions: [position],
        range:
          method === 'codeAction' && diagnostics.length === 0 ? { start: position, end: position } : whole,
        context: method === 'codeAction' ? { diagnostics } : { includeDeclaration: true },
        options: { tabSize: 2, insertSpaces: true },
        newName: 'renamed',
      });
    }
    if (edit % every === 0 || edit === count) {
      const other = await fresh();
      for (const each of opened) await other.server.open(each, texts.get(each) ?? '');
      for (const each of opened) {
        tally.compared += 1;
        const expected = sorted(await ask(other.server, 'diagnostic', each));
        let found = sorted((await checked(edit, 'diagnostic', each)) ?? {});
        // What only the whole project shows is announced when it is known.
        while (JSON.stringify(found) !== JSON.stringify(expected) && (await server.refreshed()))
          found = sorted(await ask(server, 'diagnostic', each));
        if (JSON.stringify(found) !== JSON.stringify(expected))
          find(edit, 'a fresh server says something else', each, {
            found: without(found, expected),
            fresh: without(expected, found),
          });
        for (const method of ['documentSymbol', 'documentLink', 'semanticTokens/full']) {
          // Every answer has a number of its own.
          const plain = (/** @type {any} */ answer) => answer?.data ?? answer;
          const one = plain(await ask(server, method, each));
          const two = plain(await ask(other.server, method, each));
          if (JSON.stringify(one) !== JSON.stringify(two))
            find(edit, `${method}: a fresh server says something else`, each, { found: one, fresh: two });
        }
      }
      if (other.server.errors.length > 0) find(edit, 'a fresh server logged errors', '', other.server.errors);
      await other.end();
      progress?.(edit);
    }
    if (server.errors.length > errorsBefore)
      find(edit, 'logged errors', about, server.errors.slice(errorsBefore));
  }
  return { findings, tally };
}

function sorted(/** @type {{ items?: object[] }} */ report) {
  return (report.items ?? []).map((item) => JSON.stringify(item)).sort();
}

function without(/** @type {readonly string[]} */ items, /** @type {readonly string[]} */ others) {
  return items.filter((item) => !others.includes(item)).slice(0, 5);
}

/** The offset, or the one before the line end that it would cut in two. @param {string} text @param {number} offset */
function besideLineEnd(text, offset) {
  return text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset;
}

/** As LSP counts: UTF-16, lines end with LF, CR LF or CR. @param {string} text @param {number} offset */
export function positionAt(text, offset) {
  const lines = text.slice(0, besideLineEnd(text, offset)).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
