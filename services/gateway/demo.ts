/**
 * `deno task demo [URL]`: a first booking over HTTP, printed step by step.
 *
 * Needs a running platform with seeded accounts: `deno task dev`.
 */
import { runCommand, say } from "@evently/shared/output";

const ACCOUNT = { email: "user1@example.com", password: "11111111" };
/** Misspelt on purpose: search finds the Diwali festival. */
const QUERY = "diwalli";
const QUANTITY = 2;
const TIMEOUT_MS = 10_000;

/** Fields of the answers that the demo prints; `/docs` lists all of them. */
interface SearchAnswer {
  results: { event_id: string; name: string; venue_city: string; available_seats: number }[];
}
interface ReservationAnswer {
  reservation_id: string;
  booking_reference: string;
  expires_at: string;
  total_amount: number;
  currency: string;
}
interface ConfirmationAnswer {
  status: string;
  payment: { transaction_id: string; amount: number; currency: string };
}
interface BookingAnswer {
  booking_reference: string;
  status: string;
  quantity: number;
  event: { name: string; venue: string; datetime: string; timezone: string };
  ticket_url: string;
  refund_if_cancelled_now: { percent: number };
}

/**
 * Books two tickets on the platform at `origin` and prints each step.
 *
 * @throws {Error} nothing listens there, or a request was refused
 */
export async function runDemo(origin: string, print: (line: string) => void): Promise<void> {
  const call = callerOf(origin, print);

  print("Log in");
  const { access_token: token } = await call<{ access_token: string }>(
    "POST /api/user/auth/login",
    { body: ACCOUNT },
  );
  print(`  logged in as ${ACCOUNT.email}`);

  print("Search");
  const { results: [event] } = await call<SearchAnswer>(`GET /api/search/search?q=${QUERY}`);
  if (!event) throw new Error("Search found no event. Is the platform seeded?");
  print(`  ${event.name}, ${event.venue_city}: ${event.available_seats} seats available`);

  print(`Reserve ${QUANTITY} seats`);
  const reservation = await call<ReservationAnswer>("POST /api/booking/bookings/reserve", {
    token,
    body: {
      event_id: event.event_id,
      quantity: QUANTITY,
      idempotency_key: crypto.randomUUID(),
    },
  });
  const { booking_reference, total_amount, currency, expires_at } = reservation;
  print(`  ${booking_reference}, ${currency} ${total_amount}, held until ${expires_at}`);

  print("Confirm and pay");
  const { status, payment } = await call<ConfirmationAnswer>("POST /api/booking/bookings/confirm", {
    token,
    body: {
      reservation_id: reservation.reservation_id,
      payment_token: "tok_visa",
      payment_method: "card",
    },
  });
  print(`  ${status}, ${payment.currency} ${payment.amount} paid by ${payment.transaction_id}`);

  print("Show the booking");
  const booking = await call<BookingAnswer>(
    `GET /api/booking/bookings/${reservation.reservation_id}`,
    { token },
  );
  const { event: booked, refund_if_cancelled_now: refund } = booking;
  print(`  ${booking.booking_reference}, ${booking.status}, ${booking.quantity} tickets`);
  print(`  ${booked.name}, ${booked.venue}, ${booked.datetime} (${booked.timezone})`);
  print(`  ticket: ${origin}${booking.ticket_url}`);
  print(`  refund if cancelled now: ${refund.percent} %`);
}

/** Sends a request, prints its line, and returns the parsed answer. */
function callerOf(origin: string, print: (line: string) => void) {
  return async function call<Answer>(
    request: string,
    { token, body }: { token?: string; body?: unknown } = {},
  ): Promise<Answer> {
    print(`  ${request}`);
    const [method = "", path] = request.split(" ");
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: {
        "Content-Type": "application/json",
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch(() => {
      throw new Error(`Nothing answers at ${origin}. Start the platform first: deno task dev`);
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${request}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
}

async function demo(): Promise<void> {
  const [url = `http://localhost:${Deno.env.get("GATEWAY_PORT") ?? 8000}`] = Deno.args;
  await runDemo(new URL(url).origin, say);
}

if (import.meta.main) await runCommand(demo);
