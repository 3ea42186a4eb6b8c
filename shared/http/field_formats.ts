/** Formats of fields by name, in all requests and answers. */
interface Format {
  format?: string;
  pattern?: string;
}

const UUID: Format = { format: "uuid" };
const TIME: Format = { format: "date-time" };

/** Names mean the same everywhere, so that their forms are told once. */
const FORMATS: Readonly<Record<string, Format>> = {
  event_id: UUID,
  venue_id: UUID,
  user_id: UUID,
  admin_id: UUID,
  created_by: UUID,
  booking_id: UUID,
  reservation_id: UUID,
  allocation_id: UUID,
  waitlist_id: UUID,
  ticket_type_id: UUID,
  pool_id: UUID,
  start_datetime: TIME,
  end_datetime: TIME,
  created_at: TIME,
  updated_at: TIME,
  last_updated: TIME,
  booked_at: TIME,
  confirmed_at: TIME,
  expires_at: TIME,
  sold_with_start: TIME,
  sales_start: TIME,
  sales_end: TIME,
  email: { format: "email" },
  currency: { pattern: "^[A-Z]{3}$" },
  timezone: { pattern: "^[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*$" },
  head_hash: { pattern: "^(?:[0-9a-f]{64})?$" },
  image_url: { format: "uri" },
};

/** The schema of a document, with the forms that its fields' names tell, where it tells none itself. */
export function withFieldFormats<Schema>(schema: Schema): Schema {
  if (Array.isArray(schema)) return schema.map(withFieldFormats) as Schema;
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [
    key,
    key === "properties" && isObject(value) ? namedFields(value) : withFieldFormats(value),
  ]);
  return Object.fromEntries(entries);
}

function namedFields(fields: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(fields).map(([name, field]) => [name, named(name, field)]);
  return Object.fromEntries(entries);
}

function named(name: string, field: unknown): unknown {
  const complete = withFieldFormats(field);
  const format = FORMATS[name];
  if (!format || !isObject(complete) || !isText(complete)) return complete;
  return { ...format, ...complete };
}

function isText({ type, format, pattern, enum: words }: Record<string, unknown>): boolean {
  const isString = type === "string" || (Array.isArray(type) && type.includes("string"));
  return isString && format === undefined && pattern === undefined && words === undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
