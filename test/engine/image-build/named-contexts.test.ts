import { expect, it } from 'vitest';
import { buildStages, withNamedContexts } from '#engine/image-build/named-contexts.ts';

const service = (contexts?: Readonly<Record<string, string>>) => ({
  command: null,
  entrypoint: null,
  build: { context: '.', ...(contexts && { additional_contexts: contexts }) },
});

const project = {
  name: 'p',
  services: {
    app: service({ base: 'service:base', tools: 'docker-image://alpine:3' }),
    base: service({ root: 'service:root' }),
    root: service(),
    other: service(),
  },
};

it('builds what others take first, and on demand', () => {
  expect(buildStages(project, ['app', 'other'])).toEqual([['root', 'other'], ['base'], ['app']]);
  expect(buildStages(project, ['root'])).toEqual([['root']]);
});

it('builds what others depend on first, where one may begin with the name of another', () => {
  const web = {
    ...service(),
    depends_on: { base: { condition: 'service_started', required: true } as const },
  };
  const services = { web, base: service() };
  expect(buildStages({ name: 'p', services }, ['web', 'base'])).toEqual([['web', 'base']]);
  expect(buildStages({ name: 'p', services }, ['web', 'base'], 'dependencies')).toEqual([['base'], ['web']]);
  expect(buildStages({ name: 'p', services }, ['web'], 'dependencies')).toEqual([['web']]);
});

it('makes stages of images, behind what comes before the first FROM', () => {
  const { build } = project.services.app;
  expect(
    withNamedContexts(
      '# syntax=docker/dockerfile:1\nARG V=1\nFROM base\nCOPY --from=tools /x /y\n',
      build,
      project,
    ),
  ).toBe(
    '# syntax=docker/dockerfile:1\nARG V=1\nFROM p-base AS base\nFROM alpine:3 AS tools\nFROM base\nCOPY --from=tools /x /y\n',
  );
});
