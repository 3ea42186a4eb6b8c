import { DomainError } from "@evently/shared/errors";

/** Another account has this e-mail, in whatever form. */
export class EmailTaken extends DomainError<"EMAIL_TAKEN"> {
  constructor() {
    super("EMAIL_TAKEN", "user");
  }
}

/** Unknown e-mail or wrong password: from outside the two cannot be told apart. */
export class BadCredentials extends DomainError<"BAD_CREDENTIALS"> {
  constructor() {
    super("BAD_CREDENTIALS");
  }
}

/** Unknown, expired, used or revoked. */
export class BadRefreshToken extends DomainError<"BAD_REFRESH_TOKEN"> {
  constructor() {
    super("BAD_REFRESH_TOKEN");
  }
}

/** The caller's token is valid, but its user is gone. */
export class CallerGone extends DomainError<"UNAUTHORIZED"> {
  constructor() {
    super("UNAUTHORIZED", "Unauthorized: invalid token");
  }
}
