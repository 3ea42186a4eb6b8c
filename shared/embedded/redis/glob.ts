import { ReplyError } from "./reply.ts";

/**
 * The regular expression of one of Redis' patterns: `*`, `?`, and `\` to escape.
 *
 * @throws {ReplyError} the pattern has a character class, `[abc]`, which this engine does not know
 */
export function globPattern(glob: string): RegExp {
  const source = glob.replace(/\\([^])|[^]/g, (token, escaped?: string) => {
    if (escaped !== undefined) return RegExp.escape(escaped);
    if (token === "[") throw new ReplyError("ERR a pattern with '[' is not supported in process");
    if (token === "*") return "[^]*";
    return token === "?" ? "[^]" : RegExp.escape(token);
  });
  return new RegExp(`^${source}$`);
}
