/** Mails in a real conversation with an SMTP server. */
import assert from "node:assert/strict";
import { MailRefused, renderMail } from "@evently/shared/mail";
import { smtpTransport } from "../../shared/mail/smtp.ts";
import { SMTPServer } from "smtp-server";

interface Received {
  from: string;
  to: string[];
  data: string;
}

interface Sink extends AsyncDisposable {
  url: string;
  received: Received[];
  /** The answer to recipients; 250 unless a test replaces it. */
  refuse: (address: string) => Error | undefined;
}

const FROM = { name: "Evently", address: "tickets@evently.example" };

async function openSink(): Promise<Sink> {
  const received: Received[] = [];
  const sink = { received, refuse: (_: string) => undefined } as unknown as Sink;
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo({ address }, _session, done) {
      done(sink.refuse(address));
    },
    onData(stream, session, done) {
      const chunks: Uint8Array[] = [];
      stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          data: new TextDecoder().decode(Uint8Array.from(chunks.flatMap((chunk) => [...chunk]))),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as { port: number };
  return Object.assign(sink, {
    url: `smtp://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}

const mail = {
  messageId: "5f0c3b0e-6d0f-4f0a-9a57-3c1d7f1f5a10@evently.example",
  to: "asha@example.com",
  subject: "Hello",
  text: "text",
  html: "<p>html</p>",
};

/** The client's sockets close a moment after their server's, and it watches over that by a timer. */
function mailTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

mailTest("a mail arrives with its Message-ID, text, HTML and calendar file", async () => {
  await using sink = await openSink();
  const transport = smtpTransport({ url: sink.url, from: FROM });
  const content = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
  await transport.send({
    ...mail,
    attachments: [{ filename: "event.ics", contentType: "text/calendar", content }],
  });
  transport.close();
  const [{ from, to, data }] = sink.received as [Received];
  assert.deepEqual([from, to], [FROM.address, [mail.to]]);
  assert.match(data, /^Message-ID: <5f0c3b0e-6d0f-4f0a-9a57-3c1d7f1f5a10@evently\.example>\r$/m);
  assert.match(data, /^Content-Type: text\/plain/m);
  assert.match(data, /^Content-Type: text\/html/m);
  assert.match(data, /^Content-Type: text\/calendar/m);
});

mailTest("texts of people begin no header and add no recipient", async () => {
  await using sink = await openSink();
  const transport = smtpTransport({ url: sink.url, from: FROM });
  const evil = "Fest\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>\u202e\u2066";
  const event = {
    eventId: "e",
    name: evil,
    startsAt: new Date("2026-12-12T12:30:00Z"),
    endsAt: new Date("2026-12-12T16:30:00Z"),
    timezone: "Asia/Kolkata",
    venue: evil,
    address: evil,
  };
  const rendered = await renderMail("booking_cancelled", {
    name: evil,
    event,
    reference: "EVT-ABC123",
    url: "https://evently.example/account/bookings/1",
    refund: { amountMinor: 149900, currency: "INR" },
  }, { language: "en", publicUrl: "https://evently.example" });
  await transport.send({ ...mail, ...rendered });
  // Even what did not go through the templates.
  await transport.send({ ...mail, subject: `a\r\nBcc: victim@example.com` });
  await assert.rejects(
    transport.send({ ...mail, to: "asha@example.com, victim@example.com" }),
  );
  transport.close();
  for (const { to, data } of sink.received) {
    assert.ok(!to.includes("victim@example.com"));
    assert.doesNotMatch(data, /^bcc:/im);
  }
  assert.ok(!rendered.html.includes("<script>"));
  assert.doesNotMatch(rendered.subject + rendered.text, /[\u202a-\u202e\u2066-\u2069\r]/);
});

mailTest("a refused recipient is refused for good, a busy or absent server is not", async () => {
  await using sink = await openSink();
  const transport = smtpTransport({ url: sink.url, from: FROM });
  const answer = (responseCode: number) => Object.assign(new Error("no"), { responseCode });
  sink.refuse = () => answer(550);
  await assert.rejects(transport.send(mail), MailRefused);
  sink.refuse = () => answer(451);
  await assert.rejects(transport.send(mail), (error) => !(error instanceof MailRefused));
  transport.close();
  const nobody = smtpTransport({ url: "smtp://127.0.0.1:1", from: FROM });
  await assert.rejects(nobody.send(mail), (error) => !(error instanceof MailRefused));
  nobody.close();
});
