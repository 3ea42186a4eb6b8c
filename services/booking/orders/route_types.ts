import type { RouteConfig, RouteHandler } from "@hono/zod-openapi";
import type { UserVariables } from "@evently/shared/auth";
import type { AppEnv } from "@evently/shared/http";

/** The handler of a route that a user's token opens. */
export type UserHandler<Route extends RouteConfig> = RouteHandler<Route, AppEnv<UserVariables>>;

/** The handler of a route without a user. */
export type OpenHandler<Route extends RouteConfig> = RouteHandler<Route, AppEnv>;

/** A route that needs a user's access token. */
export const USER_TOKEN = [{ userToken: [] }];
