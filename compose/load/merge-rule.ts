import type { MapNode } from '../syntax/node.ts';
import type { Node } from '../syntax/node.ts';
import type { Path } from '../values/path.ts';
import type { Report } from '../syntax/report.ts';
/** What a rule for one attribute does with the earlier and the later value. `merge` is the general merge of two mappings. */
export type MergeRule = (base: Node, over: Node, context: MergeContext) => Node;

export interface MergeContext {
  readonly path: Path;
  readonly report: Report;
  readonly mergeMaps: (base: MapNode, over: MapNode) => MapNode;
}
