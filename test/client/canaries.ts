/** A project with secrets of as many shapes as there are, and the texts of which nobody may see one. */

const pem = ['MIIEpAIBAAKCAQEA7bq98wM2kXlQ', 'c2VjcmV0IG9mIGEgdGVzdCBvbmx5'];

/** Where a secret stands, and it. */
export const canaries = {
  'variable called PASSWORD': 'zebra-Quilt7',
  'variable called PASS': 'Kestrel!41fog',
  'variable called KEY of the app': 'base64:uJ4kQ0v7mE2xT9sB',
  PGPASS: 'plumage_908Rx',
  MYSQL_PWD: 'Thistle-55mk',
  SMTP_PASS: 'gravel#Boat92',
  RAILS_MASTER_KEY: '0f3a9d1c7be24856a1b2c3d4e5f60718',
  ENCRYPTION_KEY: 'm4rbl3-V4ult-17',
  'secret in a list of variables': 'Heron&Tide=63',
  'value that is as random as a key': 'k3Jx9Qm2Lp7Zr4Tb8Wn1Vc6Y',
  'word of a command behind an option': 'Lantern42brass',
  'word of a command with its option': 'copper-Moth77',
  'password of mysql': 'Saddle19quartz',
  'password of redis-cli': 'harbor_Finch03',
  'password of curl': 'orchard:Vine28',
  'assignment before a command': 'Nettle86stone',
  'password in a URL': 'birch77Walnut',
  'password with a slash in a URL': 'am/ber20Crow',
  'password with an at sign in a URL': 'tul@ip61Drum',
  'encoded password in a URL': 'fern%2Fsnow%4018',
  'token in the place of a user in a URL': 'q7w8e9r0t1y2u3i4o5',
  'option of a logging driver': 'b1946ac9-2492-d234-7c6a-49f1da8c3f0e',
  'option of a volume': 'cifs-Otter54',
  'build argument': 'npm-Glacier35x',
  'build secret from a variable': 'Pigeon70ravine',
  'label of a proxy with a hash': '$apr1$zE3kq9sd$Wb7nPq2rTy8uVx4mKd1Lo.',
  'header with a token': 'Zm9vYmFyQmF6UXV4MTIz',
  'AWS key id': 'AKIAQ3EGJ7XW4PL2MZ5T',
  'GitHub token': 'ghp_4fKq81LmZx07Vb2NcR6Ty9WdEa3Gh5JuPsQk',
  'JSON Web Token': 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.s3Kq9fLx0Vb7Nc2RmTy4Wd',
  'private key': pem.join('\n'),
  'JSON within a value': 'Juniper88"sleet',
  'connection string': 'Falcon33,gully',
  'password in two scripts': 'Größe-мир-42',
  'password with dollars': 'dune$Maple$$59',
  'variable of .env with a plain name': 'w0mbat-Xq94-t1mber',
  'secret of .env': 'Cobalt-15wren',
  'variable of an env file with a plain name': 'r1ver_Bz38kelp9',
  'file of a secret': 'Marigold 27 lake\nand a 2nd L1ne of it',
  'variable of a secret': 'Sparrow64flint',
  'config that is marked': 'Velvet-Ox-81',
  'value of an extension': 'x9Tundra46elm',
} as const;

const c = canaries;
const yaml = (text: string) => JSON.stringify(text.replaceAll('$', '$$$$'));

/** What the healthcheck does. */
const check = `mysqladmin -u root -p${c['password of mysql']} ping && redis-cli -a ${c['password of redis-cli']} ping && PGPASSWORD=${c['assignment before a command']} psql && curl -u ${c['password of curl']} http://db && curl -H 'Authorization: Bearer ${c['header with a token']}' http://db`;

export const canaryFiles: Readonly<Record<string, string>> = {
  'compose.yaml': `name: canary
x-common: &common
  api_token: ${yaml(c['value of an extension'])}
services:
  web:
    image: busybox
    env_file: app.env
    command: [server, --requirepass, ${yaml(c['word of a command behind an option'])}, ${yaml(`--password=${c['word of a command with its option']}`)}]
    healthcheck:
      test: [CMD-SHELL, ${yaml(check)}]
    logging:
      driver: splunk
      options: {splunk-token: ${c['option of a logging driver']}, splunk-url: "https://logs.example"}
    labels:
      traefik.http.middlewares.a.basicauth.users: ${yaml(`admin:${c['label of a proxy with a hash']}`)}
    build:
      context: .
      args: {NPM_TOKEN: ${c['build argument']}}
      secrets: [from_build]
    secrets: [from_file, from_variable]
    configs: [tls_secret]
    volumes: ["share:/share"]
    environment:
      MODE: production
      DB_PASSWORD: ${yaml(c['variable called PASSWORD'])}
      DB_PASS: ${yaml(c['variable called PASS'])}
      APP_KEY: ${yaml(c['variable called KEY of the app'])}
      PGPASS: ${yaml(c.PGPASS)}
      MYSQL_PWD: ${yaml(c.MYSQL_PWD)}
      SMTP_PASS: ${yaml(c.SMTP_PASS)}
      RAILS_MASTER_KEY: ${yaml(c.RAILS_MASTER_KEY)}
      ENCRYPTION_KEY: ${yaml(c.ENCRYPTION_KEY)}
      SESSION: ${yaml(c['value that is as random as a key'])}
      DATABASE_URL: ${yaml(`postgres://me:${c['password in a URL']}@db/app`)}
      SLASH_URL: ${yaml(`postgres://me:${c['password with a slash in a URL']}@db/app`)}
      AT_URL: ${yaml(`amqp://me:${c['password with an at sign in a URL']}@mq:5672/`)}
      ENCODED_URL: ${yaml(`mongodb://me:${c['encoded password in a URL']}@m1:27017,m2:27017/x`)}
      GIT_URL: ${yaml(`https://${c['token in the place of a user in a URL']}@git.example/team/repo`)}
      AWS: ${yaml(c['AWS key id'])}
      GITHUB: ${yaml(c['GitHub token'])}
      SIGNED_IN: ${yaml(c['JSON Web Token'])}
      PEM: ${yaml(`-----BEGIN RSA PRIVATE KEY-----\n${c['private key']}\n-----END RSA PRIVATE KEY-----\n`)}
      SETTINGS: ${yaml(JSON.stringify({ password: c['JSON within a value'], retries: 3 }))}
      CONNECTION: ${yaml(`Server=db;Password=${c['connection string']};Encrypt=yes`)}
      LOGIN_PASSWORD: ${yaml(c['password in two scripts'])}
      OTHER_PASSWORD: ${yaml(c['password with dollars'])}
      TITLE: "\${TITLE}"
      ROOT_PASSWORD: "\${ROOT_PASSWORD}"
  listed:
    image: busybox
    environment:
      - ${yaml(`API_SECRET=${c['secret in a list of variables']}`)}
secrets:
  from_file: {file: ./secret.txt}
  from_variable: {environment: HELD}
  from_build: {environment: BUILD_HELD}
configs:
  tls_secret: {content: ${yaml(c['config that is marked'])}}
volumes:
  share:
    driver_opts: {type: cifs, o: ${yaml(`username=me,password=${c['option of a volume']},rw`)}}
`,
  'compose.prod.yaml': 'services:\n  web:\n    environment:\n      MODE: prod\n',
  '.env': `TITLE='${c['variable of .env with a plain name']}'\nROOT_PASSWORD='${c['secret of .env']}'\nHELD='${c['variable of a secret']}'\nBUILD_HELD='${c['build secret from a variable']}'\n`,
  'app.env': `GREETING='${c['variable of an env file with a plain name']}'\n`,
  'secret.txt': `${c['file of a secret']}\n`,
};

/** All of them in one line, as programs print them: without names. */
export const printed = Object.values(canaries).join(' | ').replaceAll('\n', ' | ');

/** The secrets that stand in a text, also escaped or encoded; by where they come from. */
export function foundIn(text: string): readonly string[] {
  return Object.entries(canaries).flatMap(([where, value]) =>
    value
      .split('\n')
      .flatMap((line) => [
        line,
        JSON.stringify(line).slice(1, -1),
        encodeURIComponent(line),
        Buffer.from(line).toString('base64'),
      ])
      .some((form) => text.includes(form))
      ? [where]
      : [],
  );
}
