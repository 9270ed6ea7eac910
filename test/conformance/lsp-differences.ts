/** Rows of the recorded requests that we answer otherwise on purpose, reviewed one by one, with the reason. */
export const differences: readonly { readonly rows: RegExp; readonly reason: string }[] = [];
