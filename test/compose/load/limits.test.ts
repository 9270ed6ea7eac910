import { describe, expect, test, vi } from 'vitest';
import { load } from '#compose/load/load.ts';
import type { LoadRequest } from '#compose/load/request.ts';
import { memoryHost } from './memory-host.ts';

// Machines can be busy: what is tested is that it ends.
vi.setConfig({ testTimeout: 60_000 });

type Disk = Parameters<typeof memoryHost>[0];

async function codes(disk: Disk, request: Partial<LoadRequest> = {}): Promise<readonly string[]> {
  const { problems, loaded } = await load(memoryHost(disk), { cwd: '/project', ...request });
  expect(loaded).toBeUndefined();
  return problems.map(({ code }) => code);
}

describe('hostile and broken input ends in a problem', () => {
  test('an alias bomb', async () => {
    const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
    const lines = levels.map((name, i) => {
      const items =
        i === 0
          ? 'lol, lol, lol, lol, lol, lol, lol, lol, lol'
          : Array(9)
              .fill(`*${levels[i - 1]}`)
              .join(', ');
      return `  ${name}: &${name} [${items}]`;
    });
    const text = `x-bomb:\n${lines.join('\n')}\nservices: {a: {image: x}}\n`;
    expect(await codes({ '/project/compose.yaml': text })).toContain('yaml-excessive-aliasing');
  });

  test('more than 100,000 values', async () => {
    const text = `services: {a: {image: x}}\nx-many: [${'1,'.repeat(100_001)}]\n`;
    expect(await codes({ '/project/compose.yaml': text })).toContain('yaml-too-many-nodes');
  });

  test('1,000 levels', async () => {
    const text = `services: {a: {image: x}}\nx-deep: ${'['.repeat(1000)}${']'.repeat(1000)}\n`;
    expect(await codes({ '/project/compose.yaml': text })).toContain('yaml-too-deep');
  });

  test('a file larger than 10 MB', async () => {
    const text = `services: {a: {image: x}}\n# ${'x'.repeat(10_000_000)}`;
    expect(await codes({ '/project/compose.yaml': text })).toContain('file-too-large');
  });

  test('a file that cannot be read', async () => {
    const disk = { '/project/compose.yaml': { unreadable: 'permission denied' } };
    expect(await codes(disk)).toContain('file-unreadable');
  });

  test('a directory in the place of an env file', async () => {
    const disk = {
      '/project/compose.yaml': 'services: {a: {image: x, env_file: conf}}\n',
      '/project/conf/x': '',
    };
    expect(await codes(disk)).toContain('file-unreadable');
  });

  test('no Compose file anywhere', async () => {
    expect(await codes({ '/other/x': '' })).toEqual(['no-compose-file']);
  });
});

describe('an untrusted workspace', () => {
  const request = { confinedTo: '/project' };

  test('nothing outside it is read, whoever asks for it', async () => {
    const host = memoryHost({
      '/project/compose.yaml': `
include: [/outside/inc.yaml]
services:
  a: {extends: {file: ../outside/base.yaml, service: a}, image: x}
  b: {image: x, env_file: ../outside/b.env}
`,
      '/outside/inc.yaml': 'services: {i: {image: x}}',
      '/outside/base.yaml': 'services: {a: {image: x}}',
      '/outside/b.env': 'SECRET=1',
    });
    const { problems } = await load(host, { cwd: '/project', ...request });
    expect(problems.map(({ code }) => code)).toEqual([
      'outside-workspace',
      'outside-workspace',
      'outside-workspace',
    ]);
    expect(host.reads.filter((path) => !path.startsWith('/project'))).toEqual([]);
  });

  test('the search upwards stays inside', async () => {
    const disk = { '/compose.yaml': 'services: {a: {image: x}}', '/project/sub/x': '' };
    const { problems } = await load(memoryHost(disk), { cwd: '/project/sub', ...request });
    expect(problems.map(({ code }) => code)).toEqual(['no-compose-file']);
  });
});

describe('what multiplies comes to an end', () => {
  test('includes of includes', async () => {
    const levels = Array.from({ length: 30 }, (_, i) => i);
    const disk = Object.fromEntries(
      levels.map((i) => [
        `/project/${i === 0 ? 'compose' : `l${i}`}.yaml`,
        `include: [l${i + 1}.yaml, ./l${i + 1}.yaml]\nservices: {s${i}: {image: x}}\n`,
      ]),
    );
    expect(await codes({ ...disk, '/project/l30.yaml': 'services: {a: {image: x}}' })).toContain(
      'too-many-includes',
    );
  });

  test('a chain of 3,000 services that extend each other', async () => {
    const services = Array.from(
      { length: 3000 },
      (_, i) => `  s${i}: {extends: s${i + 1}, cap_add: [c${i}]}\n`,
    );
    const text = `services:\n${services.join('')}  s3000: {image: x}\n`;
    // Nothing else is wrong: not that services whose base is out of reach had no image.
    expect([...new Set(await codes({ '/project/compose.yaml': text }))]).toEqual(['extends-too-deep']);
  });

  test.each([1, 200, 400, 1000])(
    'a chain of %d services that extend each other is no problem',
    async (count) => {
      const steps = Array.from(
        { length: count },
        (_, i) => `  s${i}: {extends: s${i + 1}, labels: {l${i}: x}}\n`,
      );
      const text = `services:\n${steps.join('')}  s${count}: {image: x}\n`;
      const { loaded, problems } = await load(memoryHost({ '/project/compose.yaml': text }), {
        cwd: '/project',
      });
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      const first = loaded?.project.services['s0'];
      expect([first?.image, Object.keys(first?.labels ?? {}).length]).toEqual(['x', count]);
    },
  );

  test('a chain through 300 files is no problem', async () => {
    const disk = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [
        `/project/l${i}.yaml`,
        `services: {a: {extends: {file: l${i + 1}.yaml, service: a}}}\n`,
      ]),
    );
    const { loaded, problems } = await load(
      memoryHost({
        ...disk,
        '/project/l300.yaml': 'services: {a: {image: x}}\n',
        '/project/compose.yaml': 'services: {a: {extends: {file: l0.yaml, service: a}}}\n',
      }),
      { cwd: '/project' },
    );
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(loaded?.project.services['a']?.image).toBe('x');
  });

  test('a chain of 3,000 services that depend on each other is no problem', async () => {
    const services = Array.from({ length: 3000 }, (_, i) => `  s${i}: {image: x, links: [s${i + 1}]}\n`);
    const text = `services:\n${services.join('')}  s3000: {image: x}\n`;
    const { loaded } = await load(memoryHost({ '/project/compose.yaml': text }), {
      cwd: '/project',
      services: ['s0'],
    });
    expect(Object.keys(loaded?.project.services ?? {})).toHaveLength(3001);
  });

  test('variables of variables', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `V${i + 1}=$V${i}$V${i}`);
    const disk = {
      '/project/compose.yaml': 'services: {a: {image: "$V60"}}\n',
      '/project/.env': `V0=xxxxxxxx\n${lines.join('\n')}\n`,
    };
    expect(await codes(disk)).not.toEqual([]);
  });

  test('a mistake in each of 3,000 services', async () => {
    const services = Array.from({ length: 3000 }, (_, i) => `  s${i}: {image: x, foo: 1}\n`);
    const found = await codes({ '/project/compose.yaml': `services:\n${services.join('')}` });
    expect(found.length).toBeLessThanOrEqual(1000);
  });
});

test('a link that leads out of an untrusted workspace is not followed', async () => {
  const host = memoryHost({
    '/project/compose.yaml': 'services: {a: {image: x, env_file: link.env}}\n',
    '/project/link.env': 'SECRET=1',
  });
  const realPath = async (path: string) => (path === '/project/link.env' ? '/etc/secret' : path);
  const files = { ...host.files, realPath };
  const { problems } = await load({ ...host, files }, { cwd: '/project', confinedTo: '/project' });
  expect(problems.map(({ code }) => code)).toEqual(['outside-workspace']);
  expect(host.reads).toEqual(['/project/compose.yaml']);
});
