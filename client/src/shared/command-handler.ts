/** What a command does. `args` are what VS Code hands over: a row and the selected rows, a file, or nothing. */
export type CommandHandler<Context> = (workbench: Context, args: readonly unknown[]) => unknown;

/** A handler whose code is loaded when it is first called. */
export function later<Context>(load: () => Promise<CommandHandler<Context>>): CommandHandler<Context> {
  return async (workbench, args) => (await load())(workbench, args);
}
