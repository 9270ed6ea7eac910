import type { WorkloadKind } from './workload-kinds.ts';
import type { Project, Service } from '../../model/project.ts';
import { allLabels, labelChoice, labelText } from './labels.ts';
import { portsOf } from './ports.ts';
import type { Scope } from './scope.ts';
import { phrase } from '../../problem/phrase.ts';

const controllers: Readonly<Record<string, WorkloadKind>> = {
  deployment: 'Deployment',
  statefulset: 'StatefulSet',
  daemonset: 'DaemonSet',
  job: 'Job',
  cronjob: 'CronJob',
};

/** What runs a service: by label, by `deploy.mode`, by `restart`; a Deployment otherwise, or what `standard` says. */
export function workloadKind(
  project: Project,
  name: string,
  standard: WorkloadKind = 'Deployment',
): WorkloadKind {
  const service = project.services[name];
  if (service === undefined) return standard;
  const labels = allLabels(service);
  if (labelText(labels, 'cronjob.schedule') !== undefined) return 'CronJob';
  const labelled = controllers[labelChoice(labels, 'controller.type') ?? ''];
  if (labelled !== undefined && labelled !== 'CronJob') return labelled;
  const mode = service.deploy?.mode;
  if (mode === 'global') return 'DaemonSet';
  if (mode === 'replicated-job' || mode === 'global-job') return 'Job';
  return restartOf(service) === 'Always' || runsOn(project, name, service) ? standard : 'Job';
}

/**
 * Whether it is meant to run on, although it is not always started again: it is called, checked, or waited for. Services of a Swarm are often started again on
 * failure alone, and have a mode of their own for what ends.
 */
function runsOn(project: Project, name: string, service: Service): boolean {
  const { healthcheck, deploy } = service;
  const isChecked = healthcheck !== undefined && healthcheck.disable !== true;
  const isAwaited = Object.values(project.services).some(({ depends_on }) => {
    const condition = depends_on?.[name]?.condition;
    return condition === 'service_started' || condition === 'service_healthy';
  });
  const isOfSwarm = deploy?.restart_policy?.condition === 'on-failure';
  return portsOf(service).length > 0 || isChecked || isAwaited || isOfSwarm;
}

export function restartOf({ restart, deploy }: Service): 'Always' | 'OnFailure' | 'Never' {
  const condition = deploy?.restart_policy?.condition;
  if (condition !== undefined) {
    return condition === 'none' ? 'Never' : condition === 'on-failure' ? 'OnFailure' : 'Always';
  }
  if (restart === 'no') return 'Never';
  return restart?.startsWith('on-failure') === true ? 'OnFailure' : 'Always';
}

/** Where nothing is started again, there is one. */
export function attemptsOf(service: Service): number | undefined {
  const { restart, deploy } = service;
  const tries = deploy?.restart_policy?.max_attempts ?? /^on-failure:(\d+)$/.exec(restart ?? '')?.[1];
  if (tries !== undefined) return Number(tries);
  return restartOf(service) === 'Never' ? 0 : undefined;
}

/** What becomes of `restart` and of modes that Kubernetes has no match for. */
export function remarkRestart(scope: Scope, name: string, service: Service, kind: WorkloadKind): void {
  const { deploy } = service;
  const isByPolicy = deploy?.restart_policy?.condition !== undefined;
  const path = `services.${name}.${isByPolicy ? 'deploy.restart_policy.condition' : 'restart'}`;
  const isJob = kind === 'Job' || kind === 'CronJob';
  if (!isJob && restartOf(service) !== 'Always') {
    scope.remark(path, phrase('kubernetes.always-restarted', { kind }));
  }
  if (!isJob && deploy?.restart_policy?.max_attempts !== undefined) {
    scope.remark(
      `services.${name}.deploy.restart_policy.max_attempts`,
      phrase('kubernetes.no-attempt-limit'),
    );
  }
  if (deploy?.mode === 'global-job') {
    scope.remark(`services.${name}.deploy.mode`, phrase('kubernetes.global-job'));
  }
  if (kind !== 'Job') return;
  const isChosen =
    deploy?.mode?.endsWith('-job') === true || labelText(allLabels(service), 'controller.type') !== undefined;
  if (!isChosen) {
    scope.remark(path, phrase('kubernetes.taken-for-job'));
  }
}
