import { useFormat } from "../../../messages/use_messages.ts";
import type { SeatAudit } from "../../api/event_ledger.ts";
import { useConsoleMessages } from "../../use_console.ts";

/** All seats as the sum of what became of them. */
export function SeatSum({ accounts }: { accounts: SeatAudit["accounts"] }) {
  const { eventLedger: texts } = useConsoleMessages();
  const { number } = useFormat();
  const { sold, held, available, set_aside: setAside } = accounts;
  const terms = [
    ["", sold + held + available + setAside, texts.seats],
    ["=", sold, texts.sold],
    ["+", held, texts.held],
    ["+", available, texts.free],
    ["+", setAside, texts.setAside],
  ] as const;
  return (
    <p className="sum">
      {terms.map(([sign, count, name]) => (
        <span key={name}>
          {sign === "" ? null : <i>{sign}</i>} <b>{number(count)}</b> {name}
          {" "}
        </span>
      ))}
    </p>
  );
}
