import { deriveId } from "@evently/shared/ids";

/** Crockford's base 32: no I, L, O, U, so that nothing is misread or misheard. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 6;

/**
 * The reference that a booking proposes for itself at its n-th try: `EVT-XXXXXX`. References are unique by
 * constraint; of two bookings that propose the same, one tries again with the next, and from the third
 * try on with one more character each, so a crowded namespace grows by itself.
 */
export function proposeReference(bookingId: string, attempt: number): string {
  const source = attempt === 0 ? bookingId : deriveId(bookingId, String(attempt));
  const digits = randomDigits(source);
  let reference = "EVT-";
  for (let i = 0; i < LENGTH + Math.max(0, attempt - 1); i++) {
    const byte = Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16);
    reference += ALPHABET[byte % ALPHABET.length];
  }
  return reference;
}

/** The random digits of a derived UUID; those between tell its version and variant. */
function randomDigits(id: string): string {
  return id.slice(0, 8) + id.slice(9, 13) + id.slice(15, 18) + id.slice(24);
}
