// Runs inside VS Code's extension host: the entry point of `extensionTestsPath`.
const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const Mocha = require('mocha');

/** Resolves if every test passed; VS Code reports a rejection as a failed run. */
exports.run = () =>
  new Promise((resolve, reject) => {
    const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, reporter: 'spec', color: false });
    for (const name of readdirSync(__dirname)) {
      if (name.endsWith('.test.cjs')) mocha.addFile(join(__dirname, name));
    }
    mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} tests failed`))));
  });
