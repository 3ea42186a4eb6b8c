import { useFormat, useMessages } from "../../messages/use_messages.ts";
import type { ActiveFilter } from "./active_filters.ts";
import { wholeMonth } from "./days.ts";
import { type EventsSearch, readNear } from "./events_search.ts";

/** Currency of amounts where the search is not known to be of another. */
const SHOP_CURRENCY = "INR";
/** Ranges of prices end one of these before the next one begins. */
const SMALLEST = 0.01;

/** What filters are called in the reader's language; prices are of the currency that the search compares them in. */
export function useFilterLabels(currency = SHOP_CURRENCY) {
  const { common, events } = useMessages();
  const format = useFormat();
  const money = (amount: number) => format.money(amount, currency);

  function kind(type: string): string {
    return events.kindsOf[type] ?? common.kinds[type] ?? capitalised(type);
  }
  function days({ from, to }: Pick<EventsSearch, "from" | "to">): string {
    const month = wholeMonth({ ...(from ? { from } : {}), ...(to ? { to } : {}) });
    if (month) return format.month(month);
    if (from && to) {
      return from === to ? format.day(from) : events.daysBetween(format.day(from), format.day(to));
    }
    return from ? events.daysFrom(format.day(from)) : events.daysTo(format.day(to!));
  }
  function price({ min = 0, max, free_only }: Pick<EventsSearch, "min" | "max" | "free_only">) {
    if (free_only || max === 0) return common.free;
    if (max === undefined) return events.over(money(min));
    const isUnder = !Number.isInteger(max) && Number.isInteger(round(max + SMALLEST));
    const most = money(isUnder ? round(max + SMALLEST) : max);
    if (min > 0) return events.between(money(min), most);
    return isUnder ? events.under(most) : events.upTo(most);
  }
  function label({ name }: ActiveFilter, search: EventsSearch): string {
    switch (name) {
      case "q":
        return events.quoted(search.q!);
      case "city":
        return search.city!;
      case "type":
        return kind(search.type!);
      case "days":
        return days(search);
      case "price":
        return price(search);
      case "near":
        return events.near(format.number(readNear(search.near)!.km));
    }
  }
  return { kind, days, price, label };
}

/** The highest price that is still below an amount. */
export function justBelow(amount: number): number {
  return round(amount - SMALLEST);
}

function round(amount: number): number {
  return Math.round(amount * 100) / 100;
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
