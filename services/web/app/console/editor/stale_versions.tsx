import { useEffect, useRef, useState } from "react";
import { useFormat } from "../../messages/use_messages.ts";
import type { ManagedEvent } from "../api/events.ts";
import type { Venue } from "../api/venues.ts";
import { Failure } from "../parts/failure.tsx";
import { useConsoleMessages } from "../use_console.ts";
import { differences, type EventField, type EventValues, eventValues } from "./event_values.ts";
import type { EventForm } from "./use_event_form.ts";

/** Both versions of an event that somebody else has saved meanwhile, field by field, to choose from. */
export function StaleVersions({ event, theirs, venues }: {
  event: EventForm;
  theirs: ManagedEvent;
  venues: readonly Venue[];
}) {
  const { editor, parts } = useConsoleMessages();
  const { clock } = useFormat();
  const mine = event.form.getValues();
  const other = eventValues(theirs);
  const both = differences(mine, other);
  const myChanges = differences(mine, event.base);
  const [taken, setTaken] = useState<Partial<Record<EventField, "mine" | "theirs">>>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const choiceOf = (field: EventField) =>
    taken[field] ?? (myChanges.includes(field) ? "mine" : "theirs");
  const save = async () => {
    setBusy(true);
    setError(undefined);
    const kept = both.filter((field) => choiceOf(field) === "mine")
      .map((field) => [field, mine[field]]);
    try {
      await event.saveMerged({ ...other, ...Object.fromEntries(kept) } as EventValues);
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  const textOf = (values: EventValues, field: EventField) => {
    const value = values[field];
    if (field === "venueId") {
      return venues.find(({ venue_id }) => venue_id === value)?.name ?? String(value);
    }
    if (typeof value === "boolean") return value ? editor.yes : editor.no;
    return value === "" ? editor.nothing : value;
  };
  return (
    <section className="stale" aria-labelledby="stale-title">
      <h2 id="stale-title" ref={head} tabIndex={-1}>
        {editor.staleTitle(clock(Date.parse(theirs.updated_at)))}
      </h2>
      <p>{editor.staleText}</p>
      <div className="stale__fields">
        {both.map((field) => (
          <fieldset key={field}>
            <legend>{editor.fields[field]}</legend>
            {(["mine", "theirs"] as const).map((whose) => (
              <label key={whose} className="stale__choice">
                <input
                  type="radio"
                  name={`stale-${field}`}
                  checked={choiceOf(field) === whose}
                  onChange={() =>
                    setTaken({ ...taken, [field]: whose })}
                />
                <span>
                  <b>{whose === "mine" ? editor.mine : editor.theirs}</b>
                  <span className="stale__value">
                    {textOf(whose === "mine" ? mine : other, field)}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
      <Failure error={error} texts={{ STALE_VERSION: editor.staleAgain }} />
      <div className="row-of-buttons">
        <button className="btn" type="button" disabled={busy} aria-busy={busy} onClick={save}>
          {busy ? parts.saving : editor.saveChosen}
        </button>
        {(["mine", "theirs"] as const).map((whose) => (
          <button
            key={whose}
            className="btn btn--second"
            type="button"
            onClick={() => setTaken(Object.fromEntries(both.map((field) => [field, whose])))}
          >
            {whose === "mine" ? editor.allMine : editor.allTheirs}
          </button>
        ))}
      </div>
    </section>
  );
}
