import { describe, expect, test } from 'vitest';
import { registryHost, registryOrigin } from '#compose/registry/address.ts';
import { parseChallenges } from '#compose/registry/challenge.ts';
import { type Fetch, type RegistryAccess, RegistrySession } from '#compose/registry/session.ts';

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Answers by method and address; what is not in the table is 404. Keeps what it was asked, and with which authorization. */
function world(replies: Readonly<Record<string, Reply | ((authorization: string | undefined) => Reply)>>) {
  const asked: string[] = [];
  const fetch: Fetch<AbortSignal> = async (url, { method, headers, redirect }) => {
    expect(redirect).toBe('manual');
    const { authorization } = headers;
    asked.push([method, url, ...(authorization === undefined ? [] : [authorization])].join(' '));
    const found = replies[`${method} ${url}`] ?? { status: 404 };
    const {
      status = 200,
      headers: sent = {},
      body = '',
    } = typeof found === 'function' ? found(authorization) : found;
    return {
      ok: status >= 200 && status < 300,
      status,
      headers: { get: (name) => sent[name] ?? null },
      text: async (most) => {
        const text = body;
        if (text.length > most) throw new Error('too long');
        return text;
      },
    };
  };
  const session = (access: Partial<RegistryAccess> = {}) =>
    new RegistrySession(
      { fetch, URL, base64: (text) => Buffer.from(text).toString('base64') },
      {
        origin: 'https://registry.example.com',
        repository: 'team/app',
        actions: 'pull,push',
        login,
        ...access,
      },
      new AbortController().signal,
    );
  return { asked, session };
}

const login = { username: 'me', password: 'secret' };
const basic = `Basic ${Buffer.from('me:secret').toString('base64')}`;
const list = '/v2/team/app/tags/list';
const scope = 'scope=repository%3Ateam%2Fapp%3Apull%2Cpush';

function quoted(text: string): string {
  return text.replaceAll('\\', '\\\\');
}

/** A registry that lets in whoever has the token of the authority it names. */
function guarded(origin: string, realm: string) {
  return {
    [`GET ${origin}${list}`]: (authorization: string | undefined): Reply =>
      authorization === 'Bearer t0k'
        ? { body: '{}' }
        : {
            status: 401,
            headers: {
              'www-authenticate': `Bearer realm="${quoted(realm)}",service="s",scope="repository:other:*"`,
            },
          },
    [`GET ${realm}?service=s&${scope}`]: { body: '{"token":"t0k"}' },
  };
}

describe('who gets the password', () => {
  test('the registry, when it asks for it', async () => {
    const { asked, session } = world({
      [`GET https://registry.example.com${list}`]: (authorization) =>
        authorization === basic ? {} : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
    });
    expect((await session().send('GET', list)).status).toBe(200);
    expect(asked).toEqual([
      `GET https://registry.example.com${list}`,
      `GET https://registry.example.com${list} ${basic}`,
    ]);
  });

  test.each([
    ['https://registry.example.com', 'https://registry.example.com/token'],
    ['https://registry.example.com', 'https://auth.example.com/token'],
    ['https://registry.example.com', 'https://example.com/jwt/auth'],
    ['https://registry-1.docker.io', 'https://auth.docker.io/token'],
    ['https://ghcr.io', 'https://ghcr.io/token'],
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5000/token'],
  ])('the authority of %s at %s', async (origin, realm) => {
    const { asked, session } = world(guarded(origin, realm));
    expect((await session({ origin }).send('GET', list)).status).toBe(200);
    // For this repository, whatever the registry would like to have.
    expect(asked).toEqual([
      `GET ${origin}${list}`,
      `GET ${realm}?service=s&${scope} ${basic}`,
      `GET ${origin}${list} Bearer t0k`,
    ]);
  });

  test.each([
    ['https://registry.example.com', 'https://evil.example/token'],
    ['https://registry.example.com', 'https://registry.example.com.evil.example/token'],
    ['https://registry.example.com', 'https://evilexample.com/token'],
    ['https://registry.example.com', 'https://registry.example.com@evil.example/token'],
    ['https://registry.example.com', 'http://registry.example.com/token'],
    ['https://registry.example.com', 'https://com/token'],
    ['https://registry.example.com', '//evil.example/token'],
    ['https://registry.example.com', 'https:\\\\evil.example\\token'],
    ['https://registry.example.com', 'ftp://registry.example.com/token'],
    ['https://ghcr.io', 'https://evil.io/token'],
    ['https://registry', 'https://other/token'],
    ['https://10.0.0.1', 'https://11.0.0.1/token'],
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5001/token'],
    ['http://127.0.0.1:5000', 'https://1.0.0.1/token'],
    ['http://127.0.0.1:5000', 'http://evil.example/token'],
    ['http://[::1]:5000', 'https://[::2]/token'],
    ['https://registry.example.com', 'https://'],
  ])('not who else %s names: %s', async (origin, realm) => {
    const { asked, session } = world(guarded(origin, realm));
    await expect(session({ origin }).send('GET', list)).rejects.toThrow();
    expect(asked).toEqual([`GET ${origin}${list}`]);
  });

  test('nobody that the authority sends on to', async () => {
    const realm = 'https://auth.example.com/token';
    const { asked, session } = world({
      ...guarded('https://registry.example.com', realm),
      [`GET ${realm}?service=s&${scope}`]: { status: 307, headers: { location: 'https://evil.example/' } },
    });
    await expect(session().send('GET', list)).rejects.toMatchObject({ reason: 'no-token' });
    expect(asked.filter((each) => each.includes('evil'))).toEqual([]);
  });

  test('anybody may ask for a token without one, of whichever authority speaks TLS', async () => {
    const realm = 'https://auth.elsewhere.example/token';
    const { asked, session } = world(guarded('https://registry.example.com', realm));
    expect((await session({ login: undefined }).send('GET', list)).status).toBe(200);
    expect(asked[1]).toBe(`GET ${realm}?service=s&${scope}`);
  });

  test('no name and password, no more questions', async () => {
    const { asked, session } = world({
      [`GET https://registry.example.com${list}`]: {
        status: 401,
        headers: { 'www-authenticate': 'Basic realm=r' },
      },
    });
    await expect(session({ login: undefined }).send('GET', list)).rejects.toMatchObject({
      reason: 'login-needed',
    });
    expect(asked).toHaveLength(1);
  });

  test('a password that is wrong is sent once', async () => {
    const { asked, session } = world({
      [`GET https://registry.example.com${list}`]: {
        status: 401,
        headers: { 'www-authenticate': 'Basic realm=r' },
      },
    });
    const one = session();
    expect((await one.send('GET', list)).status).toBe(401);
    expect(asked).toHaveLength(2);
  });
});

describe('who gets the token', () => {
  const origin = 'https://registry.example.com';
  const realm = 'https://auth.example.com/token';
  const authorized = async (more: Parameters<typeof world>[0]) => {
    const { asked, session } = world({ ...guarded(origin, realm), ...more });
    const one = session();
    await one.send('GET', list);
    asked.length = 0;
    return { asked, one };
  };

  test('not the place where an upload goes on, if it is elsewhere', async () => {
    const { asked, one } = await authorized({
      'PUT https://evil.example/up': { status: 401, headers: { 'www-authenticate': 'Basic realm=r' } },
    });
    expect((await one.send('PUT', 'https://evil.example/up')).status).toBe(401);
    expect((await one.send('PUT', 'https://registry.example.com:8443/up')).status).toBe(404);
    expect(asked).toEqual(['PUT https://evil.example/up', 'PUT https://registry.example.com:8443/up']);
  });

  test('not where a blob is read from', async () => {
    const { asked, one } = await authorized({
      [`GET ${origin}/blob`]: { status: 307, headers: { location: 'https://storage.example.net/b' } },
      'GET https://storage.example.net/b': { status: 302, headers: { location: `${origin}/back` } },
      [`GET ${origin}/back`]: {},
    });
    expect((await one.send('GET', '/blob')).status).toBe(200);
    expect(asked).toEqual([
      `GET ${origin}/blob Bearer t0k`,
      'GET https://storage.example.net/b',
      `GET ${origin}/back Bearer t0k`,
    ]);
  });

  test('what is written is not sent after a redirect', async () => {
    const { asked, one } = await authorized({
      [`PUT ${origin}/m`]: { status: 307, headers: { location: 'https://evil.example/' } },
    });
    expect((await one.send('PUT', '/m')).status).toBe(307);
    expect(asked).toEqual([`PUT ${origin}/m Bearer t0k`]);
  });

  test.each(['http://registry.example.com/b', 'http://evil.example/', 'file:///etc/passwd', 'https://'])(
    'nothing leaves TLS: %s',
    async (location) => {
      const { asked, one } = await authorized({
        [`GET ${origin}/blob`]: { status: 307, headers: { location } },
      });
      await expect(one.send('GET', '/blob')).rejects.toMatchObject({ reason: 'redirect' });
      await expect(one.send('PUT', location)).rejects.toMatchObject({ reason: 'redirect' });
      expect(asked).toEqual([`GET ${origin}/blob Bearer t0k`]);
    },
  );

  test('redirects come to an end', async () => {
    const { asked, one } = await authorized({
      [`GET ${origin}/blob`]: { status: 307, headers: { location: '/blob' } },
    });
    await expect(one.send('GET', '/blob')).rejects.toMatchObject({ reason: 'redirect' });
    expect(asked.length).toBeLessThan(10);
  });

  test('a token that has run out is asked for anew', async () => {
    let valid = 't0k';
    const { asked, one } = await authorized({
      [`GET ${origin}/later`]: (authorization) =>
        authorization === `Bearer ${valid}`
          ? {}
          : { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}",service="s"` } },
      [`GET ${realm}?service=s&${scope}`]: () => ({ body: JSON.stringify({ access_token: valid }) }),
    });
    valid = 'n3w';
    expect((await one.send('GET', '/later')).status).toBe(200);
    expect(asked.at(-1)).toBe(`GET ${origin}/later Bearer n3w`);
  });

  test.each([
    '',
    '{',
    '[]',
    'null',
    '{"token":1}',
    '{"token":"a\\r\\nx: y"}',
    `{"token":"${'x'.repeat(100_001)}"}`,
  ])('an answer without a token: %.20s', async (body) => {
    const { session } = world({ ...guarded(origin, realm), [`GET ${realm}?service=s&${scope}`]: { body } });
    await expect(session().send('GET', list)).rejects.toMatchObject({ reason: 'no-token' });
  });
});

test.each([
  ['Basic', [['basic', {}]]],
  [
    'Bearer realm="https://a/t",service="s",scope="repository:a:pull,push"',
    [['bearer', { realm: 'https://a/t', service: 's', scope: 'repository:a:pull,push' }]],
  ],
  ['Bearer Realm = "a\\"b" , service=s', [['bearer', { realm: 'a"b', service: 's' }]]],
  [
    'Negotiate, Basic realm="x, Bearer realm=\\"evil\\"", Bearer realm="t"',
    [
      ['negotiate', {}],
      ['basic', { realm: 'x, Bearer realm="evil"' }],
      ['bearer', { realm: 't' }],
    ],
  ],
  ['Bearer realm="first",realm="second"', [['bearer', { realm: 'first' }]]],
  ['realm="of nothing"', []],
  ['', []],
  ['"\u0000,,=', []],
])('challenge %s', (header, expected) => {
  expect(
    parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]),
  ).toEqual(expected);
});

test.each([
  ['docker.io', 'https://registry-1.docker.io'],
  ['ghcr.io', 'https://ghcr.io'],
  ['localhost:5000', 'http://localhost:5000'],
  ['127.0.0.1:5000', 'http://127.0.0.1:5000'],
  ['[::1]:5000', 'http://[::1]:5000'],
  ['localhost.evil.example', 'https://localhost.evil.example'],
  ['127.0.0.1.evil.example', 'https://127.0.0.1.evil.example'],
])('%s is at %s', (registry, origin) => {
  expect(registryOrigin(registry)).toBe(origin);
});

test('a registry that is to be spoken to without TLS', () => {
  expect(registryOrigin('registry.lan', true)).toBe('http://registry.lan');
  expect(registryHost('docker.io')).toBe('registry-1.docker.io');
});
