/** A message to one person, rendered. */
export interface Mail {
  /** Of RFC 5322, without angle brackets; the same at every attempt, so that mail programs show a mail once. */
  messageId: string;
  /** The address alone, without a name. */
  to: string;
  subject: string;
  text: string;
  html: string;
  attachments?: readonly MailAttachment[];
}

/** A file of a mail. */
export interface MailAttachment {
  filename: string;
  /** Such as `text/calendar; charset=utf-8; method=PUBLISH`. */
  contentType: string;
  content: string;
}

/** Hands mails to whoever delivers them. */
export interface MailTransport {
  /** `smtp`, `api`, `mailbox` or `none`; for logs. */
  readonly name: string;
  /**
   * Returns once the mail is accepted.
   *
   * @throws {MailRefused} it will never be accepted; after any other error it may be sent again
   */
  send(mail: Mail): Promise<void>;
  /** Ends its connections. */
  close(): void;
}

/** A mail that its transport will never take: trying again is of no use. */
export class MailRefused extends Error {
  override readonly name = "MailRefused";
}

/** A mail that its transport takes later, after a pause that it asks for. */
export class MailDelayed extends Error {
  override readonly name = "MailDelayed";
  readonly pauseMs: number;

  constructor(message: string, { pauseMs }: { pauseMs: number }) {
    super(message);
    this.pauseMs = pauseMs;
  }
}

/** A mail without its address. */
export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** For whom and from where a mail is rendered. */
export interface RenderOptions {
  /** BCP 47; a language without texts is English. */
  language: string | undefined;
  /** Base of links, without a trailing slash. */
  publicUrl: string;
}
