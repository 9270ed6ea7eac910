import type { Healthcheck, Service } from '../../model/project.ts';
import { parseShellWords } from '../../values/shellwords.ts';
import { allLabels, type KomposeLabel, labelFlag, labelNumber, labelText } from './labels.ts';
import type { JsonObject } from './manifest.ts';
import { seconds } from './quantities.ts';
import type { Scope } from './scope.ts';
import { phrase } from '../../problem/phrase.ts';

/**
 * A health check is both probes: unhealthy containers are restarted, and get no traffic until they are healthy; its start period is a startup probe. Labels of kompose say otherwise where they
 * are set. Docker's defaults are written out, since those of Kubernetes are others.
 */
export function probes(scope: Scope, name: string, service: Service): JsonObject {
  const path = `services.${name}.healthcheck`;
  const labels = allLabels(service);
  const { healthcheck } = service;
  const check = healthcheck?.disable === true ? undefined : healthcheck;
  const own = check === undefined ? undefined : execOf(check.test);
  if (check !== undefined && own === undefined && check.test?.[0] !== 'NONE') {
    scope.remark(path, phrase('kubernetes.image-test'));
  }
  const { start_period: startPeriod, ...running } = check ?? {};
  const times = timesOf(running);
  const liveAction = networkAction(labels, 'liveness') ?? own;
  const readyLabels: Healthcheck = readinessOf(labels);
  const readyAction = networkAction(labels, 'readiness') ?? execOf(readyLabels.test) ?? own;
  const readyTimes = timesOf({ ...running, ...readyLabels });
  const isReady = readyAction !== undefined && !labelFlag(labels, 'service.healthcheck.readiness.disable');
  const startAction = liveAction ?? (isReady ? readyAction : undefined);
  return {
    startupProbe: startAction && startup(startAction, times, startPeriod, check?.start_interval),
    livenessProbe: liveAction && { ...liveAction, ...times },
    readinessProbe: isReady ? { ...readyAction, ...readyTimes } : undefined,
  };
}

/**
 * What goes wrong in the start period does not count, and the first success ends it: a probe that goes before the others, for as long as Docker takes to call the
 * container unhealthy.
 */
function startup(
  action: JsonObject,
  times: JsonObject,
  startPeriod: string | undefined,
  startInterval: string | undefined,
): JsonObject | undefined {
  const period = seconds(startPeriod);
  if (period === undefined || period === 0) return undefined;
  const every = seconds(startInterval) || 5;
  const failing = Number(times.periodSeconds) * Number(times.failureThreshold);
  return {
    ...action,
    periodSeconds: every,
    timeoutSeconds: times.timeoutSeconds,
    failureThreshold: Math.ceil((period + failing) / every),
  };
}

function execOf(test: readonly string[] | undefined): JsonObject | undefined {
  const [kind, ...words] = test ?? [];
  if (kind === undefined || kind === 'NONE' || words.length === 0) return undefined;
  if (kind === 'CMD-SHELL') return { exec: { command: ['/bin/sh', '-c', words.join(' ')] } };
  return { exec: { command: kind === 'CMD' ? words : [kind, ...words] } };
}

function timesOf({ interval, timeout, retries, start_period }: Healthcheck): JsonObject {
  const delay = seconds(start_period);
  return {
    initialDelaySeconds: delay === undefined || delay === 0 ? undefined : delay,
    periodSeconds: seconds(interval) || 30,
    timeoutSeconds: seconds(timeout) || 30,
    failureThreshold: retries || 3,
  };
}

type Labels = Parameters<typeof labelText>[0];

function readinessOf(labels: Labels): Healthcheck {
  const at = (key: 'test' | 'interval' | 'timeout' | 'start_period') =>
    labelText(labels, `service.healthcheck.readiness.${key}`);
  const test = at('test');
  const interval = at('interval');
  const timeout = at('timeout');
  const start = at('start_period');
  const retries = labelNumber(labels, 'service.healthcheck.readiness.retries');
  return {
    ...(test !== undefined && { test: testOf(test) }),
    ...(interval !== undefined && { interval }),
    ...(timeout !== undefined && { timeout }),
    ...(start !== undefined && { start_period: start }),
    ...(retries !== undefined && { retries }),
  };
}

/** As a health check's test is written: a line for the shell, or a list of words that begins with its kind. */
function testOf(text: string): readonly string[] {
  const parsed = parseShellWords(text.replace(/^\[(.*)\]$/s, '$1').replaceAll(/"\s*,\s*"/g, '" "'));
  const words = parsed.kind === 'words' ? parsed.words : [];
  return /^(?:CMD|CMD-SHELL|NONE)$/.test(words[0] ?? '') ? words : ['CMD-SHELL', text];
}

function networkAction(labels: Labels, kind: 'liveness' | 'readiness'): JsonObject | undefined {
  const at = (key: 'http_get_path' | 'http_get_port' | 'tcp_port'): KomposeLabel =>
    `service.healthcheck.${kind}.${key}`;
  const port = labelNumber(labels, at('http_get_port'));
  const path = labelText(labels, at('http_get_path'));
  if (port !== undefined && path !== undefined) return { httpGet: { path, port } };
  const tcp = labelNumber(labels, at('tcp_port'));
  return tcp === undefined ? undefined : { tcpSocket: { port: tcp } };
}
