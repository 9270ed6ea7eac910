import { describe, expect, it } from 'vitest';
import { load } from '#compose/load/load.ts';
import { addService, freeName } from '../../../client/src/scaffold/add-service.ts';
import {
  environmentFile,
  environmentNames,
  environmentPath,
  environmentVariables,
} from '../../../client/src/scaffold/environment-template.ts';
import { projectFiles, projectKinds } from '../../../client/src/scaffold/project-template.ts';
import type { TemplateFiles } from '../../../client/src/scaffold/template-files.ts';
import { serviceTemplates } from '../../../client/src/scaffold/service-templates.ts';
import { MemoryFiles } from '../../server/support/memory-files.ts';
import { TestClient } from '../../server/support/test-client.ts';

/** What our own language server says of every compose file among these. */
async function remarks(files: TemplateFiles): Promise<readonly string[]> {
  const all = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/work/${path}`, text]));
  const client = await TestClient.inProcess({ files: all });
  try {
    const found: string[] = [];
    for (const [path, text] of Object.entries(files)) {
      if (!/compose[^/]*\.ya?ml$/.test(path)) continue;
      const uri = `file:///work/${path}`;
      await client.open(uri, text);
      for (const { code, message } of await client.diagnostics(uri))
        found.push(`${path}: ${String(code)}: ${message}`);
    }
    expect(client.errors).toEqual([]);
    return found;
  } finally {
    await client.close();
  }
}

async function loaded(files: TemplateFiles, names: readonly string[]) {
  const host = {
    files: new MemoryFiles(Object.fromEntries(Object.entries(files).map(([k, v]) => [`/work/${k}`, v]))),
    environment: {},
    home: '/home/user',
    platform: 'posix' as const,
    uriOf: (path: string) => `file://${path}`,
  };
  const result = await load(host, { cwd: '/work', files: names.map((name) => `/work/${name}`) });
  expect(result.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (result.loaded === undefined) throw new Error('not loaded');
  return result.loaded;
}

describe('a new project', () => {
  it.each(projectKinds)('%s: our language server has nothing to say about it', async (kind) => {
    expect(await remarks(projectFiles(kind, 'shop'))).toEqual([]);
  });

  it('of the web kind has the structure that the course recommends', () => {
    const paths = Object.keys(projectFiles('web', 'shop'));
    for (const path of [
      'docker-compose.yml',
      'docker-compose.override.yml',
      'docker-compose.prod.yml',
      'docker-compose.test.yml',
      '.env',
      '.env.example',
      '.dockerignore',
      'services/frontend/Dockerfile',
      'services/frontend/Dockerfile.prod',
      'services/frontend/src/index.html',
      'services/backend/Dockerfile',
      'services/backend/api/server.js',
      'services/database/init/001-schema.sql',
      'services/database/migrations/README.md',
      'config/nginx/default.conf',
      'scripts/deploy.sh',
      'scripts/backup.sh',
      'scripts/health-check.sh',
    ])
      expect(paths).toContain(path);
  });

  it('comes together in every environment', async () => {
    const files = projectFiles('web', 'shop');
    const production = await loaded(files, ['docker-compose.yml', 'docker-compose.prod.yml']);
    expect(production.project.services.backend?.deploy?.replicas).toBe(2);
    expect(production.project.services.frontend?.build?.dockerfile).toBe('Dockerfile.prod');
    const tests = await loaded(files, ['docker-compose.test.yml']);
    expect(Object.keys(tests.project.services).sort()).toEqual(['backend-tests', 'test-database']);
  });

  it('keeps its secrets out of what is committed', () => {
    const files = projectFiles('web', 'shop');
    expect(files['.gitignore']).toMatch(/^\.env$/m);
    expect(files['.env.example']).toMatch(/^DB_PASSWORD=$/m);
  });
});

function applied(text: string, name: string, id: string): string {
  const template = serviceTemplates.find((each) => each.id === id);
  if (template === undefined) throw new Error(`no template ${id}`);
  const insertions = addService(text, name, template);
  if (insertions === undefined) throw new Error('refused');
  return [...insertions]
    .reverse()
    .reduce((result, { offset, text: put }) => result.slice(0, offset) + put + result.slice(offset), text);
}

describe('adding a service', () => {
  it.each(serviceTemplates.map(({ id }) => id))('%s is clean, in a file of its own', async (id) => {
    const text = applied('', 'thing', id);
    const files = {
      Dockerfile: 'FROM busybox\n',
      'compose.yaml': text,
      '.env': 'DB_PASSWORD=x\nMONGO_PASSWORD=x\nRABBITMQ_PASSWORD=x\n',
    };
    expect(await remarks(files)).toEqual([]);
  });

  it('keeps what is there, in its indentation, and adds volumes to theirs', () => {
    const before = `services:
    web: # ours
        image: nginx:1

# shared
volumes:
    logs:
`;
    const after = applied(before, 'cache', 'redis');
    expect(after.slice(0, before.indexOf('\n# shared'))).toBe(before.slice(0, before.indexOf('\n# shared')));
    expect(after).toMatch(/\n {4}cache:\n {8}image: redis:8-alpine\n/);
    expect(after).toMatch(/volumes:\n {4}logs:\n {4}cache-data:\n$/);
    expect(after).toContain('# shared\nvolumes:');
  });

  it('makes the sections that are missing, without a line end at the end too', () => {
    expect(applied('name: x', 'web', 'nginx')).toMatch(/^name: x\n\nservices:\n {2}web:\n/);
    expect(applied('services:', 'db', 'postgres')).toMatch(
      /^services:\n {2}db:\n[\s\S]*\nvolumes:\n {2}db-data:\n$/,
    );
    expect(applied('services:\n  a:\n    image: b:1', 'web', 'nginx')).toMatch(/image: b:1\n\n {2}web:\n/);
  });

  it('keeps Windows’ line ends', () => {
    const text = applied('services:\r\n  a:\r\n    image: b:1\r\n', 'web', 'nginx');
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('leaves alone what is written in braces, and finds free names', () => {
    const [template] = serviceTemplates;
    expect(template && addService('services: {a: {image: b}}\n', 'web', template)).toBeUndefined();
    expect(freeName('services:\n  web: {}\n  web2: {}\n', 'web')).toBe('web3');
  });
});

describe('adding an environment', () => {
  const base = `services:
  web:
    image: nginx:1.29-alpine
  db:
    image: postgres:17-alpine
    environment:
      POSTGRES_HOST_AUTH_METHOD: trust
`;

  it.each(environmentNames)('%s comes together with its base, and is clean', async (environment) => {
    const { project } = await loaded({ 'compose.yaml': base }, ['compose.yaml']);
    const own = environmentPath('compose.yaml', environment);
    expect(own).toBe(`compose.${environment}.yaml`);
    const files = {
      'compose.yaml': base,
      [own]: environmentFile(environment, '/work/compose.yaml', project.services),
    };
    expect(await remarks(files)).toEqual([]);
    const merged = await loaded(files, ['compose.yaml', own]);
    expect(Object.keys(merged.project.services).sort()).toEqual(['db', 'web']);
    if (environment === 'dev') expect(merged.project.services.db?.ports?.[0]?.target).toBe(5432);
    if (environment === 'prod') expect(merged.project.services.web?.restart).toBe('always');
  });

  it('names the variables without their values', () => {
    expect(environmentVariables('prod', '# x\nDB_PASSWORD=secret\nexport A=1\n')).toBe(
      '# What differs from .env in prod.\n# DB_PASSWORD=\n# A=\n',
    );
  });
});
