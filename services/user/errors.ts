import { DomainError } from "@evently/shared/errors";

/** Another account has this e-mail, in any of its forms. */
export class EmailTaken extends DomainError<"EMAIL_TAKEN"> {
  constructor() {
    super("EMAIL_TAKEN", "user");
  }
}

/** Unknown e-mail or wrong password; the response does not tell which. */
export class BadCredentials extends DomainError<"BAD_CREDENTIALS"> {
  constructor() {
    super("BAD_CREDENTIALS");
  }
}

/** The refresh token is unknown, expired, used or revoked. */
export class BadRefreshToken extends DomainError<"BAD_REFRESH_TOKEN"> {
  constructor() {
    super("BAD_REFRESH_TOKEN");
  }
}

/** The caller's token is valid, but the account no longer exists. */
export class CallerGone extends DomainError<"UNAUTHORIZED"> {
  constructor() {
    super("UNAUTHORIZED", "Unauthorized: invalid token");
  }
}
