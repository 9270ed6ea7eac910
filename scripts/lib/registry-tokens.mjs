// The tokens that a registry may ask for instead of a password: who gives them out, as Docker Hub's authority does.
import { createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './processes.mjs';

/** @typedef {import('./registry.mjs').TokenAuthority & { asked: readonly string[], stop: () => Promise<void> }} RunningAuthority */

/**
 * Starts an authority on loopback. Everybody gets a token; with `users`, only who says a name and its password (Basic authentication).
 *
 * @param {{ users?: Readonly<Record<string, string>> }} [options]
 * @returns {Promise<RunningAuthority>} `asked`: the queries it was asked, in order.
 */
export async function startAuthority({ users } = {}) {
  const home = await mkdtemp(join(tmpdir(), 'composure-authority-'));
  const certificate = join(home, 'certificate.pem');
  const keyFile = join(home, 'key.pem');
  const subject = ['-subj', '/CN=composure', '-days', '30'];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', keyFile, '-out', certificate],
    ...subject,
  ]);
  const key = createPrivateKey(await readFile(keyFile));
  const chain = [new X509Certificate(await readFile(certificate)).raw.toString('base64')];
  const service = 'composure-registry';
  const issuer = 'composure';
  /** @type {string[]} */
  const asked = [];

  const server = createServer((request, response) => {
    const { searchParams, search } = new URL(request.url ?? '/', 'http://authority');
    asked.push(search);
    const [name = '', ...rest] = atob(request.headers.authorization?.replace(/^Basic /, '') ?? '').split(':');
    const known = users?.[name] !== undefined && users[name] === rest.join(':');
    if (users && !known) {
      response.writeHead(401).end();
      return;
    }
    const now = Math.floor(Date.now() / 1000);
    const access = searchParams.getAll('scope').map((scope) => {
      const [type, repository, actions = ''] = scope.split(':');
      return { type, name: repository, actions: actions.split(',') };
    });
    const part = (/** @type {object} */ value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = {
      iss: issuer,
      sub: name,
      aud: service,
      exp: now + 300,
      nbf: now - 10,
      iat: now,
      jti: randomUUID(),
    };
    const content = `${part({ typ: 'JWT', alg: 'RS256', x5c: chain })}.${part({ ...claims, access })}`;
    const token = `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ token, expires_in: 300 }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    realm: `http://127.0.0.1:${port}/token`,
    service,
    issuer,
    certificate,
    asked,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A token, as any client asks for one. @param {RunningAuthority} authority @param {string} scope @param {string} [authorization] */
export async function tokenFor(authority, scope, authorization) {
  const query = new URLSearchParams({ service: authority.service, scope });
  const answer = await fetch(
    `${authority.realm}?${query}`,
    authorization ? { headers: { authorization } } : {},
  );
  /** @type {unknown} */
  const body = await answer.json();
  return typeof body === 'object' && body !== null && 'token' in body ? String(body.token) : '';
}
