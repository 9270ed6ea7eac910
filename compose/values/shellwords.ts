export function parseShellWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word = '';
  let has = false;
  let q = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i] ?? '';
    if (c === '\\' && q !== "'") {
      i++;
      word += line[i] ?? '';
      has = true;
      continue;
    }
    if (q) {
      if (c === q) q = '';
      else word += c;
      continue;
    }
    if (c === '"' || c === "'") {
      q = c;
      has = true;
      continue;
    }
    if (/\s/.test(c)) {
      if (has) words.push(word);
      word = '';
      has = false;
      continue;
    }
    if (/[;&|<>]/.test(c)) break;
    word += c;
    has = true;
  }
  if (q) return undefined;
  if (has) words.push(word);
  return words;
}
