/** Masks what gives access or pays. It is masked inside the page, so that it never leaves it. */

interface Secret {
  /** Global; the named group `secret` is masked, or all of it. */
  pattern: RegExp;
  mask: string;
  really?: (found: string) => boolean;
}

const separator = String.raw`(?: \| |[ \-\u2010-\u2015.])?`;

const secrets: Secret[] = [
  {
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    mask: '[private key]',
  },
  { pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)*/g, mask: '[token]' },
  { pattern: /\bBearer\s+(?<secret>[\w.~+/-]{12,}=*)/gi, mask: '[token]' },
  {
    pattern:
      /\b(?:sk|pk|rk|ek|sk-ant|sk-proj)[-_][\w-]{16,}|\b(?:gh[pousr]_|github_pat_|glpat-|npm_|hf_|xox[abeoprs]-|xapp-|dop_v1_|shpat_|SG\.)[\w.-]{16,}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{30,}|\bya29\.[\w-]{16,}/g,
    mask: '[key]',
  },
  { pattern: /\b[a-z][a-z\d+.-]{0,30}:\/\/[^\s/:@]{0,200}:(?<secret>[^\s/@]{1,400})@/gi, mask: '[password]' },
  {
    // A value, not a word about values: `password: required` stays.
    pattern:
      /(?:passw(?:or)?d|passwd|pwd|passphrase|secret|senha|contraseña|token|api[_-]?key|access[_-]?key|client[_-]?secret)["']?\s*[=:]\s*["']?(?<secret>(?=\S{0,99}\d)(?=\S{0,99}[a-z])\S{6,}|(?=\S{0,99}[!@#$%^&*])\S{6,})/gi,
    mask: '[password]',
  },
  {
    pattern: /\b[A-Z]{2}\d{2}(?:[ -]?[A-Z\d]{4}){2,7}(?:[ -]?[A-Z\d]{1,4})?\b/g,
    mask: '[bank account]',
    really: isIban,
  },
  {
    pattern: new RegExp(String.raw`(?<![\d.,])\d(?:${separator}\d){12,18}(?![\d])`, 'g'),
    mask: '[card number]',
    really: isCard,
  },
  {
    pattern:
      /\b(?<!(?:post(?:al)?|zip|area|dial(?:ling)?|country|promo|coupon|error|status|product) )(?:code|código|passcode|otp|pin|tan)\b[^\d\n]{0,40}(?<secret>(?:[A-Z]-)?\d{6}|\d{3}[ -]\d{3})(?![\d.,]*\d)/gi,
    mask: '[code]',
  },
  {
    pattern:
      /\b(?:verif\w*|one[- ]time|security|log-?in|sign-?in|confirm\w*|authentication|2fa|uso único|acesso|acceso)\b[^\d\n]{0,60}(?<secret>(?:[A-Z]-)?\d{4,8}|\d{3}[ -]\d{3})(?![\d.,:/-]*\d)/gi,
    mask: '[code]',
    really: (found) => !/(?:19|20)\d\d$/.test(found) && /code|código|otp|pin\b/i.test(found),
  },
  {
    pattern:
      /(?<![\d.,])(?<secret>\d{6}|\d{3}[ -]\d{3})(?= (?:is|é|es)\b[^\d\n]{1,30}\b(?:code|código|passcode|otp)\b)/gi,
    mask: '[code]',
  },
];

/** Most blocks hold nothing that could be one: no long number, no long word, no sign that a value follows. */
const suspicious = /\d(?:\d\d|\D\d\D\d)|(?<![\w-])[\w-]{20}|BEGIN|[:=] *\S{6}/;

export function maskSecrets(text: string): string {
  if (!suspicious.test(text)) return text;
  let masked = text;
  for (const { pattern, mask, really } of secrets) {
    masked = masked.replace(pattern, (found: string, ...rest: unknown[]) => {
      if (really && !really(found)) return found;
      const groups = rest.at(-1) as { secret?: string } | string | number;
      const secret = typeof groups === 'object' ? groups.secret : undefined;
      return secret === undefined ? mask : found.replace(secret, () => mask);
    });
  }
  return masked;
}

/** The check digit of card numbers (Luhn). */
export function isCard(found: string): boolean {
  const digits = [...found.replace(/\D/g, '')].map(Number);
  if (digits.length < 13 || !/^[2-6]/.test(String(digits[0]))) return false;
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? 2 * digit : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** The check digits of bank accounts (ISO 7064, mod 97). */
export function isIban(found: string): boolean {
  const account = found.replace(/[ -]/g, '');
  if (account.length < 15 || account.length > 34) return false;
  const turned = account.slice(4) + account.slice(0, 4);
  let rest = 0;
  for (const character of turned) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
