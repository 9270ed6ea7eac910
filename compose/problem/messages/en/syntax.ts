/** The YAML itself. */
export const syntax = {
  'yaml-missing-colon.after-property': '"{property}" needs a key and a value after it.',
  'yaml-missing-colon.after-key': 'A colon is missing after this key.',
  'yaml-missing-colon.explicit-key': 'A value after "? key" must start with ": " on its own line.',
  'yaml-bad-indent.key':
    '"{key}" is not aligned with the other keys of its mapping. Give it the same indentation.',
  'yaml-nested-mapping':
    'A value that contains ": " must be in quotes. A nested mapping must start on the next line.',
  'yaml-missing-dash': 'Every item of this list must start with "- ". Add it, or change the indentation.',
  'yaml-non-string-key.empty': 'A name is missing before the colon.',
  'yaml-non-string-key': 'A key must be text, and {key} is {type}. Put it in quotes: "{key}".',
  'yaml-control-character':
    'The control character {name} is not allowed in YAML. Remove it, or write it as an escape in double quotes.',
  'yaml-unexpected.after-document':
    'This does not belong to the content above. Align it with the other keys, or start a new document with "---".',
  'yaml-unexpected.misplaced':
    'This does not belong to the content above. Check the indentation, and the brackets and quotes before it.',
  'yaml-too-large': 'This file has more than {most} characters, so it is not read.',
  'yaml-too-deep': 'Values are nested more than {most} levels deep here, so the file is not read.',
  'yaml-too-many-nodes.unread':
    'This file has more than {most} values, which is the limit of Docker Compose, so it is not read.',
  'yaml-unexpected.lone-comma': 'There is nothing before this comma. Remove it.',
  'yaml-missing-comma.items': 'A comma is missing between two items.',
  'yaml-missing-space.flow': 'A space is missing after this colon.',
  'yaml-missing-comma.or-colon': 'A comma or a colon is missing here.',
  'yaml-unclosed-bracket': 'This "{bracket}" is never closed. Add a "{expected}".',
  'yaml-unclosed-bracket.other': '"{expected}" is expected here, to close the "{bracket}".',
  'yaml-collection-key':
    'A key must be text, not a list or a mapping. Text that starts with { or [ must be in quotes.',
  'yaml-unexpected.second-anchor': 'A value can have only one anchor.',
  'yaml-unexpected.second-tag': 'A value can have only one tag.',
  'yaml-unexpected.early-property': 'A tag or anchor belongs after the "{indicator}", before the value.',
  'yaml-unexpected.repeated': 'There is one "{indicator}" too many. Remove it, or put the text in quotes.',
  'yaml-unexpected.second-comma': 'There is one comma too many. Remove it.',
  'yaml-unexpected.indicator': '"{indicator}" is not allowed here. Remove it, or put the text in quotes.',
  'yaml-tab': 'Tabs cannot be used for indentation in YAML. Use spaces.',
  'yaml-unexpected.after-value':
    'Nothing can follow here on the same line. Put the whole value in quotes, or start a new line.',
  'yaml-bad-tag': '"{value}" cannot be read as {tag}. Change the value or remove the tag.',
  'yaml-unclosed-quote': 'This quote is never closed. Add a {quote} at the end of the value.',
  'yaml-bad-character': 'A value cannot start with "{character}". Put it in quotes.',
  'yaml-bad-escape':
    '"{escape}" is not a valid escape sequence in double quotes. Write \\\\ for a backslash, or use single quotes.',
  'yaml-bad-indent.text':
    'This line is indented less than the first line of the text. Indent it at least as far.',
  'yaml-block-scalar':
    'After | or > only a digit, + or - may follow, then the text on the next lines, indented.',
  'yaml-missing-colon.line':
    'A line of a mapping needs a key and a colon. Write "{line}: …", or indent the line if it continues the value above.',
  'yaml-missing-space': 'A space is missing after the colon of "{key}".',
  'yaml-too-many-nodes':
    'This file has more than {most} values, which is the limit of Docker Compose. Split it with "include".',
  'yaml-unexpected.list-after-key':
    'A list cannot start on the same line as its key. Start it on the next line, or use [brackets].',
  'yaml-unexpected.value': 'This is not allowed here. Put the value in quotes.',
  'yaml-unexpected.alias-property': 'An alias cannot have its own tag or anchor.',
  'yaml-unknown-anchor.empty':
    'An alias needs a name after the "*". A value that starts with "*" must be in quotes.',
  'yaml-unknown-anchor':
    'No anchor "&{name}" is defined above. Define it first, or put the value in quotes if it is not an alias.',
  'yaml-alias-cycle': '"*{name}" is inside "&{name}" itself, so it would never end. Remove it.',
  'yaml-too-deep.alias': '"*{alias}" nests values more than {most} levels deep.',
  'yaml-excessive-aliasing':
    'Aliases of aliases make this document grow too large, and Docker Compose rejects it. Write out "*{alias}", or remove it.',
  'yaml-merge-value':
    '"<<" merges mappings. Its value must be an alias of a mapping, or a list of such aliases.',
  'duplicate-key': '"{key}" appears twice in this mapping. Remove one of the two.',
  'duplicate-key.first': '"{key}" first appears here',
} as const;
