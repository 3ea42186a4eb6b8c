/** The reply of a command, in the shapes of RESP2: doubles are strings, maps are flat lists. */
export type Reply = string | number | null | Reply[];

/** An error reply; `message` is the exact text of a Redis server. */
export class ReplyError extends Error {
  override readonly name = "ReplyError";
}

export const syntaxError = () => new ReplyError("ERR syntax error");

export const wrongType = () =>
  new ReplyError("WRONGTYPE Operation against a key holding the wrong kind of value");
