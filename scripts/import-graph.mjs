// node scripts/import-graph.mjs: how many files and rooms there are, how they import each other, and every cycle among them (none is right).
import { cruise } from 'dependency-cruiser';
import { createRequire } from 'node:module';

const { options } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const layers = ['compose', 'engine', 'cli', 'server', 'client'];
const { output } = await cruise(layers, options, options.enhancedResolveOptions);
const files = new Map(
  output.modules
    .filter(({ source }) => isOurs(source))
    .map(({ source, dependencies }) => [
      source,
      new Set(dependencies.map(({ resolved }) => resolved).filter(isOurs)),
    ]),
);
const rooms = new Map();
for (const [file, imports] of files) {
  const room = roomOf(file);
  if (!rooms.has(room)) rooms.set(room, new Set());
  for (const each of imports) if (roomOf(each) !== room) rooms.get(room).add(roomOf(each));
}

for (const room of [...rooms.keys()].sort())
  console.log(`${room.padEnd(24)} -> ${[...rooms.get(room)].sort().join(', ') || '(nothing)'}`);
const found = [...cycles(files), ...cycles(rooms)];
const count = [...files.values()].reduce((sum, imports) => sum + imports.size, 0);
console.log(`${files.size} files, ${count} imports, ${rooms.size} rooms, ${found.length} cycles`);
for (const cycle of found) console.log(`cycle: ${cycle.join(', ')}`);
process.exitCode = found.length === 0 ? 0 : 1;

/** @param {string} path */
function isOurs(path) {
  return layers.some((layer) => path.startsWith(`${layer}/`)) && /\.tsx?$/.test(path);
}

/** `engine/plan` of `engine/plan/reconcile/x.ts`; the client and the server are a room each. @param {string} file */
function roomOf(file) {
  const [layer = '', folder = '', next] = file.split('/');
  if (layer === 'server') return layer;
  return next === undefined ? `${layer} (itself)` : `${layer}/${folder}`;
}

/** Groups whose members reach each other (Tarjan). @param {ReadonlyMap<string, ReadonlySet<string>>} graph */
function cycles(graph) {
  const order = new Map();
  const low = new Map();
  const stack = [];
  const groups = [];
  const visit = (node) => {
    order.set(node, order.size);
    low.set(node, order.get(node));
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) !== order.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) groups.push(group.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return groups;
}
