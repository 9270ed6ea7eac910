import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const defaults = manifest.contributes.colors[0].defaults as Record<string, string>;

/** Relative luminance of `#rrggbb`, as WCAG 2.2 defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

// The side bar, and a selected row in it, of the themes that VS Code comes with; then the colour of a name that is not dimmed.
it.each([
  ['dark', 'Dark Modern', ['#181818', '#37373d'], '#cccccc'],
  ['dark', 'Dark+', ['#252526'], '#cccccc'],
  ['light', 'Light Modern', ['#f8f8f8', '#e8e8e8'], '#3b3b3b'],
  ['light', 'Light+', ['#f3f3f3', '#e4e6f1'], '#000000'],
  ['highContrast', 'High Contrast', ['#000000'], '#ffffff'],
  ['highContrastLight', 'High Contrast Light', ['#ffffff'], '#292929'],
])('%s: dimmed names can be read in %s, and differ from others', (kind, _theme, backgrounds, usual) => {
  const dimmed = defaults[kind] ?? '';
  for (const [index, background] of backgrounds.entries())
    expect(contrast(dimmed, background), background).toBeGreaterThanOrEqual(index === 0 ? 4.5 : 3);
  expect(contrast(dimmed, usual)).toBeGreaterThan(1.3);
});
