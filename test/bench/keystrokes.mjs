// How many keys a text takes that is typed with the help of completion: the fewest, found by looking at every way through it.

/**
 * @typedef {object} Suggested As an editor shows it: the text it puts in with placeholders, the offset from which it replaces, what is compared with what is
 * typed, whether the list opens again behind it.
 * @property {string} text
 * @property {number} start
 * @property {string} filter
 * @property {boolean} again
 *
 * @typedef {(text: string, offset: number) => Promise<readonly Suggested[]>} Complete The suggestions for a text's end, in the order of the list.
 */

/** Characters that open the list when they are typed, besides letters. */
const triggers = new Set(' :-/${*"\'.');

/**
 * The fewest keys for a text. A key: a character, Enter (which indents as the line before, and deeper behind a colon), Tab or Backspace for a level of
 * indentation, an arrow down to a suggestion, Enter to take it, Tab to the next placeholder, Ctrl+Space where no list is open.
 *
 * @param {string} text
 * @param {Complete} complete
 * @returns {Promise<{ keys: number, typed: number, way: readonly string[] }>} `typed`: without completion. `way`: what was done.
 */
export async function countKeys(text, complete) {
  const ways = new Map();
  const queue = [{ keys: 0, offset: 0, open: false, from: undefined, did: '' }];
  const lists = listsOf(text, complete);
  for (;;) {
    const [way] = queue.splice(cheapest(queue), 1);
    if (way === undefined) throw new Error('There is no way through the text.');
    if (way.offset === text.length)
      return { keys: way.keys, typed: await withoutCompletion(text), way: trace(way) };
    const state = `${way.offset} ${way.open}`;
    if (ways.has(state)) continue;
    ways.set(state, way);
    queue.push(typedOn(text, way));
    const list = await lists(way.offset);
    for (const [index, taken] of shown(list, text, way.offset).entries()) {
      const put = fitting(taken, text);
      if (put === undefined) continue;
      queue.push({
        keys: way.keys + (way.open ? 0 : 1) + index + 1 + put.keys,
        offset: put.end,
        open: taken.again,
        from: way,
        did: `[${text.slice(taken.start, put.end)}]`,
      });
    }
  }
}

/** The way that ends where no list is ever looked at. */
async function withoutCompletion(text) {
  let way = { keys: 0, offset: 0, open: false, from: undefined, did: '' };
  while (way.offset < text.length) way = typedOn(text, way);
  return way.keys;
}

function cheapest(queue) {
  let best = 0;
  for (const [index, { keys }] of queue.entries()) if (keys < (queue[best]?.keys ?? 0)) best = index;
  return best;
}

function trace(way) {
  const done = [];
  for (let each = way; each !== undefined; each = each.from) done.unshift(each.did);
  return done;
}

/** The next character typed. */
function typedOn(text, way) {
  const { offset } = way;
  const character = text[offset] ?? '';
  if (character !== '\n')
    return {
      keys: way.keys + 1,
      offset: offset + 1,
      open: /\w/.test(character) || triggers.has(character),
      from: way,
      did: character,
    };
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const next = /^ */.exec(text.slice(offset + 1))?.[0].length ?? 0;
  const isBlank = text[offset + 1] === '\n' || offset + 1 === text.length;
  const indented = (/^ */.exec(line)?.[0].length ?? 0) + (/:$/.test(line) ? 2 : 0);
  return {
    keys: way.keys + 1 + (isBlank ? 0 : Math.ceil(Math.abs(next - indented) / 2)),
    offset: isBlank ? offset + 1 : offset + 1 + next,
    open: false,
    from: way,
    did: '\n',
  };
}

/** The list at an offset, asked for where an editor asks: anew behind what is no letter, and at a word's first letter. */
function listsOf(text, complete) {
  const asked = new Map();
  return (offset) => {
    let at = offset;
    while (at > 1 && /\w/.test(text[at - 1] ?? '') && /\w/.test(text[at - 2] ?? '')) at -= 1;
    const list = asked.get(at) ?? complete(text.slice(0, at), at);
    asked.set(at, list);
    return list;
  };
}

/** What is left of a list by the word typed so far. */
function shown(list, text, offset) {
  return list.filter(
    ({ start, filter }) =>
      start <= offset && filter.toLowerCase().startsWith(text.slice(start, offset).toLowerCase()),
  );
}

/** How far a suggestion brings the text, and the keys for its placeholders; `undefined` where the text goes on otherwise. */
function fitting({ text: snippet, start }, text) {
  const parts = partsOf(snippet);
  const pattern = parts
    .map(({ literal, stop }, i) => {
      if (literal !== undefined) return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return stop === 0 && i === parts.length - 1
        ? ''
        : `([^\\n]*?)${i === parts.length - 1 ? '(?=\\n|$)' : ''}`;
    })
    .join('');
  const found = new RegExp(`^${pattern}`).exec(text.slice(start));
  if (found === null) return undefined;
  let [keys, group] = [0, 0];
  for (const [i, { literal, value, stop }] of parts.entries()) {
    if (literal !== undefined || (stop === 0 && i === parts.length - 1)) continue;
    group += 1;
    // What is suggested stays with Tab alone; another text is typed first.
    keys += 1 + (found[group] === value ? 0 : (found[group]?.length ?? 0));
  }
  return { end: start + found[0].length, keys };
}

/** A snippet's literal texts and its placeholders. */
function partsOf(snippet) {
  const parts = [];
  for (const [whole, escaped, plain, stop, value, choices] of snippet.matchAll(
    /\\([\\$}])|\$(\d)|\$\{(\d+)(?::([^}]*)|\|([^|]*)\|)?\}|[^\\$]+|[\\$]/g,
  )) {
    if (plain !== undefined || stop !== undefined)
      parts.push({ stop: Number(plain ?? stop), value: value ?? choices?.split(',')[0] ?? '' });
    else {
      const last = parts.at(-1);
      if (last?.literal !== undefined) last.literal += escaped ?? whole;
      else parts.push({ literal: escaped ?? whole });
    }
  }
  return parts;
}

/**
 * A list as a server sends it, as an editor shows it.
 *
 * @param {readonly any[]} items
 * @param {(position: import('vscode-languageserver').Position) => number} offsetAt
 */
export function shownList(items, offsetAt) {
  return [...items]
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label, textEdit, filterText, command }) => ({
      text: textEdit.newText,
      start: offsetAt(textEdit.range.start),
      filter: filterText ?? label,
      again: command?.command === 'editor.action.triggerSuggest',
    }));
}

/** A course's stacks, without their comments. */
export function stacksOf(course) {
  const blocks = [...course.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text ?? '');
  const plain = (text) =>
    text
      .split('\n')
      .filter((line) => !/^\s*#/.test(line))
      .map((line) => line.replace(/\s+#.*$/, ''))
      .join('\n');
  const complete = blocks.filter(
    (text) => /^version:/m.test(text) && /^services:/m.test(text) && /image:/.test(text),
  );
  return {
    'first example': plain(complete[0] ?? ''),
    'MEAN stack': plain(complete.find((text) => /mongodb/.test(text)) ?? ''),
  };
}

/** What a project's folder has beside the file that is typed. */
export const besides = {
  'html/index.html': '',
  'backend/Dockerfile': 'FROM node:20-alpine\nWORKDIR /app\nCOPY . .\nEXPOSE 3000\n',
  'backend/uploads/.keep': '',
  'frontend/Dockerfile': 'FROM node:20 AS build\nARG API_URL\nFROM nginx:alpine\nEXPOSE 80\n',
  'nginx/nginx.conf': '',
  'nginx/ssl/.keep': '',
  'mongodb-init/init.js': '',
};
