/** What an account's mail says. */
export interface AccountMail {
  name: string;
  /** The page to open; with its token, where it has one. */
  url: string;
}

/** A link that ends. */
export interface AccountLinkMail extends AccountMail {
  expiresAt: Date;
}

/** An event as mails show it. */
export interface MailEvent {
  eventId: string;
  name: string;
  startsAt: Date;
  endsAt: Date;
  /** IANA name: times of the event are shown in its own zone. */
  timezone: string;
  venue: string;
  address: string;
}

/** What a booking's mail says, whatever has become of it. */
export interface BookingMail {
  name: string;
  event: MailEvent;
  reference: string;
  /** The booking's page. */
  url: string;
}

/** An amount in minor units. */
export interface MailAmount {
  amountMinor: number;
  currency: string;
}

/** A rule of the terms of sale. */
export interface MailTerm {
  hoursBefore: number;
  percent: number;
}

/** What each kind of mail is made of. Texts of people are escaped by the templates; links are the platform's own. */
export interface MailProps {
  welcome: AccountMail;
  verify_email: AccountLinkMail;
  password_reset: AccountLinkMail;
  account_erased: AccountMail;
  organisation_invitation: {
    organisation: string;
    /** Who invites. */
    inviter: string;
    role: "owner" | "manager" | "analyst";
    url: string;
    expiresAt: Date;
  };
  booking_confirmed: BookingMail & {
    lines: readonly { name: string; quantity: number }[];
    total: MailAmount;
    ticketUrl: string;
    terms: readonly MailTerm[];
    /** The start that the terms count from. */
    soldWithStart: Date;
  };
  booking_cancelled: BookingMail & { refund: MailAmount };
  payment_action: BookingMail & { total: MailAmount; deadline: Date };
  payment_returned: BookingMail & { total: MailAmount };
  /** A part, or all, that the organiser gave back of a booking. */
  booking_refunded: BookingMail & { refund: MailAmount; areTicketsValid: boolean };
  waitlist_offer: {
    name: string;
    event: MailEvent;
    quantity: number;
    url: string;
    deadline: Date;
  };
  offer_lapsed: {
    name: string;
    event: MailEvent;
    quantity: number;
    url: string;
    /** Whether the reader waits no longer. */
    isOver: boolean;
  };
  event_moved: BookingMail & {
    /** What it was before; the event itself has the new time and place. */
    before: Pick<MailEvent, "startsAt" | "timezone" | "venue" | "address">;
    /** What comes back if the reader cancels now. */
    refundNow: MailAmount;
  };
  event_cancelled: BookingMail & { refund: MailAmount };
}

/** The kinds of mails. */
export type MailKind = keyof MailProps;
