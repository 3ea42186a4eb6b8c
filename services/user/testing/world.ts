import {
  createTestContext,
  createTestDatabase,
  jsonRequest,
  readAnswer,
  type TestContext,
} from "@evently/shared/testing";
import {
  type AccountLimitRules,
  type AccountLinkRules,
  AccountLinks,
  DEFAULT_LINK_RULES,
  USER_ACCOUNTS,
  USER_PAGES,
} from "@evently/shared/auth";
import { createUserOutbox } from "../accounts/user_outbox.ts";
import { peopleOver } from "../peers/people.ts";
import type { Logger } from "@evently/shared/log";
import type { Mail } from "@evently/shared/mail";
import type { Pool } from "@evently/shared/postgres";
import type { OpenService } from "@evently/shared/services";
import { openUserService } from "../open.ts";

/** A response of the user service. */
export interface Answer {
  status: number;
  headers: Headers;
  body: AnswerBody;
}

/** Fields of response bodies; each route has some of them. */
export interface AnswerBody {
  user_id: string;
  user_ids: string[];
  email: string;
  name: string;
  phone_number: string;
  language: string;
  email_verified: boolean;
  message: string;
  link_expires_in: number;
  users: { user_id: string }[];
  access_token: string;
  refresh_token: string;
  status: string;
  error: string;
  code: string;
}

/** Options of a request; `body` is sent as JSON, a text as it is. */
export interface Sending {
  body?: unknown;
  bearer?: string;
  headers?: Record<string, string>;
  /** The client's address. */
  from?: string;
}

/** The user service on a database of its own; the clock stands still. */
export interface World extends AsyncDisposable {
  context: TestContext;
  service: OpenService;
  sql: Pool;
  /** Opens the service once more, as another process would. */
  anotherProcess(): Promise<OpenService>;
  /** Sends `POST /api/v1/auth/login` and the like. */
  send(route: string, sending?: Sending): Promise<Answer>;
  /** Registers a new user. */
  register(): Promise<RegisteredUser>;
  /** Sends the mails that are asked for; returns those that `context` got since the last call. */
  deliverMails(): Promise<Mail[]>;
}

export interface RegisteredUser extends AnswerBody {
  password: string;
}

const GENEROUS: AccountLimitRules = { guessesPerEmail: 0, requestsPerAddress: 0, mailsPerHour: 0 };
const PASSWORD = "correct horse";

export async function createWorld(
  { limits = GENEROUS, linkRules = DEFAULT_LINK_RULES, log }: {
    limits?: AccountLimitRules;
    linkRules?: AccountLinkRules;
    log?: Logger;
  } = {},
): Promise<World> {
  const [database, context] = await Promise.all([
    createTestDatabase("users_db"),
    createTestContext(log ? { log } : {}),
  ]);
  const services: OpenService[] = [];
  async function openService(): Promise<OpenService> {
    const config = { databaseUrl: database.url, limits, links: linkRules };
    const opened = await openUserService(config, context);
    services.push(opened);
    return opened;
  }
  const service = await openService();

  async function send(
    route: string,
    { body, bearer, headers = {}, from = "203.0.113.1" }: Sending = {},
  ) {
    const [method, path] = route.split(" ") as [string, string];
    const url = `http://user.example${path}`;
    return await readAnswer(
      service.app.fetch(jsonRequest(method, url, { body, token: bearer, headers }), {
        remoteAddr: { transport: "tcp", hostname: from, port: 1 },
      }),
    );
  }

  async function register() {
    const email = `${crypto.randomUUID()}@mail.example`;
    const { body } = await send("POST /api/v1/auth/register", {
      body: { email, password: PASSWORD, name: "Asha Rao", phone_number: "+91 98200 10001" },
    });
    return { ...body, password: PASSWORD };
  }

  const links = new AccountLinks({
    ...linkRules,
    sql: database.sql,
    clock: context.clock,
    accounts: USER_ACCOUNTS,
    secrets: context.refreshTokenRules.secrets,
  });
  const outbox = createUserOutbox({
    ...context,
    people: peopleOver(context.bindings.booking, { internalKey: context.internalApiKey }),
    sql: database.sql,
    accounts: USER_ACCOUNTS,
    pages: USER_PAGES,
    links,
  });

  return {
    context,
    service,
    sql: database.sql,
    anotherProcess: openService,
    send,
    register,
    async deliverMails() {
      while (await outbox.deliverAll());
      return context.mails.splice(0);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(services.map((opened) => opened.close()));
      await Promise.all([
        context[Symbol.asyncDispose](),
        database[Symbol.asyncDispose](),
      ]);
    },
  };
}

/** A valid token of a user who does not exist. */
export function strangersToken({ context }: World): Promise<string> {
  return context.tokens.issueForUser(crypto.randomUUID());
}

/** An admin's token. */
export function adminsToken({ context }: World): Promise<string> {
  const adminId = crypto.randomUUID();
  return context.tokens.issueForAdmin({
    adminId,
    role: "super_admin",
    permissions: "{}",
  });
}
