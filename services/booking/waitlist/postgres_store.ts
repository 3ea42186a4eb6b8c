import type { Sql } from "@evently/shared/postgres";
import { change, claim, decline, leave } from "./change_sql.ts";
import { decide, makeOffers, takeBack } from "./decide_sql.ts";
import {
  count,
  countInLine,
  countOffers,
  findEach,
  findEachClaimed,
  findOffered,
  list,
  listGathering,
  listPasses,
  listPlaces,
} from "./entries_sql.ts";
import { admit, join, turnAway } from "./join_sql.ts";
import {
  close,
  closeQueue,
  findQueue,
  hasWaiting,
  listClaimants,
  listEventsWithLines,
  listOpenQueues,
  listUnfinished,
  listWaiting,
  setPaused,
} from "./queues_sql.ts";
import type { WaitlistStore } from "./store.ts";

/** The waitlist in PostgreSQL. */
export function postgresWaitlistStore(sql: Sql): WaitlistStore {
  return {
    join: (input) => join(sql, input),
    admit: (input) => admit(sql, input),
    turnAway: (input) => turnAway(sql, input),
    findEach: (wanted) => findEach(sql, wanted),
    findEachClaimed: (wanted) => findEachClaimed(sql, wanted),
    findOffered: (input) => findOffered(sql, input),
    list: (input) => list(sql, input),
    listPasses: (input) => listPasses(sql, input),
    count: (input) => count(sql, input),
    listPlaces: (input) => listPlaces(sql, input),
    countInLine: (eventId) => countInLine(sql, eventId),
    listGathering: (input) => listGathering(sql, input),
    countOffers: (input) => countOffers(sql, input),
    change: (input) => change(sql, input),
    leave: (input) => leave(sql, input),
    decline: (input) => decline(sql, input),
    findQueue: (eventId) => findQueue(sql, eventId),
    listOpenQueues: (input) => listOpenQueues(sql, input),
    listUnfinished: (input) => listUnfinished(sql, input),
    listWaiting: (input) => listWaiting(sql, input),
    decide: (decision) => decide(sql, decision),
    makeOffers: (input) => makeOffers(sql, input),
    takeBack: (input) => takeBack(sql, input),
    close: (input) => close(sql, input),
    hasWaiting: (input) => hasWaiting(sql, input),
    closeQueue: (input) => closeQueue(sql, input),
    setPaused: (input) => setPaused(sql, input),
    claim: (input) => claim(sql, input),
    listEventsWithLines: (input) => listEventsWithLines(sql, input),
    listClaimants: (input) => listClaimants(sql, input),
  };
}
