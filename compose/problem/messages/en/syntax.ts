/** The YAML itself. */
export const syntax = {
  'yaml-missing-colon.after-property': '“{property}” needs a key and a value after it.',
  'yaml-missing-colon.after-key': 'A colon is missing after this key.',
  'yaml-missing-colon.explicit-key': 'A value after “? key” begins with “: ” on a line of its own.',
  'yaml-bad-indent.key':
    '“{key}” does not line up with the other keys of its mapping. Give it the same indentation as its neighbours.',
  'yaml-nested-mapping':
    'A value with “: ” in it must be in quotes; a nested mapping begins on the next line.',
  'yaml-missing-dash': 'Every item of this list begins with “- ”. Add it, or change the indentation.',
  'yaml-non-string-key.empty': 'A name is missing before the colon.',
  'yaml-non-string-key': 'A key must be text, and {key} is {type}. Put it in quotes: "{key}".',
  'yaml-control-character':
    'The control character {name} is not allowed in YAML. Remove it, or write it as an escape in double quotes.',
  'yaml-unexpected.after-document':
    'This does not belong to what stands above. Line it up with the other keys, or begin a new document with “---”.',
  'yaml-unexpected.misplaced':
    'This does not belong to what stands above. Check the indentation, and brackets and quotes before it.',
  'yaml-too-large': 'This file is larger than {most} characters. It is not read.',
  'yaml-too-deep': 'Values are nested more than {most} deep here. The file is not read.',
  'yaml-too-many-nodes.unread':
    'This file has more than {most} values, more than Docker Compose reads. It is not read.',
  'yaml-unexpected.lone-comma': 'Nothing stands before this comma. Remove it.',
  'yaml-missing-comma.items': 'A comma is missing between two items.',
  'yaml-missing-space.flow': 'A space is missing after this colon.',
  'yaml-missing-comma.or-colon': 'A comma or a colon is missing here.',
  'yaml-unclosed-bracket': 'This “{bracket}” is never closed. Add a “{expected}”.',
  'yaml-unclosed-bracket.other': '“{expected}” is expected here, to close the “{bracket}”.',
  'yaml-collection-key':
    'A key must be text, not a list or a mapping. A text that begins with { or [ must be in quotes.',
  'yaml-unexpected.second-anchor': 'A value can have one anchor only.',
  'yaml-unexpected.second-tag': 'A value can have one tag only.',
  'yaml-unexpected.early-property': 'A tag or anchor belongs after the “{indicator}”, before the value.',
  'yaml-unexpected.repeated': 'One “{indicator}” too many. Remove it, or put the text in quotes.',
  'yaml-unexpected.second-comma': 'One comma too many. Remove it.',
  'yaml-unexpected.indicator': '“{indicator}” is not possible here. Remove it, or put the text in quotes.',
  'yaml-tab': 'A tab cannot indent a line in YAML. Use spaces.',
  'yaml-unexpected.after-value':
    'Nothing can follow here on the same line. Put the whole value in quotes, or begin a new line.',
  'yaml-bad-tag': '“{value}” cannot be read as {tag}. Change the value or remove the tag.',
  'yaml-unclosed-quote': 'This quote is never closed. Add a {quote} at the end of the value.',
  'yaml-bad-character': 'A value cannot begin with “{character}”. Put it in quotes.',
  'yaml-bad-escape':
    '“{escape}” is not an escape of a double-quoted text. Write \\\\ for a backslash, or use single quotes.',
  'yaml-bad-indent.text':
    'This line of the text is indented less than its first line. Indent it at least as far.',
  'yaml-block-scalar':
    'After | or > only a digit, + or - may follow, then the text on the next lines, indented.',
  'yaml-missing-colon.line':
    "A mapping's line needs a key and a colon. Write “{line}: …”, or indent the line if it continues the value above.",
  'yaml-missing-space': 'A space is missing after the colon of “{key}”.',
  'yaml-too-many-nodes':
    'This file has more than {most} values, more than Docker Compose reads. Split it with “include”.',
  'yaml-unexpected.list-after-key':
    'A list cannot begin on the line of its key. Begin it on the next line, or use [brackets].',
  'yaml-unexpected.value': 'This is not possible here. Put the value in quotes.',
  'yaml-unexpected.alias-property': 'An alias cannot have a tag or an anchor of its own.',
  'yaml-unknown-anchor.empty':
    'An alias needs a name after the “*”. A value that begins with “*” must be in quotes.',
  'yaml-unknown-anchor':
    'No anchor “&{name}” is defined above. Define it first, or put the value in quotes if it is not an alias.',
  'yaml-alias-cycle': '“*{name}” stands inside “&{name}” itself, so it would never end.',
  'yaml-too-deep.alias': '“*{alias}” nests values more than {most} deep.',
  'yaml-excessive-aliasing':
    'Aliases of aliases make this document grow beyond all measure here. Docker Compose refuses it: write “*{alias}” out, or drop it.',
  'yaml-merge-value':
    '“<<” merges mappings: its value must be an alias of a mapping, or a list of such aliases.',
  'duplicate-key': '“{key}” is given twice in this mapping. Remove one of the two.',
  'duplicate-key.first': '“{key}” is first given here',
} as const;
