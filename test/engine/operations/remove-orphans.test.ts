import { describe, expect, it } from 'vitest';
import { planOrphans } from '#engine/operations/remove-orphans.ts';
import { formatPlan } from '#engine/plan/plan-text.ts';
import { label } from '#engine/project/labels.ts';
import { container, load, world } from '../world.ts';

const loaded = load({ services: { web: {} }, disabled: ['off'] });
const of = (service: string, change: Parameters<typeof container>[3] = {}) =>
  container(loaded, 'web', 1, {
    name: `app-${service}-1`,
    ...change,
    labels: { [label.service]: service, ...change.labels },
  });
const { observed } = world({
  containers: [
    container(loaded, 'web'),
    of('old'),
    of('older', { state: 'exited' }),
    of('off'),
    of('once', { labels: { [label.oneOff]: 'True' } }),
  ],
});

describe('removing orphans', () => {
  it('is of services that the files do not have, and of nothing else', () => {
    expect(formatPlan(planOrphans(loaded, observed, {}))).toBe(
      [
        '  1. stop container app-old-1 (its service is not in the files)',
        '  2. remove container app-old-1 (its service is not in the files) after 1',
        '  3. remove container app-older-1 (its service is not in the files)',
      ].join('\n'),
    );
  });

  it('can be of some of them', () => {
    const plan = formatPlan(planOrphans(loaded, observed, { services: ['older', 'web'] }));
    expect(plan).toBe('  1. remove container app-older-1 (its service is not in the files)');
  });
});
