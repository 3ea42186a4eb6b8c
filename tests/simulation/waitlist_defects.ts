import { offerIdOf } from "../../services/booking/waitlist/entry.ts";
import { HOUSE } from "../models/seats/tables.ts";
import { drawsOf } from "../models/seats/transfer.ts";
import type { Defect } from "./defects.ts";

/** Defects that would cost a place in line, or seats that somebody waits for. */
export const WAITLIST_DEFECTS: Readonly<Record<string, Defect>> = {
  "a waitlist is closed without its generation": ({ seats }) => {
    const close = seats.closeWaitlist.bind(seats);
    seats.closeWaitlist = ({ eventId, types }) =>
      close({
        eventId,
        types: types.map(({ ticketTypeId, generation }) => ({
          ticketTypeId,
          generation: seats.tables.typeById(eventId, ticketTypeId)?.waitlist_generation ??
            generation,
        })),
      });
  },

  "an offer's id lacks the round": ({ waitlist }) => {
    const { decide } = waitlist;
    waitlist.decide = (decision) => {
      const offers = decision.offers.map((offer) => {
        return { ...offer, offerId: offerIdOf(offer.entryId, 1) };
      });
      return decide({ ...decision, offers });
    };
  },

  "a decision ignores the version that it was made at": ({ waitlist }, { bookings }) => {
    const { decide } = waitlist;
    waitlist.decide = (decision) => {
      const queue = bookings.queues.get(decision.eventId);
      return decide({ ...decision, version: queue?.version ?? decision.version });
    };
  },

  "an offer's seats go to the public": ({ seats }) => {
    const { tables } = seats;
    const release = seats.release.bind(seats);
    seats.release = (input) => {
      const offers = input.allocationIds.flatMap((id) => tables.allocation(input.eventId, id) ?? [])
        .filter(({ source, state }) => source === "waitlist" && state === "held");
      const answer = release(input);
      for (const row of offers.flatMap(drawsOfSeats)) {
        const inventory = tables.inventory(input.eventId, row.pool)!;
        const setAside = Math.max(0, inventory.set_aside - row.seats);
        tables.putInventory({ ...inventory, set_aside: setAside });
      }
      return answer;
    };
  },

  "an entry stays offered after its booking has ended": ({ store }, { bookings }) => {
    const { expireDue } = store;
    store.expireDue = (input) => {
      const offered = bookings.entries.where(({ status }) => status === "offered");
      const expired = expireDue(input);
      for (const row of offered) bookings.entries.put(row.entryId, row);
      return expired;
    };
  },

  "a release takes what stays for what goes": ({ seats }) => {
    const release = seats.release.bind(seats);
    seats.release = ({ keep, ...input }) => {
      if (!keep) return release(input);
      const differences = input.allocationIds.map((id, i) => {
        const row = seats.tables.allocation(input.eventId, id);
        return Math.max(0, (row?.quantity ?? 0) - keep[i]!);
      });
      return release({ ...input, keep: differences });
    };
  },

  "seats of one pool are set aside without those of the other": ({ seats }) => {
    const { tables } = seats;
    const release = seats.release.bind(seats);
    seats.release = (input) => {
      const before = tables.inventoriesOf(input.eventId);
      const answer = release(input);
      for (const { pool, set_aside } of before) {
        const row = tables.inventory(input.eventId, pool)!;
        if (pool !== HOUSE) tables.putInventory({ ...row, set_aside });
      }
      return answer;
    };
  },

  "an offer is announced twice": ({ waitlist }, { bookings, ids }) => {
    const { makeOffers } = waitlist;
    waitlist.makeOffers = (input) => {
      const before = new Set([...bookings.outbox.rows()].map(({ message }) => message.messageId));
      const made = makeOffers(input);
      for (const row of [...bookings.outbox.rows()]) {
        if (before.has(row.message.messageId)) continue;
        const message = { ...row.message, messageId: ids.newId() };
        bookings.outbox.put(message.messageId, { ...row, message });
      }
      return made;
    };
  },
};

function drawsOfSeats(row: Parameters<typeof drawsOf>[0] & { quantity: number }) {
  return drawsOf(row).map(([pool, units]) => ({ pool, seats: units * row.quantity }));
}
