import { isAbsolute, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KnownValues, maskText } from '#compose/check/secrets/masker.ts';
import { maskData } from '#compose/check/secrets/mask-data.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { PlanTokens } from '#engine/agents/plan-tokens.ts';
import type { ToolHost } from '#engine/agents/tool.ts';
import { ToolError } from '#engine/agents/tool-error.ts';
import type { ProjectTarget } from '#engine/project/project-target.ts';
import type { CommandContext } from '../frame/command.ts';
import type { Output } from '../frame/io.ts';
import { secretsOf } from '../frame/known-values.ts';
import { findTarget, loadProject } from '../frame/load-project.ts';
import { pathOf } from '../frame/project-problems.ts';
import { type Connection, isMessage, type Message } from './connection.ts';

/** What tools work with here: the project of the folder that the server was started in, or of the client's root. */
export class McpHost implements ToolHost {
  readonly plans = new PlanTokens();
  readonly #context: CommandContext;
  readonly #connection: Connection;
  readonly #secrets = new Set<string>();
  #known = new KnownValues([]);
  #folder: string | undefined;
  /** Of the client. */
  capabilities: Message = {};

  constructor(context: CommandContext, connection: Connection) {
    this.#context = context;
    this.#connection = connection;
  }

  /** Known once the roots have been asked for. */
  get folder(): string {
    return this.#folder ?? this.#start;
  }

  get #start(): string {
    const { cwd, global } = this.#context;
    return resolve(cwd, global.projectDirectory ?? '.');
  }

  forgetRoots(): void {
    this.#folder = undefined;
  }

  async command(
    words: readonly string[],
    signal: AbortSignal,
    files?: readonly string[],
  ): Promise<{ readonly status: number; readonly output: string }> {
    const cwd = await this.#open();
    // Other files may hold other secrets.
    if (files !== undefined) await this.#learn(files);
    const collected = new Collected();
    const status = await this.#context.again([...this.#globalWords(files), ...words], {
      cwd,
      output: collected,
      signal,
    });
    return { status, output: collected.text };
  }

  async target(): Promise<ProjectTarget> {
    const cwd = await this.#open();
    return findTarget({ ...this.#context, cwd, errors: new Collected() }, process.platform, {});
  }

  engine(): Promise<EnginePort> {
    return this.#context.engine();
  }

  async list(signal: AbortSignal): Promise<string> {
    const own = await this.command(['ps', '--all'], signal);
    const services = await this.command(['config', '--services'], signal);
    const all = await this.command(['ls', '--all'], signal);
    return `Project in ${this.folder}\nservices of the files: ${services.output.trim().split('\n').join(', ')}\n\ncontainers:\n${own.output.trim()}\n\nall projects on the engine (this server works on the first one above only):\n${all.output.trim()}`;
  }

  /** By elicitation, where the client can ask its user. */
  async consent(message: string): Promise<boolean> {
    if (!isMessage(this.capabilities.elicitation)) return false;
    const answer = await this.#connection.ask('elicitation/create', {
      message,
      requestedSchema: {
        type: 'object',
        properties: { agree: { type: 'boolean', title: 'Carry it out', default: false } },
        required: ['agree'],
      },
    });
    return answer?.action === 'accept' && isMessage(answer.content) && answer.content.agree === true;
  }

  readonly nameOf = (uri: string): string => {
    const path = pathOf(uri);
    const way = relative(this.folder, path);
    return way.startsWith('..') || isAbsolute(way) ? path : way;
  };

  readonly mask = (text: string): string => maskText(text, this.#known);

  readonly maskDeep = (value: unknown): unknown => maskData(value, this.#known);

  /** Before each call: what the project's files hold may have changed, and what they held may still be in what runs. */
  async learnSecrets(): Promise<void> {
    await this.#open();
    await this.#learn(this.#context.global.files);
  }

  /** With every profile and what env files set: `target` leaves those out. */
  async #learn(files: readonly string[]): Promise<void> {
    const { global } = this.#context;
    const context = {
      ...this.#context,
      cwd: this.folder,
      errors: new Collected(),
      global: { ...global, files },
    };
    const loaded = await loadProject(context, process.platform, { allProfiles: true }).catch(() => undefined);
    if (loaded === undefined) return;
    const before = this.#secrets.size;
    for (const value of await secretsOf(loaded)) this.#secrets.add(value);
    if (this.#secrets.size !== before) this.#known = new KnownValues(this.#secrets);
  }

  /** The folder to work in: that of the start, or the client's root; never one outside of the roots. */
  async #open(): Promise<string> {
    if (this.#folder !== undefined) return this.#folder;
    const start = this.#start;
    const roots = isMessage(this.capabilities.roots) ? await this.#roots() : [];
    const isInside = roots.length === 0 || roots.some((root) => isIn(root, start));
    const [first] = roots;
    const isChosen =
      this.#context.global.projectDirectory !== undefined || this.#context.global.files.length > 0;
    if (!isInside && (isChosen || first === undefined))
      throw new ToolError(
        `The project in ${start} is outside of the folders that this client allows (${roots.join(', ')}).`,
      );
    this.#folder = isInside ? start : (first ?? start);
    return this.#folder;
  }

  async #roots(): Promise<readonly string[]> {
    const answer = await this.#connection.ask('roots/list', {});
    const given = Array.isArray(answer?.roots) ? answer.roots : [];
    return given.flatMap((root: unknown) =>
      isMessage(root) && typeof root.uri === 'string' && root.uri.startsWith('file:')
        ? [fileURLToPath(root.uri)]
        : [],
    );
  }

  #globalWords(files: readonly string[] | undefined): readonly string[] {
    const { global, cwd } = this.#context;
    const { projectName, projectDirectory, context, host } = global;
    const own = global.files.map((each) => (each === '-' ? each : resolve(cwd, each)));
    return [
      ...(context === undefined ? [] : ['--context', context]),
      ...(host === undefined ? [] : ['--host', host]),
      ...(projectDirectory === undefined ? [] : ['--project-directory', resolve(cwd, projectDirectory)]),
      ...(projectName === undefined ? [] : ['-p', projectName]),
      ...(files ?? own).flatMap((each) => ['-f', each]),
      ...global.envFiles.flatMap((each) => ['--env-file', resolve(cwd, each)]),
      ...global.profiles.flatMap((each) => ['--profile', each]),
    ];
  }
}

function isIn(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || !(way.startsWith('..') || isAbsolute(way));
}

/** More than this is not kept of a command's output. In UTF-16 code units. */
const mostKept = 4_000_000;

class Collected implements Output {
  readonly isTerminal = false;
  readonly #decoder = new TextDecoder();
  text = '';

  size(): undefined {
    return undefined;
  }

  write(text: string | Uint8Array): void {
    this.text += typeof text === 'string' ? text : this.#decoder.decode(text, { stream: true });
    if (this.text.length > mostKept) this.text = this.text.slice(-mostKept / 2);
  }

  async drained(): Promise<void> {}

  onResize(): () => void {
    return () => {};
  }
}
