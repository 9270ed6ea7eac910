import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Settings, Views } from '../../../client/src/ids.ts';
import { fitting, treeKeys } from '../../../client/src/tree/tree-keys.ts';

interface Entry {
  readonly command?: string;
  readonly group?: string;
  readonly when?: string;
}
const { contributes } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as {
  readonly contributes: {
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly when: string;
      readonly args?: unknown;
    }[];
    readonly menus: Readonly<Record<string, readonly Entry[]>>;
  };
};

describe('the keys of the tree', () => {
  const bound = contributes.keybindings.filter(({ when }) =>
    when.includes(`focusedView == ${Views.projects}`),
  );

  it('are those that package.json binds, for the row with the focus', () => {
    expect(bound.map(({ key, command }) => ({ key, command }))).toEqual(
      treeKeys.map(({ key, command }) => ({ key, command })),
    );
    for (const { command, args } of bound)
      if (treeKeys.some((each) => each.command === command && each.fits !== undefined))
        expect(args, command).toEqual({ $treeViewId: Views.projects, $focusedTreeItem: true });
  });

  it('leave texts alone, and are off when they are not wanted', () => {
    for (const { when, key } of bound) {
      expect(when, key).toContain('listFocus && !inputFocus');
      expect(when, key).toContain(`config.${Settings.treeKeys}`);
    }
  });

  it('are for the rows whose menus offer the same', () => {
    const contexts = ['service declared reachable created running shell', 'service declared', 'note'];
    const of = (command: string) => fitting(command, contexts, (context) => context).length;
    expect(of('composure.stop')).toBe(1);
    expect(of('composure.up')).toBe(1);
    expect(of('composure.shell')).toBe(1);
    expect(of('composure.filterTree')).toBe(3);
  });
});

describe('the buttons of a row', () => {
  const inline = (contributes.menus['view/item/context'] ?? []).flatMap(
    ({ command = '', group = '', when = '' }) => {
      const place = /^inline@(\d)$/.exec(group)?.[1];
      if (place === undefined) return [];
      const tests = [...when.matchAll(/viewItem =~ \/(.*?)\/(?= |$)/g)].map(
        ([, source = '']) => new RegExp(source),
      );
      const exact = /viewItem == ([\w-]+)/.exec(when)?.[1];
      const fits = (context: string) =>
        exact === undefined ? tests.every((each) => each.test(context)) : exact === context;
      return [{ command, place: Number(place), fits }];
    },
  );
  const shown = (context: string) =>
    inline
      .filter(({ fits }) => fits(context))
      .sort((a, b) => a.place - b.place)
      .map(({ command }) => command.replace('composure.', ''));

  it.each([
    ['service declared reachable incomplete', ['up']],
    ['service declared reachable created running shell published', ['logs', 'stop']],
    ['service declared reachable created stopped', ['logs', 'start']],
    ['service declared reachable created running stopped shell', ['logs', 'stop']],
    ['service declared reachable incomplete drifted created running', ['logs', 'up']],
    ['service orphan created running', ['logs', 'stop']],
    ['project declared reachable incomplete present created running shell', ['logs', 'up']],
    ['project present created running', ['logs', 'stop']],
    ['project present created stopped', ['logs', 'start']],
    ['container created running shell pausable published', ['logs', 'stop']],
    ['container created stopped', ['logs', 'start']],
  ])('%s', (context, expected) => {
    expect(shown(context)).toEqual(expected);
  });

  it('are two at most, whatever the row can do', () => {
    const words = [
      'declared',
      'reachable',
      'incomplete',
      'orphan',
      'created',
      'running',
      'shell',
      'stopped',
      'published',
    ];
    for (const kind of ['project', 'service', 'container'])
      for (let chosen = 0; chosen < 2 ** words.length; chosen++) {
        const context = [kind, ...words.filter((_, at) => (chosen & (1 << at)) !== 0)].join(' ');
        expect(shown(context).length, context).toBeLessThanOrEqual(2);
      }
  });
});
