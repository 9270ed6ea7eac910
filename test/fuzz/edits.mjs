// Random edits of texts, the same for the same seed.

/** Numbers from 0 up to 1, always the same for a seed (mulberry32). */
export function randomOf(/** @type {number} */ seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @typedef {{ start: number, end: number, newText: string }} Edit
 * @typedef {() => number} Random
 */

/** What people type and paste, and what nobody does. */
const snippets = [
  ':',
  ': ',
  '- ',
  '#',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ',',
  '&a ',
  '*a',
  '<<: *a\n',
  '|',
  '>-',
  '!reset ',
  '!override ',
  '\t',
  '\r\n',
  '\n',
  '\n  ',
  '\n    ',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '${',
  '}',
  '$',
  '$$',
  '${A:-',
  '${A:?no}',
  '\u0000',
  '\ufeff',
  '\ud800',
  '😀',
  'é',
  '\u2028',
  '\u00a0',
  'services:\n',
  'services: {}\n',
  'volumes:\n  data:\n',
  'networks: {front: , back: {external: true}}\n',
  'include: [db.yaml]\n',
  'name: x\n',
  'version: "3"\n',
  '  web:\n    image: nginx:1\n',
  '  a: {extends: b}\n  b: {extends: a}\n',
  '    extends: {file: db.yaml, service: db}\n',
  '    depends_on: [web, db, nobody]\n',
  '    ports: ["80:80", 443, {target: 1}]\n',
  '    environment: {A: $A, A: 1}\n',
  '    image: x\n    image: y\n',
  '    volumes: [data:/data, ./src:/src:ro]\n',
  '    env_file: [app.env, {path: no.env, required: false}]\n',
  '    build: {context: ., target: dev}\n',
  '    healthcheck: {test: [CMD, "true"], interval: 1.5x}\n',
  '    deploy: {resources: {limits: {memory: 1g, cpus: "0.5"}}}\n',
  '    mem_limit: 99999999999999999999m\n',
  '    command: |\n      one\n       two\n',
  '    secrets: [{source: key}]\n',
  '    labels: [a=b, a=c]\n',
  '    profiles: [debug]\n',
  'constructor: ',
  '__proto__: ',
  '? x\n: y\n',
  'x-a: &a {image: z}\n',
  '<<: [*a, *a]\n',
  '# compose-ignore\n',
  'true',
  '0x1F',
  '1_000',
  'null',
  '~',
];

/** Longer texts are cut: what is wanted is many states, not large ones. */
const longest = 4_000;

/** One edit of a text. @param {Random} random @param {string} text @returns {Edit} */
export function editOf(random, text) {
  const upTo = (/** @type {number} */ count) => Math.floor(random() * count);
  if (text.length > longest) return { start: upTo(200), end: longest / 2, newText: '' };
  const at = upTo(text.length + 1);
  const line = lineAt(text, at);
  switch (upTo(8)) {
    case 0:
    case 1:
      return insertion(at, snippets[upTo(snippets.length)] ?? '');
    case 2:
      return insertion(at, String.fromCharCode(32 + upTo(95)));
    case 3:
      return { start: at, end: Math.min(text.length, at + 1 + upTo(random() < 0.2 ? 80 : 4)), newText: '' };
    case 4:
      return random() < 0.5
        ? { ...line, newText: '' }
        : insertion(line.start, text.slice(line.start, line.end));
    case 5:
      return text[line.start] === ' ' && random() < 0.5
        ? { start: line.start, end: line.start + 1, newText: '' }
        : insertion(line.start, ' '.repeat(1 + upTo(3)));
    case 6: {
      const other = lineAt(text, upTo(text.length + 1));
      return { ...line, newText: text.slice(other.start, other.end) };
    }
    default: {
      const from = upTo(text.length + 1);
      return insertion(at, text.slice(from, from + upTo(60)));
    }
  }
}

/** The edit that takes another back. @param {string} before @param {Edit} edit @returns {Edit} */
export function undoOf(before, { start, end, newText }) {
  return { start, end: start + newText.length, newText: before.slice(start, end) };
}

/** @param {string} text @param {Edit} edit */
export function edited(text, { start, end, newText }) {
  return text.slice(0, start) + newText + text.slice(end);
}

function insertion(/** @type {number} */ at, /** @type {string} */ newText) {
  return { start: at, end: at, newText };
}

/** The line at an offset, with its end. */
function lineAt(/** @type {string} */ text, /** @type {number} */ offset) {
  const newline = text.indexOf('\n', offset);
  return {
    start: offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1,
    end: newline === -1 ? text.length : newline + 1,
  };
}
