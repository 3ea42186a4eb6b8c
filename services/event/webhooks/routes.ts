import { noStore } from "@evently/shared/auth";
import { createRoutes, errors, json, jsonBody, route } from "@evently/shared/http";
import { type OrganiserVariables, readable } from "../organisations/organiser.ts";
import { MessageResponse } from "../accounts/wire.ts";
import { createWebhook, type CreateWebhookDeps } from "./create_webhook.ts";
import { deleteWebhook } from "./delete_webhook.ts";
import { listDeliveryRows } from "./deliveries_sql.ts";
import { findManagedWebhook } from "./find_managed_webhook.ts";
import { pingWebhook } from "./ping_webhook.ts";
import { retryDelivery } from "./retry_delivery.ts";
import { rotateSecret } from "./rotate_secret.ts";
import { updateWebhook, type UpdateWebhookDeps } from "./update_webhook.ts";
import { countWebhooks, listWebhookRows } from "./webhooks_sql.ts";
import {
  CreateWebhookRequest,
  DeliveryIdParams,
  DeliveryListResponse,
  DeliveryResponse,
  PingResponse,
  toDeliveryResponse,
  toWebhookColumns,
  toWebhookResponse,
  toWebhookSecretResponse,
  UpdateWebhookRequest,
  WebhookIdParams,
  WebhookListResponse,
  WebhookPageQuery,
  WebhookResponse,
  WebhookSecretResponse,
} from "./wire.ts";

const WEBHOOKS = { tags: ["Webhooks"] as [string], security: [{ adminToken: [] }] };

const createWebhookRoute = route({
  ...WEBHOOKS,
  method: "post",
  path: "/admin/webhooks",
  operationId: "createWebhook",
  summary: "Create a webhook",
  description:
    "Facts about your events are posted to `url`, signed as Standard Webhooks have it. The answer has the secret, once.",
  middleware: noStore(),
  request: { body: jsonBody(CreateWebhookRequest) },
  responses: { 201: json(WebhookSecretResponse), ...errors(400, 401, 403, 409, 413, 503) },
});

const listRoute = route({
  ...WEBHOOKS,
  method: "get",
  path: "/admin/webhooks",
  operationId: "listWebhooks",
  summary: "List your webhooks, newest first",
  description: "Super admins and analysts see the webhooks of all organisers.",
  request: { query: WebhookPageQuery },
  responses: { 200: json(WebhookListResponse), ...errors(400, 401, 503) },
});

const getRoute = route({
  ...WEBHOOKS,
  method: "get",
  path: "/admin/webhooks/{id}",
  operationId: "getWebhook",
  summary: "Get a webhook",
  description: "A webhook that the platform paused says why.",
  request: { params: WebhookIdParams },
  responses: { 200: json(WebhookResponse), ...errors(400, 401, 404, 503) },
});

const updateRoute = route({
  ...WEBHOOKS,
  method: "put",
  path: "/admin/webhooks/{id}",
  operationId: "updateWebhook",
  summary: "Update, pause or resume a webhook",
  description:
    "Absent fields and values that are stored already are no change. What waits for a paused webhook is sent when it is " +
    "active again, up to seven days later.",
  request: { params: WebhookIdParams, body: jsonBody(UpdateWebhookRequest) },
  responses: { 200: json(WebhookResponse), ...errors(400, 401, 403, 404, 413, 503) },
});

const deleteRoute = route({
  ...WEBHOOKS,
  method: "delete",
  path: "/admin/webhooks/{id}",
  operationId: "deleteWebhook",
  summary: "Delete a webhook",
  description: "What it has not been sent yet never will be.",
  request: { params: WebhookIdParams },
  responses: { 200: json(MessageResponse), ...errors(400, 401, 403, 404, 503) },
});

const rotateRoute = route({
  ...WEBHOOKS,
  method: "post",
  path: "/admin/webhooks/{id}/rotate-secret",
  operationId: "rotateWebhookSecret",
  summary: "Rotate the secret of a webhook",
  description: "The answer has the new secret, once. For 24 hours the previous one signs, too.",
  middleware: noStore(),
  request: { params: WebhookIdParams },
  responses: { 200: json(WebhookSecretResponse), ...errors(400, 401, 403, 404, 503) },
});

const pingRoute = route({
  ...WEBHOOKS,
  method: "post",
  path: "/admin/webhooks/{id}/ping",
  operationId: "pingWebhook",
  summary: "Send a test message",
  description:
    "It is sent once; its delivery tells what became of it. While one is pending, no other is made.",
  request: { params: WebhookIdParams },
  responses: { 202: json(PingResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

const deliveriesRoute = route({
  ...WEBHOOKS,
  method: "get",
  path: "/admin/webhooks/{id}/deliveries",
  operationId: "listWebhookDeliveries",
  summary: "List deliveries of a webhook, newest first",
  description: "Deliveries are kept for seven days.",
  request: { params: WebhookIdParams, query: WebhookPageQuery },
  responses: { 200: json(DeliveryListResponse), ...errors(400, 401, 404, 503) },
});

const retryRoute = route({
  ...WEBHOOKS,
  method: "post",
  path: "/admin/webhooks/{id}/deliveries/{delivery_id}/retry",
  operationId: "retryWebhookDelivery",
  summary: "Send a delivery again",
  description: "At once, whatever became of it before, with the same `webhook-id`.",
  request: { params: DeliveryIdParams },
  responses: { 202: json(DeliveryResponse), ...errors(400, 401, 403, 404, 409, 503) },
});

/** Routes by which organisers manage webhooks; the token and the role are checked before. */
export function webhookRoutes(deps: CreateWebhookDeps & UpdateWebhookDeps) {
  const { sql } = deps;
  return createRoutes<OrganiserVariables>()
    .openapi(createWebhookRoute, async (c) => {
      const columns = toWebhookColumns(c.req.valid("json"));
      const created = await createWebhook(deps, { admin: c.get("admin"), columns });
      return c.json(toWebhookSecretResponse(created), 201);
    })
    .openapi(listRoute, async (c) => {
      const { page, limit } = c.req.valid("query");
      const organisations = readable(c.get("admin"));
      const [webhooks, total] = await Promise.all([
        listWebhookRows(sql, { organisations, offset: (page - 1) * limit, limit }),
        countWebhooks(sql, organisations),
      ]);
      const hasMore = page * limit < total;
      return c.json(
        { webhooks: webhooks.map(toWebhookResponse), total, page, limit, has_more: hasMore },
        200,
      );
    })
    .openapi(getRoute, async (c) => {
      const webhookId = c.req.valid("param").id;
      const webhook = await findManagedWebhook(deps, { admin: c.get("admin"), webhookId });
      return c.json(toWebhookResponse(webhook), 200);
    })
    .openapi(updateRoute, async (c) => {
      const webhook = await updateWebhook(deps, {
        admin: c.get("admin"),
        webhookId: c.req.valid("param").id,
        requested: c.req.valid("json"),
      });
      return c.json(toWebhookResponse(webhook), 200);
    })
    .openapi(deleteRoute, async (c) => {
      await deleteWebhook(deps, { admin: c.get("admin"), webhookId: c.req.valid("param").id });
      return c.json({ message: "Webhook deleted successfully" }, 200);
    })
    .openapi(rotateRoute, async (c) => {
      const webhookId = c.req.valid("param").id;
      const rotated = await rotateSecret(deps, { admin: c.get("admin"), webhookId });
      return c.json(toWebhookSecretResponse(rotated), 200);
    })
    .openapi(pingRoute, async (c) => {
      const webhookId = c.req.valid("param").id;
      const deliveryId = await pingWebhook(deps, { admin: c.get("admin"), webhookId });
      return c.json({ delivery_id: deliveryId }, 202);
    })
    .openapi(deliveriesRoute, async (c) => {
      const { page, limit } = c.req.valid("query");
      const webhookId = c.req.valid("param").id;
      await findManagedWebhook(deps, { admin: c.get("admin"), webhookId });
      const offset = (page - 1) * limit;
      const { deliveries, total } = await listDeliveryRows(sql, { webhookId, offset, limit });
      const hasMore = page * limit < total;
      return c.json(
        { deliveries: deliveries.map(toDeliveryResponse), total, page, limit, has_more: hasMore },
        200,
      );
    })
    .openapi(retryRoute, async (c) => {
      const { id: webhookId, delivery_id: deliveryId } = c.req.valid("param");
      const admin = c.get("admin");
      const delivery = await retryDelivery(deps, { admin, webhookId, deliveryId });
      return c.json(toDeliveryResponse(delivery), 202);
    });
}
