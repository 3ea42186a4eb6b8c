import { SMTPServer } from "smtp-server";

const CLOSE_TIMEOUT_MS = 500;

/** A mail as an SMTP server receives it. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** Headers and parts, as they came. */
  data: string;
}

/** An SMTP server that delivers nothing. */
export interface SmtpSink extends AsyncDisposable {
  url: string;
  port: number;
  /** Mails so far, oldest first, where none else takes them. */
  received: ReceivedMail[];
  /** The answer to recipients; they are accepted unless a test replaces it. */
  refuse: (address: string) => Error | undefined;
  /** The answer to a mail that was transmitted; it is accepted unless a test replaces it. */
  refuseMail: (mail: ReceivedMail) => Error | undefined;
}

/** Opens an SMTP server, at a port of its own unless one is given, for this machine unless `hostname` says otherwise. */
export async function openSmtpSink(
  { port = 0, hostname = "127.0.0.1", take }: {
    port?: number;
    hostname?: string;
    take?: (mail: ReceivedMail) => void;
  } = {},
): Promise<SmtpSink> {
  const received: ReceivedMail[] = [];
  const keep = take ?? ((mail) => void received.push(mail));
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    closeTimeout: CLOSE_TIMEOUT_MS,
    onRcptTo({ address }, _session, done) {
      done(sink.refuse(address));
    },
    onData(stream, session, done) {
      const decoder = new TextDecoder();
      let data = "";
      stream.on("data", (chunk: Uint8Array) => data += decoder.decode(chunk, { stream: true }));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        const mail = {
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          data,
        };
        const refusal = sink.refuseMail(mail);
        if (!refusal) keep(mail);
        done(refusal);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(port, hostname, resolve));
  const address = server.server.address() as { port: number };
  const sink: SmtpSink = {
    url: `smtp://${hostname}:${address.port}`,
    port: address.port,
    received,
    refuse: () => undefined,
    refuseMail: () => undefined,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
  return sink;
}

/** A test of a client of such a server: its sockets close a moment after their server's, which it watches by a timer. */
export function smtpTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** What a server says in place of acceptance. */
export function smtpAnswer(responseCode: number): Error {
  return Object.assign(new Error("no"), { responseCode });
}

/** The `Message-ID` of a mail, without angle brackets. */
export function messageIdIn({ data }: Pick<ReceivedMail, "data">): string {
  const [, id] = /^Message-ID: <([^>]+)>\r$/m.exec(data) ?? [];
  if (id === undefined) throw new Error("a mail has no Message-ID");
  return id;
}
