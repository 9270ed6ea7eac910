import type { Service } from '#compose/model/project.ts';

/** `HostConfig.RestartPolicy`; `deploy.restart_policy` wins over `restart`. */
export function restartPolicy(
  service: Service,
): { readonly Name: string; readonly MaximumRetryCount: number } | undefined {
  const policy = service.deploy?.restart_policy;
  if (policy !== undefined) {
    return {
      Name: policyName(policy.condition ?? ''),
      MaximumRetryCount: policy.max_attempts ?? 0,
    };
  }
  if (service.restart === undefined || service.restart === '') return undefined;
  const [name = '', attempts] = service.restart.split(':');
  return { Name: policyName(name), MaximumRetryCount: attempts === undefined ? 0 : Number(attempts) };
}

/** Swarm's words for the engine's. */
function policyName(condition: string): string {
  if (condition === 'none') return 'no';
  if (condition === 'any') return 'always';
  return condition;
}
