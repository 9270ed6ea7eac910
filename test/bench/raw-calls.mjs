// node raw-calls.mjs up|down COUNT: the Engine API's own calls for what `engine.mjs` has the tools do, with keep-alive sockets and as concurrent as the
// engine takes them. What Up and Down cost beyond these is the tools' own. `DOCKER_HOST` is a Unix socket.
import { Agent, request } from 'node:http';

const [what, count] = process.argv.slice(2);
const socketPath = process.env.DOCKER_HOST?.replace(/^unix:\/\//, '');
const agent = new Agent({ keepAlive: true, maxSockets: 25 });
const project = `raw${count}`;
const label = 'com.example.bench';

/** @param {string} method @param {string} path @param {object} [body] @returns {Promise<any>} */
function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const sent = request({ socketPath, agent, method, path: `/v1.44${path}`, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece) => (text += piece));
      answer.on('end', () => {
        const isFine = (answer.statusCode ?? 500) < 400;
        if (isFine) resolve(text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined);
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** @param {number} index */
async function create(index) {
  const { Id } = await call('POST', `/containers/create?name=${project}-s${index}-1`, {
    Image: 'busybox',
    Cmd: ['sleep', '100000'],
    Env: [`A=${index}`, 'B=two', 'C=three'],
    Labels: { role: 'worker', [label]: project },
    HostConfig: {
      Init: true,
      Binds: [`${project}_data:/data:rw`],
      NetworkMode: `${project}_default`,
      RestartPolicy: { Name: 'unless-stopped' },
    },
    NetworkingConfig: { EndpointsConfig: { [`${project}_default`]: { Aliases: [`s${index}`] } } },
  });
  return Id;
}

const indices = Array.from({ length: Number(count) }, (_, index) => index);
if (what === 'up') {
  await Promise.all([
    call('POST', '/networks/create', { Name: `${project}_default`, Labels: { [label]: project } }),
    call('POST', '/volumes/create', { Name: `${project}_data`, Labels: { [label]: project } }),
  ]);
  // As `depends_on` has it: the first six, then the others.
  const made = await Promise.all(indices.map(create));
  for (const level of [made.slice(0, 6), made.slice(6)])
    await Promise.all(level.map((id) => call('POST', `/containers/${id}/start`)));
} else {
  const filters = encodeURIComponent(JSON.stringify({ label: [`${label}=${project}`] }));
  /** @type {{ Id: string, Names: string[] }[]} */
  const found = await call('GET', `/containers/json?all=1&filters=${filters}`);
  const isFirst = ({ Names: [name = ''] }) => /-s[0-5]-1$/.test(name);
  // Whoever depends on others goes first.
  for (const level of [found.filter((each) => !isFirst(each)), found.filter(isFirst)])
    await Promise.all(
      level.map(async ({ Id }) => {
        await call('POST', `/containers/${Id}/stop`);
        await call('DELETE', `/containers/${Id}`);
      }),
    );
  await call('DELETE', `/networks/${project}_default`);
  await call('DELETE', `/volumes/${project}_data`);
}
agent.destroy();
