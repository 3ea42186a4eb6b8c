/** A name with hyphens at which no line breaks, so that "Stand-up" stays whole in a big head. */
export function unbroken(name: string): string {
  return name.replaceAll("-", "\u2011");
}
