import { describe, expect, it } from 'vitest';
import { formatTemplate } from '#cli/frame/go-template.ts';

const rows = [
  { Name: 'a-1', ID: 'f00', Labels: 'x=1,com.y=two=2', Ports: [], Count: 3 },
  { Name: 'longer-name-1', ID: 'ba4', Labels: '', Ports: ['a', 'b'], Count: 0 },
];

describe('--format', () => {
  it.each([
    ['{{.Name}}', 'a-1\nlonger-name-1\n'],
    ['{{.ID}}\\t{{ .Name }}!', 'f00\ta-1!\nba4\tlonger-name-1!\n'],
    ['{{json .Name}} {{.Name | upper | json}}', '"a-1" "A-1"\n"longer-name-1" "LONGER-NAME-1"\n'],
    ['{{.Label "com.y"}}|{{.Label "none"}}', 'two=2|\n|\n'],
    ['{{truncate .Name 5}}', 'a-1\nlong…\n'],
    ['{{.Ports}} {{.Count}}', '[] 3\n[a b] 0\n'],
    ['{{"{"}}x', '{x\n{x\n'],
  ])('%s', (format, text) => {
    expect(formatTemplate(format, rows)).toBe(text);
  });

  it('prints all of a row as JSON', () => {
    expect(JSON.parse(formatTemplate('{{json .}}', rows.slice(0, 1)))).toEqual(rows[0]);
  });

  it('puts columns under heads', () => {
    expect(formatTemplate('table {{.Name}}\\t{{.ID}}', rows, { ID: 'CONTAINER ID' })).toBe(
      'NAME            CONTAINER ID\na-1             f00\nlonger-name-1   ba4\n',
    );
  });

  it.each([
    ['{{.Nope}}', "can't evaluate field Nope"],
    ['{{.Name', 'unclosed action'],
    ['{{range .Ports}}x{{end}}', 'function "range" is not supported'],
    ['{{}}', 'missing value'],
  ])('refuses %s', (format, reason) => {
    expect(() => formatTemplate(format, rows)).toThrow(`template parsing error: template: :1: ${reason}`);
  });
});
