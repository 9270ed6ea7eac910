import { type TimeStyle, timeStyleOf } from './line-time.ts';

/** How lines are shown: a person's choice. */
export interface PageOptions {
  wrap: boolean;
  times: TimeStyle;
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
  const options: Partial<Record<keyof PageOptions, unknown>> =
    'options' in all && typeof all.options === 'object' && all.options !== null ? all.options : {};
  return {
    options: {
      wrap: options.wrap === true,
      times: timeStyleOf(options.times),
      json: options.json !== false,
    },
    kept: 'kept' in all ? all.kept : undefined,
  };
}
