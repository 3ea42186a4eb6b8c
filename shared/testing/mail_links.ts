import type { Mail } from "../mail/mod.ts";

/** The link of a mail that has a token; fails if there is none. */
export function linkOf({ text }: Pick<Mail, "text">): string {
  const [link] = /https?:\S+#token=[\w-]+/.exec(text) ?? [];
  if (link === undefined) throw new Error(`no link with a token is in the mail: ${text}`);
  return link;
}

/** The token of a mail's link. */
export function tokenOf(mail: Pick<Mail, "text">): string {
  return new URL(linkOf(mail)).hash.slice("#token=".length);
}
