import { createServer } from 'node:net';

/**
 * Waits until nobody else on this machine has the turn: for what there can be one of only, such as a swarm, whose ports are the same for every engine.
 * The turn is a port on loopback, so that it ends with the process at the latest.
 *
 * @param {number} port
 * @returns {Promise<() => Promise<void>>} Ends the turn.
 */
export async function takeTurn(port) {
  for (;;) {
    const server = createServer();
    const taken = await new Promise((resolve, reject) => {
      server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
        error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
      );
      server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(true));
    });
    if (taken) return () => new Promise((resolve) => server.close(() => resolve()));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Of tests that make a swarm. */
export const swarmTurn = 23_770;
