/**
 * The names in braces of a template, as a type: `'a' | 'b'` of `{a} is no {b}`. A name begins with a small letter and has no spaces, so that the
 * `${NAME}` of a compose file can stand in a sentence, and `${{name}}` is one with the name put in.
 */
export type NamesIn<Template extends string> = Template extends `${string}{${infer Rest}`
  ? Rest extends `${infer Name}}${infer Tail}`
    ? Name extends `${string}{${string}`
      ? NamesIn<Rest>
      : IsName<Name> | NamesIn<Tail>
    : never
  : never;

type IsName<Text extends string> = Text extends '' | `${string} ${string}` | Capitalize<Text> ? never : Text;

/** What has to be given with a template: nothing, or a value for each of its names. */
export type ArgumentsOf<Template extends string, Value> = [NamesIn<Template>] extends [never]
  ? readonly []
  : readonly [values: Readonly<Record<NamesIn<Template>, Value>>];

const name = /\{([a-z][A-Za-z]*)\}/g;

/** The names of a template, in their order. */
export function namesIn(template: string): readonly string[] {
  return [...template.matchAll(name)].map(([, found = '']) => found);
}

/** The template with its names replaced; what `valueFor` puts in is not looked at again. */
export function fillTemplate(template: string, valueFor: (name: string) => string): string {
  return template.replace(name, (_, found: string) => valueFor(found));
}
