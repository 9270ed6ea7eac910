import { type PortShortage, portShortages, rangeFor } from '#compose/check/port-shortage.ts';
import type { Project } from '#compose/model/project.ts';
import { label } from '#engine/project/labels.ts';
import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import type { Translate } from '../shared/translate.ts';
import type { Finding } from './finding.ts';

/** What holds a port of this machine: a process by its name, `undefined` for one that is free. Only asked of an engine that runs here. */
export type PortHolder = (port: number, ip: string, protocol: string) => Promise<string | undefined>;

interface Wanted {
  readonly service: string;
  readonly index: number;
  readonly port: number;
  readonly ip: string;
  readonly protocol: string;
}

/** Whether the published ports are free, or are those of the containers that Up replaces. */
export async function checkPorts(
  project: Project,
  containers: readonly ContainerSummary[],
  holder: PortHolder | undefined,
  t: Translate,
): Promise<readonly Finding[]> {
  const wanted = Object.entries(project.services).flatMap(([service, { ports = [] }]) =>
    ports.flatMap(({ published, host_ip: ip = '', protocol = 'tcp' }, index) =>
      portsIn(published).map((port): Wanted => ({ service, index, port, ip, protocol })),
    ),
  );
  const findings: Finding[] = Object.entries(project.services).flatMap(([service, definition]) =>
    portShortages(definition).map((shortage) => tooFew(service, shortage, t)),
  );
  for (const each of wanted) {
    const found = await checkOne(project.name, each, containers, holder, t);
    if (found !== undefined) findings.push(found);
  }
  if (wanted.length > 0 && findings.length === 0)
    findings.push({
      subject: 'ports',
      severity: 'ok',
      message: t('Published ports are free: {0}', list(wanted)),
    });
  return findings;
}

function tooFew(service: string, shortage: PortShortage, t: Translate): Finding {
  const { index, published, room, wanted } = shortage;
  const range = rangeFor(shortage);
  return {
    subject: 'ports',
    path: ['services', service, 'ports', index],
    severity: 'error',
    message: t(
      'Only {0} of {1} containers of {2} can publish the host port {3}',
      room,
      wanted,
      service,
      published,
    ),
    advice:
      range === undefined
        ? t('Leave out the host port, and the engine picks one for each container.')
        : t('Publish the range {0}, or leave out the host port.', range),
  };
}

async function checkOne(
  project: string,
  { service, index, port, ip, protocol }: Wanted,
  containers: readonly ContainerSummary[],
  holder: PortHolder | undefined,
  t: Translate,
): Promise<Finding | undefined> {
  const place = { subject: 'ports', path: ['services', service, 'ports', index] } as const;
  const user = containers.find(({ ports }) =>
    ports.some((each) => each.hostPort === port && each.protocol === protocol && overlaps(each.hostIp, ip)),
  );
  if (user !== undefined) {
    const { labels } = user;
    if (labels[label.project] === project && labels[label.service] === service) return undefined;
    return {
      ...place,
      severity: 'error',
      message: t('Port {0} of {1} is used by container {2}', port, service, user.name),
      advice: t('Stop that container, or publish another port.'),
      fix: { kind: 'stop', id: user.id, name: user.name },
    };
  }
  const process = await holder?.(port, ip, protocol);
  if (process === undefined) return undefined;
  return {
    ...place,
    severity: 'error',
    message:
      process === ''
        ? t('Port {0} of {1} is used by another program', port, service)
        : t('Port {0} of {1} is used by {2}', port, service, process),
    advice: t('Stop that program, or publish another port.'),
  };
}

/** One port. Of a range, any free one will do; of none, the engine picks. */
function portsIn(published: string | undefined): readonly number[] {
  const port = /^[1-9]\d*$/.test(published ?? '') ? Number(published) : undefined;
  return port === undefined ? [] : [port];
}

/** An address that stands for all is in the way of every one. */
function overlaps(a: string, b: string): boolean {
  return isAny(a) || isAny(b) || a === b;
}

function isAny(ip: string): boolean {
  return ip === '' || ip === '0.0.0.0' || ip === '::';
}

function list(wanted: readonly Wanted[]): string {
  return [...new Set(wanted.map(({ port }) => port))].sort((a, b) => a - b).join(', ');
}
