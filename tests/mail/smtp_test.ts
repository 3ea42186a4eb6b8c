/** Mails in a real conversation with an SMTP server. */
import assert from "node:assert/strict";
import { MailRefused, renderMail } from "@evently/shared/mail";
import { smtpTransport } from "../../shared/mail/smtp.ts";
import { messageIdIn, openSmtpSink, type ReceivedMail, smtpAnswer, smtpTest } from "./smtp_sink.ts";

/** Frozen as configuration is. */
const FROM = Object.freeze({ name: "Evently", address: "tickets@evently.example" });

const mail = {
  messageId: "5f0c3b0e-6d0f-4f0a-9a57-3c1d7f1f5a10@evently.example",
  to: "asha@example.com",
  subject: "Hello",
  text: "text",
  html: "<p>html</p>",
};

smtpTest("a mail arrives with its Message-ID, text, HTML and calendar file", async () => {
  await using sink = await openSmtpSink();
  const transport = smtpTransport({ url: sink.url, from: FROM });
  const content = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
  await transport.send({
    ...mail,
    attachments: [{ filename: "event.ics", contentType: "text/calendar", content }],
  });
  transport.close();
  const [{ from, to, data }] = sink.received as [ReceivedMail];
  assert.deepEqual([from, to], [FROM.address, [mail.to]]);
  assert.equal(messageIdIn({ data }), mail.messageId);
  assert.match(data, /^Content-Type: text\/plain/m);
  assert.match(data, /^Content-Type: text\/html/m);
  assert.match(data, /^Content-Type: text\/calendar/m);
});

smtpTest("texts of people begin no header and add no recipient", async () => {
  await using sink = await openSmtpSink();
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

smtpTest("a refused recipient is refused for good, a busy or absent server is not", async () => {
  await using sink = await openSmtpSink();
  const transport = smtpTransport({ url: sink.url, from: FROM });
  sink.refuse = () => smtpAnswer(550);
  await assert.rejects(transport.send(mail), MailRefused);
  sink.refuse = () => smtpAnswer(451);
  await assert.rejects(transport.send(mail), (error) => !(error instanceof MailRefused));
  transport.close();
  const nobody = smtpTransport({ url: "smtp://127.0.0.1:1", from: FROM });
  await assert.rejects(nobody.send(mail), (error) => !(error instanceof MailRefused));
  nobody.close();
});
