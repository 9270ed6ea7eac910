/** Where it is kept: VS Code's `Memento`. */
export interface Memory {
  get<T>(key: string, fallback: T): T;
  update(key: string, value: unknown): PromiseLike<void>;
}

const key = 'composure.commandHistory';

/** Of one service. */
const mostKept = 20;

/** What was run in each service of each project, the last first; remembered with the workspace. */
export class CommandHistory {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  of(project: string, service: string): readonly string[] {
    return this.#all()[nameOf(project, service)] ?? [];
  }

  async add(project: string, service: string, commandLine: string): Promise<void> {
    const name = nameOf(project, service);
    const others = this.of(project, service).filter((each) => each !== commandLine);
    await this.#memory.update(key, {
      ...this.#all(),
      [name]: [commandLine, ...others].slice(0, mostKept),
    });
  }

  async remove(project: string, service: string, commandLine: string): Promise<void> {
    const name = nameOf(project, service);
    const left = this.of(project, service).filter((each) => each !== commandLine);
    await this.#memory.update(key, { ...this.#all(), [name]: left });
  }

  #all(): Readonly<Record<string, readonly string[]>> {
    return this.#memory.get<Readonly<Record<string, readonly string[]>>>(key, {});
  }
}

/** Neither name can hold a slash. */
function nameOf(project: string, service: string): string {
  return `${project}/${service}`;
}
