import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { eventually, type Outcome, type Stack } from './stack.ts';

/** A recorded end-to-end scenario: commands, and what must be so after each. */
export interface Scenario {
  readonly id: string;
  readonly intent: string;
  readonly needs_build: boolean;
  readonly files: Readonly<Record<string, string>>;
  readonly images: readonly string[];
  readonly steps: readonly Step[];
}

interface Step {
  readonly name?: string;
  readonly directive?: string;
  readonly args?: readonly Expression[];
  readonly action?: Call;
  readonly checks?: readonly Call[];
}

interface Call {
  readonly call: string;
  readonly args: readonly Expression[];
  readonly on?: Expression | Call;
}

type Expression =
  | string
  | number
  | { readonly expr: string }
  | { readonly concat: readonly Expression[] }
  | Call
  | readonly Expression[];

const corpus = fileURLToPath(new URL('../../../../shared/corpus/scenarios/scenarios.json', import.meta.url));

/** The recorded scenarios, where they are beside the checkout. */
export function readScenarios(): readonly Scenario[] | undefined {
  if (!existsSync(corpus)) return undefined;
  const { cases }: { cases: readonly Scenario[] } = JSON.parse(readFileSync(corpus, 'utf8'));
  return cases;
}

/** The first command of a scenario that is not there yet; `undefined` if all are. */
export function missingCommand({ steps }: Scenario, known: ReadonlySet<string>): string | undefined {
  for (const { action } of steps) {
    const call = action === undefined ? undefined : innermost(action);
    if (call?.call !== 'ComposeCmd') continue;
    const name = call.args.find((word) => typeof word === 'string' && !word.startsWith('-'));
    if (typeof name === 'string' && !known.has(name)) return name;
  }
  return undefined;
}

/** Replays a scenario through the command line. Rejects with the step's name where the state is another. */
export async function replay(scenario: Scenario, stack: Stack): Promise<void> {
  const player = new Player(scenario, stack);
  for (const step of scenario.steps) await player.play(step);
}

class Player {
  readonly #scenario: Scenario;
  readonly #stack: Stack;
  /** Container ids by name, as they were before the step. */
  #before: ReadonlyMap<string, string> = new Map();

  /** Labels of services as they were last looked at. */
  readonly #labelsBefore = new Map<string, readonly string[]>();

  constructor(scenario: Scenario, stack: Stack) {
    this.#scenario = scenario;
    this.#stack = stack;
  }

  async play(step: Step): Promise<void> {
    if (step.directive === 'Env') {
      for (const entry of step.args ?? []) this.#setVariable(this.#text(entry), this.#stack.environment);
      return;
    }
    if (step.action === undefined) return;
    this.#before = await this.#ids();
    // What a container writes is there some time after it has written it.
    if (innermost(step.action).args[0] === 'logs') await eventually(() => this.#step(step), 5000);
    else await this.#step(step);
  }

  async #step(step: Step): Promise<void> {
    if (step.action === undefined) return;
    const outcome = await this.#act(step.action);
    if (!mayFail(step.action)) expect(outcome.code, `${step.name}\n${outcome.out}${outcome.err}`).toBe(0);
    for (const check of step.checks ?? []) {
      await this.#check(check, outcome).catch((error: unknown) => {
        throw new Error(
          `${step.name}: ${check.call} ${JSON.stringify(check.args)}\n${outcome.out}${outcome.err}`,
          {
            cause: error,
          },
        );
      });
    }
  }

  async #act(action: Call): Promise<Outcome> {
    const variables: Record<string, string> = {};
    for (let call: Expression | Call | undefined = action; isCall(call); call = call.on) {
      if (call.call === 'WithEnv') {
        for (const entry of call.args) this.#setVariable(this.#text(entry), variables);
      }
    }
    const { call, args } = innermost(action);
    const words = args.map((word) => this.#text(word));
    const kept = { ...this.#stack.environment };
    Object.assign(this.#stack.environment, variables);
    try {
      if (call === 'ComposeCmd') return await this.#stack.compose(...words);
      if (call === 'DockerCmd') return await this.#stack.docker(...words);
      if (call === 'probeVolume') {
        const volume = `${this.#stack.name}_data:/mnt`;
        return await this.#stack.docker(
          'run',
          '--rm',
          '--network',
          'none',
          '-v',
          volume,
          'busybox',
          ...words.slice(1),
        );
      }
      throw new Error(`unknown action ${call}`);
    } finally {
      for (const name of Object.keys(variables)) delete this.#stack.environment[name];
      Object.assign(this.#stack.environment, kept);
    }
  }

  async #check(check: Call, outcome: Outcome): Promise<void> {
    if (check.call === 'Eventually') {
      const [inner] = check.args;
      if (isCall(inner)) await eventually(() => this.#check(inner, outcome));
      return;
    }
    const args = check.args.map((arg) => this.#text(arg));
    const [first = '', second = ''] = args;
    const all = outcome.out + outcome.err;
    switch (check.call) {
      case 'OutputContains':
        return expect(all).toContain(first);
      case 'OutputNotContains':
        return expect(all).not.toContain(first);
      case 'StdoutContains':
        return expect(outcome.out).toContain(first);
      case 'StderrContains':
        return expect(outcome.err).toContain(first);
      case 'ExitCode':
        return expect(outcome.code).toBe(Number(first));
      case 'FileContains':
        return expect(await readFile(first, 'utf8')).toContain(second);
      case 'FileExists':
        return expect(existsSync(first)).toBe(true);
      case 'ImageExists':
        return expect((await this.#stack.docker('image', 'inspect', first)).code).toBe(0);
      case 'ServiceState':
        return eventually(async () => {
          const states = (await this.#containers(first)).map(({ State }) => State);
          expect(states.length, `containers of ${first}`).toBeGreaterThan(0);
          expect(new Set(states)).toEqual(new Set([second]));
        }, 3000);
      case 'ServiceNotCreated':
        return expect(await this.#containers(first)).toEqual([]);
      case 'ServiceScale':
        return expect(await this.#containers(first)).toHaveLength(Number(second));
      case 'ReplicaNumbers': {
        const numbers = (await this.#containers(first)).map(({ Name }) => Name.split('-').at(-1));
        return expect(numbers.sort()).toEqual(args.slice(1));
      }
      case 'NotRecreated':
      case 'Recreated':
        for (const service of args) await this.#compareIds(service, check.call === 'NotRecreated');
        return;
      case 'builtOnce':
        return expect(all.split(` Image ${args.join('-')} Building`), all).toHaveLength(2);
      case 'OneOffState':
        return eventually(async () => {
          const states = (await this.#oneOffs(first)).map(({ State }) => State);
          expect(states).toContain(second);
        }, 5000);
      case 'OneOffsRemoved':
        return expect(await this.#oneOffs(first)).toEqual([]);
      case 'OneOffsUntouched': {
        const ids = (await this.#oneOffs(first)).map(({ ID }) => ID).sort();
        const before = [...this.#before].filter(([name]) => name.includes(`-${first}-run-`));
        return expect(ids).toEqual(before.map(([, id]) => id).sort());
      }
      case 'LabelSet':
        return expect(await this.#labels(first, second)).toEqual([expect.stringMatching(/./)]);
      case 'LabelsDistinct': {
        const values = await Promise.all(args.slice(1).map((service) => this.#labels(service, first)));
        return expect(new Set(values.flat()).size).toBe(args.length - 1);
      }
      case 'LabelUnchanged': {
        const before = this.#labelsBefore.get(`${first} ${second}`);
        return expect([before, await this.#labels(first, second)]).toEqual([before, before]);
      }
      default:
        throw new Error(`unknown check ${check.call}`);
    }
  }

  /** Of a service's containers, as the engine has it now; remembered, too, for whoever asks whether it has changed. */
  async #labels(service: string, label: string): Promise<readonly string[]> {
    const ids = (await this.#containers(service)).map(({ ID }) => ID);
    const { out } = await this.#stack.docker('inspect', '-f', `{{index .Config.Labels "${label}"}}`, ...ids);
    const values = out.trim().split('\n');
    this.#labelsBefore.set(`${service} ${label}`, values);
    return values;
  }

  async #compareIds(service: string, same: boolean): Promise<void> {
    for (const { Name, ID } of await this.#containers(service)) {
      if (same) expect(ID, Name).toBe(this.#before.get(Name));
      else expect(ID, Name).not.toBe(this.#before.get(Name));
    }
  }

  async #all(): Promise<readonly Row[]> {
    const { out } = await this.#stack.compose(
      '-p',
      this.#stack.name,
      'ps',
      '-a',
      '--no-trunc',
      '--format',
      'json',
    );
    return out === '' ? [] : out.trim().split('\n').map(parseRow);
  }

  async #containers(service: string): Promise<readonly Row[]> {
    return (await this.#all()).filter((row) => row.Service === service && !row.Name.includes('-run-'));
  }

  async #oneOffs(service: string): Promise<readonly Row[]> {
    return (await this.#all()).filter((row) => row.Service === service && row.Name.includes('-run-'));
  }

  async #ids(): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.#all()).map(({ Name, ID }) => [Name, ID]));
  }

  #setVariable(entry: string, variables: Record<string, string>): void {
    const at = entry.indexOf('=');
    variables[entry.slice(0, at)] = entry.slice(at + 1);
  }

  /** The value of an expression as recorded from the original's source. */
  #text(expression: Expression): string {
    if (typeof expression === 'string' || typeof expression === 'number') return String(expression);
    if (isList(expression)) return expression.map((part) => this.#text(part)).join(' ');
    if ('concat' in expression) return expression.concat.map((part) => this.#text(part)).join('');
    if ('call' in expression) throw new Error(`unexpected call ${expression.call}`);
    const { expr } = expression;
    const joined = /^filepath\.Join\((?:dir|s\.Dir\(\)), (.+)\)$/.exec(expr)?.[1];
    if (joined !== undefined) return join(this.#stack.folder, ...joined.split(', ').map(unquote));
    const [, format, values] = /^fmt\.Sprintf\(`([^`]+)`, (.+)\)$/s.exec(expr) ?? [];
    if (format !== undefined && values !== undefined) {
      const texts = splitArguments(values).map((value) => this.#text({ expr: value }));
      return format.replaceAll('%s', () => texts.shift() ?? '');
    }
    const known: Readonly<Record<string, string>> = {
      PROJECT: this.#stack.name,
      's.Project()': this.#stack.name,
      's.Dir()': this.#stack.folder,
      dir: this.#stack.folder,
      s: '',
      's.NonNativePlatform()': process.arch === 'x64' ? 'linux/arm64' : 'linux/amd64',
      image: `${this.#stack.name}-image`,
      out: join(this.#stack.folder, 'out.tar'),
    };
    const value = known[expr];
    if (value === undefined) throw new Error(`unknown expression ${expr} in ${this.#scenario.id}`);
    return value;
  }
}

interface Row {
  readonly ID: string;
  readonly Name: string;
  readonly Service: string;
  readonly State: string;
}

function parseRow(line: string): Row {
  return JSON.parse(line);
}

function innermost(action: Call): Call {
  return isCall(action.on) ? innermost(action.on) : action;
}

function mayFail(action: Call): boolean {
  return action.call === 'MayFail' || (isCall(action.on) && mayFail(action.on));
}

function isCall(value: Expression | Call | undefined): value is Call {
  return typeof value === 'object' && !isList(value) && 'call' in value;
}

function isList(value: Expression): value is readonly Expression[] {
  return Array.isArray(value);
}

/** At commas outside parentheses. */
function splitArguments(text: string): readonly string[] {
  return (text.match(/(?:[^,(]|\((?:[^()]|\([^()]*\))*\))+/g) ?? []).map((part) => part.trim());
}

function unquote(text: string): string {
  return text.replace(/^"|"$/g, '');
}
