import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { callAt, eventually, type TestPlatform } from "../../journeys/platform.ts";
import { type Ended, run, runAny } from "./run.ts";

/** The checkout that is rehearsed. */
export const CHECKOUT: string = fileURLToPath(new URL("../../../", import.meta.url));
/** Where the front answers, in the engine's network. */
export const ORIGIN = "http://127.0.0.1";

/** How long containers may take until they are healthy again, however busy the machine. */
const HEALTHY_LIMIT_MS = 5 * 60_000;
const PASSWORD = "12345678";

/** A copy of the checkout with an `.env` of its own, and what operators and buyers do with it. */
export interface Site {
  root: string;
  /** Runs `deno task deploy:…` as an operator does; returns all it wrote. @throws {Error} it fails */
  task(...args: string[]): Promise<string>;
  /** Runs a task that must fail; returns what it said. `env` replaces variables. */
  refusedTask(args: readonly string[], env?: Record<string, string>): Promise<string>;
  /** Runs `docker-compose` on the copy. */
  compose(...args: string[]): Promise<string>;
  /** Runs `docker`. */
  docker(...args: string[]): Promise<string>;
  /** Ids of a service's running containers. */
  containersOf(service: string): Promise<string[]>;
  /** A container's address in the platform's network. */
  addressOf(id: string): Promise<string>;
  /** Waits until every container is healthy and the front says ready. */
  untilHealthy(): Promise<void>;
  /** Sends a request to the front. */
  call: TestPlatform["call"];
  /** Registers a buyer. */
  buyer(): Promise<Buyer>;
}

/** Somebody who buys. */
export interface Buyer {
  token: string;
  email: string;
  password: string;
  /** Reserves and pays; tries again while the platform is on its way back. Returns the booking's id. */
  buys(): Promise<string>;
  /** Status of a booking; of the answer if there is none. */
  statusOf(bookingId: string): Promise<string | number>;
}

/** Copies the checkout, with changes that are not committed. */
export async function copyCheckout(directory: string): Promise<string> {
  const root = await Deno.makeTempDir({ dir: directory, prefix: "checkout-" });
  const list = "git ls-files -z --cached --others --exclude-standard --deduplicate";
  const copy = `${list} | tar --null --files-from=- --ignore-failed-read -cf - 2>/dev/null`;
  await run(["sh", "-c", `${copy} | tar -xf - -C "$1"`, "sh", root], { cwd: CHECKOUT });
  return root;
}

/** The site in `root`. */
export function openSite(root: string): Site {
  const call = callAt(ORIGIN);
  const task = (args: readonly string[]) => ["deno", "task", `deploy:${args[0]}`, ...args.slice(1)];
  const file = join(root, "docker-compose.without-name.yml");
  const site: Site = {
    root,
    call,
    task: (...args) => run(task(args), { cwd: root }),
    async refusedTask(args, env = {}) {
      const ended: Ended = await runAny([Deno.execPath(), ...task(args).slice(1)], {
        cwd: root,
        env,
      });
      if (ended.code === 0) throw new Error(`deploy:${args.join(" ")} went through`);
      return ended.output;
    },
    async compose(...args) {
      const text = await Deno.readTextFile(join(root, "docker-compose.yml"));
      await Deno.writeTextFile(file, text.replace(/^name: .*$/m, ""));
      return await run(["docker-compose", "-p", "evently", "-f", file, ...args], { cwd: root });
    },
    docker: (...args) => run(["docker", ...args]),
    async containersOf(service) {
      const label = `label=com.docker.compose.service=${service}`;
      const output = await site.docker("ps", "--quiet", "--no-trunc", `--filter=${label}`);
      return output.split("\n").filter(Boolean);
    },
    async addressOf(id) {
      const format = "--format={{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
      return (await site.docker("inspect", format, id)).trim();
    },
    async untilHealthy() {
      await eventually("every container is healthy", async () => {
        const label = "label=com.docker.compose.project=evently";
        const output = await site.docker("ps", `--filter=${label}`, "--format={{.Status}}");
        const all = output.split("\n").filter(Boolean);
        return all.length > 0 && all.every((status) => status.includes("(healthy)"));
      }, HEALTHY_LIMIT_MS);
      await eventually("the front says ready", async () => {
        const answer = await call("GET", "/health/ready").catch(() => undefined);
        return answer?.status === 200;
      }, HEALTHY_LIMIT_MS);
    },
    buyer: () => openBuyer(call),
  };
  return site;
}

async function openBuyer(call: Site["call"]): Promise<Buyer> {
  /** Asks until it is answered by success. Reservations have a key, so that a second attempt takes no more seats. */
  const insist = (
    what: string,
    method: string,
    path: string,
    options: Parameters<Site["call"]>[2],
  ) =>
    eventually(what, async () => {
      const answer = await call(method, path, options).catch(() => undefined);
      return answer !== undefined && answer.status < 300 && answer.body;
    }, HEALTHY_LIMIT_MS);
  const email = `buyer.${crypto.randomUUID()}@example.com`;
  const session = await insist("a buyer is registered", "POST", "/api/user/auth/register", {
    body: { email, password: PASSWORD, name: "A Buyer" },
  });
  const token: string = session.access_token;
  return {
    token,
    email,
    password: PASSWORD,
    async buys() {
      const { events } = await insist("events are listed", "GET", "/api/event/events?limit=50", {});
      const isFree = (event: { available_seats: number }) => event.available_seats > 50;
      const { event_id } = events.find(isFree);
      const { reservation_id } = await insist(
        "a seat is held",
        "POST",
        "/api/booking/bookings/reserve",
        {
          token,
          body: { event_id, quantity: 1, idempotency_key: crypto.randomUUID() },
        },
      );
      const path = `/api/booking/bookings/${reservation_id}`;
      await insist("it is paid", "POST", "/api/booking/bookings/confirm", {
        token,
        body: { reservation_id, payment_token: "tok_visa", payment_method: "card" },
      });
      const booking = await insist("the booking is there", "GET", path, { token });
      if (booking.status !== "confirmed") throw new Error(`A paid booking is ${booking.status}`);
      return reservation_id;
    },
    async statusOf(bookingId) {
      const { status, body } = await call("GET", `/api/booking/bookings/${bookingId}`, { token });
      return body.status ?? status;
    },
  };
}
