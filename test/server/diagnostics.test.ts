import type { Diagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, test } from 'vitest';
import { expectationsIn } from './support/marked-text.ts';
import { type ClientOptions, fullCapabilities, TestClient } from './support/test-client.ts';

const uri = 'file:///work/compose.yaml';

async function withClient<T>(options: ClientOptions, work: (client: TestClient) => Promise<T>): Promise<T> {
  const client = await TestClient.inProcess(options);
  try {
    return await work(client);
  } finally {
    expect(client.errors).toEqual([]);
    await client.close();
  }
}

/** Diagnostics as `line:from-to code`, with the message where the expectation asks for it. */
function describeDiagnostics(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(
    ({ range, code }) =>
      `${range.start.line}:${range.start.character}-${range.end.character} ${String(code)}`,
  );
}

/** Holds the annotations under a text's lines against what is reported: nothing more, nothing less. */
async function check(text: string, options: ClientOptions = {}, at: string = uri): Promise<void> {
  await withClient(options, async (client) => {
    await client.open(at, text);
    const found = await client.diagnostics(at);
    const expected = expectationsIn(text);
    expect(describeDiagnostics(found)).toEqual(
      expected.map(({ line, start, end, code }) => `${line}:${start}-${end} ${code}`),
    );
    for (const [i, { message }] of expected.entries()) {
      if (message !== undefined) expect(found[i]?.message).toContain(message);
    }
  });
}

const texts: Readonly<Record<string, string>> = {
  'an unknown attribute, with what was meant': `
services:
  web:
    image: nginx:1
    port: []
#   ^^^^ schema-unknown-property "ports"
`,
  'a value of the wrong type': `
services:
  web:
    image: nginx:1
    ports: "80"
#          ^^^^ schema-type
`,
  'a value that is not allowed': `
services:
  db:
    image: postgres:17
  web:
    image: nginx:1
    depends_on:
      db:
        condition: healthy
#                  ^^^^^^^ schema-enum "service_healthy"
`,
  'a bad item among good ones': `
services:
  web:
    image: nginx:1
    dns: [1.1.1.1, [], 8.8.8.8]
#                  ^^ schema-type
`,
  'a repeated key': `
services:
  web:
    image: nginx:1
    image: nginx:2
#   ^^^^^ duplicate-key
`,
  'what the project refuses': `
services:
  web:
    image: nginx:1
    depends_on: [db]
#                ^^ undefined-dependency "db"
    networks: [front]
#              ^^^^^ undefined-network
    volumes: ["data:/data"]
#             ^^^^^^^^^^^^ undefined-volume
  job: {}
# ^^^ no-image-or-build
`,
  'what nobody uses': `
x-a: &a {b: 1}
#    ^^ unused-anchor
services:
  web:
    image: nginx:1
volumes:
  data:
# ^^^^ unused-volume
networks:
  default:
`,
  'what is open or drifting': `
services:
  web:
    image: nginx
#          ^^^^^ untagged-image
    environment:
      DB_PASSWORD: hunter2
#                  ^^^^^^^ plain-text-secret
`,
  'what a build or a container will miss': `
services:
  web:
    build: ./nowhere
#          ^^^^^^^^^ missing-build-context
  api:
    build:
      context: .
      dockerfile: Dockerfile.dev
#                 ^^^^^^^^^^^^^^ missing-dockerfile "Dockerfile.dev"
    secrets: [key]
secrets:
  key:
    file: ./key.txt
#         ^^^^^^^^^ missing-file "./key.txt"
`,
  'tags, variables and merge keys are no mistakes': `
x-base: &base
  image: nginx:1
services:
  web:
    <<: *base
    ports: !override ["80:80"]
    environment: !reset null
    privileged: \${PRIVILEGED:-false}
    scale: \${SCALE:-1}
`,
  'a remark that a comment switches off': `
services:
  web:
    image: nginx # compose-ignore untagged-image
`,
  'characters outside the basic plane': `
services:
  web:
    image: nginx:1
    labels: {"𝒜": é, 𝒜𝒜: {}}
#                           ^^ schema-type
`,
};

describe('diagnostics', () => {
  test.each(Object.entries(texts))('%s', async (_name, text) => {
    await check(text);
  });

  test('one per cause in text that is broken', async () => {
    await withClient({}, async (client) => {
      await client.open(uri, 'services:\n  web:\n    image: "nginx\n    ports: []\n');
      const found = await client.diagnostics(uri);
      expect(found.map(({ code }) => code)).toEqual(['yaml-unclosed-quote']);
    });
  });

  test('the version is a hint, dimmed', async () => {
    await withClient({}, async (client) => {
      await client.open(uri, 'version: "3.8"\nservices: {a: {image: x:1}}\n');
      const found = await client.diagnostics(uri);
      expect(describeDiagnostics(found)).toEqual(['0:0-7 obsolete-version']);
      expect(found[0]).toMatchObject({
        severity: DiagnosticSeverity.Hint,
        tags: [DiagnosticTag.Unnecessary],
      });
    });
  });

  test('tabs, CRLF and several documents', async () => {
    await withClient({}, async (client) => {
      await client.open(
        uri,
        'services:\r\n  web:\r\n    image: x:1\r\n---\r\nservices:\r\n  web:\r\n    imag: y\r\n',
      );
      expect(describeDiagnostics(await client.diagnostics(uri))).toEqual(['6:4-8 schema-unknown-property']);
      await client.open(uri, 'services:\n\tweb: {}\n');
      expect((await client.diagnostics(uri)).map(({ code }) => code)).toContain('yaml-tab');
    });
  });

  test.each(['', '\n', '# only a comment\n'])('an empty file (%j) has no errors', async (text) => {
    await withClient({}, async (client) => {
      await client.open(uri, text);
      const found = await client.diagnostics(uri);
      expect(found.filter(({ severity }) => severity === DiagnosticSeverity.Error)).toEqual([]);
    });
  });

  test('each says its source, its code and where to read about it', async () => {
    await withClient({}, async (client) => {
      await client.open(uri, 'volumes:\n  data:\nservices: {a: {image: x:1}}\n');
      const [diagnostic] = await client.diagnostics(uri);
      expect(diagnostic).toMatchObject({
        source: 'compose',
        code: 'unused-volume',
        severity: DiagnosticSeverity.Hint,
        tags: [DiagnosticTag.Unnecessary],
        codeDescription: { href: 'file:///docs/diagnostics.md#unused-volume' },
      });
    });
  });

  test('severities are the user’s to choose', async () => {
    const settings = { diagnostics: { severity: { 'untagged-image': 'error', 'unused-volume': 'off' } } };
    await withClient({ settings }, async (client) => {
      await client.open(uri, 'services: {a: {image: x}}\nvolumes: {data: }\n');
      const found = await client.diagnostics(uri);
      expect(found.map(({ code, severity }) => [code, severity])).toEqual([
        ['untagged-image', DiagnosticSeverity.Error],
      ]);
    });
  });

  test.each([
    ['off', []],
    ['essential', ['untagged-image']],
  ] as const)('practice %s', async (practice, expected) => {
    await withClient({ settings: { diagnostics: { practice } } }, async (client) => {
      await client.open(uri, 'services: {a: {image: x}}\n');
      expect((await client.diagnostics(uri)).map(({ code }) => code)).toEqual(expected);
    });
  });

  test('practice all', async () => {
    await withClient({ settings: { diagnostics: { practice: 'all' } } }, async (client) => {
      await client.open(uri, 'services: {a: {image: x:1}}\n');
      expect((await client.diagnostics(uri)).map(({ code }) => code)).toContain('no-healthcheck');
    });
  });
});

describe('a file that is deployed to a swarm', () => {
  const stack = `services:
  web:
    image: x:1
    mem_limit: 64m
#   ^^^^^^^^^ refused-by-swarm "deploy.resources.limits.memory"
    container_name: web
#   ^^^^^^^^^^^^^^ ignored-by-swarm "deploys the stack without it"
    privileged: false
    ports: ["127.0.0.1:8080:80", "0.0.0.0:81:81"]
#           ^^^^^^^^^^^^^^^^^^^ ignored-by-swarm "open to everyone"
    deploy: {replicas: 1}
`;
  test('has what Swarm has', () => check(stack, {}, 'file:///work/docker-stack.yml'));

  test('is one that the setting names', async () => {
    const settings = { swarm: { stackFiles: ['deploy/**/*.yaml'] } };
    const codes = async (uri: string) =>
      withClient({ settings }, async (client) => {
        await client.open(uri, 'services: {a: {image: x:1, container_name: bb}}\n');
        return (await client.diagnostics(uri)).map(({ code }) => code);
      });
    expect(await codes('file:///work/deploy/prod/compose.yaml')).toEqual(['ignored-by-swarm']);
    expect(await codes('file:///work/compose.yaml')).toEqual([]);
    expect(await codes('file:///work/docker-stack.yml')).toEqual([]);
  });
});

describe('file sets', () => {
  test('an override is not wrong for what its base has', async () => {
    const files = { '/work/compose.yaml': 'services:\n  web:\n    image: x:1\nvolumes: {data: }\n' };
    await check(
      'services:\n  web:\n    volumes: ["data:/data"]\n',
      { files },
      'file:///work/compose.override.yaml',
    );
    await check(
      'services:\n  web:\n    volumes: ["data:/data"]\n',
      { files },
      'file:///work/compose.prod.yaml',
    );
  });

  test('a base is not wrong for what its override brings', async () => {
    const files = {
      '/work/compose.override.yaml': 'services:\n  web:\n    image: x:1\n    volumes: ["data:/x"]\n',
    };
    await check('services:\n  web:\n    restart: always\nvolumes:\n  data:\n', { files });
  });

  test('a file that stands alone beside a base is right either way', async () => {
    const files = {
      '/work/docker-compose.yml': 'services:\n  web:\n    image: x:1\n    depends_on: [nobody]\n',
    };
    await check('services:\n  tests:\n    image: y:1\n', { files }, 'file:///work/docker-compose.test.yml');
  });

  test('a mistake is reported in the file it is in, and where that file is used', async () => {
    const files = { '/work/compose.override.yaml': 'services:\n  web:\n    depends_on: [nobody]\n' };
    await withClient({ files }, async (client) => {
      const base = 'file:///work/compose.yaml';
      await client.open(base, 'services:\n  web:\n    image: x:1\n');
      const [found, ...others] = await client.diagnostics(base);
      expect(others).toEqual([]);
      expect(found).toMatchObject({ code: 'broken-file', range: { start: { line: 0, character: 0 } } });
      expect(found?.relatedInformation?.[0]?.location.uri).toBe('file:///work/compose.override.yaml');
    });
    await withClient(
      { files: { '/work/compose.yaml': 'services: {web: {image: x:1}}\n' } },
      async (client) => {
        const override = 'file:///work/compose.override.yaml';
        await client.open(override, 'services:\n  web:\n    depends_on: [nobody]\n');
        expect(describeDiagnostics(await client.diagnostics(override))).toEqual([
          '2:17-23 undefined-dependency',
        ]);
      },
    );
  });

  test('an included fragment is understood where it is included', async () => {
    const files = {
      '/work/compose.yaml':
        'include: [parts/db.yaml]\nservices: {web: {image: x:1, networks: [back]}}\nnetworks: {back: }\n',
    };
    await check('services:\n  db:\n    image: y:1\n', { files }, 'file:///work/parts/db.yaml');
  });

  test('in a workspace that is not trusted nothing outside of it is read', async () => {
    const files = { '/outside/x.yaml': 'services: {db: {image: y:1}}\n' };
    await withClient({ files, initializationOptions: { trusted: false } }, async (client) => {
      await client.open(uri, 'include: [../outside/x.yaml]\nservices: {web: {image: x:1}}\n');
      expect((await client.diagnostics(uri)).map(({ code }) => code)).toEqual(['outside-workspace']);
      await client.at('textDocument/documentLink', uri, 0);
      await client.at('textDocument/references', uri, 0, { context: { includeDeclaration: true } });
      expect(client.files.reads).toBe(0);
    });
  });

  test('files that the user chose', async () => {
    const files = { '/work/base.yaml': 'services:\n  web:\n    image: x:1\n' };
    const other = 'file:///work/extra.yaml';
    await withClient({ files }, async (client) => {
      await client.open(other, 'services:\n  web:\n    restart: always\n');
      expect((await client.diagnostics(other)).map(({ code }) => code)).toEqual(['no-image-or-build']);
      await client.connection.sendNotification('composure/setProjects', {
        projects: [{ files: ['/work/base.yaml', '/work/extra.yaml'] }],
      });
      expect(await client.diagnostics(other)).toEqual([]);
    });
  });
});

describe('while typing', () => {
  const insert = (text: string, line: number, character: number) => [
    { range: { start: { line, character }, end: { line, character } }, text },
  ];

  test('what the text shows is there at once, the project’s part follows with a refresh', async () => {
    await withClient({}, async (client) => {
      await client.open(uri, 'services:\n  web:\n    image: x:1\n');
      expect(await client.diagnostics(uri)).toEqual([]);
      const before = client.refreshes;
      await client.change(uri, insert('    depends_on: [db]\n    port: []\n', 3, 0));
      expect(describeDiagnostics(await client.diagnostics(uri))).toEqual(['4:4-8 schema-unknown-property']);
      await client.eventually(() => client.refreshes > before);
      expect(describeDiagnostics(await client.diagnostics(uri))).toEqual([
        '3:17-19 undefined-dependency',
        '4:4-8 schema-unknown-property',
      ]);
    });
  });

  test('what was found before moves along with the edits', async () => {
    await withClient({}, async (client) => {
      await client.open(uri, 'services:\n  web:\n    image: x:1\n    depends_on: [db]\n');
      expect(describeDiagnostics(await client.diagnostics(uri))).toEqual(['3:17-19 undefined-dependency']);
      await client.change(uri, insert('# a comment\n', 0, 0));
      expect(describeDiagnostics(await client.diagnostics(uri))).toEqual(['4:17-19 undefined-dependency']);
    });
  });

  test('a keystroke reads no file', async () => {
    const files = { '/work/included.yaml': 'services: {db: {image: y:1}}\n', '/work/.env': 'A=1\n' };
    await withClient({ files }, async (client) => {
      await client.open(uri, 'include: [included.yaml]\nservices:\n  web:\n    image: x:1\n');
      await client.diagnostics(uri);
      const before = client.files.reads;
      await client.change(uri, insert('    command: a\n', 4, 0));
      await client.diagnostics(uri);
      await client.at('textDocument/completion', uri, 0);
      await client.at('textDocument/documentHighlight', uri, 0);
      expect(client.files.reads).toBe(before);
    });
  });

  test('a client that cannot be told to ask again gets everything at once', async () => {
    const { workspace, ...rest } = fullCapabilities;
    const { diagnostics: _left, ...without } = workspace ?? {};
    await withClient({ capabilities: { ...rest, workspace: without } }, async (client) => {
      await client.open(uri, 'services:\n  web:\n    image: x:1\n');
      await client.diagnostics(uri);
      await client.change(uri, insert('    depends_on: [db]\n', 3, 0));
      expect(describeDiagnostics(await client.diagnostics(uri))).toEqual(['3:17-19 undefined-dependency']);
    });
  });

  test('a client that cannot ask is told', async () => {
    await withClient({ capabilities: {} }, async (client) => {
      await client.open(uri, 'services:\n  web:\n    depends_on: [db]\n    image: x:1\n');
      await client.eventually(() => (client.pushed.get(uri) ?? []).length > 0);
      expect(describeDiagnostics(client.pushed.get(uri) ?? [])).toEqual(['2:17-19 undefined-dependency']);
      await client.closeDocument(uri);
      await client.eventually(() => client.pushed.get(uri)?.length === 0);
    });
  });

  test('a change of another file of the project is noticed', async () => {
    const files = { '/work/included.yaml': 'services: {db: {image: y:1}}\n' };
    await withClient({ files }, async (client) => {
      await client.open(uri, 'include: [included.yaml]\nservices: {web: {image: x:1, depends_on: [db]}}\n');
      expect(await client.diagnostics(uri)).toEqual([]);
      const before = client.refreshes;
      await client.open('file:///work/included.yaml', 'services: {other: {image: y:1}}\n');
      await client.diagnostics(uri);
      await client.eventually(() => client.refreshes > before);
      expect((await client.diagnostics(uri)).map(({ code }) => code)).toEqual(['undefined-dependency']);
    });
  });

  test('a cancelled request is answered as such', async () => {
    await withClient({}, async (client) => {
      await client.open(uri, 'services: {}\n');
      const { CancellationTokenSource } = await import('vscode-languageserver/node');
      const source = new CancellationTokenSource();
      const asked = client.connection.sendRequest(
        'textDocument/diagnostic',
        { textDocument: { uri } },
        source.token,
      );
      source.cancel();
      await expect(asked).rejects.toMatchObject({ code: -32800 });
    });
  });

  test('a closed document has no diagnostics', async () => {
    await withClient({}, async (client) => {
      await client.open(uri, 'services: 1\n');
      await client.closeDocument(uri);
      expect(await client.diagnostics(uri)).toEqual([]);
    });
  });
});

test('a document that is not on a disk is understood all the same', async () => {
  await check(
    'services:\n  web:\n    image: x:1\n    env_file: a.env\n    port: []\n#   ^^^^ schema-unknown-property\n',
    {},
    'untitled:Untitled-1',
  );
});

test('positions of annotations are what they look like', () => {
  const document = TextDocument.create(uri, 'yaml', 0, 'a: b\n#  ^ code\n');
  expect(document.positionAt(3)).toEqual({
    line: 0,
    character: expectationsIn(document.getText())[0]?.start,
  });
});
