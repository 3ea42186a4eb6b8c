import { createHash } from "node:crypto";

/** Crockford's base 32: no I, L, O, U, so that nothing is misread or misheard. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 6;

/**
 * The reference that a booking proposes for itself at its n-th try: `EVT-XXXXXX`. References are unique by
 * constraint; of two bookings that propose the same, one tries again with the next, and from the third
 * try on with one more character each, so a crowded namespace grows by itself.
 */
export function proposeReference(bookingId: string, attempt: number): string {
  const digest = createHash("sha256").update(`${bookingId}:${attempt}`).digest();
  let reference = "EVT-";
  for (let i = 0; i < LENGTH + Math.max(0, attempt - 1); i++) {
    reference += ALPHABET[digest[i]! % ALPHABET.length];
  }
  return reference;
}
