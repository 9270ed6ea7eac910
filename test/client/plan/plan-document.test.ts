import { describe, expect, it } from 'vitest';
import type { AttributeChange } from '#engine/plan/attribute-changes.ts';
import { type Plan, type PlanNode, planBuilder } from '#engine/plan/plan.ts';
import { type UpPreview, weightOf } from '#engine/operations/preview-up.ts';
import { planDocument } from '../../../client/src/plan/plan-document.ts';
import { causeText } from '../../../client/src/plan/plan-words.ts';
import { container } from '../containers.ts';
import { english } from '../translate.ts';

const old = container({ name: 'shop-web-1' });
const orphan = { kind: 'existing', id: 'o', name: 'shop-old-1', service: 'old' } as const;

function preview(
  nodes: readonly PlanNode[],
  change: Partial<UpPreview> = {},
  plan: Partial<Plan> = {},
): UpPreview {
  return {
    plan: { project: 'shop', nodes, warnings: [], upToDate: [], ...plan },
    changes: new Map(),
    changedVolumes: [],
    builds: [],
    ...change,
  };
}

function replacing(cause: string, destroys?: string): readonly PlanNode[] {
  const plan = planBuilder();
  const created = plan.add(
    {
      kind: 'create-container',
      service: 'web',
      number: 1,
      name: 'abc_shop-web-1',
      finalName: 'shop-web-1',
      replaces: old,
      inherit: true,
    },
    cause,
  );
  const ref = { kind: 'existing', id: old.id, name: old.name, service: 'web' } as const;
  const stopped = plan.add({ kind: 'stop-container', container: ref }, `replaced by ${created}`, [created]);
  plan.add(
    { kind: 'remove-container', container: ref, volumes: false, force: true },
    `replaced by ${created}`,
    [created, stopped],
    destroys === undefined ? {} : { destroys },
  );
  return plan.nodes;
}

describe('the plan as text', () => {
  it('says what is replaced, value by value, with secrets masked', () => {
    const changes: readonly AttributeChange[] = [
      { attribute: 'environment.DEBUG', before: '0', after: '1' },
      { attribute: 'environment.DB_PASSWORD', before: 'one', after: 'two' },
      { attribute: 'environment.NEW', before: undefined, after: 'yes' },
      {
        attribute: 'ports',
        before: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] },
        after: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8081' }] },
      },
    ];
    const text = planDocument(
      'Up: shop',
      preview(
        replacing('config changed: environment.DEBUG, ports', 'anonymous volumes are not kept'),
        { changes: new Map([[old.id, changes]]), builds: ['web'] },
        { upToDate: ['shop-db-1'], warnings: ['orphans: shop-old-1'] },
      ),
      english,
    );
    expect(text).toBe(`Up: shop
Containers: 1 recreated.
! Data may be lost.

@@ web @@
! shop-web-1 is recreated: its settings changed
-   environment.DEBUG: 0
+   environment.DEBUG: 1
-   environment.DB_PASSWORD: ***
+   environment.DB_PASSWORD: ***
+   environment.NEW: yes
-   ports: 8080:80/tcp
+   ports: 127.0.0.1:8081:80/tcp
! Its anonymous volumes are not kept.

@@ Images built first @@
  web

@@ Steps @@
   1. create container shop-web-1 (its settings changed)
   2. stop container shop-web-1 (step 1 replaces it)
!  3. remove container shop-web-1 (step 1 replaces it): Its anonymous volumes are not kept.

@@ Stays as it is @@
  shop-db-1

@@ Warnings @@
! orphans: shop-old-1
`);
  });

  it('says what is removed, and whose data may be lost', () => {
    const plan = planBuilder();
    plan.add(
      { kind: 'remove-container', container: orphan, volumes: false, force: true },
      'orphan: its service is not in the compose file',
    );
    const text = planDocument('Up: shop', preview(plan.nodes, { changedVolumes: ['shop_data'] }), english);
    expect(text).toContain('@@ Removed @@\n! remove container shop-old-1 (its service is not in the files)');
    expect(text).toContain('@@ Data @@\n! Volume shop_data exists with other settings.');
  });

  it('says of a changed volume once that it may be lost', () => {
    const warnings = ['volume "shop_data" doesn\'t match its configuration in the compose file and is kept'];
    expect(
      planDocument('Up: shop', preview([], { changedVolumes: ['shop_data'] }, { warnings }), english),
    ).toBe(`Up: shop
No container is created or removed.
! Data may be lost.

@@ Data @@
! Volume shop_data exists with other settings.
! You will be asked whether to keep it as it is, or to make it anew and lose its data.
`);
  });

  it('says when there is nothing to do', () => {
    expect(planDocument('Up: shop', preview([]), english)).toBe(
      'Up: shop\nEverything is as it should be: nothing to do.\n',
    );
  });

  it('a cause it does not know is left in the engine’s words', () => {
    expect(causeText('scaled 1 -> 3', english)).toBe('3 containers instead of 1');
    expect(causeText('something new', english)).toBe('something new');
  });
});

describe('what a plan takes away', () => {
  it('nothing, something that is made anew, or data', () => {
    const plan = planBuilder();
    plan.add({ kind: 'create-network', key: 'default', name: 'shop_default' }, 'not found');
    expect(weightOf(preview(plan.nodes))).toBe('harmless');
    expect(weightOf(preview(replacing('image is newer')))).toBe('changes');
    expect(weightOf(preview(replacing('image is newer', 'anonymous volumes are not kept')))).toBe('loss');
    expect(weightOf(preview([], { changedVolumes: ['shop_data'] }))).toBe('loss');
  });
});
