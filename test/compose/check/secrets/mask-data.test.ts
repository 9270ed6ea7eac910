import { expect, it } from 'vitest';
import { maskData } from '#compose/check/secrets/mask-data.ts';
import { KnownValues } from '#compose/check/secrets/masker.ts';

it('masks by names, options, shapes and known values, and leaves the rest as it is', () => {
  const digest = `sha256:${'0f3a9d1c7be24856'.repeat(4)}`;
  const data = {
    Id: '0f3a9d1c7be24856a1b2c3d4e5f607180f3a9d1c7be24856a1b2c3d4e5f60718',
    Image: digest,
    Count: 3,
    Config: {
      Env: ['DB_PASS=two words', 'MODE=test', 'URL=redis://:pw@h', 'GREETING=known one', 'USE_TOKEN=true'],
      Cmd: ['mysql', '-u', 'root', '-pS3cr3t', '--requirepass', 'x', 'known one', '-u', 'me:S3cr3t'],
      Labels: {
        'com.docker.compose.config-hash': '0f3a9d1c7be24856a1b2c3d4',
        TOKEN: 'abc',
        note: 'known one',
      },
    },
    HostConfig: {
      LogConfig: { Config: { 'splunk-token': 'abc', 'splunk-url': 'https://logs' } },
      Binds: null,
    },
  };
  expect(maskData(data, new KnownValues(['known one']))).toEqual({
    Id: data.Id,
    Image: digest,
    Count: 3,
    Config: {
      Env: ['DB_PASS=***', 'MODE=test', 'URL=redis://:***@h', 'GREETING=***', 'USE_TOKEN=true'],
      Cmd: ['mysql', '-u', 'root', '-p***', '--requirepass', '***', '***', '-u', 'me:***'],
      Labels: { 'com.docker.compose.config-hash': '0f3a9d1c7be24856a1b2c3d4', TOKEN: '***', note: '***' },
    },
    HostConfig: {
      LogConfig: { Config: { 'splunk-token': '***', 'splunk-url': 'https://logs' } },
      Binds: null,
    },
  });
});
