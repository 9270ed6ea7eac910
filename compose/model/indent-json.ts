/** JSON without white space, laid out over lines with two spaces a level, as Go's `json.MarshalIndent` does: empty objects and lists stay closed. */
export function indentJson(compact: string): string {
  let laidOut = '';
  let depth = 0;
  for (const [token] of compact.matchAll(/"(?:[^"\\]|\\.)*"|[{[][}\]]|[^"]/g)) {
    switch (token) {
      case '{':
      case '[':
        depth += 1;
        laidOut += `${token}${lineBreak(depth)}`;
        break;
      case '}':
      case ']':
        depth -= 1;
        laidOut += `${lineBreak(depth)}${token}`;
        break;
      case ',':
        laidOut += `,${lineBreak(depth)}`;
        break;
      case ':':
        laidOut += ': ';
        break;
      default:
        laidOut += token;
    }
  }
  return laidOut;
}

function lineBreak(depth: number): string {
  return `\n${'  '.repeat(depth)}`;
}
