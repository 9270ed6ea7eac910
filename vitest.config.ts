import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { FileOrder } from './test/order.ts';

/** What unit tests of the client have instead of VS Code. */
const fakeVSCode = fileURLToPath(new URL('test/client/support/vscode.ts', import.meta.url));

/** One project a kind of test: what it needs is started by its own global setup. */
export default defineConfig({
  test: {
    sequence: { sequencer: FileOrder },
    // Of what fast tests can reach: VS Code and engines run in processes of their own.
    coverage: {
      provider: 'v8',
      include: ['{client/src,compose,engine,cli,server/src}/**/*.ts'],
      reporter: ['text'],
      reportsDirectory: 'dist/coverage',
    },
    projects: [
      {
        extends: true,
        resolve: { alias: [{ find: /^vscode$/, replacement: fakeVSCode }] },
        test: {
          name: 'unit',
          include: ['test/{compose,disk,server,engine,cli,client,scripts}/**/*.test.ts'],
          exclude: ['test/engine/live/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['test/engine/live/**/*.test.ts'],
          globalSetup: ['test/engine/live/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        extends: true,
        test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: 'vscode',
          include: ['test/vscode/**/*.test.ts'],
          globalSetup: ['test/vscode/setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
});
