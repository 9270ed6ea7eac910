/** How lines are shown: a person's choice. */
export interface PageOptions {
  wrap: boolean;
  times: boolean;
  json: boolean;
}

/** What outlives a reload of the window. */
export interface PageState {
  readonly options: PageOptions;
  /** Whose logs were shown, in the extension's words. */
  kept: unknown;
}

/** What VS Code kept of the page, whatever that is. */
export function readState(kept: unknown): PageState {
  const all = typeof kept === 'object' && kept !== null ? kept : {};
  const options = 'options' in all && typeof all.options === 'object' ? all.options : {};
  return {
    options: { wrap: false, times: false, json: true, ...options },
    kept: 'kept' in all ? all.kept : undefined,
  };
}
