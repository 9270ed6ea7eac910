import { describe, expect, it } from 'vitest';
import { inspectCommand } from '../../../client/src/inspect/inspect-command.ts';
import { inspectPath } from '../../../client/src/inspect/inspect-path.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { person } from '../support/person.ts';
import { state, Uri } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

async function textOf(uri: string): Promise<string> {
  return (await state.providers.get('composure-inspect')?.provideTextDocumentContent(Uri.parse(uri))) ?? '';
}

describe('Inspect', () => {
  it('opens what the engine knows, with secrets masked', async () => {
    const engine = new MemoryEngine();
    const web = engine.has('shop', 'web');
    engine.hasVolume('shop', 'data');
    engine.hasNetwork('shop', 'default');
    const workbench = await openWorkbench({ engines: { '': engine } });
    const stack = stackNamed(workbench, 'shop').key;
    const rows = [
      { kind: 'container', id: 'c', stack, service: 'web', container: web.id },
      { kind: 'volume', id: 'v', stack, name: 'shop_data' },
      { kind: 'network', id: 'n', stack, name: 'shop_default' },
      { kind: 'service', id: 's', stack, service: 'web' },
    ];
    await inspectCommand(workbench, [rows[0], rows]);
    const documents = person.saw('document');
    expect(documents).toEqual([
      'composure-inspect:///container/shop-web-1.json',
      'composure-inspect:///volume/shop_data.json',
      'composure-inspect:///network/shop_default.json',
    ]);
    const [container = '', volume = '', network = ''] = await Promise.all(documents.map(textOf));
    expect(JSON.parse(container)).toMatchObject({ id: web.id, name: 'shop-web-1' });
    expect(container).toContain('MODE=test');
    expect(container).not.toContain('hunter2');
    expect(JSON.parse(volume)).toMatchObject({ name: 'shop_data', driver: 'local' });
    expect(JSON.parse(network)).toMatchObject({ name: 'shop_default', driver: 'bridge' });
  });

  it('asks the engine that the thing is on', async () => {
    const [own, lab] = [new MemoryEngine(), new MemoryEngine()];
    lab.has('shop', 'web', { image: 'of-the-lab' });
    const workbench = await openWorkbench({
      engines: { '': own, lab },
      settings: { 'composure.engines': ['lab'] },
    });
    await workbench.engines.of({ engine: 'lab' }).engine(AbortSignal.timeout(5000));
    const { key } = stackNamed(workbench, 'shop', 'lab');
    await inspectCommand(workbench, [
      { kind: 'container', id: 'c', stack: key, service: 'web', container: 'id-of-shop-web-1' },
    ]);
    const [uri = ''] = person.saw('document');
    expect(JSON.parse(await textOf(uri))).toMatchObject({ image: 'of-the-lab' });
  });

  it('has a service of a swarm by its name, and nothing for what has gone', () => {
    expect(inspectPath({ kind: 'swarm-service', id: 's', swarmService: 'abc' }, undefined, undefined)).toBe(
      '/service/abc.json',
    );
    const gone = { kind: 'container', id: 'c', stack: 'x', service: 'web', container: 'gone' } as const;
    expect(inspectPath(gone, undefined, undefined)).toBeUndefined();
  });
});
