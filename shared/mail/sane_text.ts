/** The most characters of a text of people in a mail; descriptions are not part of mails. */
const MAX_CHARS = 200;

/**
 * Line breaks and other controls, which could begin a header, and the controls of direction, by which a text could be
 * shown as another one or turn the text around it. The joiners of Indic scripts and of emoji stay.
 */
// deno-lint-ignore no-control-regex -- control characters are what it is about
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

/** A text of people as one line of a mail: without controls, and of bounded length. */
export function saneText(text: string): string {
  const line = text.toWellFormed().replaceAll(UNSAFE, " ").replaceAll(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length <= MAX_CHARS ? line : `${characters.slice(0, MAX_CHARS - 1).join("")}…`;
}

/** The longest name that is greeted. */
const MAX_NAME_CHARS = 60;
/** Mail programs turn addresses into links, whoever wrote them. */
const LIKE_A_LINK = /[:/\\@]|www\.|\p{L}\.\p{L}{2}/iu;

/**
 * A name to greet, or none: anybody can register a stranger's address with an advertisement as the name, and must not have
 * it sent in ours.
 */
export function greetedName(name: string): string | undefined {
  return name.length > MAX_NAME_CHARS || LIKE_A_LINK.test(name) ? undefined : name || undefined;
}

/** Every text within a mail's props as {@link saneText}; addresses of links have nothing that it changes. */
export function saneProps<Props>(props: Props): Props {
  return sane(props) as Props;
}

function sane(value: unknown): unknown {
  if (typeof value === "string") return isLink(value) ? value : saneText(value);
  if (Array.isArray(value)) return value.map(sane);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sane(inner)]));
}

/** A link of ours; a token may make it long. */
function isLink(text: string): boolean {
  return /^https?:\/\/[\x21-\x7e]+$/.test(text);
}
