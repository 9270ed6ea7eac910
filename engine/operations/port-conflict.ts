import { EngineError } from '../api/engine-error.ts';
import type { EnginePort } from '../api/engine-port.ts';
import { type Message, say } from '../api/message.ts';
import { programOnPort } from '../observe/port-program.ts';
import { label } from '../project/labels.ts';

/** Who has a port of the host. */
export type PortHolder =
  /** A container of the service that wants it too: one port is not enough for several. */
  | { readonly kind: 'replica'; readonly container: string; readonly service: string }
  | { readonly kind: 'container'; readonly container: string; readonly project: string | undefined }
  /** As the system names it: `nginx (1234)`. */
  | { readonly kind: 'program'; readonly program: string }
  | { readonly kind: 'unknown' };

/** Who asks for it. */
export interface PortSeeker {
  readonly project: string;
  /** The services that publish the port. */
  readonly services: readonly string[];
}

/** How long the engine is asked, in ms: the failure that is to be explained is known already. */
const patience = 5000;

/**
 * The same failure with the holder of the port named as it is (kind `port-in-use`, whose subject is `8080/tcp`); any other error as it was. Never rejects.
 */
export async function explainPortConflict(
  engine: EnginePort,
  error: unknown,
  seeker: PortSeeker,
): Promise<unknown> {
  if (!(error instanceof EngineError) || error.kind !== 'port-in-use') return error;
  const [, port, protocol = 'tcp'] = /^(\d+)(?:\/(\w+))?$/.exec(error.subject ?? '') ?? [];
  if (port === undefined) return error;
  const holder = await findPortHolder(engine, Number(port), protocol, seeker);
  return new EngineError('port-in-use', holderMessage(port, holder), {
    ...(error.subject !== undefined && { subject: error.subject }),
    cause: error,
  });
}

async function findPortHolder(
  engine: EnginePort,
  port: number,
  protocol: string,
  { project, services }: PortSeeker,
): Promise<PortHolder> {
  const containers = await engine
    .listContainers({ labels: [], all: false }, AbortSignal.timeout(patience))
    .catch(() => []);
  const holder = containers.find(({ ports }) =>
    ports.some((each) => each.hostPort === port && each.protocol === protocol),
  );
  if (holder !== undefined) {
    const { [label.project]: owner, [label.service]: service } = holder.labels;
    return owner === project && service !== undefined && services.includes(service)
      ? { kind: 'replica', container: holder.name, service }
      : { kind: 'container', container: holder.name, project: owner };
  }
  const isHere = /^(?:unix|npipe):/.test(engine.info.endpoint);
  const program = isHere ? await programOnPort(port, '', protocol).catch(() => undefined) : undefined;
  return program === undefined || program === '' ? { kind: 'unknown' } : { kind: 'program', program };
}

/** A whole sentence, and what to do. */
export function holderMessage(port: string, holder: PortHolder): Message {
  switch (holder.kind) {
    case 'replica':
      return say`Port ${port} is already published by ${holder.container}, another container of the service "${holder.service}". Publish a range of ports, or leave out the host port.`;
    case 'container':
      return holder.project === undefined
        ? say`Port ${port} is in use by the container ${holder.container}. Stop that container, or publish another port.`
        : say`Port ${port} is in use by the container ${holder.container} of the project "${holder.project}". Stop that container, or publish another port.`;
    case 'program':
      return say`Port ${port} is in use by ${holder.program}. Stop that program, or publish another port.`;
    case 'unknown':
      return say`Port ${port} is in use by a program on the host. Stop that program, or publish another port.`;
  }
}
