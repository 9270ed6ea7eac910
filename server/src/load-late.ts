/** What is not needed for the first diagnostics: loaded by the first who asks, or when the server has nothing else to do. */
export const late = async () => (await import('./late.ts')).parts;
