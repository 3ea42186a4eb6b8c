import { domainToASCII } from "node:url";

/** RFC 5321, 4.5.3.1.3, without the angle brackets; all limits are in octets. */
export const MAX_EMAIL_OCTETS = 254;
const MAX_LOCAL_PART_OCTETS = 64;
const MAX_DOMAIN_OCTETS = 253;

/**
 * The HTML standard's local part, plus visible characters beyond ASCII (RFC 6531, 3.3): no spaces, controls, format
 * characters or lone surrogates.
 */
const LOCAL_PART = /^[\w.!#$%&'*+/=?^`{|}~\-\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u;
const FORBIDDEN_ASCII = /["(),:;<>@[\\\]]/;
/** The HTML standard's domain: labels of RFC 1034, 3.5. */
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const DOMAIN = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);

/**
 * Whether a text has the form of an e-mail address: that of the HTML standard (`input type=email`) with the limits of
 * RFC 5321, international domains and local parts (RFC 6531) included. Quoted local parts and address literals
 * are refused, as browsers do.
 */
export function isEmail(text: string): boolean {
  const { local, domain } = parts(text);
  if (domain === undefined || !LOCAL_PART.test(local) || FORBIDDEN_ASCII.test(local)) return false;
  const ascii = domainToASCII(domain);
  return DOMAIN.test(ascii) && ascii.length <= MAX_DOMAIN_OCTETS &&
    octets(local) <= MAX_LOCAL_PART_OCTETS && octets(text) <= MAX_EMAIL_OCTETS;
}

/**
 * Returns the key that identifies an account: the address in NFC and lower case with the domain in ASCII, so that
 * `A@MÜNCHEN.de` and `a@xn--mnchen-3ya.de` are equal. Defined for every text, as old accounts may have invalid ones.
 */
export function emailKey(text: string): string {
  const { local, domain } = parts(text.normalize("NFC"));
  const key = local.toLowerCase().normalize("NFC");
  if (domain === undefined) return key;
  return `${key}@${domainToASCII(domain) || domain.toLowerCase()}`;
}

/** Splits an address at the last `@`. */
function parts(text: string): { local: string; domain: string | undefined } {
  const at = text.lastIndexOf("@");
  return at < 0
    ? { local: text, domain: undefined }
    : { local: text.slice(0, at), domain: text.slice(at + 1) };
}

function octets(text: string): number {
  return new TextEncoder().encode(text).length;
}
