/** Forbids a line break where it stands. The non-breaking hyphen, U+2011, is in none of our faces. */
const WORD_JOINER = "\u2060";

/** A name with hyphens at which no line breaks, so that "Stand-up" stays whole in a big head. */
export function unbroken(name: string): string {
  return name.replaceAll("-", `-${WORD_JOINER}`);
}
