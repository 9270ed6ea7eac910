/** Values that cannot be read, and variables. */
export const values = {
  'trailing-space': 'The variable name "{key}" ends with a space. Remove the space before "=".',
  'invalid-host': '"{host}" is not a valid host name.',
  'invalid-size':
    '"{text}" is not a valid size. Write a number of bytes, or a number with a unit: 512m, 1.5gb.',
  'invalid-duration': '"{text}" is not a valid duration. Write it with units: 1m30s, 500ms.',
  'invalid-value.file-mode': 'A file mode must be an octal number, such as 0440.',
  'invalid-value.device-count': 'The number of devices must be a number or "all".',
  'invalid-command':
    'This command line cannot be split into words. {reason} You can also write the words as a list.',
  'invalid-type': 'This must be {expected}.',
  'unset-variable': 'The variable "{name}" is not set, so it is blank.',
  'invalid-cast': '"{text}" cannot be used here: this must be {expected}.',
  'legacy-boolean': '"{text}" is not a boolean in YAML 1.2. Write {value}.',
  'required-variable': 'The variable "{name}" is required and has no value.',
  'required-variable.reason': 'The variable "{name}" is required and has no value: {reason}',
  'invalid-reference.empty': 'Write the name of an image, such as postgres:17.',
  'invalid-reference.id': '"{text}" is an image ID, not an image name.',
  'invalid-reference.host': '"{host}" is not a valid registry host.',
  'invalid-reference.capitals': '"{name}" contains uppercase letters. Write "{lower}".',
  'invalid-reference':
    '"{name}" is not a valid image name. Names consist of lowercase letters and digits, separated by ".", "_", "-", or "/".',
  'invalid-reference.long': 'An image name can have at most {most} characters.',
  'invalid-reference.tag':
    '"{tag}" is not a valid tag. Tags consist of at most 128 letters, digits, "_", ".", and "-".',
  'invalid-reference.digest': '"{digest}" is not a valid digest. Write sha256: and 64 hexadecimal digits.',
  'invalid-host.no-address': '"{text}" has no address. Write HOST=IP.',
  'invalid-port.no-container-port': 'The port in the container is missing. Write HOST:CONTAINER.',
  'invalid-port.protocol': '"{protocol}" is not a valid protocol. Write tcp, udp, or sctp.',
  'invalid-port.ranges': 'The ranges {host} and {container} do not have the same length.',
  'invalid-port': '"{text}" is neither a port from 0 to 65535 nor a range such as 8000-8010.',
  'invalid-command.backslash': 'Nothing follows the last backslash.',
  'invalid-command.open': '"(" must be quoted.',
  'invalid-command.close': '")" must be quoted.',
  'invalid-command.not-closed': 'This {opener} is not closed.',
  'invalid-volume.empty': 'This is empty. Write SOURCE:TARGET.',
  'invalid-volume.missing': 'Something is missing between the colons. Write SOURCE:TARGET:OPTIONS.',
  'invalid-volume.colons': 'There are too many colons. Write SOURCE:TARGET:OPTIONS, or a mapping.',
  'invalid-port.brackets': '"{text}" is not recognized as an IP address. Put it in brackets: [{text}].',
  'invalid-ip-address': '"{text}" is not a valid IP address.',
  'invalid-interpolation.too-long':
    'With the values of its variables, this is longer than 1,000,000 characters.',
  'invalid-interpolation.not-a-name':
    'A variable name must follow "${": letters, digits, and "_", not starting with a digit.',
  'invalid-interpolation.not-closed': 'This "${" is not closed. Add a "}" on the same line.',
  'invalid-interpolation.unknown-operator':
    'A variable name must be followed by "}", ":-", "-", ":+", "+", ":?", or "?".',
  'invalid-interpolation.too-deep': 'Variables are nested too deeply here.',
  'invalid-interpolation.dollar': 'For a literal dollar sign, write "$$".',
} as const;
