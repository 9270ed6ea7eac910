import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { anchorsOf, brokenLinks, linksOf, withAddresses } from '../../scripts/lib/links.mjs';

const root = join(import.meta.dirname, '../..');
const project = {
  has: (path: string) => existsSync(join(root, path)),
  read: (path: string) => readFileSync(join(root, path), 'utf8'),
};

/** Every page that a person reads. */
const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'media', 'compose/schema', '.github'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];

it('every link of every page leads to a file, and to a heading in it', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/diagnostics.md']));
  expect(pages.flatMap((page) => brokenLinks(page, project))).toEqual([]);
});

it('every page of the documentation can be reached from its index', () => {
  const reached = new Set<string>();
  const visit = (page: string): void => {
    if (reached.has(page)) return;
    reached.add(page);
    const folder = page.includes('/') ? page.slice(0, page.lastIndexOf('/') + 1) : '';
    for (const { target } of linksOf(project.read(page))) {
      const [path = ''] = target.split('#');
      const next = join(folder, path);
      if (!target.includes(':') && path.endsWith('.md') && project.has(next)) visit(next);
    }
  };
  visit('docs/README.md');
  expect(pages.filter((page) => page.startsWith('docs/') && !reached.has(page))).toEqual([]);
});

const memory = (files: Readonly<Record<string, string>>) => ({
  has: (path: string) => path in files,
  read: (path: string) => files[path] ?? '',
});

it('finds what leads nowhere', () => {
  const files = {
    'README.md': [
      '# A',
      '[a](docs/a.md) [gone](docs/gone.md) [b](docs/a.md#what-it-does) [c](docs/a.md#nothing) [d](#a) [e](#b)',
      '![x](docs/x.png) ![y](http://example.org/y.png) [![z](z.png)](https://example.org)',
      '<img src="docs/none.png" alt=""> `[code](gone)`',
      '```md',
      '[in code](gone.md)',
      '```',
    ].join('\n'),
    'docs/a.md': '# A page\n\n## What *it* does?\n',
    'docs/x.png': '',
  };
  expect(brokenLinks('README.md', memory(files))).toEqual([
    'README.md:2: docs/gone.md is not there',
    'README.md:2: docs/a.md#nothing: no such heading',
    'README.md:2: #b: no such heading',
    'README.md:3: http://example.org/y.png is not https',
    'README.md:3: z.png is not there',
    'README.md:4: docs/none.png is not there',
  ]);
});

it('names headings as GitHub does', () => {
  const page =
    '# `env_file` & *more*: “x”\n## Twice\n## Twice\n## [Link](a.md)\n### Été à la carte\n```sh\n# no heading\n```';
  expect([...anchorsOf(page)]).toEqual(['env_file--more-x', 'twice', 'twice-1', 'link', 'été-à-la-carte']);
});

it('gives links that lead somewhere from everywhere', () => {
  const address = { pages: 'https://example.org/blob/v1', files: 'https://example.org/raw/v1' };
  const page =
    '[a](../README.md#x) ![p](images/p.png) [b](kept.md) [c](#d) [e](https://f.org) `[g](h)`\n<img src="images/q.png">';
  expect(withAddresses('docs/a.md', page, address, (path) => path === 'docs/kept.md')).toBe(
    '[a](https://example.org/blob/v1/README.md#x) ![p](https://example.org/raw/v1/docs/images/p.png) [b](kept.md) [c](#d) [e](https://f.org) `[g](h)`\n<img src="https://example.org/raw/v1/docs/images/q.png">',
  );
});
