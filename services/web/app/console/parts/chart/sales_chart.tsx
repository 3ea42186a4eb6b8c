import { useId, useState } from "react";
import { useFormat } from "../../../messages/use_messages.ts";
import { useConsoleMessages } from "../../use_console.ts";
import type { SalesOverTime } from "./sales_data.ts";
import { SalesTable } from "./sales_table.tsx";
import { pointsOf } from "./sales_points.ts";
import { TimeChart } from "./time_chart.tsx";

/** Sales as a chart, in a sentence, and one press away as a table. */
export function SalesChart({ sales, level = 2 }: {
  /** `undefined`: not known yet. */
  sales: SalesOverTime | undefined;
  /** Of the head. */
  level?: 2 | 3;
}) {
  const { chart } = useConsoleMessages();
  const format = useFormat();
  const { number } = format;
  const id = useId();
  const [isTable, setTable] = useState(false);
  const Head = level === 2 ? "h2" : "h3";
  if (!sales) return <div className="skeleton chart__skeleton" aria-hidden="true" />;
  const points = pointsOf(sales, format);
  const sold = points.reduce((sum, { value }) => sum + value, 0);
  const before = points.reduce((sum, one) => sum + one.before, 0);
  const most = points.reduce((best, one) => one.value > best.value ? one : best, points[0]!);
  const title = chart.titles[sales.step];
  return (
    <section className="sales-chart" aria-labelledby={id}>
      <div className="sales-chart__head">
        <Head id={id}>{title}</Head>
        <p className="legend" aria-hidden="true">
          <span data-mark="now">{chart.now[sales.step](points.length, number(points.length))}</span>
          <span data-mark="before">{chart.before(number(points.length))}</span>
        </p>
        <button className="link" type="button" onClick={() => setTable(!isTable)}>
          {isTable ? chart.asChart : chart.asTable}
        </button>
      </div>
      <p className="sales-chart__sum">
        {sold === 0 ? chart.none : (
          <>
            {chart.summary(sold, number(sold), number(before))}{" "}
            {chart.most(most.label, number(most.value))}
          </>
        )}
      </p>
      {isTable
        ? <SalesTable sales={sales} points={points} caption={title} />
        : <TimeChart points={points} label={title} />}
    </section>
  );
}
