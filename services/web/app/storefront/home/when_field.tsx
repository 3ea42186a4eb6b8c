import { useEffect, useRef, useState } from "react";
import { useMessages } from "../../messages/use_messages.ts";
import { useMounted } from "../../parts/use_mounted.ts";
import { WHENS } from "../events/days.ts";

const ON_A_DAY = "day";

/** Days to look at. "On a day" puts a field for it in the place of the choice; without script it is not offered. */
export function WhenField() {
  const { home } = useMessages();
  const mounted = useMounted();
  const [isDay, setIsDay] = useState(false);
  const [day, setDay] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isDay) field.current?.focus();
  }, [isDay]);
  return (
    <div className="cell">
      <label htmlFor="when">{home.when}</label>
      {isDay
        ? (
          <>
            <input
              ref={field}
              id="when"
              type="date"
              name="from"
              value={day}
              onChange={(event) => setDay(event.target.value)}
              onBlur={() => setIsDay(day !== "")}
            />
            <input type="hidden" name="to" value={day} />
          </>
        )
        : (
          <select
            id="when"
            name="when"
            onChange={({ target }) => target.value === ON_A_DAY && setIsDay(true)}
          >
            <option value="">{home.anyDay}</option>
            {WHENS.map((when) => <option key={when} value={when}>{home.whens[when]}</option>)}
            {mounted ? <option value={ON_A_DAY}>{home.whens.day}</option> : null}
          </select>
        )}
    </div>
  );
}
