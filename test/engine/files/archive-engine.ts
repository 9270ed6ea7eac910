import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dockerodeEngine } from '#engine/api/dockerode/dockerode-engine.ts';
import type { EnginePort } from '#engine/api/engine-port.ts';
import { Transport } from '#engine/api/transport/transport.ts';
import { type Headers, pack } from 'tar-stream';
import { engine28 } from '../world.ts';

/** An entry as an archive has it: nothing keeps it from being wrong. */
export interface RawEntry extends Partial<Headers> {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** Extensions of the header. */
  readonly pax?: Readonly<Record<string, string>>;
}

export async function archiveOf(entries: readonly RawEntry[]): Promise<Buffer> {
  const archive = pack();
  for (const { content, ...header } of entries)
    if (header.type === undefined || header.type === 'file')
      archive.entry({ ...header }, Buffer.from(content ?? ''));
    else archive.entry({ ...header });
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Whoever listens on this machine in place of an engine, and answers every question for files of a container with this. */
export class ArchiveEngine {
  answer: Buffer = Buffer.alloc(0);
  /** Says that more is to come, and ends the connection. */
  isCut = false;
  readonly #server = createServer((_request, response) => {
    response.setHeader('Content-Length', this.answer.length + (this.isCut ? 1000 : 0));
    response.write(this.answer, () => (this.isCut ? response.destroy() : response.end()));
  });

  async engine(): Promise<EnginePort> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
    const { port } = this.#server.address() as AddressInfo;
    const transport = await Transport.to({ kind: 'tcp', host: '127.0.0.1', port, tls: undefined });
    return dockerodeEngine(
      transport,
      engine28,
      async () => undefined,
      async () => ({}),
    );
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}
