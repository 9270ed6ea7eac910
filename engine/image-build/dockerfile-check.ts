/** What BuildKit's own checks find in a Dockerfile (https://docs.docker.com/reference/build-checks/). */
export interface DockerfileCheck {
  /** In the order of their lines. */
  readonly warnings: readonly DockerfileFinding[];
  /** Why it cannot be read as a Dockerfile. */
  readonly error?: DockerfileFinding;
}

export interface DockerfileFinding {
  /** `StageNameCasing`; empty for an error. */
  readonly rule: string;
  /** Where the rule is explained; empty for none. */
  readonly url: string;
  readonly message: string;
  readonly place?: DockerfilePlace;
}

/** Lines from 1. */
export interface DockerfilePlace {
  readonly source: DockerfileSource;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}

/** A Dockerfile as the builder got it. */
export interface DockerfileSource {
  readonly name: string;
  readonly text: string;
}

/** Reads the answer to `frontend.lint`. `undefined`: the builder does not know the question. */
export function readCheck(answer: Readonly<Record<string, string>>): DockerfileCheck | undefined {
  const json = answer['result.json'];
  if (json === undefined) return undefined;
  const result = JSON.parse(json) as RawResult;
  const sources = (result.sources ?? []).map(
    ({ filename = '', data = '' }): DockerfileSource => ({
      name: filename,
      text: Buffer.from(data, 'base64').toString('utf8'),
    }),
  );
  const placed = (location: RawLocation | undefined) => {
    const source = sources[location?.sourceIndex ?? 0];
    const ranges = (location?.ranges ?? []).map(({ start, end }) => ({
      start: start?.line ?? 0,
      end: end?.line ?? start?.line ?? 0,
    }));
    return location === undefined || source === undefined || ranges.length === 0
      ? {}
      : { place: { source, ranges } };
  };
  const warnings = (result.warnings ?? []).map(
    ({ ruleName = '', url = '', detail = '', location }): DockerfileFinding => ({
      rule: ruleName,
      url,
      message: detail,
      ...placed(location),
    }),
  );
  const first = ({ place }: DockerfileFinding) => place?.ranges[0]?.start ?? 0;
  const failed = result.buildError;
  return {
    warnings: warnings.sort((a, b) => first(a) - first(b)),
    ...(failed !== undefined &&
      failed !== null && {
        error: { rule: '', url: '', message: failed.message ?? '', ...placed(failed.location) },
      }),
  };
}

interface RawLocation {
  readonly sourceIndex?: number;
  readonly ranges?: readonly {
    readonly start?: { readonly line?: number };
    readonly end?: { readonly line?: number };
  }[];
}

interface RawResult {
  readonly warnings?: readonly {
    readonly ruleName?: string;
    readonly url?: string;
    readonly detail?: string;
    readonly location?: RawLocation;
  }[];
  readonly sources?: readonly { readonly filename?: string; readonly data?: string }[];
  readonly buildError?: { readonly message?: string; readonly location?: RawLocation } | null;
}

/** As `docker buildx build --check` prints it. `file`: what the Dockerfile is called here, if it is a file. */
export function formatCheck({ warnings, error }: DockerfileCheck, file: string | undefined): string {
  if (warnings.length === 0 && error === undefined) return 'Check complete, no warnings found.\n';
  const found =
    warnings.length === 0
      ? ''
      : `Check complete, ${warnings.length === 1 ? '1 warning has' : `${warnings.length} warnings have`} been found!\n`;
  const each = warnings.map(
    ({ rule, url, message, place }) =>
      `\nWARNING: ${rule}${url === '' ? '' : ` - ${url}`}\n${message}\n${excerpt(place, file)}`,
  );
  const last =
    error === undefined
      ? ''
      : `${warnings.length > 0 ? '\n' : ''}error: ${error.message}\n${excerpt(error.place, file)}\n`;
  return found + each.join('') + last;
}

/** The lines with some before and after. */
function excerpt(place: DockerfilePlace | undefined, file: string | undefined): string {
  if (place === undefined) return '';
  const lines = place.source.text.split('\n');
  const first = Math.min(...place.ranges.map(({ start }) => start));
  const last = Math.min(Math.max(...place.ranges.map(({ end }) => end)), lines.length);
  if (first < 1 || first > lines.length) return '';
  let [from, to] = [first, last];
  // As BuildKit counts: a turn is a line's worth even where there is no line left.
  const wanted = from === to ? 4 : 2;
  for (let padded = 0; padded < wanted; padded += 1) {
    if (from > 1) {
      from -= 1;
      padded += 1;
    }
    if (to !== lines.length) {
      to += 1;
      padded += 1;
    }
  }
  const marked = (line: number) => place.ranges.some(({ start, end }) => line >= start && line <= end);
  const shown = lines
    .slice(from - 1, to)
    .map((text, at) => ` ${String(from + at).padStart(3)} | ${marked(from + at) ? '>>>' : '   '} ${text}\n`);
  const line = '--------------------\n';
  return `${file ?? place.source.name}:${first}\n${line}${shown.join('')}${line}`;
}

/** Whether Docker Compose's exit status would be that of a failure. */
export function isClean({ warnings, error }: DockerfileCheck): boolean {
  return warnings.length === 0 && error === undefined;
}
