import { wellFormed } from '../records/wellFormed';

const MAX_BYTES = 1_024;
/** Patterns look at this much at most, so that no input makes them slow. */
const MAX_INPUT = 4_096;

const HIDDEN = '[hidden]';

/** C0 and C1 controls, line and paragraph separators. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g;
/** Marks that turn or hide text: bidi controls, zero width characters, byte order mark, tags. */
const INVISIBLE =
  /[\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;

const secretWord =
  '(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|client[_-]?secret|credentials?|sig|signature|authorization|sessionid|cookie)';

const replacements: readonly (readonly [RegExp, string])[] = [
  // PEM blocks, whole or cut off.
  [
    /-----BEGIN [A-Z0-9 ]{1,40}-----[\s\S]*?(?:-----END [A-Z0-9 ]{1,40}-----|$)/g,
    HIDDEN,
  ],
  // Userinfo of URLs and DSNs: scheme://user:password@host; the last @ before a slash or space counts.
  [/\b([a-z][a-z0-9+.-]{1,30}:\/\/)[^\s/?#"'<>]*@/gi, `$1${HIDDEN}@`],
  // DSNs without a scheme: user:password@tcp(host), user:password@host:3306.
  [
    /[\w.%+-]{1,64}:[^\s@/"'<>]{1,128}@(?!sha\d{3}:)(?=[\w.-]{1,100}[(:/])/g,
    `${HIDDEN}@`,
  ],
  [/\b(bearer|basic|digest|negotiate)\s+[\w.~+/=:-]{6,}/gi, `$1 ${HIDDEN}`],
  // JSON Web Tokens.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, HIDDEN],
  // Access keys of AWS, GitHub, GitLab, Slack, Google, Stripe, npm.
  [/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}\b/g, HIDDEN],
  [
    /\b(?:gh[pousr]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{8,}|AIza[\w-]{30,}|[sr]k_(?:live|test)_\w{10,}|npm_\w{20,}|hv[sb]\.[\w-]{20,})/g,
    HIDDEN,
  ],
  // password=…, "token": "…", --secret …, in JSON, flags, query strings and connection strings.
  [
    new RegExp(
      `((?:[\\w.-]{0,40}[_.-])?${secretWord}[\\w-]{0,20}\\\\?["']?\\s{0,3}[=:]\\s{0,3})(?:\\\\?"[^"]*"?|'[^']*'?|(?!\\[hidden\\]|(?:secret|configmap) ")[^\\s,;&"'}\\])]+)`,
      'gi',
    ),
    `$1${HIDDEN}`,
  ],
  [
    new RegExp(
      `((?<![\\w-])--?(?:[\\w-]{0,40}-)?${secretWord}\\s+)(?!-)(?:"[^"]*"?|'[^']*'?|[^\\s"']+)`,
      'gi',
    ),
    `$1${HIDDEN}`,
  ],
  // What an AWS secret key looks like: 40 characters of base64 of every sort by itself.
  [
    /(?<![\w/+=-])(?=[\w/+]*[a-z])(?=[\w/+]*[A-Z])(?=[\w/+]*\d)[A-Za-z0-9/+]{40}(?![\w/+=-])/g,
    HIDDEN,
  ],
];

/** Without any of these, none of the replacements can match. */
const SUSPECT =
  /[@=:]|-----|\bbearer|basic|digest|negotiate|eyJ|A[KS]IA|AROA|AIDA|gh[pousr]_|github_pat|glpat|xox|AIza|[sr]k_|npm_|hv[sb]\.|--?\w|[\w/+]{40}/i;

/**
 * A text from a cluster, safe to keep and show: secrets that messages are known to carry become `[hidden]`, control and
 * direction characters go, white space is single, and it is at most 1 KB of UTF-8.
 *
 * @public
 */
export function redact(value: string): string {
  // First, since they could stand inside a word that the patterns look for.
  let text = wellFormed(value.slice(0, MAX_INPUT))
    .replace(CONTROLS, ' ')
    .replace(INVISIBLE, '');
  if (SUSPECT.test(text)) {
    for (const [pattern, replacement] of replacements) {
      text = text.replace(pattern, replacement);
    }
  }
  return cutBytes(text.replace(/\s+/g, ' ').trim(), MAX_BYTES);
}

/**
 * Cuts at a word so that the text has at most `max` characters, an ellipsis included.
 *
 * @public
 */
export function shorten(value: string, max: number): string {
  if (value.length <= max) {
    return value;
  }
  const cut = value.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${space > max / 2 ? cut.slice(0, space) : cut}…`;
}

/**
 * Somebody else's words as the end of a sentence of ours: at most `max` characters, and one full stop (or an ellipsis).
 *
 * @public
 */
export function closeSentence(value: string, max: number): string {
  const plain = value.trim().replace(/[.!:;,\s]+$/, '');
  return plain.length > max ? shorten(plain, max) : `${plain}.`;
}

function cutBytes(value: string, max: number): string {
  if (value.length * 3 <= max || Buffer.byteLength(value) <= max) {
    return value;
  }
  const cut = Buffer.from(value)
    .subarray(0, max - 3)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
  return `${cut}…`;
}
