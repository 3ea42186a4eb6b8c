/** Processes that are killed in the middle of an erasure; what it deletes is tried by `erasure_test.ts`. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { roundsOr } from "@evently/shared/testing";
import { restoreUsers } from "../../services/user/testing/restore_users.ts";
import { createStores, startProcesses } from "./five_processes.ts";
import { eventually } from "./platform.ts";

const PASSWORD = "a password of this test";
/** Longest wait for what restarted processes do, however busy the machine. */
const LIMIT_MS = 120_000;
const HOLDS = 3;
/** So many that a process dies before it has deleted all of them. */
const RESTORED = 500;

/** How far an erasure is when a process dies. */
const MOMENTS = ["asked", "committed", "ending"] as const;

Deno.test("an erasure that kill -9 interrupts at any moment is finished after the restart", async (t) => {
  await using stores = await createStores();
  const { usersDb, bookingsDb } = stores;
  await using processes = await startProcesses({
    ...stores.variables,
    BOOKING_RATE_LIMIT_PER_MINUTE: "0",
    BOOKING_TAKEOVER_AFTER: "1s",
  });
  const { call } = processes;
  const { body: { events } } = await call("GET", "/api/event/events");
  const event = events.find((one: { available_seats: number }) => one.available_seats > 100);

  /** A buyer with a paid ticket and some holds. */
  async function buyer() {
    const email = `${newId()}@example.com`;
    const { body: user } = await call("POST", "/api/user/auth/register", {
      body: { email, password: PASSWORD, name: `Asha ${email}` },
    });
    const token: string = user.access_token;
    const bookings: string[] = [];
    for (let i = 0; i <= HOLDS; i++) {
      const { status, body } = await call("POST", "/api/booking/bookings/reserve", {
        token,
        body: { event_id: event.event_id, quantity: 1, idempotency_key: newId() },
      });
      assert.equal(status, 200, JSON.stringify(body));
      bookings.push(body.reservation_id);
    }
    const paid = await call("POST", "/api/booking/bookings/confirm", {
      token,
      body: {
        reservation_id: bookings[0],
        payment_token: "tok_visa",
        payment_method: "card",
      },
    });
    assert.equal(paid.status, 200, JSON.stringify(paid.body));
    return { email, token, userId: user.user_id as string };
  }

  const isGone = async (userId: string) =>
    (await usersDb`SELECT FROM users WHERE user_id = ${userId}`).length === 0;
  const openBookings = async (userId: string) =>
    (await bookingsDb`
      SELECT FROM bookings WHERE user_id = ${userId} AND status <> 'cancelled'`).length;

  for (let round = 0; round < roundsOr(6); round++) {
    const moment = MOMENTS[round % MOMENTS.length]!;
    // The service that ends what is open may die as well.
    const victim = round % 4 === 3 ? "booking" : "user";
    await t.step(`${round}: ${victim} dies when it is ${moment}`, async () => {
      const { email, token, userId } = await buyer();
      const close = () =>
        call("DELETE", "/api/user/users/account", {
          token,
          body: { password: PASSWORD, give_up_tickets: true },
        });
      const asked = close().catch(() => undefined);
      if (moment !== "asked") {
        await eventually("the account is gone", () => isGone(userId), LIMIT_MS);
      }
      if (moment === "ending") {
        const some = async () => await openBookings(userId) <= HOLDS;
        await eventually("some of what is open has ended", some, LIMIT_MS);
      }
      processes.services.get(victim)!.signal("SIGKILL");
      await asked;
      await processes.restart(victim);
      // As if the lease of a message that the dead process was delivering had ended: it takes a minute.
      await usersDb`
        UPDATE outbox SET due_at = now()
         WHERE subject_id = ${userId} AND delivered_at IS NULL AND attempts > 0`;
      if (!await isGone(userId)) {
        const answer = await eventually("the account can be deleted", async () => {
          const found = await close();
          return found.status < 500 && found;
        }, LIMIT_MS);
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
      }
      await eventually("all that was open has ended", async () => {
        return await openBookings(userId) === 0;
      }, LIMIT_MS);
      const logIn = await call("POST", "/api/user/auth/login", {
        body: { email, password: PASSWORD },
      });
      assert.equal(logIn.status, 401);
      const rows = await usersDb<{ topic: string }[]>`
        SELECT topic FROM outbox WHERE subject_id = ${userId}`;
      const topics = rows.map(({ topic }) => topic).toSorted();
      assert.deepEqual(topics, ["account.erased", "account.forget", "account.forget"]);
      const [refunds] = await bookingsDb`
        SELECT count(*)::integer AS promised FROM refunds r
          JOIN bookings b USING (booking_id, event_id) WHERE b.user_id = ${userId}`;
      assert.equal(refunds!.promised, 1, "the ticket is refunded once");
    });
  }

  await t.step(
    "accounts of a restored backup are deleted again, though the process dies meanwhile",
    async () => {
      const [restored, kept] = [await buyer(), await buyer()];
      const remaining = async () => {
        const [row] = await usersDb<{ total: number }[]>`
        SELECT count(*)::integer AS total FROM users JOIN erased_accounts ON account_id = user_id`;
        return row!.total;
      };
      const restart = async () => {
        processes.services.get("user")!.signal("SIGKILL");
        await processes.restart("user");
      };
      await usersDb`INSERT INTO erased_accounts VALUES (${restored.userId}, now())`;
      await restoreUsers(usersDb, RESTORED);
      await restart();
      await eventually("some are deleted", async () => await remaining() < RESTORED, LIMIT_MS);
      await restart();
      await eventually("all are deleted", async () => await remaining() === 0, LIMIT_MS);
      await usersDb`
      UPDATE outbox SET due_at = now()
       WHERE subject_id = ${restored.userId} AND delivered_at IS NULL AND attempts > 0`;
      await eventually("all that was open has ended", async () => {
        return await openBookings(restored.userId) === 0;
      }, LIMIT_MS);
      const rows = await usersDb<{ topic: string }[]>`
      SELECT topic FROM outbox WHERE subject_id = ${restored.userId}`;
      assert.deepEqual(
        rows.map(({ topic }) => topic),
        ["account.forget", "account.forget"],
        "no mail is sent",
      );
      const logIn = await call("POST", "/api/user/auth/login", {
        body: { email: kept.email, password: PASSWORD },
      });
      assert.equal(logIn.status, 200);
      assert.equal(await openBookings(kept.userId), HOLDS + 1);
    },
  );
});
