import type { Severity } from '#compose/problem/problem.ts';
import { isSeverity, severityNames } from '#compose/check/composurerc.ts';
import { CommandError } from '../frame/command-error.ts';
import type { OptionSpec, OptionValues } from '../frame/options.ts';
import { githubReport } from './report/github.ts';
import { gitlabReport } from './report/gitlab.ts';
import { jsonReport } from './report/json.ts';
import { junitReport } from './report/junit.ts';
import type { Format } from './report/report.ts';
import { sarifReport } from './report/sarif.ts';
import { textReport } from './report/text.ts';

/** The exit status of a call that cannot be carried out: what was asked for makes no sense, or cannot be read. */
export const unusable = 2;

const formats: Readonly<Record<string, Format>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  github: githubReport,
  gitlab: gitlabReport,
  junit: junitReport,
};

export const checkOptions: readonly OptionSpec[] = [
  {
    name: 'format',
    type: 'text',
    default: 'text',
    description: `Format the output. Values: [${Object.keys(formats).join(' | ')}]`,
  },
  {
    name: 'output',
    short: 'o',
    type: 'text',
    value: 'FILE',
    description: 'Save to file (default to stdout)',
  },
  {
    name: 'severity',
    type: 'text',
    value: 'LEVEL',
    description: `From which severity on findings fail the check (default error, or what .composurerc says). Values: [${severityNames.join(' | ')}]`,
  },
  { name: 'quiet', short: 'q', type: 'flag', description: 'Only tell findings that fail the check' },
  {
    name: 'fix',
    type: 'flag',
    description: 'Fix what can be fixed without changing the project; the project is loaded before and after',
  },
  {
    name: 'baseline',
    type: 'text',
    value: 'FILE',
    description: 'Do not tell the findings that are in FILE',
  },
  {
    name: 'update-baseline',
    type: 'flag',
    description: 'Write all findings to the file of --baseline, and succeed',
  },
];

/** What the options come to. */
export interface CheckRequest {
  readonly format: Format;
  readonly failOn: Severity | undefined;
  readonly quiet: boolean;
  readonly fix: boolean;
  readonly output: string | undefined;
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
}

export function toCheckRequest(options: OptionValues): CheckRequest {
  const format = options.text('format') ?? 'text';
  const failOn = options.text('severity');
  const baseline = options.text('baseline');
  if (!Object.hasOwn(formats, format))
    throw new CommandError(
      `unknown format ${JSON.stringify(format)}: ${Object.keys(formats).join(', ')}`,
      unusable,
    );
  if (failOn !== undefined && !isSeverity(failOn))
    throw new CommandError(
      `unknown severity ${JSON.stringify(failOn)}: ${severityNames.join(', ')}`,
      unusable,
    );
  if (options.flag('update-baseline') && baseline === undefined)
    throw new CommandError('--update-baseline goes with --baseline FILE', unusable);
  return {
    format: formats[format] ?? textReport,
    failOn,
    quiet: options.flag('quiet'),
    fix: options.flag('fix'),
    output: options.text('output'),
    baseline,
    updateBaseline: options.flag('update-baseline'),
  };
}
