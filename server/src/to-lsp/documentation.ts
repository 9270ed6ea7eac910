import type { Path } from '#compose/values/path.ts';
import { docsPage } from '#compose/schema/docs-page.ts';
import { schemaAt } from '#compose/schema/walk.ts';

/** What the schema says about the value at a path, as Markdown, with a link to Docker's reference; `undefined` if it says nothing. */
export function documentationOf(path: Path): string | undefined {
  const point = schemaAt(path);
  if (point === undefined) return undefined;
  const parts: string[] = [];
  if (point.deprecated) parts.push('**Deprecated.**');
  if (point.description !== undefined) parts.push(escapeMarkdown(point.description));
  if (point.values.length > 0) {
    parts.push(`Allowed values: ${point.values.map((value) => `\`${String(value)}\``).join(', ')}`);
  }
  if (point.defaultValue !== undefined) parts.push(`Default: \`${JSON.stringify(point.defaultValue)}\``);
  if (parts.length === 0) return undefined;
  const page = docsPage(path);
  if (page !== undefined) parts.push(`[Reference](${page})`);
  return parts.join('\n\n');
}

function escapeMarkdown(text: string): string {
  return text.replace(/[*_<>[\]]/g, '\\$&');
}
