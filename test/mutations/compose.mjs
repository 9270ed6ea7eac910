// Faults in what a Compose project means. Each: the file, a piece of text that is there once, what is put in its place, why that is wrong, and the
// tests that should notice.

const loading = ['test/compose/load'];
const values = ['test/compose/values'];

/** Without its row, an attribute is merged as any other: a list is appended to, a mapping merged, a text replaced. */
const mergeRows = [
  ['networks.*.ipam.config', 'mergeIpamConfig'],
  ['networks.*.labels', 'appendAsSequences'],
  ['volumes.*.labels', 'appendAsSequences'],
  ['services.*.annotations', 'appendAsSequences'],
  ['services.*.build', 'mergeBuild'],
  ['services.*.build.args', 'appendAsSequences'],
  ['services.*.build.extra_hosts', 'appendNewHosts'],
  ['services.*.command', 'replace'],
  ['services.*.depends_on', 'mergeDependencies'],
  ['services.*.dns', 'appendAsSequences'],
  ['services.*.dns_search', 'appendAsSequences'],
  ['services.*.entrypoint', 'replace'],
  ['services.*.env_file', 'appendAsSequences'],
  ['services.*.label_file', 'appendAsSequences'],
  ['services.*.environment', 'appendAsSequences'],
  ['services.*.extra_hosts', 'appendNewHosts'],
  ['services.*.healthcheck.test', 'replace'],
  ['services.*.logging', 'mergeLogging'],
  ['services.*.networks', 'mergeNamed'],
  ['services.*.sysctls', 'appendAsSequences'],
  ['services.*.tmpfs', 'appendAsSequences'],
  ['services.*.ulimits.*', 'replace'],
];

export const mutations = [
  ...mergeRows.map(([path, rule]) => ({
    file: 'compose/load/merge.ts',
    find: `  ['${path}', ${rule}],\n`,
    put: '',
    why: `${path} merges in its own way`,
    tests: loading,
  })),
  {
    file: 'compose/load/merge.ts',
    find: 'if (isNull(over)) return base;',
    put: '',
    why: 'a null leaves the earlier value',
    tests: loading,
  },
  {
    file: 'compose/load/merge-rules.ts',
    find: 'before === after) return',
    put: 'true) return',
    why: 'options of another logging driver do not merge',
    tests: loading,
  },
  {
    file: 'compose/load/merge-rules.ts',
    find: '.filter((item) => !known.has(stringOf(item)))',
    put: '',
    why: 'a host that is there is not added again',
    tests: loading,
  },
  {
    file: 'compose/values/port.ts',
    find: 'last <= 65535',
    put: 'last <= 65536',
    why: 'the last port is 65535',
    tests: values,
  },
  {
    file: 'compose/values/port.ts',
    find: 'first <= last &&',
    put: '',
    why: 'a range does not go backwards',
    tests: values,
  },
  {
    file: 'compose/values/port.ts',
    find: 'count > 1 && published.last',
    put: 'count > 2 && published.last',
    why: 'ranges are equally long',
    tests: values,
  },
  {
    file: 'compose/values/port.ts',
    find: "name === 'tcp' || name === 'udp' || name === 'sctp'",
    put: "name === 'tcp' || name === 'udp'",
    why: 'sctp is a protocol',
    tests: values,
  },
  {
    file: 'compose/values/port.ts',
    find: 'const any = published !== undefined && count === 1 && published.last > published.first;',
    put: 'const any = false;',
    why: 'of a range of the host any port may be used',
    tests: values,
  },
  {
    file: 'compose/convert/kubernetes/autoscaler.ts',
    find: 'Math.max(least, labelNumber',
    put: 'Math.max(0, labelNumber',
    why: 'an autoscaler has no fewer pods at most than at least',
    tests: [
      'test/compose/convert/kubernetes/autoscaler.test.ts',
      'test/compose/convert/kubernetes/convert.test.ts',
    ],
  },
];
