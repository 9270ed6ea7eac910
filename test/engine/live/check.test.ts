import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { catalogueFor } from '#compose/problem/catalogues.ts';
import { load } from '#compose/load/load.ts';
import { checkBeforeUp } from '../../../client/src/check-before-up/check.ts';
import type { Finding } from '../../../client/src/check-before-up/finding.ts';
import { programOnPort } from '../../../engine/observe/port-program.ts';
import { nodeHost } from '#engine/project/disk-host.ts';
import { previewUp, weightOf } from '#engine/operations/preview-up.ts';
import { up } from '#engine/operations/up.ts';
import { type Registry, startRegistry } from '../../../scripts/lib/registry.mjs';
import { english } from '../../client/translate.ts';
import { dial, engines, hostOf, never } from './engine.ts';
import { type Stack, stack } from './stack.ts';

describe.each(engines)('before an up, Engine %s', (_version, host) => {
  let app: Stack;
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({});
  });
  afterAll(() => registry.stop());
  afterEach(() => app.remove());

  const loaded = async () => {
    const result = await load(nodeHost(app.environment), { cwd: app.folder });
    if (result.loaded === undefined) throw new Error(JSON.stringify(result.problems));
    return { result, loaded: result.loaded };
  };

  async function check(): Promise<readonly string[]> {
    const engine = await dial(hostOf(host));
    const { result } = await loaded();
    const { files } = nodeHost({});
    const input = {
      result,
      files,
      engine,
      portHolder: programOnPort,
      t: english,
      phrases: catalogueFor('en'),
    };
    const findings = await checkBeforeUp(input, never).finally(() => engine.close());
    return findings.map(({ severity, message }: Finding) => `${severity}: ${message}`);
  }

  it('images: on the engine, in their registry, nowhere, for another processor', async () => {
    app = await stack(hostOf(host), '');
    const image = `${registry.address}/team/check:${app.name}`;
    await app.docker('tag', 'busybox', image);
    expect((await app.docker('push', image)).code).toBe(0);
    await app.docker('rmi', image);
    await app.write({
      'compose.yaml': `services:
  here: { image: busybox }
  there: { image: "${image}" }
  nowhere: { image: "${registry.address}/team/no-such:1" }
  other: { image: busybox, platform: linux/arm64 }
`,
    });
    const found = await check();
    expect(found).toContain('ok: busybox is on the engine');
    expect(found).toContain(`ok: ${image} is not on the engine; its registry has it`);
    expect(found).toContainEqual(
      expect.stringMatching(/^error: .*no-such:1 is not on the engine, and cannot be pulled: ./),
    );
    expect(found).toContain('warning: busybox is for linux/amd64, not for linux/arm64');
  });

  it('a preview says what changed, and is what up then does', async () => {
    const text = (debug: string) =>
      `services: {web: {image: busybox, command: sleep 1000, stop_grace_period: 0s, environment: {DEBUG: "${debug}"}}}\n`;
    app = await stack(hostOf(host), '');
    await app.write({ 'compose.yaml': text('0') });
    const engine = await dial(hostOf(host));
    try {
      const first = await previewUp(engine, (await loaded()).loaded, {}, never);
      expect(weightOf(first)).toBe('harmless');
      await up(engine, (await loaded()).loaded, {}, () => {}, never);
      await app.write({ 'compose.yaml': text('1') });
      const preview = await previewUp(engine, (await loaded()).loaded, {}, never);
      expect(weightOf(preview)).toBe('changes');
      expect([...preview.changes.values()]).toEqual([
        [{ attribute: 'environment.DEBUG', before: '0', after: '1' }],
      ]);
      const { plan } = await up(engine, (await loaded()).loaded, {}, () => {}, never);
      expect(plan).toEqual(preview.plan);
      const last = await previewUp(engine, (await loaded()).loaded, {}, never);
      expect(last.plan.nodes).toEqual([]);
    } finally {
      engine.close();
    }
  });
});
