import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toolNames } from '../../../client/src/ids.ts';
import { listText, toInput, toolWords } from '../../../client/src/lm/tool-words.ts';
import { container, joined, port, runtime } from '../containers.ts';

describe('what a model asks', () => {
  it('is taken only as far as it is of the right kind', () => {
    expect(
      toInput({ project: 'shop', services: ['web', 7, '--volumes'], lines: 10_000, build: 'yes' }),
    ).toEqual({
      project: 'shop',
      services: ['web'],
      lines: 500,
    });
    expect(toInput('shop')).toEqual({});
    expect(toInput({ path: '--format' })).toEqual({});
  });

  it('becomes a command', () => {
    expect(toolWords('composure_logs', { services: ['web'], lines: 20 })?.join(' ')).toBe(
      'logs --no-color --tail 20 web',
    );
    expect(toolWords('composure_explain', { path: 'services.web.ports' })?.join(' ')).toBe(
      'config --explain services.web.ports',
    );
    expect(toolWords('composure_up', { build: true })?.join(' ')).toBe('up --detach --build');
    expect(toolWords('composure_down', {})?.join(' ')).toBe('down');
    expect(toolWords('composure_list', {})).toBeUndefined();
  });
});

describe('what a model is told', () => {
  it('names projects, services and states', () => {
    const web = container({ name: 'shop-web-1', state: 'exited', exitCode: 3, ports: [port(8080)] });
    const text = listText(joined([], [runtime('shop', { web: [web] })]));
    expect(JSON.parse(text)).toEqual([
      {
        project: 'shop',
        state: 'failed',
        running: '0/1',
        files: 'not in this workspace',
        errors: [],
        services: [
          {
            service: 'web',
            state: 'failed',
            running: '0/1',
            containers: [{ name: 'shop-web-1', state: 'failed', exitCode: 3, ports: ['8080->80'] }],
          },
        ],
      },
    ]);
  });

  it('is declared for every tool', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      readonly contributes: { readonly languageModelTools: readonly { readonly name: string }[] };
    };
    expect(contributes.languageModelTools.map(({ name }) => name)).toEqual([...toolNames]);
  });
});
