// A private, real image registry: Docker's own, extracted from Debian's package (nothing is installed), on a loopback port of its own.
// Docker Engines accept a registry on loopback without TLS.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOnce } from './cache.mjs';
import { extractPackages, whyNoDebian } from './debian.mjs';
import { Fatal, run, startProcess, waitFor } from './processes.mjs';

/**
 * @typedef {object} Registry
 * @property {string} address `127.0.0.1:PORT`: what an image's name begins with.
 * @property {string} url
 * @property {() => string} output The last lines of its own log, every request among them.
 * @property {() => Promise<void>} stop Ends it and removes what was pushed.
 */

/** Why a registry cannot run here, or `undefined` if it can. */
export const whyNoRegistry = whyNoDebian;

/**
 * Starts a registry and waits until it answers.
 *
 * @param {object} [options]
 * @param {Readonly<Record<string, string>>} [options.users] Passwords by name: without one of them nothing can be pulled or pushed.
 *   Such a registry asks for Basic authentication.
 * @param {TokenAuthority} [options.authority] Who gives out the tokens it asks for; see `registry-tokens.mjs`.
 * @param {(text: string) => void} [options.log]
 * @returns {Promise<Registry>}
 */
export async function startRegistry({ users, authority, log } = {}) {
  const program = await installRegistry();
  const home = await mkdtemp(join(tmpdir(), 'composure-registry-'));
  const remove = () => rm(home, { recursive: true, force: true });
  try {
    const config = join(home, 'config.yml');
    await writeFile(config, configuration(home, users, authority));
    if (users) {
      const lines = await Promise.all(Object.entries(users).map(passwordLine));
      await writeFile(join(home, 'htpasswd'), `${lines.join('\n')}\n`);
    }
    const [command = '', ...words] = program;
    const daemon = startProcess(command, [...words, 'serve', config], log ? { log } : {});
    const stop = async () => {
      await daemon.stop();
      await remove();
    };
    try {
      const address = await waitFor(`the registry in ${home}`, 30_000, async () => {
        if (!daemon.isRunning()) throw new Fatal(`docker-registry ended:\n${daemon.output().slice(-3000)}`);
        const found = /listening on (127\.0\.0\.1:\d+)/.exec(daemon.output())?.[1];
        if (found === undefined) return undefined;
        const { status } = await fetch(`http://${found}/v2/`);
        return status === 200 || status === 401 ? found : undefined;
      });
      return { address, url: `http://${address}`, output: daemon.output, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * Puts a smallest possible image under every tag, without an engine.
 *
 * @param {Pick<Registry, 'url'>} registry
 * @param {string} name For example `team/app`.
 * @param {readonly string[]} tags
 * @param {string} [authorization] The header, where the registry asks for one.
 */
export async function putImage(registry, name, tags, authorization) {
  const headers = authorization === undefined ? {} : { authorization };
  const config = await putBlob(
    JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] } }),
  );
  const type = 'application/vnd.oci.image.manifest.v1+json';
  const body = JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
    layers: [],
  });
  for (const tag of tags) {
    await send(`${registry.url}/v2/${name}/manifests/${tag}`, 'PUT', body, { 'content-type': type });
  }

  /** @param {string} content */
  async function putBlob(content) {
    const digest = digestOf(content);
    const begun = await send(`${registry.url}/v2/${name}/blobs/uploads/`, 'POST', undefined, {});
    const place = new URL(begun.headers.get('location') ?? '', registry.url);
    place.searchParams.set('digest', digest);
    await send(place, 'PUT', content, { 'content-type': 'application/octet-stream' });
    return { size: content.length, digest };
  }

  /** @param {string | URL} url @param {string} method @param {string | undefined} content @param {Record<string, string>} more */
  async function send(url, method, content, more) {
    const answer = await fetch(url, {
      method,
      headers: { ...headers, ...more },
      ...(content === undefined ? {} : { body: content }),
    });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
}

/**
 * Makes an image that was pushed one for several platforms: a list of it and of what is the same but for its architecture.
 *
 * @param {Pick<Registry, 'url'>} registry
 * @param {string} name For example `library/alpine`.
 * @param {string} tag
 * @param {readonly string[]} architectures
 */
export async function spreadImage(registry, name, tag, architectures) {
  const place = `${registry.url}/v2/${name}`;
  const types = [
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
  ];
  const pushed = await fetch(`${place}/manifests/${tag}`, { headers: { accept: types.join(', ') } });
  const manifest = await pushed.json();
  const config = await (await fetch(`${place}/blobs/${manifest.config.digest}`)).json();
  const manifests = [];
  for (const architecture of architectures) {
    const own = Buffer.from(JSON.stringify({ ...config, architecture }));
    const begun = await fetch(`${place}/blobs/uploads/`, { method: 'POST' });
    const upload = new URL(begun.headers.get('location') ?? '', registry.url);
    upload.searchParams.set('digest', digestOf(own));
    await fetch(upload, {
      method: 'PUT',
      body: own,
      headers: { 'content-type': 'application/octet-stream' },
    });
    const body = JSON.stringify({
      ...manifest,
      config: { ...manifest.config, digest: digestOf(own), size: own.length },
    });
    const digest = digestOf(body);
    await put(`${place}/manifests/${digest}`, manifest.mediaType, body);
    manifests.push({
      mediaType: manifest.mediaType,
      digest,
      size: body.length,
      platform: { architecture, os: config.os },
    });
  }
  const index = 'application/vnd.oci.image.index.v1+json';
  await put(
    `${place}/manifests/${tag}`,
    index,
    JSON.stringify({ schemaVersion: 2, mediaType: index, manifests }),
  );
}

/** @param {string} url @param {string} type @param {string} body */
async function put(url, type, body) {
  const answer = await fetch(url, { method: 'PUT', body, headers: { 'content-type': type } });
  if (!answer.ok) throw new Error(`PUT ${url}: ${answer.status} ${await answer.text()}`);
}

/** @param {string | Uint8Array} content */
function digestOf(content) {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** The words that run the registry's program. @returns {Promise<readonly string[]>} */
async function installRegistry() {
  const { program } = await buildOnce('registry-bookworm-1', async (target) => {
    const root = await extractPackages('bookworm', ['docker-registry'], target);
    const files = (await readdir(root, { recursive: true })).map((file) => join(root, file));
    const loader = files.find((file) => /\/ld-linux[^/]*\.so\.\d$/.test(file) && !file.includes('/lib64/'));
    const libraries = files.filter((file) => file.endsWith('/libc.so.6')).map((file) => join(file, '..'));
    if (!loader) throw new Error('the packages of bookworm lack ld.so');
    await rm(join(target, 'apt'), { recursive: true, force: true });
    // Built for another Debian, perhaps: run by that Debian's own libc.
    return {
      program: [loader, '--library-path', libraries.join(':'), join(root, 'usr/bin/docker-registry')],
    };
  });
  return program;
}

/**
 * @param {string} home
 * @param {object | undefined} users
 * @param {TokenAuthority | undefined} authority
 */
function configuration(home, users, authority) {
  const auth = authority
    ? {
        token: {
          realm: authority.realm,
          service: authority.service,
          issuer: authority.issuer,
          rootcertbundle: authority.certificate,
        },
      }
    : users
      ? { htpasswd: { realm: 'composure', path: join(home, 'htpasswd') } }
      : undefined;
  // JSON is YAML.
  return JSON.stringify({
    version: 0.1,
    log: { accesslog: { disabled: false }, level: 'info' },
    storage: { filesystem: { rootdirectory: join(home, 'data') }, delete: { enabled: true } },
    // What it says where things are holds for who comes through a proxy too.
    http: { addr: '127.0.0.1:0', relativeurls: true, secret: randomBytes(16).toString('hex') },
    ...(auth === undefined ? {} : { auth }),
  });
}

/**
 * @typedef {object} TokenAuthority
 * @property {string} realm Where tokens are asked for.
 * @property {string} service
 * @property {string} issuer
 * @property {string} certificate Path of the certificate that the tokens' key belongs to.
 */

/** A line of an htpasswd file; the registry takes bcrypt only, which the C library's `crypt` knows. @param {[string, string]} user */
async function passwordLine([name, password]) {
  const salt = randomBytes(16).toString('hex').slice(0, 22);
  const { stdout } = await run('perl', [
    '-e',
    'print crypt($ARGV[0], $ARGV[1])',
    '--',
    password,
    `$2y$05$${salt}`,
  ]);
  if (!stdout.startsWith('$2y$')) throw new Error("this system's crypt knows no bcrypt");
  return `${name}:${stdout}`;
}
