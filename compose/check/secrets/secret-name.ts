/**
 * Which names stand before a secret: of variables, labels, options, keys. The one list for the lint, every mask, publishing and Kubernetes' Secrets.
 * Knows nothing of values: `isSecretVariable` puts both together.
 */

/** Alone, or as the end of a word that is written together: `PGPASSWORD`, `DBPASS`. */
const secretWord =
  /^(?:\w*(?:PASSWORD|PASSWD|PASSPHRASE|PASSCODE|SECRET|APIKEY|SECRETKEY|ACCESSKEY|PRIVATEKEY|AUTHTOKEN|ACCESSTOKEN|CREDENTIAL)S?|TOKENS?|CREDS?|MASTERAUTH)$/;

/** Only as the last word: `DB_PASS`, but not `PASS_THROUGH`. */
const lastWord = /^(?:\w{0,9}PASS|\w{0,6}PWD|\w{1,8}TOKEN)$/;

/** Words that only look so. */
const otherWord = /^(?:COMPASS|BYPASS|SURPASS|TRESPASS|UNDERPASS|OVERPASS|MULTIPASS|OLDPWD)$/;

/** What a key is for, or of, so that it is one to keep: `APP_KEY`, `RAILS_MASTER_KEY`. */
const secretKey =
  /^(?:APP|APPLICATION|MASTER|ENC|ENCRYPT|ENCRYPTION|DECRYPT|DECRYPTION|SIGN|SIGNING|SIGNATURE|PRIVATE|ACCESS|API|AUTH|SECURE|IN|NONCE|SESSION|SESSIONS|COOKIE|JWT|HMAC|AES|CRYPTO|CIPHER|LICENSE|LICENCE|SSH|DEPLOY|STORAGE|ACCOUNT|SHARED|ADMIN|MASTERKEY|WRITE|FERNET|VAULT|UNSEAL|CSRF|ROOT|SEED|STRIPE|SENDGRID|MAILGUN|OPENAI|ANTHROPIC|DATADOG|DD|RELIC)$/;

/** What a name ends with that is about a secret without being one: `SECRET_PORT`, `TOKEN_ISSUER`, `API_KEY_HEADER`, `DB_PASSWORD_FILE`. */
const aboutOne = new Set(
  `FILE FILES FILENAME PATH PATHS DIR DIRECTORY FOLDER TTL EXPIRY EXPIRES EXPIRE EXPIRATION EXPIRED LENGTH LEN SIZE POLICY URL URI URLS ID IDS
  NAME NAMES TYPE TYPES ALGORITHM ALGORITHMS ALG ALGO ENABLED ENABLE DISABLED DISABLE REQUIRED OPTIONAL ALLOWED PORT HOST HOSTNAME ISSUER AUDIENCE
  HEADER HEADERS PREFIX SUFFIX FIELD COUNT LIFETIME LIFESPAN DURATION TIMEOUT INTERVAL AGE SCOPE SCOPES ENDPOINT PROVIDER BACKEND DRIVER FORMAT MODE
  VERSION METHOD SOURCE STORE STORAGE MIN MAX LIMIT ROTATION ITERATIONS ROUNDS ENCODING USER USERNAME DOMAIN REGION LOCATION LABEL PLACEHOLDER HINT
  DAYS HOURS MINUTES SECONDS MS DESCRIPTION CLASS SERVICE SERVER NAMESPACE KIND ARN STRENGTH HISTORY RETRIES ATTEMPTS COOKIE PARAM PARAMETER CLAIM
  MOUNT ENGINE BITS CHARS CHARACTERS WINDOW GRACE LEEWAY VALIDITY RESET CONFIRMATION STRATEGY`.split(/\s+/),
);

/** Numbers of tokens, as language models count them. */
const counted = /^(?:MAX|MIN|NUM|NUMBER|LIMIT|PER|TOTAL)$/;

/** Whole names that are no secret, though they read like one. */
const exempt =
  /^(?:PWD|OLDPWD|GPG_KEY|.*(?:RANDOM_ROOT_PASSWORD|EMPTY_PASSWORD|EMPTY_ROOT_PASSWORD|PUBLIC_KEY|PUBLIC_TOKEN))$/;

/** Whether what is called so is nobody's business: `DB_PASS`, `APP_KEY`, `splunk-token`, `--requirepass`, `clientSecret`. */
export function isSecretName(name: string): boolean {
  if (name.length > 200) return false;
  const words = wordsOf(name);
  const whole = words.join('_');
  const last = words.at(-1);
  if (last === undefined || exempt.test(whole) || aboutOne.has(last) || /^EXPIR/.test(last)) return false;
  if (words.some((word) => counted.test(word)) && words.some((word) => /^TOKENS?$/.test(word))) return false;
  return words.some(
    (word, index) =>
      secretWord.test(word) ||
      (index === words.length - 1 && lastWord.test(word) && !otherWord.test(word)) ||
      (/^KEYS?$/.test(word) && secretKey.test(words[index - 1] ?? '')) ||
      (word === 'USERS' && words[index - 1] === 'BASICAUTH'),
  );
}

/** Whether what is called so may be one: its value decides. */
export function mayBeSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  return (
    /^(?:KEY|KEYS|AUTH|SALT|PIN|SEED|MNEMONIC|DSN|SIGNATURE|PSK|OTP)$/.test(last) &&
    !exempt.test(words.join('_'))
  );
}

/** Whether it is said what a value is made of, or from: digests and versions are random, and public. */
export function isDigestName(name: string): boolean {
  return wordsOf(name).some((word) =>
    /^(?:SHA\d*|DIGEST|CHECKSUM|CHECKSUMS|FINGERPRINT|COMMIT|REVISION|REF|VERSION|HASH|GPG|ETAG|MD5|BUILD|INTEGRITY)$/.test(
      word,
    ),
  );
}

/** `dbPassword` → `DB`, `PASSWORD`; `API_KEY_2` → `API`, `KEY`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z\d]+/)
    .map((word) => word.replace(/(?<=[A-Z])\d{1,2}$/, (digits) => (/SHA|MD|AES/.test(word) ? digits : '')))
    .filter((word) => word !== '' && !/^\d+$/.test(word));
}

/** Whether a name says that what it stands for is about something, not the thing itself: `…_URL`, `…_ID`. */
export function isAboutName(name: string): boolean {
  return aboutOne.has(wordsOf(name).at(-1) ?? '');
}
