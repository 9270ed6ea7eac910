/** Nothing formats in the browser: the library that does needs Node. */
export const formats = false;

export function loadYaml(): Promise<never> {
  return Promise.reject(new Error('There is no formatter here.'));
}
