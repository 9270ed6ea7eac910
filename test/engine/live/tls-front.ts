import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { writeCertificates } from '../../../scripts/lib/certificates.mjs';
import type { Registry } from '../../../scripts/lib/registry.mjs';

/** A registry as it is reached over TLS, for programs that speak nothing else. */
export interface TlsFront {
  /** `127.0.0.1:PORT`. */
  readonly address: string;
  /** The certificate of its authority, a file (`SSL_CERT_FILE`). */
  readonly authority: string;
  stop(): Promise<void>;
}

/** Docker Compose speaks TLS with every registry. */
export async function tlsFront(registry: Pick<Registry, 'address'>): Promise<TlsFront> {
  const folder = await mkdtemp(join(tmpdir(), 'composure-tls-front-'));
  await writeCertificates(folder);
  const pem = (name: string) => readFile(join(folder, `${name}.pem`));
  const server = createServer({ cert: await pem('server-cert'), key: await pem('server-key') }, (client) => {
    const plain = connect(Number(registry.address.split(':')[1]), '127.0.0.1');
    client.on('error', () => plain.destroy());
    plain.on('error', () => client.destroy());
    client.pipe(plain).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    authority: join(folder, 'ca.pem'),
    async stop() {
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
