import { say } from '../api/message.ts';
import { binarySize } from '../project/format-size.ts';
import type { Cause, Evidence, Explanation, Finding } from './explanation.ts';
import { changesSince } from './changes.ts';
import type { ContainerFacts, FailureFacts } from './facts.ts';
import { explainHealth } from './health-rules.ts';
import { explainLog } from './log-rules.ts';
import { explainPublished } from './published-ports.ts';
import { explainStart, sourceMissing } from './start-errors.ts';

/** So many last lines are shown where none in particular decided. */
const mostLines = 8;

/**
 * Why a service does not run as it should, from what the engine knows and the program wrote, by fixed rules. What no rule is sure of is `unknown`, with
 * the last lines: a wrong name is worse than none.
 */
export function explainFailure(facts: FailureFacts): Explanation {
  const finding = findingOf(facts);
  const { seen } = finding;
  const { compared } = facts;
  return {
    ...finding,
    service: facts.service,
    evidence: seen === undefined ? lastWords(facts) : around(seen, facts),
    changes:
      compared === undefined || isNoFailure.has(finding.cause)
        ? []
        : changesSince(compared.worked, compared.now),
  };
}

/** Causes for which nothing need have changed. */
const isNoFailure: ReadonlySet<Cause> = new Set(['none', 'ended-well', 'paused', 'stopped']);

function findingOf(facts: FailureFacts): Finding {
  const { container } = facts;
  if (container === undefined) return absent(facts);
  const start = container.state === 'running' ? undefined : explainStart(facts);
  if (start !== undefined) return start;
  switch (container.state) {
    case 'created':
      return neverStarted(facts);
    case 'paused':
      return { cause: 'paused', what: say`${facts.service} is paused.`, fixes: [say`Unpause it.`] };
    case 'running':
      return isLooping(container) ? (explainEnd(facts) ?? unknown(facts)) : explainRunning(facts);
    default:
      return explainEnd(facts) ?? unknown(facts);
  }
}

/** It runs now, and was started again shortly ago: its next end is near. */
function isLooping({ restartCount, restarts, health }: ContainerFacts): boolean {
  return restarts && restartCount > 0 && health !== 'healthy';
}

function absent({ service, image, isOff, peers, dependencies }: FailureFacts): Finding {
  if (isOff)
    return {
      cause: 'off',
      what: say`${service} belongs to a profile that is not active.`,
      fixes: [say`Activate one of its profiles, or start it by its name.`],
      attribute: 'profiles',
    };
  const failed = failedDependency(peers, dependencies);
  if (failed !== undefined) return dependencyFailed(service, failed);
  if (image !== undefined && !image.isHere)
    return {
      cause: 'image-missing',
      what: say`The image ${image.name} is not on the engine, and ${service} has no container yet.`,
      fixes: [
        say`Bring the service up: that pulls the image. If that fails, correct its name or tag, or sign in to its registry.`,
      ],
      attribute: 'image',
    };
  return {
    cause: 'not-created',
    what: say`${service} has no container, because it has not been brought up.`,
    fixes: [say`Bring it up.`],
  };
}

function neverStarted(facts: FailureFacts): Finding {
  const { service, peers, dependencies } = facts;
  const [source] = facts.container?.missingSources ?? [];
  if (source !== undefined) return sourceMissing(source);
  const failed = failedDependency(peers, dependencies);
  return failed === undefined
    ? {
        cause: 'unknown',
        what: say`The container of ${service} was created but never started, and the engine does not say why.`,
        fixes: [say`Start it.`],
      }
    : dependencyFailed(service, failed);
}

/** A dependency that keeps what waits for it from being started. */
function failedDependency(
  peers: FailureFacts['peers'],
  dependencies: FailureFacts['dependencies'],
): string | undefined {
  return Object.entries(dependencies).find(([name, condition]) => {
    const peer = peers.find(({ service }) => service === name);
    if (peer === undefined) return false;
    if (condition === 'service_completed_successfully')
      return peer.state !== 'exited' || (peer.exitCode ?? 0) !== 0;
    return peer.state !== 'running' || (condition === 'service_healthy' && peer.health !== 'healthy');
  })?.[0];
}

function dependencyFailed(service: string, dependency: string): Finding {
  return {
    cause: 'dependency-failed',
    what: say`${service} was not started, because ${dependency}, which it depends on, is not in the required state.`,
    fixes: [say`Find out why ${dependency} fails, and bring ${service} up again.`],
    attribute: 'depends_on',
  };
}

/** Why a container that ended did. */
function explainEnd(facts: FailureFacts): Finding | undefined {
  const { service, container, lines } = facts;
  if (container === undefined) return undefined;
  const { exitCode, isOomKilled, memoryLimit, state } = container;
  if (isOomKilled)
    return {
      cause: 'out-of-memory',
      what:
        memoryLimit > 0
          ? say`${service} was killed by the kernel, because it used more memory than its limit of ${binarySize(memoryLimit)}.`
          : say`${service} was killed by the kernel, because the host ran out of memory.`,
      fixes: [
        say`Raise the memory limit ("mem_limit" or "deploy.resources.limits.memory"), or let the program use less.`,
      ],
      attribute: 'mem_limit',
    };
  const isOver = state === 'exited' || state === 'dead';
  if (exitCode === 0 && state !== 'running') return endedWell(facts);
  const signal = isOver || state === 'restarting' ? bySignal(exitCode, facts) : undefined;
  if (signal !== undefined && (exitCode === 137 || exitCode === 143 || exitCode === 130)) return signal;
  const told = explainLog(facts);
  if (told !== undefined) return told;
  if (signal !== undefined) return signal;
  const [program = ''] = container.command;
  if (exitCode === 126 && lines.length === 0)
    return {
      cause: 'not-executable',
      what: say`${program} is not executable.`,
      fixes: [
        say`Make it executable ("chmod +x" before it is copied or mounted), or run it through its interpreter.`,
      ],
      attribute: 'command',
    };
  return undefined;
}

function endedWell({ service, container, lines }: FailureFacts): Finding {
  const [program = '', ...rest] = container?.command ?? [];
  const isShell =
    /(?:^|\/)(?:ba|da|a|z)?sh$|(?:^|\/)(?:python3?|node|irb)$/.test(program) && rest.length === 0;
  if (isShell && container?.isInteractive !== true && lines.length === 0)
    return {
      cause: 'nothing-to-do',
      what: say`${service} ended immediately with exit code 0: its command is ${program}, which has no input and nothing to do.`,
      fixes: [say`Give it a command that keeps running, or set "stdin_open: true" and "tty: true".`],
      attribute: 'command',
    };
  return {
    cause: 'ended-well',
    what: say`${service} finished successfully (exit code 0).`,
    fixes: [
      say`If it should keep running, its command must stay in the foreground.`,
      say`If it is a job, use "restart: no" or "on-failure", and make others wait for it with "condition: service_completed_successfully".`,
    ],
    attribute: 'command',
  };
}

const crashes: Readonly<Record<number, string>> = {
  132: 'SIGILL',
  133: 'SIGTRAP',
  134: 'SIGABRT',
  135: 'SIGBUS',
  136: 'SIGFPE',
  139: 'SIGSEGV',
};

function bySignal(exitCode: number, { service }: FailureFacts): Finding | undefined {
  const crash = crashes[exitCode];
  if (crash !== undefined)
    return {
      cause: 'crash-signal',
      what: say`The program of ${service} crashed (${crash}, exit code ${exitCode}).`,
      fixes: [
        exitCode === 132
          ? say`It may need a newer processor than the host has, or it may be emulated. Use an image for this processor.`
          : say`This is a bug in the program or a library. Try another version of the image.`,
      ],
      attribute: 'image',
    };
  if (exitCode === 143 || exitCode === 130)
    return {
      cause: 'stopped',
      what: say`${service} stopped when it was asked to (exit code ${exitCode}).`,
      fixes: [say`Start it again.`],
    };
  if (exitCode !== 137) return undefined;
  return {
    cause: 'killed',
    what: say`${service} was killed (SIGKILL, exit code 137), but not because of its memory limit. Somebody killed it, or it did not stop in time.`,
    fixes: [
      say`If it does not stop in time, make its program handle SIGTERM, or raise "stop_grace_period".`,
      say`If nobody stopped it, check whether the host ran out of memory.`,
    ],
    attribute: 'stop_grace_period',
  };
}

function explainRunning(facts: FailureFacts): Finding {
  const { service, container } = facts;
  if (container?.health === 'unhealthy') return explainHealth(facts);
  if (container?.health === 'starting') return explainStarting(facts);
  const published = explainPublished(facts);
  if (published !== undefined) return published;
  return {
    cause: 'none',
    what: say`Nothing is wrong with ${service}. It is running.`,
    fixes: [],
  };
}

function explainStarting(facts: FailureFacts): Finding {
  const { service, container } = facts;
  const output = container?.healthOutput?.trim() ?? '';
  return {
    cause: 'starting',
    what: say`${service} is still starting: its health check has not succeeded yet.`,
    fixes: [say`Wait, or look at its log. If it needs more time, raise "healthcheck.start_period".`],
    attribute: 'healthcheck',
    ...(output !== '' && { seen: { from: 'health' as const, text: output } }),
  };
}

function unknown({ service, container }: FailureFacts): Finding {
  return {
    cause: 'unknown',
    what:
      container === undefined || container.state === 'running'
        ? say`Why ${service} fails is not known. Its last output:`
        : say`Why ${service} ended with exit code ${container.exitCode} is not known. Its last output:`,
    fixes: [say`Read the log from where it begins to fail.`],
  };
}

/** The line that decided, and those around it, for who wants to see for themselves. */
function around(seen: Evidence, { lines }: FailureFacts): readonly Evidence[] {
  if (seen.from !== 'log') return [seen];
  const at = lines.findLastIndex(({ text, time }) => text === seen.text && time === seen.time);
  return lines.slice(Math.max(0, at - 2), at + 2).map(toEvidence);
}

function lastWords({ lines, container }: FailureFacts): readonly Evidence[] {
  const error = container?.error ?? '';
  return [
    ...(error === '' ? [] : [{ from: 'engine' as const, text: error }]),
    ...lines.slice(-mostLines).map(toEvidence),
  ];
}

function toEvidence({ text, time }: FailureFacts['lines'][number]): Evidence {
  return { from: 'log', text, ...(time !== undefined && { time }) };
}
