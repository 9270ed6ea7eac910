import type { ContainerSummary } from '../api/engine-objects.ts';
import type { EnginePort } from '../api/engine-port.ts';
import type { Report } from '../observe/progress.ts';
import { label } from '../project/labels.ts';
import { runningUsers } from '../files/volume-snapshot.ts';

/** Does something while the containers of the project that run with the volumes are stopped; they are started again whatever happens. */
export async function whileStopped<T>(
  engine: EnginePort,
  project: string,
  volumes: readonly string[],
  report: Report,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  const users = await runningUsers(engine, volumes, signal);
  const own = users.filter(({ labels }) => labels[label.project] === project);
  const stopped: ContainerSummary[] = [];
  try {
    for (const container of own) {
      report({ kind: 'container', name: container.name, status: 'Stopping' });
      stopped.push(container);
      await engine.stopContainer(container.id, {}, signal);
      report({ kind: 'container', name: container.name, status: 'Stopped' });
    }
    return await work();
  } finally {
    for (const { id, name } of stopped) {
      report({ kind: 'container', name, status: 'Starting' });
      await engine.startContainer(id, AbortSignal.timeout(30_000));
      report({ kind: 'container', name, status: 'Started' });
    }
  }
}
