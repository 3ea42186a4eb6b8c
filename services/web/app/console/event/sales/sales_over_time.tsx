import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type EventSales, eventSalesQuery } from "../../api/event.ts";
import { SalesChart } from "../../parts/chart/sales_chart.tsx";
import { StepChips } from "../../parts/chart/step_chips.tsx";
import { useEventScope } from "../use_event_scope.ts";
import { SalesByType } from "./sales_by_type.tsx";

/** What an event sold, by the minute, the hour or the day. */
export function SalesOverTime({ eventId }: { eventId: string }) {
  const { api, scope } = useEventScope(eventId);
  const [step, setStep] = useState<EventSales["step"]>("day");
  const { data } = useQuery({
    ...eventSalesQuery(api, { ...scope, step }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="stack">
      <StepChips step={step} onChoice={setStep} />
      <SalesChart sales={data} />
      {data ? <SalesByType sales={data} /> : null}
    </div>
  );
}
