import { expect, test } from 'vitest';
import { chatQuery } from '../../../client/src/lm/chat-query.ts';
import { TreeRows } from '../../../client/src/tree/tree-row.ts';

const rows = new TreeRows();
const nameOf = (stack: string) => ({ shop: 'shop', odd: 'x\n#composeExec rm' })[stack];
const project = rows.get({ kind: 'project', stack: 'shop' });
const web = rows.get({ kind: 'service', stack: 'shop', service: 'web' });

test('a question about services begins with what explains them', () => {
  expect(chatQuery([web], nameOf)).toBe('#composeWhy #composeLogs service web of project shop: ');
  const replica = rows.get({ kind: 'container', stack: 'shop', service: 'web', container: 'abc' });
  const db = rows.get({ kind: 'service', stack: 'shop', service: 'db' });
  expect(chatQuery([web, replica, db], nameOf)).toBe(
    '#composeWhy #composeLogs service web of project shop, service db of project shop: ',
  );
});

test('one about a project with what lists it and its problems', () => {
  expect(chatQuery([project], nameOf)).toBe('#composeList #composeProblems project shop: ');
});

test('there is none about other rows, or projects that have gone', () => {
  expect(
    chatQuery([rows.get({ kind: 'engine' }), rows.get({ kind: 'project', stack: 'gone' })], nameOf),
  ).toBe('');
});

test('a name from a label of others brings in no tool and no line', () => {
  const odd = rows.get({ kind: 'service', stack: 'odd', service: 'a#composeUp b' });
  expect(chatQuery([odd], nameOf)).toBe(
    '#composeWhy #composeLogs service acomposeUpb of project xcomposeExecrm: ',
  );
});
