import { describe, expect, it } from 'vitest';
import { formatMessage, type Message } from '#engine/api/message.ts';
import type { Cause, Loss } from '#engine/plan/cause.ts';
import { type Operation, planBuilder } from '#engine/plan/plan.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import { causeMessage, lossMessage, operationMessage } from '#engine/plan/plan-words.ts';

const web = { kind: 'existing', id: 'a', name: 'app-web-1', service: 'web' } as const;

describe('the words of a plan', () => {
  it.each<readonly [Cause, string]>([
    [
      { kind: 'config-changed', attributes: ['environment.DEBUG', 'ports'] },
      'its settings changed: environment.DEBUG, ports',
    ],
    [{ kind: 'config-changed', attributes: [] }, 'its settings changed'],
    [{ kind: 'scaled', from: 3, to: 1 }, 'scaled from 3 to 1'],
    [{ kind: 'network-recreated', network: 'back' }, 'network back was recreated'],
    [{ kind: 'pull-policy', policy: 'daily' }, 'its pull policy is daily'],
    [{ kind: 'replaced', step: 4 }, 'step 4 replaces it'],
    [{ kind: 'hook', phase: 'pre_stop' }, 'before the container stops'],
    [{ kind: 'asked-for', what: 'killing' }, 'kill was requested'],
    [{ kind: 'no-file', what: 'config', name: 'app' }, 'config app has no file'],
  ])('say why: %j', (cause, expected) => {
    expect(formatMessage(causeMessage(cause))).toBe(expected);
  });

  it.each<readonly [Operation, string]>([
    [{ kind: 'pull-image', reference: 'a', platform: 'linux/arm64' }, 'pull image a for linux/arm64'],
    [{ kind: 'rename-container', container: web, name: 'app-web-1' }, 'give container app-web-1 its name'],
    [{ kind: 'rename-container', container: web, name: 'other' }, 'rename container app-web-1 to other'],
    [
      { kind: 'run-hook', phase: 'pre_start', index: 1, container: web },
      'run pre_start[1] of web for app-web-1',
    ],
    [{ kind: 'kill-container', container: web, signal: 'HUP' }, 'kill container app-web-1 with HUP'],
    [
      { kind: 'remove-container', container: web, volumes: true, force: true },
      'remove container app-web-1 with its anonymous volumes',
    ],
  ])('say what: %j', (operation, expected) => {
    expect(formatMessage(operationMessage(operation))).toBe(expected);
  });

  it('leave names as they are in every language', () => {
    const loss: Loss = { kind: 'volume-data', volume: '{0}' };
    const shout = (text: string) => text.toUpperCase();
    expect(formatMessage(lossMessage(loss), shout)).toBe('THE DATA IN VOLUME {0} IS LOST.');
    const named: Message = causeMessage({ kind: 'dependency-of', service: 'depends on it' });
    expect(formatMessage(named, shout)).toBe('depends on it DEPENDS ON IT');
  });

  it('mark a step that loses something', () => {
    const plan = planBuilder();
    const first = plan.add({ kind: 'stop-container', container: web }, { kind: 'project-down' });
    plan.add(
      { kind: 'remove-volume', name: 'app_data', tolerant: true },
      { kind: 'asked-for', what: 'removal' },
      [first],
      { destroys: { kind: 'volume-data', volume: 'app_data' } },
    );
    expect(formatPlan({ project: 'app', nodes: plan.nodes, warnings: [], upToDate: [] })).toBe(
      [
        '  1. stop container app-web-1 (the project is being taken down)',
        '! 2. remove volume app_data (removal was requested) after 1: The data in volume app_data is lost.',
      ].join('\n'),
    );
  });
});
