import type * as api from 'vscode';
import { EngineFiles } from '../../../client/src/files/engine-files.ts';
import { FileAccess } from '../../../client/src/files/file-access.ts';
import { ComposeTree } from '../../../client/src/tree/tree.ts';
import type { TreeRow } from '../../../client/src/tree/tree-row.ts';
import { UsageWatch } from '../../../client/src/tree/usage.ts';
import { MemoryEngine } from '../support/memory-engine.ts';
import { EventEmitter, type Uri } from '../support/vscode.ts';
import { openWorkbench, stackNamed } from '../support/workbench.ts';

/** The container's, as long as the engine's are. */
export const web = '0123456789abcdef';

/** A container with a few files, which mounts a volume, in the tree. */
export async function browsing({
  state = 'running',
  change = () => {},
}: {
  readonly state?: 'running' | 'exited';
  readonly change?: (engine: MemoryEngine) => void;
} = {}) {
  const engine = new MemoryEngine();
  const mount = { type: 'volume', name: 'shop_data', source: '', destination: '/data', readOnly: false };
  engine.has('shop', 'web', { id: web, state, mounts: [mount] as never });
  engine.hasVolume('shop', 'data');
  engine.files.has(web, '/etc/hosts', '127.0.0.1 localhost\n', { uid: 7, gid: 8, mode: 0o600 });
  engine.files.has(web, '/etc/conf', undefined);
  engine.files.has(web, '/etc/conf/app.ini', 'a=1\n');
  engine.files.has(web, '/data/base.db', 'rows');
  change(engine);
  const workbench = await openWorkbench({ engines: { '': engine } });
  const { stacks, engines, since, swarm } = workbench;
  const fileAccess = new FileAccess(engines);
  const usage = new UsageWatch(
    () => undefined,
    () => {},
  );
  const tree = new ComposeTree(stacks, engines, since, usage, fileAccess, swarm, {
    order: 'file',
    filter: undefined,
    isFavourite: () => false,
  });
  const changes = new EventEmitter<readonly { readonly type: number; readonly uri: Uri }[]>();
  const changed: string[] = [];
  const kinds = ['', 'changed', 'created', 'deleted'];
  changes.event((all) => changed.push(...all.map(({ type, uri }) => `${kinds[type]} ${uri.path}`)));
  const containerFiles = new EngineFiles(fileAccess, engines.chosen, changes as never);
  const revealed: TreeRow[] = [];
  const relisted: (TreeRow | undefined)[] = [];
  const stack = stackNamed(workbench, 'shop').key;
  const root = tree.filesOf(stack, 'web', web);
  /** The row of a path below a row, whose folders are listed on the way. */
  const rowAt = async (path: string, from: TreeRow = root): Promise<TreeRow> => {
    let row = from;
    for (const name of path.split('/').filter((part) => part !== '')) {
      const below = await tree.getChildren(row);
      const next = below.find((each) => 'path' in each && each.path.endsWith(`/${name}`));
      if (next === undefined) throw new Error(`There is no ${name} in ${path}.`);
      row = next;
    }
    return row;
  };
  return {
    engine,
    stack,
    root,
    rowAt,
    changed,
    revealed,
    relisted,
    workbench: {
      ...workbench,
      tree,
      fileAccess,
      containerFiles,
      reveal: async (row: TreeRow) => void revealed.push(row),
      relist: (row: TreeRow | undefined) => {
        relisted.push(row);
        if (row !== undefined) tree.files.forget(row);
      },
    },
    /** What VS Code hands over. */
    uri: (uri: Uri) => uri as unknown as api.Uri,
  };
}
