/** The files of a new project, by their paths below its folder. Paths that end in `.sh` are to be executable. */
export type TemplateFiles = Readonly<Record<string, string>>;

export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${title}</title>
  </head>
  <body>
    <h1>${title}</h1>
    ${body}
  </body>
</html>
`;
}
