import { describe, expect, it } from 'vitest';
import { composeHashes } from '#engine/project/hashes.ts';
import { label } from '#engine/project/labels.ts';
import { isDrifted } from '../../../client/src/workspace/drift.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

const files = { 'compose.yaml': 'name: shop\nservices:\n  web: {image: busybox}\n' };

async function webWith(labels: Readonly<Record<string, string>> | 'of the files') {
  const engine = new MemoryEngine();
  const workbench = await openWorkbench({ files, engines: { '': engine } });
  const service = workbench.files.declared[0]?.loaded?.project.services.web;
  if (service === undefined) throw new Error('no service');
  const hash = { [label.configHash]: composeHashes.service(service) };
  engine.has('shop', 'web', { labels: labels === 'of the files' ? hash : { ...hash, ...labels } });
  workbench.engine.refresh();
  await expect.poll(() => stackNamed(workbench, 'shop').runtime?.services.length).toBe(1);
  const stack = stackNamed(workbench, 'shop');
  const [web] = stack.services;
  const [container] = web?.containers ?? [];
  if (web === undefined || container === undefined) throw new Error('no container');
  return isDrifted(stack, web, container);
}

describe('a container is outdated', () => {
  it('when it was made from other settings than the files have now', async () => {
    expect(await webWith({ [label.configHash]: 'another' })).toBe(true);
  });

  it('not when it was made from these', async () => {
    expect(await webWith('of the files')).toBe(false);
  });

  it('not when it was run once for a command', async () => {
    expect(await webWith({ [label.configHash]: 'another', [label.oneOff]: 'True' })).toBe(false);
  });
});
