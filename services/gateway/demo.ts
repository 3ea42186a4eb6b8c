/**
 * `deno task demo [URL]`: a first booking over HTTP, printed step by step.
 *
 * Needs a running platform with seeded accounts: `deno task dev`.
 */
import createClient from "openapi-fetch";
import { runCommand, say } from "@evently/shared/output";
import type { paths } from "../../shared/client/gateway.ts";

const ACCOUNT = { email: "user1@example.com", password: "11111111" };
/** Misspelt on purpose: search finds the Diwali festival. */
const QUERY = "diwalli";
const QUANTITY = 2;
const TIMEOUT_MS = 10_000;

/**
 * Books two tickets on the platform at `origin` and prints each step.
 *
 * @throws {Error} nothing listens there, or a request was refused
 */
export async function runDemo(origin: string, print: (line: string) => void): Promise<void> {
  const api = createClient<paths>({ baseUrl: origin, fetch: printingFetch(origin, print) });

  print("Log in");
  const { access_token } = answerOf(await api.POST("/api/user/auth/login", { body: ACCOUNT }));
  const headers = { Authorization: `Bearer ${access_token}` };
  print(`  logged in as ${ACCOUNT.email}`);

  print("Search");
  const search = { params: { query: { q: QUERY } } };
  const { results: [event] } = answerOf(await api.GET("/api/search/search", search));
  if (!event) throw new Error("Search found no event. Is the platform seeded?");
  print(`  ${event.name}, ${event.venue_city}: ${event.available_seats} seats available`);

  print(`Reserve ${QUANTITY} seats`);
  const reservation = answerOf(
    await api.POST("/api/booking/bookings/reserve", {
      headers,
      body: {
        event_id: event.event_id,
        quantity: QUANTITY,
        idempotency_key: crypto.randomUUID(),
      },
    }),
  );
  const { reservation_id, booking_reference, total_amount, currency, expires_at } = reservation;
  print(`  ${booking_reference}, ${currency} ${total_amount}, held until ${expires_at}`);

  print("Confirm and pay");
  const confirmation = answerOf(
    await api.POST("/api/booking/bookings/confirm", {
      headers,
      body: { reservation_id, payment_token: "tok_visa", payment_method: "card" },
    }),
  );
  if (!("payment" in confirmation)) throw new Error("The payment needs its buyer");
  const { status, payment } = confirmation;
  print(`  ${status}, ${payment.currency} ${payment.amount} paid by ${payment.transaction_id}`);

  print("Show the booking");
  const booking = answerOf(
    await api.GET("/api/booking/bookings/{id}", {
      headers,
      params: { path: { id: reservation_id } },
    }),
  );
  const { event: booked, refund_if_cancelled_now: refund = { percent: 0 } } = booking;
  print(`  ${booking.booking_reference}, ${booking.status}, ${booking.quantity} tickets`);
  print(`  ${booked.name}, ${booked.venue}, ${booked.datetime} (${booked.timezone})`);
  print(`  ticket: ${origin}${booking.ticket_url}`);
  print(`  refund if cancelled now: ${refund.percent} %`);
}

/** The body of a successful answer. @throws {Error} the request was refused */
function answerOf<Body>(
  { data, error, response }: { data?: Body; error?: unknown; response: Response },
): Body {
  if (data === undefined) throw new Error(`${response.status} ${JSON.stringify(error)}`);
  return data;
}

/** A `fetch` that prints each request and says how to start a platform that does not listen. */
function printingFetch(origin: string, print: (line: string) => void) {
  return async function printAndFetch(request: Request): Promise<Response> {
    print(`  ${request.method} ${request.url.slice(origin.length)}`);
    try {
      return await fetch(request, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch (cause) {
      throw new Error(`Nothing answers at ${origin}. Start the platform first: deno task dev`, {
        cause,
      });
    }
  };
}

async function demo(): Promise<void> {
  const [url = `http://localhost:${Deno.env.get("GATEWAY_PORT") ?? 8000}`] = Deno.args;
  await runDemo(new URL(url).origin, say);
}

if (import.meta.main) await runCommand(demo);
