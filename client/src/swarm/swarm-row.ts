/** One row of the tree about the swarm that the engine manages: which thing it is, not what is known of it. */
export type SwarmRow =
  | { readonly kind: 'swarm'; readonly id: string }
  | { readonly kind: 'swarm-stack'; readonly id: string; readonly swarmStack: string }
  /** By the service's id. */
  | { readonly kind: 'swarm-service'; readonly id: string; readonly swarmService: string }
  | {
      readonly kind: 'swarm-task';
      readonly id: string;
      readonly swarmService: string;
      readonly task: string;
    };

export function isSwarmRow(row: { readonly kind: string }): row is SwarmRow {
  return /^swarm(-(stack|service|task))?$/.test(row.kind);
}
