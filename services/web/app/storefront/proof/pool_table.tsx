import type { SeatProof } from "../../api/events.ts";
import { useFormat, useMessages } from "../../messages/use_messages.ts";

/** Areas that have seats of their own, each with its own count. */
export function PoolTable({ pools }: { pools: SeatProof["pools"] }) {
  const { proof: texts } = useMessages();
  const { number } = useFormat();
  if (pools.length === 0) return null;
  const counted = pools.some(({ counts }) => counts);
  return (
    <section aria-labelledby="areas">
      <h2 id="areas">{texts.areas}</h2>
      <div className="table" tabIndex={0} role="group" aria-labelledby="areas">
        <table>
          <thead>
            <tr>
              <th scope="col">{texts.area}</th>
              <th scope="col" className="n">{texts.capacity}</th>
              {counted
                ? [texts.sold, texts.held, texts.free, texts.setAside].map((name) => (
                  <th scope="col" className="n" key={name}>{name}</th>
                ))
                : null}
              <th scope="col" className="n">{texts.entry}</th>
              <th scope="col">{texts.check}</th>
            </tr>
          </thead>
          <tbody>
            {pools.map(({ pool_id, name, capacity, counts, seq, adds_up }) => (
              <tr key={pool_id}>
                <th scope="row">{name}</th>
                <td className="n">{number(capacity)}</td>
                {counted && counts
                  ? [counts.sold, counts.held, counts.available, counts.set_aside].map(
                    (count, index) => <td className="n" key={index}>{number(count)}</td>,
                  )
                  : null}
                <td className="n">{number(seq)}</td>
                <td>
                  <span className={adds_up ? "tag tag--ok" : "tag tag--bad"}>
                    {adds_up ? texts.checkOk : texts.checkWrong}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
