/** Rows of the recorded requests that we answer otherwise on purpose, reviewed one by one, with the reason. */
export const differences: readonly { readonly rows: RegExp; readonly reason: string }[] = [
  {
    rows: /^completion: .*(?:\/top level node suggestions$|alignment correct with multiple documents|sibling attributes|file pointing at itself|build object has other attributes)/,
    reason: 'Keys that the map has already are left out: a second one would be an error.',
  },
  {
    rows: /^completion: .*nothing suggested for an arbitrary string attribute's value/,
    reason:
      'The engine knows six kinds of bind propagation: they are suggested though the schema does not list them.',
  },
  {
    rows: /^completion: .*indentation considered and does not suggest any items needing a name/,
    reason: 'Whole services are suggested where a service can begin, by the name of their image.',
  },
  {
    rows: /^completion: .*param character is outside document range/,
    reason: 'The protocol says that a character beyond the end of a line means its end.',
  },
  {
    rows: /^completion: .*networks service object/,
    reason:
      'The first network of a service is written as a list item (“- test2”): the bare name would be no list and no map.',
  },
  {
    rows: /^completion: TestCompletion_ImageTags\//,
    reason: 'Tags come from a registry on the network, which tests do not reach.',
  },
  {
    rows: /(?:read highlight on an undefined volume array item with (?:the volumes array anchored|a string anchor)|read\/write highlight on a volume array item \(cursor on read\)|anchor name conflicts with a volume \(cursor on read reference\)|volumes hover as an array string with anchor definition)/,
    reason:
      'A mount of one part (“- test2”) is a path in the container with a volume without a name: it refers to no volume.',
  },
  {
    rows: /read highlight on an invalid volume object/,
    reason:
      'The mounts of a service cannot be a map, so its keys are no references; the mistake is reported.',
  },
  {
    rows: /anchor that points to a non-existent file/,
    reason:
      'A service of a file that is not there is still a name: its places are shown, and can be renamed.',
  },
  {
    rows: /^diagnostics: .*tab is flagged as an error/,
    reason: 'The line of the tab is reported, and “service”, which is no key of a compose file, as well.',
  },
  {
    rows: /^documentLink: TestDocumentLink_WSL\//,
    reason: 'A share of another host is a path on Windows only.',
  },
  {
    rows: /^formatting: .*(?:comment pushed to the front|comments fixed when encountering a document separator)/,
    reason: 'A comment at the end of a block, in line with it, belongs to it and stays.',
  },
  {
    rows: /^hover: .*(?:volumes hover on the (?:container path|access mode) shows nothing|reference missing and include node is invalid)/,
    reason: 'The parts of a mount are explained wherever the cursor is on it.',
  },
];
