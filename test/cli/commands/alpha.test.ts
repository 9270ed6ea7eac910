import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../run-command.ts';

const compose = `name: p
services:
  web:
    image: nginx:1
    ports: ["80:80", "127.0.0.1:8443:443/udp"]
    depends_on: [db, cache]
    networks: [front, back]
  db: {image: 'postgres:16', networks: [back]}
  cache: {build: .}
networks: {front: {}, back: {name: other}}
`;

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'composure-viz-'));
  writeFileSync(join(cwd, 'compose.yaml'), compose);
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const viz = (...words: readonly string[]) => runCommand(['alpha', ...words], { cwd, environment: {} });

it('alpha viz is a graph of what depends on what', async () => {
  const { output, errors, status } = await viz('viz');
  expect(status).toBe(0);
  expect(errors).toBe('viz command is EXPERIMENTAL\n');
  expect(output).toBe(`digraph "p" {
	layout=dot;
	"cache" [style="filled" label=<<font point-size="15">cache</font>>];
	"db" [style="filled" label=<<font point-size="15">db</font>>];
	"web" [style="filled" label=<<font point-size="15">web</font>>];

	"web" -> "cache";
	"web" -> "db";
}

`);
});

it('shows networks, ports, and images where that is wanted, indented as wanted', async () => {
  const { output } = await viz(
    'viz',
    '--networks',
    '--ports',
    '--image',
    '--spaces',
    '--indentation-size',
    '2',
  );
  expect(output).toContain(
    '\n  "web" [style="filled" label=<<font point-size="15">web</font><font point-size="10"><br/><br/><b>Networks:</b><br/>back<br/>front</font><font point-size="10"><br/><br/><b>Ports:</b><br/>80:80 (tcp, ingress)<br/>127.0.0.1:8443:443 (udp, ingress)</font><font point-size="10"><br/><br/><b>Image:</b><br/>nginx:1</font>>];\n',
  );
  expect(output).toContain('<b>Image:</b><br/>p-cache</font>');
});

it('refuses what is no experiment, and no indentation', async () => {
  expect((await viz('dry-run')).errors).toContain('unknown command: "alpha dry-run"');
  expect((await viz('viz', '--indentation-size', '-1')).errors).toContain('invalid indentation size: -1');
});
