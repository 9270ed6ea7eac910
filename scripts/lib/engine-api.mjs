// The Docker Engine API over a Unix socket, as little of it as the scripts need; no docker program involved.
import { request } from 'node:http';

/**
 * One call. Rejects with the engine's own message unless the status is 2xx, 304 or one of `accept`.
 *
 * @param {string} socketPath
 * @param {string} method
 * @param {string} path
 * @param {{ body?: unknown, tar?: Buffer | import('node:stream').Readable, accept?: readonly number[] }} [options]
 * @returns {Promise<any>} The JSON answer, or its text when it is no JSON.
 */
export function callEngine(socketPath, method, path, options = {}) {
  return new Promise((resolve, reject) => {
    const type = options.tar ? 'application/x-tar' : 'application/json';
    const call = request(
      {
        socketPath,
        method,
        path,
        agent: false,
        headers: options.body || options.tar ? { 'Content-Type': type } : {},
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        response.on('error', reject);
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          const ok = (status >= 200 && status < 300) || status === 304 || options.accept?.includes(status);
          const answer = parse(text);
          if (ok) resolve(answer);
          else reject(new Error(`${method} ${path}: ${status} ${answer?.message ?? text}`));
        });
      },
    );
    call.on('error', reject);
    if (options.tar && 'pipe' in options.tar) options.tar.on('error', reject).pipe(call);
    else call.end(options.tar ?? (options.body === undefined ? undefined : JSON.stringify(options.body)));
  });
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Removes all containers, then the networks made by users: what would outlive a daemon as processes and bridges. @param {string} socket */
export async function removeEverythingRunning(socket) {
  const containers = await callEngine(socket, 'GET', '/containers/json?all=1');
  await Promise.all(
    containers.map((/** @type {{ Id: string }} */ { Id }) =>
      callEngine(socket, 'DELETE', `/containers/${Id}?force=1&v=1`, { accept: [404, 409] }),
    ),
  );
  await callEngine(socket, 'POST', '/networks/prune');
}
