import { useFormat } from "../../../messages/use_messages.ts";
import type { WaitlistEntry } from "../../api/event_waitlist.ts";
import { useConsoleMessages } from "../../use_console.ts";
import { OfferTime } from "./offer_time.tsx";
import { useWhyText } from "./use_why_text.ts";

/** What happens to somebody in line: the offer with its time, or why there is none; and what went past. */
export function EntryState({ entry, names, timeZone }: {
  entry: WaitlistEntry;
  /** Of ticket types, by id. */
  names: ReadonlyMap<string, string>;
  timeZone: string;
}) {
  const { eventWaitlist: texts } = useConsoleMessages();
  const { number } = useFormat();
  const why = useWhyText(entry.why, timeZone);
  const { offer, expires_at: expiresAt } = entry;
  return (
    <div className="entry-state">
      {offer && expiresAt
        ? (
          <>
            <p>
              <b>
                {texts.offerOf(
                  number(offer.quantity),
                  names.get(offer.ticket_type_id) ?? "–",
                )}
              </b>{" "}
              · <OfferTime expiresAt={expiresAt} />
            </p>
            {offer.last
              ? <p className="soft xs">{texts.offerLast}</p>
              : offer.partial
              ? <p className="soft xs">{texts.offerPartial}</p>
              : null}
          </>
        )
        : <p>{why}</p>}
      <Passes entry={entry} timeZone={timeZone} />
    </div>
  );
}

/** The seats that went past somebody, as they were too few. */
function Passes({ entry: { passed, passes }, timeZone }: {
  entry: WaitlistEntry;
  timeZone: string;
}) {
  const { eventWaitlist: texts } = useConsoleMessages();
  const { number, when } = useFormat();
  if (passes.length === 0) return null;
  return (
    <details>
      <summary>{texts.passed(passed, number(passed))}</summary>
      <ul>
        {passes.map(({ at, seats, kept, by_position: place }) => {
          const { short, time } = when(at, timeZone);
          const [count, stayed, said] = [number(seats), number(kept), `${short}, ${time}`];
          return (
            <li key={`${at} ${place}`}>
              {place === undefined
                ? texts.pass(seats, count, said, stayed)
                : texts.passTo(seats, count, said, stayed, number(place))}
            </li>
          );
        })}
      </ul>
    </details>
  );
}
