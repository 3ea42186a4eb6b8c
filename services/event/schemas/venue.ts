import { z } from "@hono/zod-openapi";
import { optionalText, pageQuery, requiredText } from "@evently/shared/http";
import { jsonObject, positive } from "./fields.ts";

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

/** `PUT /admin/venues/{id}`: what is left out stays; null takes away what is optional. */
export const UpdateVenueRequest = z.object({
  name: Name.optional(),
  address: Address.optional(),
  city: City.optional(),
  state: z.string("state must be a string").trim().max(100).nullable().optional(),
  country: Country.optional(),
  postal_code: z.string("postal_code must be a string").trim().max(20).nullable().optional(),
  capacity: Capacity.optional(),
  layout_config: LayoutConfig.nullable().optional(),
  latitude: Latitude.nullable().optional(),
  longitude: Longitude.nullable().optional(),
}).refine(hasBothOrNone, BOTH_OR_NONE).openapi("UpdateVenueRequest");

/** `GET /admin/venues` */
export const VenueListQuery = pageQuery({ limit: 20, max_limit: 100 }).extend({
  city: z.string().trim().optional(),
  state: z.string().trim().optional(),
  search: z.string().trim().optional(),
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
