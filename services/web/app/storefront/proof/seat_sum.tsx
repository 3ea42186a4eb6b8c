import type { SeatProof } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";

/** All seats as the sum of what they are, and what that means. */
export function SeatSum({ proof: { capacity, counts } }: { proof: SeatProof }) {
  const { proof: texts } = useMessages();
  const { number } = useFormat();
  const parts = counts && [
    [counts.sold, texts.sold],
    [counts.held, texts.held],
    [counts.available, texts.free],
    [counts.set_aside, texts.setAside],
  ] as const;
  return (
    <section aria-labelledby="counts">
      <h2 id="counts">{texts.counts}</h2>
      {parts
        ? (
          <p className="seat-sum">
            <Term value={number(capacity)} name={texts.seats} />
            {parts.map(([count, name], index) => (
              <span className="seat-sum-part" key={name}>
                <i>{index === 0 ? texts.equals : texts.plus}</i>
                <Term value={number(count)} name={name} />
              </span>
            ))}
          </p>
        )
        : <p className="measure">{texts.hidden}</p>}
      <h3>{texts.meaning}</h3>
      <dl className="facts">
        {texts.meanings.map(([word, meaning]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Term({ value, name }: { value: string; name: string }) {
  return (
    <span className="seat-sum-term">
      <b>{value}</b> <span>{name}</span>
    </span>
  );
}
