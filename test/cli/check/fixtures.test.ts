import { createRequire } from 'node:module';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import Ajv from 'ajv-draft-04';
import { beforeAll, describe, expect, it } from 'vitest';
import { diskFiles } from '#disk/disk-files.ts';
import { TestClient } from '../../server/support/test-client.ts';
import { type CommandResult, runCommand } from '../run-command.ts';

const fixtures = fileURLToPath(new URL('../../fixtures/projects', import.meta.url));

function check(...options: readonly string[]): Promise<CommandResult> {
  return runCommand(['check', ...options], { cwd: fixtures, environment: { HOME: '/home/user' } });
}

interface JsonFinding {
  readonly file: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
  readonly fingerprint: string;
  readonly fails: boolean;
}

interface JsonReport {
  readonly version: number;
  readonly files: readonly string[];
  readonly findings: readonly JsonFinding[];
  readonly counts: Readonly<Record<string, number>>;
}

describe("over the project's fixtures", () => {
  let json: JsonReport;

  beforeAll(async () => {
    const { status, output, errors } = await check('--format', 'json');
    expect({ status, errors }).toEqual({ status: 1, errors: '' });
    json = JSON.parse(output) as JsonReport;
  });

  it('looks at every compose file', async () => {
    const names = await readdir(fixtures);
    const folders = new Set(json.files.map((file) => file.split('/')[0]));
    // The files of two have names of their own.
    expect(names.filter((name) => !folders.has(name) && !name.startsWith('.'))).toEqual([
      'compose-file-variable',
      'override-explicit',
    ]);
    expect(json.files.length).toBeGreaterThan(150);
  });

  it('counts, names and tells apart what it found', () => {
    expect(json.version).toBe(1);
    const { error = 0, warning = 0, information = 0, hint = 0 } = json.counts;
    expect(error + warning + information + hint).toBe(json.findings.length);
    expect(error).toBeGreaterThan(50);
    expect(new Set(json.findings.map(({ fingerprint }) => fingerprint)).size).toBe(json.findings.length);
    expect(json.findings.filter(({ fails }) => fails)).toHaveLength(error);
  });

  it('says what the editor says', async () => {
    const client = await TestClient.inProcess({
      environment: { HOME: '/home/user' },
      host: { files: diskFiles() },
      folder: pathToFileURL(fixtures).href,
    });
    try {
      for (const file of json.files) {
        const path = join(fixtures, file);
        const uri = pathToFileURL(path).href;
        await client.open(uri, (await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
        const told = (await client.diagnostics(uri)).map(
          ({ range: { start }, code, message }) =>
            `${start.line + 1}:${start.character + 1} ${code} ${String(message)}`,
        );
        const found = json.findings
          .filter((finding) => finding.file === file)
          .map(({ start, code, message }) => `${start.line}:${start.column} ${code} ${message}`);
        expect(found, file).toEqual(told);
        await client.closeDocument(uri);
      }
      expect(client.errors).toEqual([]);
    } finally {
      await client.close();
    }
  });

  it('is the same in text', async () => {
    const { output } = await check();
    const lines = output.trimEnd().split('\n');
    expect(lines.slice(0, -1)).toEqual(
      json.findings.map(
        ({ file, start, severity, message, code }) =>
          `${file}:${start.line}:${start.column}: ${severity}: ${message} [${code}]`,
      ),
    );
    expect(lines.at(-1)).toMatch(/^\d+ errors, \d+ warnings, \d+ remarks?, \d+ hints in \d+ files\.$/);
  });

  it('is SARIF as its schema has it', async () => {
    const { output } = await check('--format', 'sarif');
    const log = JSON.parse(output) as {
      readonly runs: readonly {
        readonly results: readonly unknown[];
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      }[];
    };
    const require = createRequire(import.meta.url);
    const schema: object = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
    const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);
    expect(validate(log), JSON.stringify(validate.errors?.slice(0, 5), undefined, 2)).toBe(true);
    expect(validate({ ...log, version: '1.0.0' })).toBe(false);
    expect(log.runs[0]?.results).toHaveLength(json.findings.length);
    const codes = new Set(json.findings.map(({ code }) => code));
    expect(log.runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual([...codes].sort());
  });

  it('annotates for GitHub', async () => {
    const { output } = await check('--format', 'github');
    const commands = output.split('\n').filter((line) => line.startsWith('::'));
    expect(commands).toHaveLength(json.findings.length);
    expect(
      commands.filter((line) => !/^::(?:error|warning|notice) file=[^,:]+,line=\d+,/.test(line)),
    ).toEqual([]);
  });

  it('is a quality report for GitLab', async () => {
    const { output } = await check('--format', 'gitlab');
    const issues = JSON.parse(output) as readonly Readonly<Record<string, unknown>>[];
    expect(issues).toHaveLength(json.findings.length);
    for (const issue of issues)
      expect(issue).toEqual({
        description: expect.stringMatching(/./),
        check_name: expect.stringMatching(/^[\w-]+$/),
        fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
        severity: expect.stringMatching(/^(?:info|minor|major|critical|blocker)$/),
        location: {
          path: expect.stringMatching(/^[^/]/),
          lines: { begin: expect.any(Number), end: expect.any(Number) },
        },
      });
  });

  it('is XML for JUnit', async () => {
    const { output } = await check('--format', 'junit');
    const failures = json.findings.filter(({ fails }) => fails).length;
    expect(output).toContain(`failures="${failures}" errors="0">`);
    expect(output.match(/<failure /g)).toHaveLength(failures);
    expect(output.match(/<testsuite /g)).toHaveLength(json.files.length);
    expect(unbalancedTags(output)).toEqual([]);
  });
});

/** Tags of an XML text that are not closed where they should be; a wrong character outside of tags counts as one. */
function unbalancedTags(xml: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const attributes = '(?: [a-z]+="[^"<&]*(?:&[#\\w]+;[^"<&]*)*")*';
  const tag = new RegExp(`<(/?)([a-z-]+)(${attributes})(/?)>|&(?:lt|gt|amp|quot|#10);|[^<&]+|[^]`, 'g');
  for (const [text, close, name, , empty] of xml.replace(/^<\?xml[^>]*\?>/, '').matchAll(tag)) {
    if (name === undefined) {
      if (/^[<&]$/.test(text)) wrong.push(text);
    } else if (close === '/') {
      if (open.pop() !== name) wrong.push(text);
    } else if (empty !== '/') open.push(name);
  }
  return [...wrong, ...open];
}
