import { deriveId } from "@evently/shared/ids";

/** Crockford's base 32: without I, L, O and U, which are easily misread. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 6;

/**
 * The reference that a booking proposes at its n-th attempt: `EVT-XXXXXX`. A constraint keeps references unique: if
 * one is taken, the booking proposes the next. From the third attempt on each has one more character.
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

/** The random digits of a derived UUID, without those of version and variant. */
function randomDigits(id: string): string {
  return id.slice(0, 8) + id.slice(9, 13) + id.slice(15, 18) + id.slice(24);
}
