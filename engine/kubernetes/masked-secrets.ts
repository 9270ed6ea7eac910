import type { FileChange } from './file-changes.ts';

/** Whether a file of a conversion holds a Secret, or what an overlay changes of one: by its name. */
export function isSecretFile(path: string): boolean {
  return /secret(?:-patch)?\.yaml$/.test(path);
}

/**
 * A change as it may be shown: the values in the file of a Secret are replaced by `***`, and those that differ by `*** (before)` and `*** (after)`, as
 * `kubectl diff` has it. Of files that hold no Secret, and of all else in one, nothing changes.
 */
export function withMaskedSecrets<T extends Pick<FileChange, 'path' | 'before' | 'after'>>(change: T): T {
  const { path, before = '', after = '' } = change;
  const isSecret = isSecretFile(path) || [before, after].some((text) => /^kind: Secret$/m.test(text));
  if (!isSecret) return change;
  const old = valuesIn(before);
  const now = valuesIn(after);
  return {
    ...change,
    ...(change.before !== undefined && { before: masked(before, now, 'before') }),
    ...(change.after !== undefined && { after: masked(after, old, 'after') }),
  };
}

/** One value: its lines are the first, which has the key, and those that go on with it. */
interface Entry {
  readonly from: number;
  readonly to: number;
  readonly start: string;
  readonly key: string;
  readonly value: string;
}

function masked(text: string, others: ReadonlyMap<string, string>, side: 'before' | 'after'): string {
  const lines = text.split('\n');
  for (const { from, to, start, key, value } of entriesIn(lines).toReversed()) {
    const mark = others.get(key) === value ? '***' : `*** (${side})`;
    lines.splice(from, to - from, `${start} ${mark}`);
  }
  return lines.join('\n');
}

function valuesIn(text: string): ReadonlyMap<string, string> {
  return new Map(entriesIn(text.split('\n')).map(({ key, value }) => [key, value]));
}

/** Below `data:` and `stringData:`, and `value:` of the operations of a patch; each by its key, of operations by the path that stands beside it. */
function entriesIn(lines: readonly string[]): readonly Entry[] {
  const found: Entry[] = [];
  let inData = false;
  let patched = '';
  for (const [at, line] of lines.entries()) {
    if (/^\S/.test(line)) inData = /^(?:data|stringData):/.test(line);
    patched = /^[ -]*path: (.*)$/.exec(line)?.[1] ?? patched;
    const [, start, key] =
      (inData ? /^( {2}(\S.*?):)(?: |$)/ : /^((?:- | {2})(value):)(?: |$)/).exec(line) ?? [];
    if (start === undefined || key === undefined) continue;
    const indent = start.search(/[^ -]/);
    let to = at + 1;
    while (to < lines.length && isWithin(lines[to] ?? '', indent)) to += 1;
    const value = [line.slice(start.length), ...lines.slice(at + 1, to)].join('\n');
    found.push({ from: at, to, start, key: inData ? key : `patch ${patched}`, value });
  }
  return found;
}

/** A line that goes on with the value of a key at this indentation; an empty one does where another follows, which makes no difference here. */
function isWithin(line: string, indent: number): boolean {
  return line !== '' && line.search(/\S/) > indent;
}
