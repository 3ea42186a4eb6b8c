import type { ConsoleMessages } from "../../messages/console_messages.ts";
import { z } from "../../parts/schema.ts";
import type { NewTicketType, TicketType } from "../api/ticket_types.ts";
import { instantOf, wallTimeOf } from "../editor/wall_time.ts";

/** What the form of a ticket type asks for, as it is typed. */
export interface TypeValues {
  typeName: string;
  typeDescription: string;
  typePrice: string;
  typeCapacity: string;
  /** Shared pools that it draws on, by id. */
  pools: Record<string, boolean>;
  gives: string;
  minPerOrder: string;
  maxPerOrder: string;
  maxPerBuyer: string;
  salesStart: string;
  salesEnd: string;
}

/** The form's fields, from above to below. */
export const TYPE_FIELDS = [
  "typeName",
  "typeDescription",
  "typePrice",
  "typeCapacity",
  "gives",
  "minPerOrder",
  "maxPerOrder",
  "maxPerBuyer",
  "salesStart",
  "salesEnd",
] as const satisfies readonly (keyof TypeValues)[];

/** The form of a new type, or of one as it is; times are those of the event's zone. */
export function typeValues(type: TicketType | undefined, zone: string): TypeValues {
  const text = (number: number | undefined) => number === undefined ? "" : String(number);
  const local = (iso: string | undefined) => {
    if (iso === undefined) return "";
    const { date, time } = wallTimeOf(iso, zone);
    return `${date}T${time}`;
  };
  return {
    typeName: type?.name ?? "",
    typeDescription: type?.description ?? "",
    typePrice: text(type?.price),
    typeCapacity: text(type?.capacity),
    pools: Object.fromEntries(type?.pools.map(({ pool_id }) => [pool_id, true]) ?? []),
    gives: text(type?.gives ?? 1),
    minPerOrder: text(type?.min_per_order ?? 1),
    maxPerOrder: text(type?.max_per_order),
    maxPerBuyer: text(type?.max_per_buyer),
    salesStart: local(type?.sales_start),
    salesEnd: local(type?.sales_end),
  };
}

/** Rules of the form; the API has the last word. */
export function typeRules({ editor }: ConsoleMessages) {
  const count = z.string().check(
    z.refine((text) => Number.isInteger(Number(text)) && Number(text) >= 1, editor.enterCount),
  );
  const countOrNone = z.string().check(
    z.refine(
      (text) => text.trim() === "" || (Number.isInteger(Number(text)) && Number(text) >= 1),
      editor.enterCount,
    ),
  );
  return z.object({
    typeName: z.string().check(z.trim(), z.minLength(1, editor.enterName)),
    typeDescription: z.string(),
    typePrice: z.string().check(
      z.refine((text) => text.trim() !== "" && Number(text) >= 0, editor.enterPrice),
    ),
    typeCapacity: countOrNone,
    pools: z.record(z.string(), z.boolean()),
    gives: count,
    minPerOrder: count,
    maxPerOrder: countOrNone,
    maxPerBuyer: countOrNone,
    salesStart: z.string(),
    salesEnd: z.string(),
  }).check(
    z.refine<Pick<TypeValues, "salesStart" | "salesEnd">>(
      ({ salesStart, salesEnd }) => !salesStart || !salesEnd || salesStart < salesEnd,
      { path: ["salesEnd"], error: editor.enterEndAfter },
    ),
  );
}

/** What the API takes, from the form. */
export function typeBody(values: TypeValues, type: TicketType | undefined, zone: string) {
  const numberOrNull = (text: string) => text.trim() === "" ? null : Number(text);
  const instant = (local: string) => {
    const [date = "", time = ""] = local.split("T");
    return local === "" ? null : instantOf({ date, time }, zone) ?? null;
  };
  const known = new Map(type?.pools.map((draw) => [draw.pool_id, draw]));
  const price = Number(values.typePrice);
  return {
    name: values.typeName.trim(),
    description: values.typeDescription.trim(),
    price,
    kind: price === 0 ? "free" : "paid",
    capacity: numberOrNull(values.typeCapacity),
    pools: Object.entries(values.pools).filter(([, isDrawn]) => isDrawn)
      .map(([pool_id]) => known.get(pool_id) ?? { pool_id }),
    gives: Number(values.gives),
    min_per_order: Number(values.minPerOrder),
    max_per_order: numberOrNull(values.maxPerOrder),
    max_per_buyer: numberOrNull(values.maxPerBuyer),
    sales_start: instant(values.salesStart),
    sales_end: instant(values.salesEnd),
  } satisfies Partial<NewTicketType>;
}
