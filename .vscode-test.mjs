import { defineConfig } from '@vscode/test-cli';

/** For machines that may download VS Code: `npx vscode-test`. The same tests run in the workbench of `npm run test:vscode`. */
export default defineConfig({
  files: 'test/vscode/host/**/*.test.cjs',
  extensionDevelopmentPath: '.',
  workspaceFolder: 'samples/course',
  mocha: { ui: 'tdd', timeout: 60_000 },
});
