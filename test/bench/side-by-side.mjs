// Whole processes beside each other: times, memory, and a table of them.
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importEngine } from './engine-library.mjs';

const rawCalls = fileURLToPath(new URL('raw-calls.mjs', import.meta.url));

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {number} ours Median, in milliseconds.
 * @property {number} theirs
 * @property {number} ratio Median of the pairs' ratios: below 1, ours is quicker.
 * @property {number} quartile The ratio that three quarters of the pairs stay under.
 * @property {string} [note]
 */

/** @typedef {'ours' | 'theirs'} Tool */

/** Two tools, the same commands in the same folder, in turns. */
export class SideBySide {
  /** @type {Row[]} */
  #rows = [];
  #tools;
  #folder;
  #environment;

  /**
   * @param {{ ours: string[], theirs: string[] }} tools
   * @param {string} folder
   * @param {NodeJS.ProcessEnv} environment
   */
  constructor(tools, folder, environment) {
    this.#tools = tools;
    this.#folder = folder;
    this.#environment = environment;
  }

  /** @param {string} name @param {string} text */
  write(name, text) {
    return writeFile(join(this.#folder, `${name}.yaml`), text);
  }

  /** @param {string} name @param {readonly string[]} words */
  async once(name, words) {
    await this.#run('ours', name, words);
  }

  /**
   * @param {string} what
   * @param {number} rounds
   * @param {string} name
   * @param {readonly string[]} words
   * @param {{ before?: readonly string[], after?: readonly string[] }} [around]
   */
  async compare(what, rounds, name, words, { before, after } = {}) {
    const one = async (/** @type {Tool} */ tool) => {
      if (before) await this.#run(tool, name, before);
      const { milliseconds } = await this.#run(tool, name, words);
      if (after) await this.#run(tool, name, after);
      return milliseconds;
    };
    this.#add(what, await inTurns(rounds, one));
  }

  /**
   * An Up and a Down of so many services beside the bare calls (`raw-calls.mjs`), as whole processes.
   *
   * @param {number} rounds
   * @param {string} name
   * @param {number} count
   */
  async besideCalls(rounds, name, count) {
    const calls = async (/** @type {'up' | 'down'} */ what) =>
      (await this.#process([process.execPath, rawCalls, what, String(count)])).milliseconds;
    const run = async (/** @type {readonly string[]} */ words) =>
      (await this.#run('ours', name, words)).milliseconds;
    const pairs = await inTurns(rounds, async (tool) =>
      tool === 'ours'
        ? { up: await run(['up', '-d']), down: await run(['down', '-v']) }
        : { up: await calls('up'), down: await calls('down') },
    );
    for (const what of /** @type {const} */ (['up', 'down']))
      this.#add(
        `${what} of ${count}, beside the bare calls`,
        pairs.map(({ ours, theirs }) => ({ ours: ours[what], theirs: theirs[what] })),
      );
  }

  /**
   * What one Up costs the editor, which has the engine connected and the code warm; the file is read and loaded each time.
   *
   * @param {string} what
   * @param {number} rounds
   * @param {string} name
   * @param {string} host
   */
  async warm(what, rounds, name, host) {
    const { up, load, connect, nodeHost } = await importEngine(this.#folder);
    const signal = new AbortController().signal;
    const engine = await connect(
      { host, environment: {}, home: this.#folder, platform: process.platform },
      signal,
    );
    const one = async (/** @type {Tool} */ tool) => {
      if (tool === 'theirs') return (await this.#run('theirs', name, ['up', '-d'])).milliseconds;
      const begin = performance.now();
      const { loaded } = await load(nodeHost({}, this.#folder), {
        cwd: this.#folder,
        files: [`${name}.yaml`],
        projectName: name,
      });
      const { plan } = await up(engine, loaded, {}, () => {}, signal);
      if (plan.nodes.length > 0) throw new Error('there was something to do');
      return performance.now() - begin;
    };
    const pairs = await inTurns(rounds, one);
    engine.close();
    // The first half warms up.
    this.#add(what, pairs.slice(rounds / 2));
  }

  /**
   * The container `all` wrote `lines` lines, `few` a tenth of them. Throws if ours gives fewer; what theirs loses is told, and its time counts for it.
   *
   * @param {string} what
   * @param {number} rounds
   * @param {number} lines
   */
  async logs(what, rounds, lines) {
    const peak = { few: 0, all: 0 };
    let lost = 0;
    const one = async (/** @type {Tool} */ tool) => {
      const file = join(this.#folder, 'out');
      const { milliseconds, memory } = await this.#run(
        tool,
        'logs',
        ['logs', '--no-log-prefix', 'all'],
        file,
      );
      const read = await countLines(file);
      if (tool === 'theirs') lost = Math.max(lost, lines - read);
      else {
        if (read !== lines) throw new Error(`${read} lines of ${lines}`);
        peak.all = Math.max(peak.all, memory);
        peak.few = Math.max(peak.few, (await this.#run(tool, 'logs', ['logs', 'few'], file)).memory);
      }
      return milliseconds;
    };
    const pairs = await inTurns(rounds, one);
    const theirs = lost === 0 ? '' : ` (docker compose: up to ${lost})`;
    this.#add(
      what,
      pairs,
      `none lost${theirs}; peak memory ${peak.all} MB, for a tenth of the lines ${peak.few} MB`,
    );
  }

  table() {
    const cell = (/** @type {number} */ value) => `${value.toFixed(0)} ms`;
    return [
      '| | ours | theirs | ratio | upper quartile | |',
      '| --- | ---: | ---: | ---: | ---: | --- |',
      ...this.#rows.map(
        ({ what, ours, theirs, ratio, quartile, note = '' }) =>
          `| ${what} | ${cell(ours)} | ${cell(theirs)} | ${ratio.toFixed(2)} | ${quartile.toFixed(2)} | ${note} |`,
      ),
    ].join('\n');
  }

  /** @param {string} what @param {readonly { ours: number, theirs: number }[]} pairs @param {string} [note] */
  #add(what, pairs, note) {
    const row = {
      what,
      ours: median(pairs.map((pair) => pair.ours)),
      theirs: median(pairs.map((pair) => pair.theirs)),
      ratio: median(pairs.map(({ ours, theirs }) => ours / theirs)),
      quartile: shareOf(
        pairs.map(({ ours, theirs }) => ours / theirs),
        0.75,
      ),
    };
    this.#rows.push(note === undefined ? row : { ...row, note });
    console.error(
      `${what}: ${row.ours.toFixed(0)} ms, theirs ${row.theirs.toFixed(0)} ms, ratio ${row.ratio.toFixed(2)}, upper quartile ${row.quartile.toFixed(2)} ${note ?? ''}`,
    );
  }

  /**
   * @param {Tool} tool
   * @param {string} name
   * @param {readonly string[]} words
   * @param {string} [file] For its output.
   */
  #run(tool, name, words, file) {
    return this.#process([...this.#tools[tool], '-p', name, '-f', `${name}.yaml`, ...words], file);
  }

  /** @param {readonly string[]} line @param {string} [file] */
  async #process([command = '', ...words], file) {
    const output = file === undefined ? 'ignore' : openSync(file, 'w');
    const begin = performance.now();
    const child = spawn(command, words, {
      cwd: this.#folder,
      env: this.#environment,
      stdio: ['ignore', output, 'pipe'],
    });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => (errors += text));
    let memory = 0;
    const watch = setInterval(async () => {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
      memory = Math.max(memory, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000));
    }, 50);
    const code = await new Promise((resolve) => child.on('exit', resolve));
    const milliseconds = performance.now() - begin;
    clearInterval(watch);
    if (typeof output === 'number') closeSync(output);
    if (code !== 0) throw new Error(`${command} ${words.join(' ')}: exit status ${code}\n${errors}`);
    return { milliseconds, memory };
  }
}

/**
 * Who goes first changes with every round; an uncounted one comes before them.
 *
 * @template T
 * @param {number} rounds
 * @param {(tool: Tool) => Promise<T>} one
 * @returns {Promise<{ ours: T, theirs: T }[]>}
 */
async function inTurns(rounds, one) {
  const pairs = [];
  for (let round = -1; round < rounds; round += 1) {
    /** @type {Partial<Record<Tool, T>>} */
    const pair = {};
    for (const tool of /** @type {const} */ (round % 2 === 0 ? ['ours', 'theirs'] : ['theirs', 'ours']))
      pair[tool] = await one(tool);
    if (round >= 0) pairs.push(/** @type {{ ours: T, theirs: T }} */ (pair));
  }
  return pairs;
}

/** @param {readonly number[]} values */
function median(values) {
  return shareOf(values, 0.5);
}

/** @param {readonly number[]} values @param {number} share */
function shareOf(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}

/** @param {string} file */
async function countLines(file) {
  let count = 0;
  for (const byte of await readFile(file)) if (byte === 10) count += 1;
  return count;
}
