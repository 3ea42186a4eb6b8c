import { z } from "@hono/zod-openapi";
import {
  clearableText,
  optionalText,
  pageQuery,
  queryText,
  requiredText,
} from "@evently/shared/http";
import type { VenueColumns, VenueRecord } from "./venues_sql.ts";
import { jsonObject, positive } from "../events/fields.ts";
import { withoutNulls } from "../events/sparse.ts";

const REQUIRED = "Name, address, and city are required";
const DEFAULT_COUNTRY = "India";

const Name = requiredText("name", { required: REQUIRED });
const Address = requiredText("address", { required: REQUIRED });
const City = requiredText("city", { required: REQUIRED, max: 100 });
const Country = requiredText("country", { max: 100 });
const Capacity = positive("capacity", "Capacity must be positive");
const LayoutConfig = jsonObject("layout_config");
const Latitude = z.number("latitude must be a number").min(-90).max(90);
const Longitude = z.number("longitude must be a number").min(-180).max(180);

/** A place has both coordinates or none. */
function hasBothOrNone({ latitude = null, longitude = null }: Place): boolean {
  return (latitude === null) === (longitude === null);
}
/** An edit tells both coordinates or leaves both as they are. */
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

/** `POST /admin/venues` */
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
}).refine(hasBothOrNone, BOTH_OR_NONE).openapi("CreateVenueRequest");

/** `PUT /admin/venues/{id}`: what is left out stays, as does what equals what is stored; null takes away what is
 * optional. */
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
}).refine(changesBothOrNone, BOTH_OR_NONE).openapi("UpdateVenueRequest");

/** `GET /admin/venues` */
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
  /** The organiser who may change it. */
  created_by: z.string(),
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
    venue_id: venue.venue_id,
    name: venue.name,
    address: venue.address,
    city: venue.city,
    state: venue.state,
    country: venue.country,
    postal_code: venue.postal_code,
    capacity: venue.capacity,
    layout_config: venue.layout_config,
    created_at: venue.created_at.toISOString(),
    updated_at: venue.updated_at.toISOString(),
    latitude: venue.latitude,
    longitude: venue.longitude,
    created_by: venue.created_by,
  });
}

/** A new venue as it is stored: what is not said is null. */
export function toVenueColumns(request: CreateVenueRequest): VenueColumns {
  return {
    name: request.name,
    address: request.address,
    city: request.city,
    state: request.state || null,
    country: request.country,
    postal_code: request.postal_code || null,
    capacity: request.capacity,
    layout_config: request.layout_config ?? null,
    latitude: request.latitude ?? null,
    longitude: request.longitude ?? null,
  };
}
