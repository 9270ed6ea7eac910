// Loading a project of 100 services, warm: the whole of it, and how much of that is reading the YAML. Bundles the loader as it ships.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));

const entry = `
export { load } from '${root}compose/load/load.ts';
export { parse } from '${root}compose/syntax/parse.ts';
export { resolveDocument } from '${root}compose/syntax/resolve.ts';
`;

/** Medians in milliseconds. */
export async function measureLoading(rounds = 60) {
  const directory = mkdtempSync(join(tmpdir(), 'composure-bench-'));
  try {
    const outfile = join(directory, 'load.mjs');
    await build({
      stdin: { contents: entry, resolveDir: root, loader: 'ts' },
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
    });
    const { load, parse, resolveDocument } = await import(pathToFileURL(outfile).href);
    const text = project(100);
    const host = hostOf({ '/bench/compose.yaml': text });
    return {
      lines: text.split('\n').length,
      load: await median(rounds, () => load(host, { cwd: '/bench' })),
      yaml: await median(rounds, () =>
        parse('file:///bench/compose.yaml', text).documents.map((one) => resolveDocument(one)),
      ),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function median(rounds, run) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now();
    await run();
    times.push(performance.now() - begin);
  }
  // The first half is for warming up.
  const warm = times.slice(rounds / 2).sort((a, b) => a - b);
  return warm[Math.floor(warm.length / 2)];
}

export function project(services) {
  const names = Array.from({ length: services }, (_, i) => `svc${i}`);
  const service = (name, i) => `  ${name}:
    image: registry.example.com/team/${name}:\${TAG:-1.2.${i}}
    environment:
      <<: *common
      NAME: ${name}
      DB_URL: postgres://u:\${PASSWORD:-secret}@db:5432/${name}
    ports:
      - "${8000 + i}:80"
    volumes:
      - data${i}:/var/lib/data
      - ./conf/${name}.yaml:/etc/app/config.yaml:ro
    networks: [front, back]
    restart: unless-stopped
    healthcheck:
      test: [CMD, curl, -f, http://localhost/]
      interval: 30s
    labels:
      com.example.id: "${i}"
${i === 0 ? '' : `    depends_on:\n      svc${i - 1}:\n        condition: service_healthy\n`}`;
  return `name: bench
x-environment: &common
  LEVEL: \${LEVEL:-info}
services:
${names.map(service).join('')}networks:
  front:
  back:
volumes:
${names.map((_, i) => `  data${i}:\n`).join('')}`;
}

function hostOf(files) {
  return {
    environment: {},
    home: '/home/user',
    platform: 'posix',
    uriOf: (path) => `file://${path}`,
    files: {
      read: async (path) => (path in files ? { kind: 'text', text: files[path] } : { kind: 'missing' }),
      stat: async (path) => (path in files ? 'file' : 'missing'),
      list: async () => ['compose.yaml'],
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { lines, load, yaml } = await measureLoading();
  console.log(`100 services, ${lines} lines: ${load.toFixed(1)} ms, of which YAML ${yaml.toFixed(1)} ms`);
}
