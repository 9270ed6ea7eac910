import { expect, it } from 'vitest';
import type { YamlValue } from '#compose/model/print-yaml.ts';
import { addGenerated } from '../../../client/src/scaffold/add-generated.ts';

const service: YamlValue = new Map<string, YamlValue>([
  ['image', 'nginx'],
  ['volumes', ['data:/data']],
]);
const file = new Map<string, YamlValue>([
  ['services', new Map([['web', service]])],
  [
    'volumes',
    new Map([
      ['data', new Map([['external', true]])],
      ['old', new Map([['external', true]])],
    ]),
  ],
]);

function added(text: string): string | undefined {
  return addGenerated(text, file)?.reduceRight(
    (result, { offset, text: put }) => result.slice(0, offset) + put + result.slice(offset),
    text,
  );
}

it('puts services beside those that are there, under a free name, and keeps what is declared', () => {
  expect(added('services:\n  web:\n    image: httpd\nvolumes:\n  data: {}\n')).toBe(
    `services:
  web:
    image: httpd

  web2:
    image: nginx
    volumes:
      - data:/data
volumes:
  data: {}
  old:
    external: true
`,
  );
});

it('writes the sections that are missing', () => {
  expect(added('name: shop\n')).toMatch(/^name: shop\n\nservices:\n {2}web:\n[\s\S]*\nvolumes:\n {2}data:\n/);
});

it('leaves alone what has to be changed by hand', () => {
  expect(added('services: {web: {image: httpd}}\n')).toBeUndefined();
});
