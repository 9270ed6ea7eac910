import { describe, expect, it } from 'vitest';
import { ScrollIntent } from '../../../client/webview/logs/scroll-intent.ts';

describe('whose scroll it is', () => {
  let now = 0;
  const begin = () => {
    now = 10_000;
    return new ScrollIntent(() => now);
  };

  it('nobody’s, where nobody did anything', () => {
    const intent = begin();
    expect(intent.owns()).toBe(false);
    intent.take({ kind: 'key', key: 'a' });
    intent.take({ kind: 'release' });
    expect(intent.owns()).toBe(false);
  });

  it('a person’s, after the wheel and as long as it goes on', () => {
    const intent = begin();
    intent.take({ kind: 'wheel' });
    for (let i = 0; i < 10; i++) {
      now += 500;
      expect(intent.owns()).toBe(true);
    }
    now += 1000;
    expect(intent.owns()).toBe(false);
  });

  it('a person’s, while the scrollbar is held, and just after', () => {
    const intent = begin();
    intent.take({ kind: 'press' });
    now += 60_000;
    expect(intent.owns()).toBe(true);
    intent.take({ kind: 'release' });
    expect(intent.owns()).toBe(true);
    now += 1000;
    expect(intent.owns()).toBe(false);
  });

  it('nobody’s, when the page was laid out anew', () => {
    const intent = begin();
    intent.take({ kind: 'key', key: 'PageUp' });
    intent.forget();
    expect(intent.owns()).toBe(false);
  });
});
