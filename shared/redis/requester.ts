import type { Requester, UpstashRequest, UpstashResponse } from "@upstash/redis";

/** One command: its name and its arguments. */
export type Command = string[];

/** The outcome of one command: its reply, or the error text of Redis. */
export type Outcome = { result: unknown } | { error: string };

/** Carries commands to a Redis. */
export interface Transport {
  /**
   * Runs commands one after the other and returns an outcome for each, in order. A command that fails does not keep
   * the next from running.
   */
  pipeline(commands: Command[]): Promise<Outcome[]> | Outcome[];
}

/**
 * Sends the requests of `@upstash/redis` over a transport: a path of its REST API (none for a single command,
 * `pipeline` for several) and the commands as its body. Transactions are scripts (`scripts.ts`), not `multi-exec`.
 */
export function requesterOver(transport: Transport): Requester {
  return {
    async request<T>({ path = [], body }: UpstashRequest): Promise<UpstashResponse<T>> {
      // The client's types know only the answer to a single command; to a batch it expects a list.
      return await answer(transport, path.join("/"), body) as UpstashResponse<T>;
    },
  };
}

async function answer(transport: Transport, path: string, body: unknown): Promise<unknown> {
  switch (path) {
    case "":
      return (await transport.pipeline([toCommand(body)]))[0];
    case "pipeline":
      return await transport.pipeline(toList(body).map(toCommand));
    default:
      throw new TypeError(`Cannot send a Redis request as only commands are carried: "${path}"`);
  }
}

function toCommand(body: unknown): Command {
  return toList(body).map(String);
}

function toList(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  throw new TypeError("Cannot send a Redis request as its body must be a list");
}
