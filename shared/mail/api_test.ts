import assert from "node:assert/strict";
import { MailDelayed, MailRefused } from "./mod.ts";
import { apiTransport } from "./api.ts";

const KEY = "re_key-of-a-test";
const FROM = { name: 'Evently "Tickets"', address: "tickets@evently.example" };
const MAIL = {
  messageId: "5f0c3b0e-6d0f-4f0a-9a57-3c1d7f1f5a10@evently.example",
  to: "asha@example.com",
  subject: "Your tickets",
  text: "text",
  html: "<p>html</p>",
};

interface Api extends AsyncDisposable {
  requests: { headers: Headers; body: Record<string, unknown> }[];
  send(mail?: Partial<typeof MAIL>): Promise<void>;
}

/** A mail API on this machine, and the transport that sends to it. */
function openApi(
  answer: () => Response | Promise<Response> = () => Response.json({ id: "1" }),
  { timeoutMs = 10_000 } = {},
): Api & { url: string } {
  const requests: Api["requests"] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    requests.push({ headers: request.headers, body: await request.json() });
    return await answer();
  });
  const url = `http://127.0.0.1:${server.addr.port}/emails`;
  const transport = apiTransport({ url, key: KEY, from: FROM, timeoutMs });
  return {
    url,
    requests,
    send: (mail = {}) => transport.send({ ...MAIL, ...mail }),
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** The error of a mail that is not taken. */
async function problemOf(sending: Promise<void>): Promise<Error> {
  return await sending.then(() => assert.fail("it was taken"), (error) => error);
}

Deno.test("apiTransport() posts a mail with its key, its id and its files", async () => {
  await using api = openApi();
  const transport = apiTransport({ url: api.url, key: KEY, from: FROM });
  const attachments = [{ filename: "event.ics", contentType: "text/calendar", content: "é" }];
  await transport.send({ ...MAIL, attachments });
  const [{ headers, body }] = api.requests as [Api["requests"][0]];
  assert.equal(headers.get("Authorization"), `Bearer ${KEY}`);
  assert.equal(headers.get("Idempotency-Key"), MAIL.messageId);
  const { to, subject, text, html, messageId } = MAIL;
  assert.deepEqual(body, {
    from: '"Evently Tickets" <tickets@evently.example>',
    to: [to],
    subject,
    text,
    html,
    headers: { "Message-ID": `<${messageId}>` },
    attachments: [{ filename: "event.ics", content_type: "text/calendar", content: "w6k=" }],
  });
});

Deno.test("apiTransport() sends the same id at every attempt", async () => {
  let attempts = 0;
  await using api = openApi(() => new Response(null, { status: attempts++ === 0 ? 500 : 200 }));
  await assert.rejects(api.send());
  await api.send();
  const [first, second] = api.requests;
  assert.equal(first!.headers.get("Idempotency-Key"), second!.headers.get("Idempotency-Key"));
  assert.deepEqual(first!.body, second!.body);
});

for (const status of [400, 413, 422]) {
  Deno.test(`apiTransport() takes ${status} as a refusal`, async () => {
    await using api = openApi(() => new Response("bad recipient", { status }));
    await assert.rejects(api.send(), MailRefused);
  });
}

for (const status of [302, 401, 403, 404, 408, 409, 425, 429, 500, 502, 503]) {
  Deno.test(`apiTransport() may try again after ${status}`, async () => {
    const headers = { Location: "/elsewhere" };
    await using api = openApi(() => new Response(null, { status, headers }));
    const problem = await problemOf(api.send());
    assert.ok(!(problem instanceof MailRefused), String(problem));
    assert.equal(api.requests.length, 1, "no redirect is followed");
  });
}

Deno.test("apiTransport() may try again after an answer that never comes", async () => {
  const held = Promise.withResolvers<Response>();
  await using api = openApi(() => held.promise, { timeoutMs: 1 });
  const problem = await problemOf(api.send());
  held.resolve(new Response());
  assert.ok(!(problem instanceof MailRefused), String(problem));
});

Deno.test("apiTransport() may try again where nobody listens", async () => {
  const api = openApi();
  await api[Symbol.asyncDispose]();
  const problem = await problemOf(api.send());
  assert.ok(!(problem instanceof MailRefused), String(problem));
});

Deno.test("apiTransport() passes on the pause of Retry-After, of an hour at most", async () => {
  const pauses: [header: string, pauseMs: number][] = [
    ["120", 120_000],
    ["86400", 3_600_000],
    ["-5", 0],
    ["Wed, 21 Oct 2026 07:28:00 GMT", 0],
  ];
  for (const [header, pauseMs] of pauses) {
    await using api = openApi(() =>
      new Response(null, { status: 429, headers: { "Retry-After": header } })
    );
    const problem = await problemOf(api.send());
    assert.ok(problem instanceof MailDelayed);
    assert.equal(problem.pauseMs, pauseMs, header);
  }
});

Deno.test("apiTransport() lets no text begin a header or add a recipient", async () => {
  await using api = openApi();
  const evil = "asha@example.com\r\nBcc: victim@example.com";
  await api.send({ subject: evil, to: evil });
  const [{ headers, body }] = api.requests as [Api["requests"][0]];
  assert.equal(headers.get("Bcc"), null);
  assert.deepEqual([body.to, body.subject], [[evil], evil], "each is one value of JSON");
  assert.deepEqual(Object.keys(body.headers as object), ["Message-ID"]);
  await assert.rejects(api.send({ messageId: "1@a.example\r\nX-Evil: 1" }));
  assert.equal(api.requests.length, 1);
});

Deno.test("errors of apiTransport() have neither its key nor the reader's address", async () => {
  const echo = `${KEY} ${MAIL.to}`;
  const answers = [400, 500].map((status) => () => new Response(echo, { status }));
  for (const answer of answers) {
    await using api = openApi(answer);
    const problem = await problemOf(api.send());
    assert.doesNotMatch(Deno.inspect(problem), new RegExp(`${KEY}|asha`));
  }
  const closed = openApi();
  await closed[Symbol.asyncDispose]();
  assert.doesNotMatch(Deno.inspect(await problemOf(closed.send())), new RegExp(`${KEY}|asha`));
});
