import { describe, expect, test } from 'vitest';
import { findDebuggee, fromTop, type Process, readProcesses, scriptOf } from '#engine/debug/processes.ts';
import type { Runtime } from '#engine/debug/runtime.ts';

/** Lines of `number parent arguments`, the arguments with `|` between where one has a blank. */
function processes(text: string): readonly Process[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, ...rest] = line.trim().split(' ');
      const words = rest.join(' ');
      return {
        pid: Number(pid),
        parent: Number(parent),
        args: words.includes('|') ? words.split('|') : words.split(' '),
      };
    });
}

describe('the process that is debugged', () => {
  test.each<[string, Runtime, string, number | undefined]>([
    ['the program itself', 'node', '1 0 node server.js', 1],
    ['the one that a shell started', 'node', '1 0 sh|-c|node server.js\n7 1 node server.js', 7],
    [
      'below npm, which calls itself so',
      'node',
      '1 0 npm start|\n18 1 sh|-c|node server.js\n19 18 node server.js',
      19,
    ],
    ['below npm by its file', 'node', '1 0 node /usr/local/bin/npm start\n9 1 node dist/main.js', 9],
    [
      'below nodemon',
      'node',
      '1 0 node /app/node_modules/.bin/nodemon app.js\n20 1 /usr/local/bin/node app.js',
      20,
    ],
    ['below its own watcher', 'node', '1 0 node --watch app.js\n30 1 node app.js', 30],
    ['of pm2', 'node', '1 0 node /usr/local/bin/pm2-runtime app.js\n25 1 node /app/app.js', 25],
    ['not what asks', 'node', '5 0 node -e /*composure-debug*/ x\n1 0 node a.js', 1],
    ['nodemon alone, while nothing else runs', 'node', '1 0 node /app/node_modules/.bin/nodemon app.js', 1],
    [
      'a worker of gunicorn',
      'python',
      '1 0 /usr/bin/python3 /usr/bin/gunicorn app\n8 1 /usr/bin/python3 /usr/bin/gunicorn app\n9 1 /usr/bin/python3 /usr/bin/gunicorn app',
      8,
    ],
    [
      'the child of uvicorn --reload',
      'python',
      '1 0 /usr/bin/python3 /usr/bin/uvicorn a:b --reload\n6 1 /usr/bin/python3 -c from_multiprocessing.resource_tracker\n7 1 /usr/bin/python3 -c spawn_main',
      7,
    ],
    ['a program of Go beside its init', 'go', '1 0 tini -- /app/server\n7 1 /app/server\n9 7 dlv dap', 7],
    ['none of another runtime', 'python', '1 0 node server.js', undefined],
    ['no shell', 'node', '1 0 sh|-c|node server.js; sleep 1', undefined],
  ])('%s', (_, runtime, text, pid) => {
    expect(findDebuggee(processes(text), runtime)?.pid).toBe(pid);
  });

  // As they were in /proc, of a server that said its own number: npm 11, nodemon 3.1, pm2 7, ts-node 10.9, tsx 4, concurrently 9.
  test.each([
    ['npm start', 26, '14 3 npm start|||\n25 14 sh|-c|node app.js\n26 25 node app.js'],
    [
      'npm run dev',
      39,
      '14 3 npm run dev|||\n25 14 sh|-c|nodemon app.js\n26 25 node /app/node_modules/.bin/nodemon app.js\n39 26 /usr/bin/node app.js',
    ],
    [
      'npx nodemon',
      39,
      "14 3 npm exec nodemon app.js|||\n25 14 sh|-c|'nodemon' app.js\n26 25 node /app/node_modules/.bin/nodemon app.js\n39 26 /usr/bin/node app.js",
    ],
    [
      'nodemon with ts-node',
      28,
      '14 3 node /app/node_modules/.bin/nodemon app.ts\n27 14 sh|-c|ts-node app.ts\n28 27 node /app/node_modules/.bin/ts-node app.ts',
    ],
    [
      'npm with ts-node',
      26,
      '14 3 npm run ts|||\n25 14 sh|-c|ts-node app.ts\n26 25 node /app/node_modules/.bin/ts-node app.ts',
    ],
    ['ts-node', 14, '14 3 node /app/node_modules/.bin/ts-node app.ts'],
    [
      'two of pm2',
      25,
      '14 3 node /app/node_modules/.bin/pm2-runtime start app.js -i 2\n25 14 node /app/app.js|||\n33 14 node /app/app.js|||',
    ],
    [
      'tsx watch',
      25,
      '14 3 node /app/node_modules/.bin/tsx watch app.ts\n25 14 /usr/bin/node --require /app/preflight.cjs --import file:///app/loader.mjs app.ts\n38 25 /app/node_modules/@esbuild/linux-x64/bin/esbuild --service=0.28.2 --ping',
    ],
    [
      'concurrently',
      22,
      '14 3 node|/app/node_modules/.bin/concurrently|node app.js\n21 14 /bin/sh|-c|node app.js\n22 21 node app.js',
    ],
  ])('%s: the one that answers', (_, pid, text) => {
    expect(findDebuggee(processes(text), 'node')?.pid).toBe(pid);
  });

  test.each([
    ['node --require ./x.js server.js', 'server.js'],
    ['node -e 1', undefined],
    ['python3 -m flask run', 'flask'],
    ['java -cp a.jar -jar app.jar', 'app.jar'],
  ])('%s runs %s', (line, script) => {
    expect(scriptOf({ args: line.split(' ') })).toBe(script);
  });
});

test('lists of scripts and of the engine are read alike; other lines are not', () => {
  const json = '{"pid":7,"parent":1,"args":["node","a b.js"],"cwd":"/app"}';
  expect(readProcesses(`${json}\nwarning: x\n8\t1\t/\t/usr/bin/node\tnode\tb.js\t\n{"pid":"x"}`)).toEqual([
    { pid: 7, parent: 1, args: ['node', 'a b.js'], cwd: '/app' },
    { pid: 8, parent: 1, args: ['node', 'b.js'], cwd: '/', exe: '/usr/bin/node' },
  ]);
  expect(
    fromTop({ titles: ['PID', 'PPID', 'COMMAND'], processes: [['100', '90', 'node server.js']] }),
  ).toEqual([{ pid: 100, parent: 90, args: ['node', 'server.js'] }]);
});
