import { z } from "@hono/zod-openapi";
import {
  clearableText,
  idParam,
  optionalText,
  pageQuery,
  queryText,
  requiredText,
} from "@evently/shared/http";
import type { VenueUpdate } from "./update_venue.ts";
import type { VenueColumns, VenueRecord } from "./venues_sql.ts";
import { positive, Timezone } from "../events/fields.ts";
import { withoutNulls } from "../events/values.ts";

const REQUIRED = "Name, address, and city are required";
const DEFAULT_COUNTRY = "India";
const MAX_NESTING = 16;

export const VenueIdParams = z.object({ id: idParam("Invalid venue ID") });

const Name = requiredText("name", { required: REQUIRED });
const Address = requiredText("address", { required: REQUIRED });
const City = requiredText("city", { required: REQUIRED, max: 100 });
const Country = requiredText("country", { max: 100 });
const Capacity = positive("capacity", "Capacity must be positive");
const LayoutConfig = jsonObject("layout_config");
const Latitude = z.number("latitude must be a number").min(-90).max(90);
const Longitude = z.number("longitude must be a number").min(-180).max(180);

/** Whether a place has both coordinates or none. */
function hasBothOrNone({ latitude = null, longitude = null }: Place): boolean {
  return (latitude === null) === (longitude === null);
}
/** Whether an update sets both coordinates or neither. */
function changesBothOrNone(place: Place): boolean {
  return (place.latitude === undefined) === (place.longitude === undefined) && hasBothOrNone(place);
}
interface Place {
  latitude?: number | null | undefined;
  longitude?: number | null | undefined;
}
const BOTH_OR_NONE = {
  path: ["latitude"],
  message: "latitude and longitude must be given together",
};

export const CreateVenueRequest = z.object({
  name: Name,
  address: Address,
  city: City,
  state: optionalText("state", { max: 100 }),
  country: Country.default(DEFAULT_COUNTRY),
  postal_code: optionalText("postal_code", { max: 20 }),
  capacity: Capacity,
  layout_config: LayoutConfig.nullish(),
  latitude: Latitude.nullish(),
  longitude: Longitude.nullish(),
  /** Of events there that name none. */
  timezone: Timezone.nullish(),
}).refine(hasBothOrNone, BOTH_OR_NONE).openapi("CreateVenueRequest");

/** Absent fields and stored values stay as they are; null removes an optional value. */
export const UpdateVenueRequest = z.object({
  name: Name.optional(),
  address: Address.optional(),
  city: City.optional(),
  state: clearableText("state", { max: 100 }),
  country: Country.optional(),
  postal_code: clearableText("postal_code", { max: 20 }),
  capacity: Capacity.optional(),
  layout_config: LayoutConfig.nullable().optional(),
  latitude: Latitude.nullable().optional(),
  longitude: Longitude.nullable().optional(),
  timezone: Timezone.nullable().optional(),
}).refine(changesBothOrNone, BOTH_OR_NONE).openapi("UpdateVenueRequest");

export const VenueListQuery = pageQuery({ limit: 20, maxLimit: 100 }).extend({
  city: queryText("city").optional(),
  state: queryText("state").optional(),
  search: queryText("search").optional(),
});

export const VenueResponse = z.object({
  venue_id: z.string(),
  name: z.string(),
  address: z.string(),
  city: z.string(),
  state: z.string().optional(),
  country: z.string(),
  postal_code: z.string().optional(),
  capacity: z.int(),
  layout_config: z.record(z.string(), z.unknown()).optional(),
  created_at: z.string(),
  updated_at: z.string(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  created_by: z.string(),
  /** Its members may change it. */
  organisation_id: z.guid(),
  timezone: z.string().optional(),
}).openapi("Venue");

export const VenueListResponse = z.object({
  venues: z.array(VenueResponse),
  total: z.int(),
  page: z.int(),
  limit: z.int(),
  has_more: z.boolean(),
}).openapi("VenueList");

export type CreateVenueRequest = z.infer<typeof CreateVenueRequest>;
export type UpdateVenueRequest = z.infer<typeof UpdateVenueRequest>;
export type VenueListQuery = z.infer<typeof VenueListQuery>;
export type VenueResponse = z.infer<typeof VenueResponse>;

export function toVenueResponse(venue: VenueRecord): VenueResponse {
  return withoutNulls({
    venue_id: venue.venueId,
    name: venue.name,
    address: venue.address,
    city: venue.city,
    state: venue.state,
    country: venue.country,
    postal_code: venue.postalCode,
    capacity: venue.capacity,
    layout_config: venue.layoutConfig,
    created_at: venue.createdAt.toISOString(),
    updated_at: venue.updatedAt.toISOString(),
    latitude: venue.latitude,
    longitude: venue.longitude,
    created_by: venue.createdBy,
    organisation_id: venue.organisationId,
    timezone: venue.timezone,
  });
}

/** The columns of a new venue; absent values are null. */
export function toVenueColumns(request: CreateVenueRequest): VenueColumns {
  return {
    name: request.name,
    address: request.address,
    city: request.city,
    state: request.state || null,
    country: request.country,
    postalCode: request.postal_code || null,
    capacity: request.capacity,
    layoutConfig: request.layout_config ?? null,
    latitude: request.latitude ?? null,
    longitude: request.longitude ?? null,
    timezone: request.timezone ?? null,
  };
}

export function toVenueUpdate(request: UpdateVenueRequest): VenueUpdate["requested"] {
  const { postal_code, layout_config, ...columns } = request;
  return { ...columns, postalCode: postal_code, layoutConfig: layout_config };
}

/** A JSON object that is stored as it came, if PostgreSQL can store it. */
function jsonObject(field: string) {
  return z.record(z.string(), z.unknown(), `${field} must be a JSON object`)
    .refine(
      (value) => isStorableJson(value, MAX_NESTING),
      `${field} must have at most ${MAX_NESTING} levels, and well-formed text without NUL characters`,
    );
}

function isStorableJson(value: unknown, levels: number): boolean {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0");
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 &&
    Object.entries(value).flat().every((inner) => isStorableJson(inner, levels - 1));
}
