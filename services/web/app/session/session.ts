import type { Language } from "@evently/shared/languages";
import type { Send } from "../api/client.ts";

/** Who is logged in, as far as this page knows. */
export type SessionState<User = SessionUser> =
  | { status: "unknown" }
  | { status: "out" }
  | { status: "in"; user: User };

/** The logged-in user. */
export interface SessionUser {
  userId: string;
  name: string;
  email: string;
}

/** A log-in that all pages of this browser share: a buyer's, or an organiser's beside it. */
export interface Session<User = SessionUser> {
  /** The present state; a new object after each change. */
  state(): SessionState<User>;
  /** Calls `listener` after each change of the state. @returns a function that ends it */
  subscribe(listener: () => void): () => void;
  /** Sends a request of the API with the access token, and once more with a new one after a 401. */
  send: Send;
  /** As {@link Session.send}, for an answer that goes on. */
  stream: Send;
  /** @throws {ApiError} wrong password, too many tries */
  logIn(input: { email: string; password: string }): Promise<void>;
  /** @throws {ApiError} the address is taken, or a field breaks a rule */
  register(
    input: {
      email: string;
      password: string;
      name: string;
      language: Language;
      /** The token of an invitation, of organisers alone. */
      invitation?: string;
    },
  ): Promise<void>;
  /** Asks whether the log-in still stands, and ends it in every tab if it does not. Without an answer it goes on. */
  recheck(): Promise<void>;
  /** Shows another name of the logged-in user, in every tab. */
  rename(name: string): void;
  /** Ends the log-in in every tab. */
  logOut(): Promise<void>;
}

const UNKNOWN = { status: "unknown" } as const;

/** The session of the server, which never knows who asks. */
export function noSession<User = SessionUser>(): Session<User> {
  const refuse = () => Promise.reject(new Error("there is no session on the server"));
  return {
    state: () => UNKNOWN,
    subscribe: () => () => {},
    send: refuse,
    stream: refuse,
    logIn: refuse,
    register: refuse,
    recheck: refuse,
    rename: () => {},
    logOut: refuse,
  };
}
