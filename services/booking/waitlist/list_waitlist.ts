import type { Contact, Contacts } from "../peers/contacts.ts";
import { isInLine, type WaitlistEntry } from "./entry.ts";
import { type Offered, toOffered, type ViewEntryDeps, viewWaiting } from "./entry_view.ts";
import type { RecordedPass, WaitlistStore } from "./store.ts";
import type { WaitReason } from "./why.ts";

export interface ListDeps extends ViewEntryDeps {
  waitlist: ViewEntryDeps["waitlist"] & Pick<WaitlistStore, "list" | "listPasses" | "findQueue">;
  contacts: Contacts;
}

/** Seats that went past an entry. */
export interface ListedPass extends Pick<RecordedPass, "passedAt" | "seats" | "kept"> {
  /** Where the entry that got the seats would stand now; `undefined` if that is behind the page. */
  byPosition: number | undefined;
}

/** An entry as its event's organiser sees it. */
export interface ListedEntry {
  entry: WaitlistEntry;
  /** `undefined` if the account is gone. */
  buyer: Pick<Contact, "name" | "email"> | undefined;
  /** As its user sees it. */
  position: number;
  why: WaitReason | undefined;
  /** The latest first. */
  passes: ListedPass[];
  /** While it is open. */
  offer: Offered | undefined;
}

/** A page of those who wait for an event, by place in line. */
export interface WaitlistPage {
  entries: ListedEntry[];
  total: number;
  pausedAt: Date | undefined;
}

/** The most passes of a page. */
const MAX_PASSES = 1_000;

/**
 * Lists those who wait for an event or have an open offer, with what went past them and why they wait.
 *
 * @throws {Unavailable} the user service does not answer
 */
export async function listWaitlist(
  deps: ListDeps,
  { eventId, page, limit }: { eventId: string; page: number; limit: number },
): Promise<WaitlistPage> {
  const { waitlist } = deps;
  const [{ entries, total }, queue] = await Promise.all([
    waitlist.list({ eventId, page, limit }),
    waitlist.findQueue(eventId),
  ]);
  const entryIds = entries.map(({ entryId }) => entryId);
  const [passes, seen] = await Promise.all([
    entries.length === 0 ? [] : waitlist.listPasses({ eventId, entryIds, limit: MAX_PASSES }),
    Promise.all(entries.map((entry) => look(deps, entry))),
  ]);
  const isLastPage = page * limit >= total;
  const listed = seen.map((one) => {
    const ofEntry = passes.filter(({ entryId }) => entryId === one.entry.entryId);
    return { ...one, passes: ofEntry.map((pass) => toListedPass(pass, seen, isLastPage)) };
  });
  return { entries: listed, total, pausedAt: queue?.pausedAt };
}

type SeenEntry = Omit<ListedEntry, "passes">;

async function look(deps: ListDeps, entry: WaitlistEntry): Promise<SeenEntry> {
  const buyer = await deps.contacts.find(entry.userId);
  if (isInLine(entry)) {
    const { position, why } = await viewWaiting(deps, entry);
    return { entry, buyer, position, why, offer: undefined };
  }
  return {
    entry,
    buyer,
    position: 0,
    why: undefined,
    offer: entry.offer && toOffered(entry, entry.offer),
  };
}

function toListedPass(
  { passedAt, seats, kept, byPlace }: RecordedPass,
  listed: readonly SeenEntry[],
  isLastPage: boolean,
): ListedPass {
  const isOnPage = isLastPage || (listed.at(-1)?.entry.place ?? 0) >= byPlace;
  const before = listed.findLast(({ entry, position }) => position > 0 && entry.place < byPlace);
  return { passedAt, seats, kept, byPosition: isOnPage ? (before?.position ?? 0) + 1 : undefined };
}
