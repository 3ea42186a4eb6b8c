/** What a command answers, in the shapes of RESP2: doubles are strings, maps are flat lists. */
export type Reply = string | number | null | Reply[];

/** An error that a Redis server would answer; `message` is its exact text. */
export class ReplyError extends Error {
  override readonly name = "ReplyError";
}

export const syntaxError = () => new ReplyError("ERR syntax error");

export const wrongType = () =>
  new ReplyError("WRONGTYPE Operation against a key holding the wrong kind of value");

export const wrongArity = (name: string) =>
  new ReplyError(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
