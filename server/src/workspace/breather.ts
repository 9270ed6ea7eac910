/** A pause in long work, once it has gone on for so many milliseconds: what arrived meanwhile, a keystroke say, is dealt with in it. */
export function breather(most = 8): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < most) return;
    await new Promise((resolve) => later(resolve));
    begun = performance.now();
  };
}

/** Node's is the quicker one; browsers have none. */
const later: (work: (value?: unknown) => void) => void =
  typeof setImmediate === 'function' ? (work) => setImmediate(work) : (work) => setTimeout(work, 0);
