import { describe, expect, it } from 'vitest';
import type { AttributeChange } from '#engine/plan/attribute-changes.ts';
import type { Cause, Loss } from '#engine/plan/cause.ts';
import { type Plan, type PlanNode, planBuilder } from '#engine/plan/plan.ts';
import { type UpPreview, weightOf } from '#engine/operations/preview-up.ts';
import { planDocument } from '../../../client/src/plan/plan-document.ts';
import { container } from '../containers.ts';
import type { Translate } from '../../../client/src/shared/translate.ts';
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

function replacing(cause: Cause, destroys?: Loss, plan = planBuilder()): readonly PlanNode[] {
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
  const stopped = plan.add({ kind: 'stop-container', container: ref }, { kind: 'replaced', step: created }, [
    created,
  ]);
  plan.add(
    { kind: 'remove-container', container: ref, volumes: false, force: true },
    { kind: 'replaced', step: created },
    [created, stopped],
    destroys === undefined ? {} : { destroys },
  );
  return plan.nodes;
}

const settings = (...attributes: readonly string[]): Cause => ({ kind: 'config-changed', attributes });

describe('the plan as text', () => {
  it('says what is replaced, value by value, with secrets masked', () => {
    const changes: readonly AttributeChange[] = [
      { attribute: 'environment.DEBUG', before: '0', after: '1' },
      { attribute: 'environment.DB_PASSWORD', before: 'one', after: 'two' },
      { attribute: 'environment.NEW', before: undefined, after: 'yes' },
      { attribute: 'ports', before: ['8080:80'], after: ['127.0.0.1:8081:80', '53/udp'] },
      { attribute: 'command', before: ['sleep', '10 s'], after: undefined },
      { attribute: 'ulimits', before: { nofile: 10 }, after: { nofile: 20 } },
    ];
    const text = planDocument(
      'Up: shop',
      preview(
        replacing(settings('environment.DEBUG', 'ports'), { kind: 'anonymous-volumes-not-kept' }),
        { changes: new Map([[old.id, changes]]), builds: ['web'] },
        { upToDate: ['shop-db-1'], warnings: [{ kind: 'nothing-to-remove', project: 'shop' }] },
      ),
      english,
    );
    expect(text).toBe(
      `Up: shop\nNothing has been changed yet. Choose Apply or Cancel, at the top or at the end.\n\nContainers: 1 recreated.\n! Data may be lost.\n\n@@ web @@\n! shop-web-1 will be recreated: its settings changed\n-   environment.DEBUG: 0\n+   environment.DEBUG: 1\n-   environment.DB_PASSWORD: ***\n+   environment.DB_PASSWORD: ***\n+   environment.NEW: yes\n-   ports: 8080:80\n+   ports: 127.0.0.1:8081:80, 53/udp\n-   command: ["sleep","10 s"]\n-   ulimits: {"nofile":10}\n+   ulimits: {"nofile":20}\n! Its anonymous volumes will not be kept.\n\n@@ Images to build first @@\n  web\n\n@@ Steps @@\n   1. recreate container shop-web-1 (its settings changed)\n\n@@ Not changed @@\n  shop-db-1\n\n@@ Warnings @@\n! No resource found to remove for project "shop".\n`,
    );
  });

  it('says what is removed, and whose data may be lost', () => {
    const plan = planBuilder();
    plan.add(
      { kind: 'remove-container', container: orphan, volumes: false, force: true },
      { kind: 'orphan' },
    );
    const text = planDocument('Up: shop', preview(plan.nodes, { changedVolumes: ['shop_data'] }), english);
    expect(text).toContain('@@ Removed @@\n! remove container shop-old-1 (its service is not in the files)');
    expect(text).toContain('@@ Data @@\n! Volume shop_data already exists with different settings.');
  });

  it('says once what is removed, and what is replaced', () => {
    const plan = planBuilder();
    const stopped = plan.add({ kind: 'stop-container', container: orphan }, { kind: 'orphan' });
    const removed = plan.add(
      { kind: 'remove-container', container: orphan, volumes: false, force: true },
      { kind: 'orphan' },
      [stopped],
    );
    const at = plan.nodes.length + 1;
    replacing(settings(), undefined, plan);
    const ref = { kind: 'created', node: at, name: 'shop-web-1', service: 'web' } as const;
    const cause = { kind: 'predecessor-gone' } as const;
    plan.add({ kind: 'rename-container', container: ref, name: 'shop-web-1' }, cause, [removed]);
    plan.add({ kind: 'start-container', container: ref }, { kind: 'not-running' });
    const text = planDocument('Up: shop', preview(plan.nodes), english);
    expect(text.match(/remove container|recreate container/g)).toHaveLength(2);
    expect(text).toMatch(
      /@@ Steps @@\n {3}1\. recreate container shop-web-1 \(its settings changed\)\n {3}2\. start container shop-web-1 \(it is not running\)\n$/,
    );
  });

  it('says of a changed volume once that it may be lost', () => {
    const warnings = [{ kind: 'volume-kept', volume: 'shop_data' }] as const;
    expect(
      planDocument('Up: shop', preview([], { changedVolumes: ['shop_data'] }, { warnings }), english),
    ).toBe(
      `Up: shop\nNothing has been changed yet. Choose Apply or Cancel, at the top or at the end.\n\nNo container will be created or removed.\n! Data may be lost.\n\n@@ Data @@\n! Volume shop_data already exists with different settings.\n! You will be asked whether to keep it, or to recreate it and lose its data.\n`,
    );
  });

  it('says when there is nothing to do', () => {
    expect(planDocument('Up: shop', preview([]), english)).toBe(
      'Up: shop\nNothing has been changed yet. Choose Apply or Cancel, at the top or at the end.\n\nEverything is up to date. There is nothing to do.\n',
    );
  });

  it('names what changed where the values are not known', () => {
    const text = planDocument('Up: shop', preview(replacing(settings('ports'))), english);
    expect(text).toContain('! shop-web-1 will be recreated: its settings changed: ports');
    expect(text).toContain('1. recreate container shop-web-1 (its settings changed: ports)');
  });

  it('is in the language of the reader', () => {
    const words: Readonly<Record<string, string>> = {
      'recreate container {0}': 'recréer le conteneur {0}',
      'its settings changed': 'ses réglages ont changé',
    };
    const french: Translate = (message, ...values) => english(words[message] ?? message, ...values);
    expect(planDocument('Up: shop', preview(replacing(settings())), french)).toContain(
      '1. recréer le conteneur shop-web-1 (ses réglages ont changé)',
    );
  });
});

describe('what a plan takes away', () => {
  it('nothing, something that is made anew, or data', () => {
    const plan = planBuilder();
    plan.add({ kind: 'create-network', key: 'default', name: 'shop_default' }, { kind: 'missing' });
    expect(weightOf(preview(plan.nodes))).toBe('harmless');
    expect(weightOf(preview(replacing({ kind: 'image-newer' })))).toBe('changes');
    expect(
      weightOf(preview(replacing({ kind: 'image-newer' }, { kind: 'anonymous-volumes-not-kept' }))),
    ).toBe('loss');
    expect(weightOf(preview([], { changedVolumes: ['shop_data'] }))).toBe('loss');
  });
});
