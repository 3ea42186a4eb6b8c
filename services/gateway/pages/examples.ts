/** An endpoint, and a command line that shows it at work. */
export interface Example {
  method: "GET" | "POST" | "DELETE";
  path: string;
  does: string;
  /** Sent as JSON. */
  body?: Record<string, unknown>;
  /** Shown as `$TOKEN`, the access token of a log-in. */
  token?: true;
}

/** The way of a ticket, in order, with what else is worth a first look. */
export const EXAMPLES: readonly Example[] = [
  { method: "GET", path: "/health", does: "Says that the gateway is up" },
  { method: "GET", path: "/health/ready", does: "Says of each service whether it is ready" },
  { method: "GET", path: "/api/search/search?q=festival", does: "Finds events" },
  { method: "GET", path: "/api/event/events?limit=5", does: "Lists the next events" },
  {
    method: "POST",
    path: "/api/user/auth/register",
    does: "Makes an account",
    body: { email: "me@example.com", password: "correct horse", name: "Me" },
  },
  {
    method: "POST",
    path: "/api/user/auth/login",
    does: "Answers access_token and refresh_token",
    body: { email: "me@example.com", password: "correct horse" },
  },
  {
    method: "GET",
    path: "/api/booking/bookings/check-availability?event_id=EVENT_ID&quantity=2",
    does: "Says whether seats are free",
  },
  {
    method: "POST",
    path: "/api/booking/bookings/reserve",
    does: "Holds seats for some minutes",
    body: { event_id: "EVENT_ID", quantity: 2, idempotency_key: "my-first-order" },
    token: true,
  },
  {
    method: "POST",
    path: "/api/booking/bookings/confirm",
    does: "Pays for what is held",
    body: { reservation_id: "RESERVATION_ID", payment_token: "tok_visa", payment_method: "card" },
    token: true,
  },
  {
    method: "GET",
    path: "/api/user/users/bookings",
    does: "Lists your bookings",
    token: true,
  },
  {
    method: "DELETE",
    path: "/api/booking/bookings/BOOKING_ID",
    does: "Cancels a booking, with what refund is due",
    token: true,
  },
];

/** The example as a command line that can be pasted into a shell. */
export function curlOf({ method, path, body, token }: Example, origin: string): string {
  return [
    "curl",
    ...(method === "GET" ? [] : [`-X ${method}`]),
    `'${origin}${path}'`,
    ...(token ? [`-H "Authorization: Bearer $TOKEN"`] : []),
    ...(body ? [`-H 'Content-Type: application/json'`, `-d '${JSON.stringify(body)}'`] : []),
  ].join(" ");
}
