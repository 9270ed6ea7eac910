import { expect, it } from 'vitest';
import { webviewPage } from '../../../client/src/panels/webview-page.ts';
import { Panel, Uri } from '../support/vscode.ts';

const page = (title: string, texts: object) =>
  webviewPage(new Panel('x').webview as never, Uri.file('/extension') as never, {
    name: 'logs',
    title,
    texts,
  });

it('a page has the script and the style sheet of its name', () => {
  const html = page('Log', {});
  expect(html).toContain('href="file:///extension/dist/webview/logs.css"');
  expect(html).toContain('src="file:///extension/dist/webview/logs.js"');
});

it('a title and texts cannot end what they stand in', () => {
  const html = page('<b>"&', { text: '</script><script>alert(1)</script>' });
  expect(html).toContain('<title>&lt;b>&quot;&amp;</title>');
  expect(html).not.toContain('</script><script>alert');
  const [, texts = ''] = /id="texts">(.*)<\/script>/.exec(html) ?? [];
  expect(JSON.parse(texts)).toEqual({ text: '</script><script>alert(1)</script>' });
});

it('no two pages share what lets a script run', () => {
  const nonce = (html: string) => /script nonce="(\w+)"/.exec(html)?.[1];
  expect(nonce(page('a', {}))).not.toBe(nonce(page('a', {})));
});
