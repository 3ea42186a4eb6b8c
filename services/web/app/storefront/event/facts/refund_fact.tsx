import type { PublicEvent } from "../../../api/events.ts";
import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import { zoneOf } from "../zone.ts";
import { type RefundStep, refundTerms } from "./refund_terms.ts";

/** What a buyer gets back who cannot come, with the times until which it is so. */
export function RefundFact({ event, asOfMs }: { event: PublicEvent; asOfMs: number }) {
  const { event: texts } = useMessages();
  const format = useFormat();
  const zone = zoneOf(event);
  const start = format.when(event.start_datetime, zone);
  const untilOf = ({ until, isUntilStart }: RefundStep) => {
    const when = format.when(until, zone);
    if (isUntilStart) return texts.refundUntilStart;
    if (when.long === start.long) return texts.onTheDay(when.time);
    return texts.dayAndTime(when.longWithoutYear, when.time);
  };
  const [first, ...further] = refundTerms(event, asOfMs);
  if (!first) return <>{texts.refundNone}</>;
  const then = further.map((step) => texts.refundStep(step.percent, untilOf(step)));
  return (
    <>
      {texts.refund(first.percent, untilOf(first))}
      {first.isUntilStart ? null : (
        <>
          <br />
          <span>{then.length > 0 ? texts.refundThen(then) : texts.refundThenNone}</span>
        </>
      )}
    </>
  );
}
