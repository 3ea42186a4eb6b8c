import { DomainError } from "@evently/shared/errors";

/** No such event; also a draft, where the public asks. */
export class EventNotFound extends DomainError<"EVENT_NOT_FOUND"> {
  constructor() {
    super("EVENT_NOT_FOUND", "public");
  }
}

/** No such event among those that this admin may see or edit; the two cannot be told apart from outside. */
export class EventNotYours extends DomainError<"EVENT_NOT_FOUND"> {
  constructor() {
    super("EVENT_NOT_FOUND", "organiser");
  }
}

/** No such event, or neither published nor sold out. */
export class EventNotBookable extends DomainError<"EVENT_NOT_BOOKABLE"> {
  constructor() {
    super("EVENT_NOT_BOOKABLE");
  }
}

/** The event's status does not allow the change. */
export class EventStateConflict extends DomainError<"EVENT_STATE_CONFLICT"> {
  constructor(message: string) {
    super("EVENT_STATE_CONFLICT", message);
  }
}

/** A cancelled event is never changed again. */
export class EventFinal extends EventStateConflict {
  constructor() {
    super("Cannot change event as a cancelled event is final: current status is cancelled");
  }
}

/** The caller's version of the event is not the current one. */
export class StaleVersion extends DomainError<"STALE_VERSION"> {
  constructor(by: "admin" | "process") {
    super("STALE_VERSION", by);
  }
}

/** Fewer seats are free, or were taken, than are asked for. */
export class NotEnoughSeats extends DomainError<"NOT_ENOUGH_SEATS"> {
  constructor(message = "Not enough seats available") {
    super("NOT_ENOUGH_SEATS", message);
  }
}

/** The wished capacity is less than what is held and sold. */
export class CapacityBelowSold extends DomainError<"CAPACITY_BELOW_SOLD"> {
  constructor({ wished, taken }: { wished: number; taken: number }) {
    super("CAPACITY_BELOW_SOLD", { wished, taken });
  }
}

export class VenueNotFound extends DomainError<"VENUE_NOT_FOUND"> {
  constructor() {
    super("VENUE_NOT_FOUND");
  }
}

/** The venue that an event names does not exist. */
export class UnknownVenue extends DomainError<"UNKNOWN_VENUE"> {
  constructor() {
    super("UNKNOWN_VENUE");
  }
}

/** Events, also past and cancelled ones, take place at the venue. */
export class VenueInUse extends DomainError<"VENUE_IN_USE"> {
  constructor() {
    super("VENUE_IN_USE");
  }
}

/** Another admin has this e-mail, in whatever form. */
export class EmailTaken extends DomainError<"EMAIL_TAKEN"> {
  constructor() {
    super("EMAIL_TAKEN", "admin");
  }
}

/** Unknown e-mail or wrong password: from outside the two cannot be told apart. */
export class BadCredentials extends DomainError<"BAD_CREDENTIALS"> {
  constructor() {
    super("BAD_CREDENTIALS");
  }
}

/** None, unknown, expired, used or revoked. */
export class BadRefreshToken extends DomainError<"BAD_REFRESH_TOKEN"> {
  constructor() {
    super("BAD_REFRESH_TOKEN");
  }
}

/** Only a super admin may register admins here. */
export class RegistrationClosed extends DomainError<"REGISTRATION_CLOSED"> {
  constructor() {
    super("REGISTRATION_CLOSED");
  }
}

/** The caller's token is valid, but its admin is gone. */
export class CallerGone extends DomainError<"UNAUTHORIZED"> {
  constructor() {
    super("UNAUTHORIZED", "Unauthorized: invalid admin token");
  }
}
