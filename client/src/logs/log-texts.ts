import * as vscode from 'vscode';
import type { LogTexts } from '../../webview/logs/protocol.ts';
import * as configuration from '../shared/configuration.ts';

const { l10n } = vscode;

export function logTexts(): LogTexts {
  return {
    log: l10n.t('Log'),
    filter: l10n.t('Filter'),
    exclude: l10n.t('Exclude'),
    find: l10n.t('Find'),
    findAll: l10n.t('Search from the first line ever written'),
    matchCase: l10n.t('Match case'),
    regularExpression: l10n.t('Use regular expression'),
    badExpression: l10n.t('Not a regular expression'),
    levels: l10n.t('Levels'),
    allLevels: l10n.t('All levels'),
    errors: l10n.t('Errors'),
    warnings: l10n.t('Warnings and errors'),
    info: l10n.t('Hide debug messages'),
    streams: l10n.t('Output streams'),
    bothStreams: l10n.t('Both streams'),
    stdout: l10n.t('Standard output'),
    stderr: l10n.t('Standard error'),
    range: l10n.t('Time range'),
    ranges: {
      tail:
        configuration.logsTail() === 1
          ? l10n.t('Last line')
          : l10n.t('Last {0} lines', configuration.logsTail().toLocaleString(vscode.env.language)),
      '5m': l10n.t('Last 5 minutes'),
      '1h': l10n.t('Last hour'),
      '1d': l10n.t('Last day'),
      all: l10n.t('From the start'),
    },
    follow: l10n.t('Follow'),
    wrap: l10n.t('Wrap lines'),
    times: {
      none: l10n.t('Show times'),
      clock: l10n.t('Show how long ago'),
      age: l10n.t('Hide times'),
    },
    json: l10n.t('Format JSON lines'),
    clear: l10n.t('Clear'),
    copy: l10n.t('Copy the selected lines, or all displayed lines'),
    save: l10n.t('Save displayed lines…'),
    choose: l10n.t('Choose logs to show…'),
    openInTab: l10n.t('Open in an editor tab'),
    more: l10n.t('More actions'),
    nextError: l10n.t('Next error (F8), previous with Shift'),
    next: l10n.t('Next match'),
    previous: l10n.t('Previous match'),
    close: l10n.t('Close'),
    services: l10n.t('Services (Alt+click to show only one)'),
    servicesButton: l10n.t('Services'),
    containersButton: l10n.t('Containers'),
    findService: l10n.t('Find a service'),
    showAll: l10n.t('All'),
    showNone: l10n.t('None'),
    only: l10n.t('Only'),
    // The page puts the numbers in.
    line: l10n.t('{0} line', '{0}'),
    lines: l10n.t('{0} lines', '{0}'),
    lineOf: l10n.t('{0} of {1} line', '{0}', '{1}'),
    linesOf: l10n.t('{0} of {1} lines', '{0}', '{1}'),
    matches: l10n.t('{0} of {1}', '{0}', '{1}'),
    noMatches: l10n.t('No matches'),
    empty: l10n.t('There is no output yet.'),
    noneChosen: l10n.t('Choose a project or a service to see its logs.'),
    nothingShown: l10n.t('No lines match the filter.'),
    expand: l10n.t('Show the whole line'),
    context: l10n.t('Show the selected line among all lines (Enter)'),
    timeline: l10n.t('Lines over time: choose a period'),
    byService: l10n.t('By service'),
    allTimes: l10n.t('Show all times'),
    timeSpan: l10n.t('{0}–{1}: lines {2}, errors {3}', '{0}', '{1}', '{2}', '{3}'),
  };
}
