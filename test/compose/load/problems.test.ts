import { describe, expect, test } from 'vitest';
import { checkAnnotated } from './annotated.ts';

async function check(files: Readonly<Record<string, string>> | string): Promise<void> {
  const named = typeof files === 'string' ? { 'compose.yaml': files } : files;
  const { expected, found } = await checkAnnotated(named);
  expect(found).toEqual(expected);
}

describe('all mistakes at once', () => {
  test('independent mistakes in one file do not hide each other', async () => {
    await check(`
services:
  web:
    image: nginx
    ports: ["abc:80", "81:81"]
    #        ^^^ invalid-port
    networks: [front]
    #          ^^^^^ undefined-network
    volumes: ["data:/data"]
    #         ^^^^^^^^^^^^ undefined-volume
    mem_limit: lots
    #          ^^^^ invalid-size
    command: "echo 'open"
    #        ^^^^^^^^^^^^ invalid-command
  db:
# ^^ no-image-or-build
    depends_on: [cache]
    #            ^^^^^ undefined-dependency
    colour: red
#   ^^^^^^ schema-unknown-property
  app:
    image: app
    scale: many
    #      ^^^^ invalid-cast
`);
  });

  test('a value is reported once, by the stage that finds it first', async () => {
    await check(`
services:
  web:
    image: nginx
    privileged: maybe
    #           ^^^^^ invalid-cast
    secrets: token
    #        ^^^^^ schema-type
`);
  });

  test('a base file and what overrides it are both checked, each mistake where it was written', async () => {
    await check({
      'compose.yaml': `
services:
  web:
    image: nginx
    stop_grace_period: soon
    #                  ^^^^ invalid-duration
`,
      'compose.override.yaml': `
services:
  web:
    ports: ["80:80:80:80:80"]
    #        ^^^^^^^^ invalid-port
`,
    });
  });
});

describe('putting files together', () => {
  test('include: what two files declare', async () => {
    await check({
      'compose.yaml': `
include:
  - a.yaml
  - b.yaml
#   ^^^^^^ include-conflict
services:
  own:
# ^^^ include-conflict
    image: x
`,
      'a.yaml': 'services: {web: {image: x}, own: {image: y}, same: {image: z}}\n',
      'b.yaml': 'services: {web: {image: y}, same: {image: z}}\n',
    });
  });

  test('extends: unknown services, unknown files, circles', async () => {
    await check(`
services:
  a:
    image: x
    extends: nobody
    #        ^^^^^^ extends-not-found
  b:
    image: x
    extends: {file: none.yaml, service: c}
    #               ^^^^^^^^^ file-not-found
  c:
    image: x
    extends: d
    #        ^ extends-cycle
  d:
    image: x
    extends: c
`);
  });

  test('include: unknown files and circles', async () => {
    await check({
      'compose.yaml': `
include:
  - none.yaml
  # ^^^^^^^^^ file-not-found
  - other.yaml
services:
  a: {image: x}
`,
      'other.yaml': `
include:
  - compose.yaml
  # ^^^^^^^^^^^^ include-cycle
services:
  b: {image: x}
`,
    });
  });
});
