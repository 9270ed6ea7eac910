import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toolNames } from '../../../client/src/ids.ts';
import { tools } from '#engine/agents/tools.ts';
import { listText, toInput } from '../../../client/src/lm/tool-words.ts';
import { container, joined, port, runtime } from '../containers.ts';

describe('what a model asks', () => {
  it('is about a project of the window, and the rest is for the tool to check', () => {
    expect(toInput({ project: 'shop', services: ['web', 7] })).toEqual({
      project: 'shop',
      input: { services: ['web', 7] },
    });
    expect(toInput('shop')).toEqual({ project: undefined, input: {} });
    expect(toInput({ project: 7 })).toEqual({ project: undefined, input: {} });
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

  it('is declared for every tool of the table, with its input', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      readonly contributes: {
        readonly languageModelTools: readonly {
          readonly name: string;
          readonly modelDescription: string;
          readonly inputSchema: {
            readonly properties: Readonly<Record<string, unknown>>;
            readonly required?: readonly string[];
          };
        }[];
      };
    };
    const declared = contributes.languageModelTools.map(({ name, modelDescription, inputSchema }) => {
      const { project, ...properties } = inputSchema.properties;
      return { name, description: modelDescription, properties, required: inputSchema.required };
    });
    const table = tools.map(({ name, description, input }) => ({
      name,
      description,
      properties: input.properties,
      required: input.required,
    }));
    expect(declared.toSorted(byName)).toEqual(table.toSorted(byName));
    expect(declared.map(({ name }) => name)).toEqual([...toolNames]);
  });
});

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
