/** The wire shapes of sales over time. */
import { z } from "@hono/zod-openapi";
import { choiceQuery, timeOrDayQuery } from "@evently/shared/http";
import { toMajor } from "@evently/shared/money";
import { Timezone } from "../events/fields.ts";
import type { CountedSales } from "../peers/event_bookings.ts";
import { type SalesPeriod, STEPS } from "./sales_steps.ts";
import type {
  AllSalesOverTime,
  EventSalesOverTime,
  SalesOverTime,
  SoldType,
  WantedSales,
} from "./view_sales.ts";

export const SalesQuery = z.object({
  from: timeOrDayQuery("from").openapi({ description: "A day, or a time as RFC 3339" }),
  to: timeOrDayQuery("to").openapi({ description: "A day, which is in the period, or a time" }),
  step: choiceQuery("step", STEPS),
  timezone: z.union([z.literal(""), Timezone], "timezone must be a name such as Asia/Kolkata")
    .optional(),
});

/** Of confirmed bookings, whatever became of them; refunds count when they are promised. */
const SUMS = {
  bookings: z.int(),
  tickets: z.int(),
  gross: z.number(),
  refunded: z.number(),
  revenue: z.number().openapi({ description: "`gross` less `refunded`" }),
};
const Sums = z.object(SUMS);
const Points = z.array(z.object({ at: z.iso.datetime(), ...SUMS }));

const PERIOD = {
  from: z.iso.datetime(),
  to: z.iso.datetime().openapi({ description: "The end of the last step" }),
  step: z.enum(STEPS),
  timezone: z.string(),
  before: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
  currencies: z.array(z.object({
    currency: z.string(),
    total: Sums,
    points: Points,
    before: z.object({ total: Sums, points: Points }),
  })).openapi({ description: "One entry per currency in which the events sell or sold" }),
};

const TYPE_SUMS = { tickets: z.int(), gross: z.number() };

export const EventSalesResponse = z.object({
  ...PERIOD,
  by_type: z.array(z.object({
    ticket_type_id: z.guid(),
    name: z.string(),
    currency: z.string(),
    total: z.object(TYPE_SUMS),
    before: z.object(TYPE_SUMS),
    points: z.array(z.object({ at: z.iso.datetime(), ...TYPE_SUMS })),
  })).openapi({ description: "By position, archived types only if they sold" }),
}).openapi("EventSales");

export const AllSalesResponse = z.object({
  ...PERIOD,
  events: z.int().openapi({ description: "Whose sales these are" }),
  events_left_out: z.boolean().openapi({ description: "There are older events" }),
}).openapi("Sales");

/** The period that a query asks for. */
export function toWantedSales(
  { from, to, step = "day", timezone }: z.infer<typeof SalesQuery>,
): WantedSales {
  return { from, to, step, timeZone: timezone || undefined };
}

export function toEventSales(sales: EventSalesOverTime): z.infer<typeof EventSalesResponse> {
  return { ...toPeriod(sales), by_type: toTypes(sales) };
}

export function toAllSales(sales: AllSalesOverTime): z.infer<typeof AllSalesResponse> {
  return { ...toPeriod(sales), events: sales.events, events_left_out: sales.isCut };
}

/** A point for each step, with sales or without. */
function pointsOf<Sales extends { step: number }, Point>(
  { bounds }: SalesPeriod,
  { from, to }: { from: number; to: number },
  { sales, toPoint }: { sales: readonly Sales[]; toPoint: (sales: Sales | undefined) => Point },
): ({ at: string } & Point)[] {
  const byStep = new Map(sales.map((one) => [one.step, one]));
  return bounds.slice(from, to).map((at, i) => ({
    at: at.toISOString(),
    ...toPoint(byStep.get(from + i)),
  }));
}

function toPeriod({ period, currencies, counted }: SalesOverTime) {
  const { bounds, count, step, timeZone } = period;
  const times = bounds.map((time) => time.toISOString());
  return {
    from: times[count]!,
    to: times[2 * count]!,
    step,
    timezone: timeZone,
    before: { from: times[0]!, to: times[count]! },
    currencies: currencies.map((currency) => {
      const sales = counted.steps.filter((one) => one.currency === currency);
      const toPoint = (one: CountedSales["steps"][number] | undefined) =>
        toSums(one ? [one] : [], currency);
      const isBefore = (one: { step: number }) => one.step < count;
      return {
        currency,
        total: toSums(sales.filter((one) => !isBefore(one)), currency),
        points: pointsOf(period, { from: count, to: 2 * count }, { sales, toPoint }),
        before: {
          total: toSums(sales.filter(isBefore), currency),
          points: pointsOf(period, { from: 0, to: count }, { sales, toPoint }),
        },
      };
    }),
  };
}

function toSums(
  steps: readonly Omit<CountedSales["steps"][number], "step">[],
  currency: string,
): z.infer<typeof Sums> {
  const sum = (of: "bookings" | "tickets" | "grossMinor" | "refundedMinor") =>
    steps.reduce((total, step) => total + step[of], 0);
  const [gross, refunded] = [sum("grossMinor"), sum("refundedMinor")];
  return {
    bookings: sum("bookings"),
    tickets: sum("tickets"),
    gross: toMajor(gross, currency),
    refunded: toMajor(refunded, currency),
    revenue: toMajor(gross - refunded, currency),
  };
}

function toTypes({ period, currencies, counted, types }: EventSalesOverTime) {
  const [main = ""] = currencies;
  return types.flatMap((type) => {
    const sold = counted.types.filter(({ ticketTypeId }) => ticketTypeId === type.ticketTypeId);
    const inCurrencies = new Set(sold.length === 0 ? [main] : sold.map(({ currency }) => currency));
    return [...inCurrencies].map((currency) =>
      toType(type, period, sold.filter((one) => one.currency === currency), currency)
    );
  });
}

function toType(
  { ticketTypeId, name }: SoldType,
  period: SalesPeriod,
  sales: CountedSales["types"],
  currency: string,
) {
  const { count } = period;
  const sumOf = (some: CountedSales["types"]) => ({
    tickets: some.reduce((sum, { tickets }) => sum + tickets, 0),
    gross: toMajor(some.reduce((sum, { grossMinor }) => sum + grossMinor, 0), currency),
  });
  return {
    ticket_type_id: ticketTypeId,
    name,
    currency,
    total: sumOf(sales.filter(({ step }) => step >= count)),
    before: sumOf(sales.filter(({ step }) => step < count)),
    points: pointsOf(period, { from: count, to: 2 * count }, {
      sales,
      toPoint: (one) => sumOf(one ? [one] : []),
    }),
  };
}
