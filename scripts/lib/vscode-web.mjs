// Extensions as vscode.dev runs them: served to the browser, and run in its worker. No process of this machine has them.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { zipFiles } from './zip-files.mjs';

/** @type {Readonly<Record<string, string>>} */
const types = {
  '.js': 'text/javascript',
  '.cjs': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/**
 * @typedef {object} WebExtensions
 * @property {(page: import('playwright-core').Page) => Promise<void>} addTo Has VS Code load them in a page that was not opened yet.
 * @property {() => Promise<void>} stop
 */

/**
 * Serves extensions on the loopback interface.
 *
 * @param {Readonly<Record<string, string>>} extensions By the name they are served under: a packaged extension, a `.vsix`, or an extension's folder.
 * @returns {Promise<WebExtensions>}
 */
export async function serveWebExtensions(extensions) {
  const readers = new Map(
    await Promise.all(
      Object.entries(extensions).map(
        async ([name, path]) => /** @type {const} */ ([name, await reader(path)]),
      ),
    ),
  );
  const http = createServer(async ({ url = '/' }, response) => {
    const [, name = '', ...rest] = decodeURIComponent(new URL(url, 'http://localhost').pathname).split('/');
    response.setHeader('access-control-allow-origin', '*');
    try {
      const content = await readers.get(name)?.(rest.join('/'));
      if (content === undefined) throw new Error('not there');
      response.setHeader('content-type', types[extname(url)] ?? 'application/octet-stream');
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = http.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;

  const additionalBuiltinExtensions = [...readers.keys()].map((name) => ({
    ...{ scheme: 'http', authority: `127.0.0.1:${port}`, path: `/${name}` },
  }));
  return {
    addTo: (page) =>
      page.addInitScript((extensions) => {
        const read = Element.prototype.getAttribute;
        // Where VS Code's page keeps what it is started with.
        Element.prototype.getAttribute = function (name) {
          const value = read.call(this, name);
          return this.id === 'vscode-workbench-web-configuration' &&
            name === 'data-settings' &&
            value !== null
            ? JSON.stringify({ ...JSON.parse(value), additionalBuiltinExtensions: extensions })
            : value;
        };
      }, additionalBuiltinExtensions),
    stop: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

/** @param {string} path @returns {Promise<(name: string) => Buffer | undefined | Promise<Buffer>>} */
async function reader(path) {
  if (!path.endsWith('.vsix')) return (name) => readFile(join(path, name));
  const files = zipFiles(await readFile(path));
  return (name) => files.get(`extension/${name}`)?.();
}
