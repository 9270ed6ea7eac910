/** Which values are no secret whatever they are called, and which look like one whatever they are called. */

const switches = /^(?:true|false|yes|no|on|off|y|n|0|1|null|none|nil|~|enabled|disabled)$/i;

const secretFile =
  /^(?:\/(?:run|var\/run)\/secrets\/|(?:~|\.{1,2})?\/[\w./-]{1,300}\.(?:pem|key|crt|cer|pub|txt|json|ya?ml|p12|pfx|jks|env)$)/;

/** Words that stand in any text: a password that is one cannot be looked for. */
const common = new Set(
  `admin administrator root user username test tests testing example demo guest default docker compose postgres postgresql mysql mariadb redis mongo
  mongodb rabbitmq rabbit elastic elasticsearch minio grafana keycloak wordpress nginx app apps application web server service services localhost
  password passwd secret secrets token changeme change_me changeit changethis pass data database production development staging debug info warn
  warning error local prod public private value name image container volume network build latest string text file files host port http https`.split(
    /\s+/,
  ),
);

/** A switch, an empty value, or the path of a file that holds the value. */
export function isNoSecretValue(value: string): boolean {
  return value === '' || switches.test(value) || secretFile.test(value);
}

/** Whether nothing but a variable is written there: `${DB_PASS}`, `$TOKEN`. */
export function isPlaceholder(source: string): boolean {
  return source.replaceAll('$$', '').includes('$');
}

/** Whether a text that is searched for it would lose words that mean something else. */
export function isCommonWord(value: string): boolean {
  return common.has(value.toLowerCase());
}

/**
 * Whether a value is made of words and short numbers, as settings are: `production`, `Europe/Paris`, `nginx:1.25-alpine`, `http://db:5432/app`.
 * What is not, may be a secret, whatever it is called.
 */
export function isPlainText(value: string): boolean {
  if (isNoSecretValue(value)) return true;
  return value
    .split(/[^\p{L}\p{N}]+/u)
    .every(
      (part) =>
        part === '' ||
        /^\d{1,6}$/.test(part) ||
        /^(?:v|rc|r)?\d{1,4}[a-zA-Z]{0,3}$/.test(part) ||
        /^(?:\p{Lu}?\p{Ll}{0,14}|\p{Lu}{1,15}|(?:\p{Lu}?\p{Ll}{2,14}){2,4})\d{0,4}$/u.test(part),
    );
}

/** Whether a value has as much chance in it as keys and tokens have. Digests are looked at by their names. */
export function isRandomText(value: string): boolean {
  if (value.length < 16 || value.length > 4096 || /\s/.test(value)) return false;
  if (/^(?:\w+:)?\/|^[a-z]+:\/\/|sha\d+[:-][\da-f]{16}|^\.{0,2}\//i.test(value)) return false;
  if (isPlainText(value)) return false;
  const run = value.match(/[A-Za-z\d+/_=-]{16,}/)?.[0];
  if (run === undefined) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(run)).length;
  return kinds >= 2 && entropy(run) >= (/^[\da-f]+$/i.test(run) ? 2.8 : 3.3);
}

/** Bits for each character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
