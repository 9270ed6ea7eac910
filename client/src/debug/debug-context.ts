import type { ContainerSummary } from '#engine/api/engine-objects.ts';
import { label } from '#engine/project/labels.ts';
import type { LoadToRunContext } from '../stack/load-to-run.ts';
import type { OperateContext } from '../stack/operation.ts';
import type { ExtensionScope } from '../workspace/contexts.ts';
import type { Stack } from '../workspace/stacks.ts';

export type DebugContext = ExtensionScope & LoadToRunContext & OperateContext;

/** What can be debugged of a service, by number. */
export function runningOf({ services }: Stack, name: string): readonly ContainerSummary[] {
  const containers = services.find((each) => each.name === name)?.containers ?? [];
  const number = ({ labels }: ContainerSummary) => Number(labels[label.containerNumber] ?? 0);
  return containers.filter(({ state }) => state === 'running').sort((a, b) => number(a) - number(b));
}
