import { describe, expect, test } from 'vitest';
import type { Service } from '#compose/model/project.ts';
import { dockerfileCopies } from '#engine/debug/dockerfile-copies.ts';
import {
  guessedMapping,
  localScript,
  mainMapping,
  ofFolders,
  pathMappings,
} from '#engine/debug/path-mappings.ts';

const base = { command: null, entrypoint: null } satisfies Service;
const lines = (service: Partial<Service>, dockerfile?: string) =>
  pathMappings({ service: { ...base, ...service }, dockerfile, mounts: [], directory: '/w' }).map(
    ({ localRoot, remoteRoot, by }) => `${localRoot} = ${remoteRoot} (${by})`,
  );

describe('what an image has of its context', () => {
  test('by WORKDIR and COPY', () => {
    expect(
      dockerfileCopies('FROM node\nWORKDIR /app\nCOPY package*.json ./\nCOPY . .\nCMD ["node", "x"]'),
    ).toEqual({
      image: [{ from: '.', to: '/app' }],
      stages: [],
      workdir: '/app',
    });
  });

  test('through stages, by name and by number, whole or in part', () => {
    const text = `FROM golang AS build
WORKDIR /src
COPY cmd ./cmd
COPY . .
RUN go build
FROM scratch
COPY --from=build /src/web /www
COPY --from=0 --chown=1:1 /src /all
COPY --from=nginx /etc/nginx /etc/nginx`;
    expect(dockerfileCopies(text)).toEqual({
      image: [
        { from: 'web', to: '/www' },
        { from: 'cmd', to: '/all/cmd' },
        { from: '.', to: '/all' },
      ],
      stages: [
        { from: 'cmd', to: '/src/cmd' },
        { from: '.', to: '/src' },
      ],
      workdir: undefined,
    });
  });

  test('up to the target, with what the stage before had', () => {
    const text =
      'FROM node AS base\nWORKDIR /app\nCOPY src src\nFROM base AS dev\nCOPY dev.js .\nFROM base\nCOPY p.js .';
    expect(dockerfileCopies(text, { target: 'dev' }).image).toEqual([
      { from: 'src', to: '/app/src' },
      { from: 'dev.js', to: '/app/dev.js' },
    ]);
  });

  test('with arguments, continued lines, JSON; what is not known is left out', () => {
    const text = `FROM node
ARG HOME=/srv
WORKDIR \${HOME}/app
# no
COPY ["a", \\
  "b/"]
COPY $UNKNOWN /x
ADD https://example.com/a /b`;
    expect(dockerfileCopies(text, { args: { HOME: '/opt' } }).image).toEqual([
      { from: 'a', to: '/opt/app/b' },
    ]);
  });
});

describe('paths here and there', () => {
  test('mounts, then what is watched, then what was copied; the inner first', () => {
    expect(
      lines(
        {
          volumes: [
            { type: 'bind', source: '/w/src', target: '/app/src/' },
            { type: 'volume', source: 'modules', target: '/app/node_modules' },
          ],
          develop: {
            watch: [
              { path: '/w/lib', action: 'sync+restart', target: '/app/lib' },
              { path: '/w/package.json', action: 'rebuild' },
            ],
          },
          build: { context: '/w' },
        },
        'FROM node AS b\nWORKDIR /build\nCOPY . .\nFROM node\nWORKDIR /app\nCOPY lib lib\nCOPY . .',
      ),
    ).toEqual([
      '/w/src = /app/src (bind)',
      '/w/lib = /app/lib (watch)',
      '/w = /build (stage)',
      '/w = /app (copy)',
    ]);
  });

  test('of a container without files its own mounts', () => {
    const mounts = [{ type: 'bind', source: '/h', destination: '/c' }];
    expect(pathMappings({ service: undefined, mounts, directory: '/w' })).toEqual([
      { localRoot: '/h', remoteRoot: '/c', by: 'bind' },
    ]);
  });

  test('the main one is where the program is', () => {
    const process = { pid: 1, parent: 0, args: ['node', 'server.js'], cwd: '/app' };
    const mappings = [
      { localRoot: '/w/x', remoteRoot: '/app/lib', by: 'bind' },
      { localRoot: '/w', remoteRoot: '/app', by: 'copy' },
    ] as const;
    expect(mainMapping(mappings, process)).toBe(mappings[1]);
    expect(mainMapping(mappings, { ...process, args: ['node', '/app/lib/a.js'] })).toBe(mappings[0]);
    expect(guessedMapping('/w', process)).toEqual([{ localRoot: '/w', remoteRoot: '/app', by: 'guess' }]);
  });

  test.each<[string, string | undefined]>([
    ['node server.js', '/w/server.js'],
    ['node ../app/lib/a.js', '/w/x/a.js'],
    ['node /srv/a.js', undefined],
    ['node -e 1', undefined],
  ])('%s is %s here', (line, expected) => {
    const mappings = [
      { localRoot: '/w/x', remoteRoot: '/app/lib', by: 'bind' },
      { localRoot: '/w', remoteRoot: '/app', by: 'copy' },
    ] as const;
    const process = { pid: 1, parent: 0, args: line.split(' '), cwd: '/app' };
    expect(localScript(mappings, process)).toBe(expected);
  });

  test('of single files their folders, as far as nothing else is there', () => {
    const copy = (localRoot: string, remoteRoot: string) => ({ localRoot, remoteRoot, by: 'copy' }) as const;
    const files = new Set(['/w/web/server.js', '/w/conf/a.json', '/w/x.js']);
    const said = [
      copy('/w/web/server.js', '/srv/web/server.js'),
      copy('/w/x.js', '/srv/lib/main.js'),
      copy('/w/conf/a.json', '/srv/lib/a.json'),
      copy('/w/lib', '/srv/lib'),
    ];
    expect(ofFolders(said, (path) => files.has(path))).toEqual([
      copy('/w/lib', '/srv/lib'),
      copy('/w/web', '/srv/web'),
    ]);
  });
});
