import type { Mutant } from "./mutate.ts";

const RECOVERY_TESTS = ["services/user/accounts/recovery_test.ts"];

/** Defects of the links by which passwords are set anew and addresses verified. */
export const ACCOUNT_MUTANTS: readonly Mutant[] = [
  {
    name: "a link to a new password works twice",
    edits: [{
      in: "AccountLinks",
      find: "AND used_at IS NULL AND expires_at > ${now}",
      replace: "AND expires_at > ${now}",
    }, {
      in: "AccountLinks",
      find: "SELECT used_at IS NULL AND expires_at >",
      replace: "SELECT expires_at >",
    }],
    tests: RECOVERY_TESTS,
  },
  {
    name: "a link to a new password never expires",
    edits: [{
      in: "AccountLinks",
      find: "AND used_at IS NULL AND expires_at > ${now}",
      replace: "AND used_at IS NULL",
    }, {
      in: "AccountLinks",
      find: "SELECT used_at IS NULL AND expires_at > ${this.#clock.now()} AS usable",
      replace: "SELECT used_at IS NULL AS usable",
    }],
    tests: RECOVERY_TESTS,
  },
  {
    name: "sessions outlive the password that they began with",
    edits: [{
      in: "AccountLinks",
      find: "WHERE subject_id = ${accountId} AND revoked_at IS NULL",
      replace: "WHERE false AND subject_id = ${accountId}",
    }],
    tests: RECOVERY_TESTS,
  },
  {
    name: "a log-in with the old password outruns the new one",
    edits: [{
      in: "logIn",
      find: "if (await passwordStands(deps.sql, USER_ACCOUNTS, verified)) return session;",
      replace: "return session;",
    }],
    tests: RECOVERY_TESTS,
  },
  {
    name: "the token of a link is stored as it is",
    edits: [{
      in: "linkDigest",
      find: 'return sha256(token).toString("base64url");',
      replace: "return token;",
    }],
    tests: RECOVERY_TESTS,
  },
  {
    name: "a mail that is sent again makes a used link work again",
    edits: [{
      in: "AccountLinks",
      find: "OR (link.token_hash = ANY(${digests}) AND link.used_at IS NULL)",
      replace: "OR link.token_hash = ANY(${digests})",
    }],
    tests: RECOVERY_TESTS,
  },
  {
    name: "asking for a new password tells whether an address has an account",
    edits: [{
      in: "recoveryRoutes",
      find: "await requestReset(deps.sql, { email, now: deps.clock.now() });",
      replace: "const [known] = await deps.sql`SELECT FROM users WHERE email = ${email}`;\n" +
        'if (!known) throw new DomainError("BAD_ACCOUNT_LINK");\n' +
        "await requestReset(deps.sql, { email, now: deps.clock.now() });",
    }],
    tests: RECOVERY_TESTS,
  },
];
