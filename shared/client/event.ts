// Generated from the OpenAPI documents by `deno task client`. Do not edit.
// deno-lint-ignore-file
// deno-fmt-ignore-file

export interface paths {
    "/api/v1/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your events, newest first
         * @description Super admins and analysts see the events of all organisers. `q` is looked for in names, regardless of case and accents. `state` is `published` until the end, then `past`. `include=revenue` adds what was paid for each, unless the bookings cannot be asked. `Accept: text/csv` answers all pages as a file.
         */
        get: operations["listManagedEvents"];
        put?: never;
        /**
         * Create a draft event
         * @description The event is not on sale until its status becomes `published`.
         */
        post: operations["createEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an event of yours
         * @description In any status, with its seats by state.
         */
        get: operations["getManagedEvent"];
        /**
         * Update, publish or withdraw an event
         * @description Absent fields and values that are stored already are no change, so the answer of a GET can be sent back. With `version`, the update applies only to that version.
         */
        put: operations["updateEvent"];
        post?: never;
        /**
         * Cancel an event
         * @description Cancels and refunds all of its bookings. A cancelled event is final.
         */
        delete: operations["cancelEvent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the sales of an event
         * @description `gross` is the money paid; `refunded` is the part that is refunded, from the moment the refund is promised; `net` and `estimated_revenue` are the difference. `tickets_sold` counts the seats that are sold now.
         */
        get: operations["getEventAnalytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Audit the seats of an event
         * @description Recomputes the seats from the ledger and the allocations, and checks the ledger’s hash chain.
         */
        get: operations["auditEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/bookings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the bookings of an event
         * @description Newest first, with their buyers. `q` is a part of a reference, or of a buyer's name or e-mail, regardless of case and accents; of an event with more than 50,000 buyers the latest are searched. `Accept: text/csv` answers all that are found as a file, oldest first; a file that breaks off is not whole.
         */
        get: operations["listEventBookings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/bookings/{booking_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a booking of an event
         * @description With its buyer, payments and refunds.
         */
        get: operations["getEventBooking"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/bookings/{booking_id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund a part of a booking
         * @description The booking goes on. All refunds of a booking are never more than was paid; if it is cancelled later, they count. Idempotent by `idempotency_key` or the `Idempotency-Key` header. The refund is made within moments: `GET /bookings/{id}` shows its buyer when.
         */
        post: operations["refundBooking"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the progress of a cancelled event
         * @description How many bookings are cancelled, and how many refunds made. It is over at `done_at`; until then it goes on by itself.
         */
        get: operations["getEventCancellation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/cancellation/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what cancelling an event would do
         * @description Bookings that would be cancelled, the people who made them, the money that would go back, and who waits. As of now; it changes nothing.
         */
        get: operations["previewEventCancellation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a draft like another event
         * @description With its texts, terms, pools and ticket types, without its sales and archived ticket types. Without a start, the copy of an event that has begun starts at the same time of the same day in a coming week; sales windows move along.
         */
        post: operations["duplicateEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the unpaid reservations of an event
         * @description Seats held and not paid now, how many reservations of the last hour and day lapsed without payment, the accounts with the most, and who is blocked. `warning` says that it looks as if seats are held to keep others from buying. Of a day the latest 50,000 reservations count; offers of the waitlist do not.
         */
        get: operations["getEventHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/holds/blocks/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Refuse reservations of an event by an account for a time
         * @description Its reservations that nobody is paying end at once, as does its place on the waitlist; what is paid or being paid stays. Idempotent; another number of `hours` counts from now.
         */
        put: operations["blockEventBuyer"];
        post?: never;
        /**
         * Let an account reserve tickets of an event again
         * @description What ended by the block does not come back. Idempotent.
         */
        delete: operations["unblockEventBuyer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List how the seats of an event moved
         * @description The latest first; balances are those of the pool after each entry. `Accept: text/csv` answers all entries as a file, the oldest first and with all that their hashes cover.
         */
        get: operations["listLedgerEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the pools of an event, the house first
         * @description The id of the house is the event's. Pools of ticket types with a capacity of their own are included.
         */
        get: operations["listPools"];
        put?: never;
        /**
         * Create a pool of seats
         * @description A pool limits how many seats the ticket types that draw on it sell together. It is a part of the house, whose capacity is the event's and on which every type draws. An event has at most 20 pools besides the house.
         */
        post: operations["createPool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/pools/{pool_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Rename or resize a pool
         * @description Absent fields and values that are stored already are no change. A capacity below the seats held and sold is refused. The capacity of the house is the event's `total_capacity`, and its name cannot be changed.
         */
        put: operations["updatePool"];
        post?: never;
        /**
         * Delete a pool
         * @description Refused while seats of it are held or sold or a ticket type draws on it; archived types cease to draw on it.
         */
        delete: operations["deletePool"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the sales of an event over time
         * @description What was confirmed in each step, and the refunds promised in it, beside as many steps before. Days are those of the event's time zone unless `timezone` names another. Without `from` and `to`: the last 60 minutes, 24 hours or 28 days; at most 400 steps.
         */
        get: operations["getEventSales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/ticket-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ticket types of an event by position
         * @description Paused and archived types are included. The default type, whose id is the event's, has the event's `base_price`.
         */
        get: operations["listManagedTicketTypes"];
        put?: never;
        /**
         * Create a ticket type
         * @description Every type draws on the house: one ticket takes as many of its seats as it `gives`. `capacity` gives the type a pool of its own, counted in tickets; `pools` are shared ones, counted in seats. An event has at most 50 types, archived ones included, and a type draws on at most 8 pools.
         */
        post: operations["createTicketType"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/ticket-types/{ticket_type_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Update, move, pause or archive a ticket type
         * @description Absent fields and values that are stored already are no change, so the answer of a GET can be sent back. With `version`, the update applies only to that version. What is held or sold keeps its price and its seats. `capacity` null takes the type's own pool away; `position` moves the type, and the others close ranks. The price of the default type is the event's `base_price`.
         */
        put: operations["updateTicketType"];
        post?: never;
        /**
         * Archive or delete a ticket type
         * @description A type that was ever held or sold is archived, as is the default type; any other is deleted. An archived type can be made active again. The last type that is not archived cannot be deleted.
         */
        delete: operations["deleteTicketType"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/waitlist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who waits for an event
         * @description Entries that wait or have an open offer, by place in line. `why` is what each buyer is told, too; `passes` are the seats that went past an entry because they were too few for it, with how many stayed behind.
         */
        get: operations["listEventWaitlist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/waitlist/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause the offers of an event
         * @description People join and keep their places, and open offers can be taken. Seats that come back are kept for them.
         */
        post: operations["pauseEventWaitlist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/{id}/waitlist/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume the offers of an event
         * @description Seats that came back meanwhile are offered at once.
         */
        post: operations["resumeEventWaitlist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a draft from a name
         * @description What is left out has a default: the venue of your latest event or your latest venue, its capacity, an evening in 30 days, no price. Change it with a PUT before you publish the event.
         */
        post: operations["createDraft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description By an account with the address that was invited. An invitation can be used once.
         */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/organisations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your organisations
         * @description In the order in which you joined them, with your role in each.
         */
        get: operations["listOrganisations"];
        put?: never;
        /**
         * Create an organisation
         * @description You own it. Where registration is closed, only organisers who own an organisation already may create another.
         */
        post: operations["createOrganisation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/organisations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an organisation
         * @description With your role in it, if you have one.
         */
        get: operations["getOrganisation"];
        /**
         * Rename an organisation
         * @description Only its owners may. Its events show the name.
         */
        put: operations["renameOrganisation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/organisations/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who changed what, the latest first
         * @description Every change by organisers' routes, with the fields before and after it; long values are cut. Continue with `before`.
         */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/organisations/{id}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List open invitations
         * @description Those that were neither accepted nor withdrawn, the latest first; some may have expired.
         */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Invite somebody by e-mail
         * @description Only owners may. The mail has a link that works once, for seven days. Another invitation of the same address replaces the one before.
         */
        post: operations["inviteMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/organisations/{id}/invitations/{invitation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw an invitation
         * @description Only owners may. Its link can no longer be used.
         */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/organisations/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the members of an organisation
         * @description At most 200, in the order in which they joined.
         */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/organisations/{id}/members/{admin_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change the role of a member
         * @description Only owners may. It counts from the member's next request. One owner always stays.
         */
        put: operations["changeMemberRole"];
        post?: never;
        /**
         * Remove a member, or leave
         * @description Owners remove anybody, everybody may leave. Nothing that they do afterwards counts, whatever token they have. One owner always stays.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get how your events stand and what needs you
         * @description Drafts that start within 14 days, and events to come with people waiting or at most 5 % of their seats left. Super admins and analysts see the events of all organisers.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/sales": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the sales of all your events over time
         * @description As the sales of an event. Days are those of the time zone of your latest event unless `timezone` names another. Of more than 5,000 events the latest count. Super admins and analysts see the sales of all organisers.
         */
        get: operations["getSales"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/venues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List venues by name
         * @description Filters ignore case and accents.
         */
        get: operations["listVenues"];
        put?: never;
        /**
         * Create a venue
         * @description Its creator owns it; every organiser may use it.
         */
        post: operations["createVenue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/venues/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Update a venue
         * @description Organisers may change their own venues, super admins any. Absent fields and values that are stored already are no change, so the answer of a GET can be sent back.
         */
        put: operations["updateVenue"];
        post?: never;
        /**
         * Delete a venue
         * @description Only a venue without events can be deleted, by its owner or a super admin.
         */
        delete: operations["deleteVenue"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your webhooks, newest first
         * @description Super admins and analysts see the webhooks of all organisers.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description Facts about your events are posted to `url`, signed as Standard Webhooks have it. The answer has the secret, once.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook
         * @description A webhook that the platform paused says why.
         */
        get: operations["getWebhook"];
        /**
         * Update, pause or resume a webhook
         * @description Absent fields and values that are stored already are no change. What waits for a paused webhook is sent when it is active again, up to seven days later.
         */
        put: operations["updateWebhook"];
        post?: never;
        /**
         * Delete a webhook
         * @description What it has not been sent yet never will be.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deliveries of a webhook, newest first
         * @description Deliveries are kept for seven days.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{id}/deliveries/{delivery_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery again
         * @description At once, whatever became of it before, with the same `webhook-id`.
         */
        post: operations["retryWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{id}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test message
         * @description It is sent once; its delivery tells what became of it. While one is pending, no other is made.
         */
        post: operations["pingWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the secret of a webhook
         * @description The answer has the new secret, once. For 24 hours the previous one signs, too.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete your account as an organiser
         * @description Asks for the password again. Name, address, phone number, sessions and invitations are gone at once, as is your name in logs of changes. It is 409 while nobody else belongs to an organisation with events that are published and have not ended, while others belong to one that you alone own, and for the last super admin.
         */
        delete: operations["closeAdminAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download all that we have of you as an organiser
         * @description A file of JSON: the profile, organisations, the latest 1,000 invitations that you sent or got, and the latest 5,000 changes that you made.
         */
        get: operations["exportAdminAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a mail to set a new password
         * @description The answer is the same whether or not an account has the address.
         */
        post: operations["forgotPasswordAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the invitation of a link
         * @description What it is for, and whether its address has an account: with one, log in and accept it; without one, register with `invitation`.
         */
        post: operations["viewInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in as an organiser
         * @description Wrong passwords are limited by e-mail and address.
         */
        post: operations["logInAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a session
         * @description Revokes the refresh token and its whole family.
         */
        post: operations["logOutAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/logout-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End all of your sessions
         * @description Revokes every refresh token of the account. Access tokens that were issued before stay valid until they expire, 15 minutes by default.
         */
        post: operations["logOutAdminEverywhere"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a refresh token for new tokens
         * @description The refresh token is sent in the body or as a Bearer token. It can be used once; using it again ends the session.
         */
        post: operations["refreshAdminSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register an organiser
         * @description Without a token the account is an event manager's, unless registration is closed. A super admin may register admins of any role. With `invitation`, the token of an invitation, the account of the invited address is made even where registration is closed, and belongs to that organisation.
         */
        post: operations["registerAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password
         * @description The token is that of the mail and can be used once. All sessions of the account end; access tokens are valid until they expire.
         */
        post: operations["resetPasswordAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify an e-mail address
         * @description The token is that of the mail and can be used once.
         */
        post: operations["verifyEmailAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admin/verify-email/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a mail to verify your address
         * @description Nothing is sent if it is verified already.
         */
        post: operations["sendVerificationAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List upcoming events, soonest first
         * @description Published events, soonest first. Filters by text ignore case and accents; days are those of the event's own time zone, both inclusive.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an event
         * @description With its ticket types. Drafts are not found.
         */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}/availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the free seats of an event
         * @description Of all and by ticket type. The answer is at most one second old.
         */
        get: operations["getAvailability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch the free seats of an event
         * @description Server-sent events: `availability` with the same JSON as the read, at once and after each change, at most four a second; `gone` when the event is public no more. With `Last-Event-ID` the first is left out where nothing has changed. A stream ends after an hour at the latest, or as its reader is too slow; open it anew then.
         */
        get: operations["watchAvailability"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/events/{id}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the state of an event’s seat ledger
         * @description The head of a hash chain. Keep it to check later that no entry was changed.
         */
        get: operations["getSeatProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the event service can serve
         * @description 503 while its database does not answer.
         */
        get: operations["checkEventReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check that the process is alive
         * @description Answers without asking any store.
         */
        get: operations["checkLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/allocations/sold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sold allocations
         * @description A page; each must have a booking.
         */
        get: operations["listSoldAllocations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an event for booking
         * @description Published and sold-out events only.
         */
        get: operations["getEventInternal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/return-seats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Return seats by version
         * @description Kept for callers of the former system.
         */
        post: operations["returnSeats"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/seats/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Extend held seats
         * @description Idempotent by allocation id; answers per item, in order.
         */
        post: operations["extendSeats"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/seats/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look up allocations of an event
         * @description Changes nothing.
         */
        post: operations["lookUpAllocations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/update-availability": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take or return seats by version
         * @description Kept for callers of the former system.
         */
        post: operations["updateAvailability"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/waitlist/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close waitlists of ticket types of an event
         * @description Those that nobody has begun to wait for since they had the generation given.
         */
        post: operations["closeWaitlist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/{id}/waitlist/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let people wait for ticket types of an event
         * @description Answers per wish, in order: it waits, unless the public could buy so many now. While the list of a type is open, free seats that it could use are not sold to the public.
         */
        post: operations["openWaitlist"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List changes of events after a position
         * @description The change feed that search follows. Changes are counted in lanes; a position has the number of each lane and is opaque to callers, who send back `position` for the next page.
         */
        get: operations["listEventChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/events/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look up several events by id
         * @description For lists of bookings; unknown ids are left out.
         */
        post: operations["lookUpEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/seats/commit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sell held seats
         * @description Idempotent by allocation id; answers per item, in order.
         */
        post: operations["commitSeats"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/seats/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold seats of one or several events
         * @description Idempotent by allocation id; answers per item, in order.
         */
        post: operations["holdSeats"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/seats/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release held or sold seats
         * @description All of each allocation, or all but `keep` tickets of it. Idempotent; answers per item, in order.
         */
        post: operations["releaseSeats"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/waitlist/supply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read what can be offered to waitlists
         * @description Changes nothing. Unknown events are left out.
         */
        post: operations["readWaitlistSupply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/webhooks/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record facts for webhooks
         * @description Each fact is delivered to the webhooks of its event's owner. Idempotent by `message_id`; fields of `data` that are not public are left out, and unknown topics are ignored. Answers how many deliveries there are to make.
         */
        post: operations["recordWebhookFacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/internal/webhooks/wanted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find what webhooks want of events
         * @description The topics by event; events of which no webhook wants anything are left out.
         */
        post: operations["findWantedFacts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AdminSession: {
            access_token: string;
            /** Format: uuid */
            admin_id: string;
            /** Format: email */
            email: string;
            name: string;
            permissions: string;
            refresh_token: string;
            /** @enum {string} */
            role: "super_admin" | "event_manager" | "analyst";
        };
        AllocationBatches: {
            batches: {
                allocation_ids: string[];
                /** Format: uuid */
                event_id: string;
                keep?: number[];
            }[];
        };
        AllocationLookup: {
            results: {
                /** Format: uuid */
                allocation_id: string;
                quantity: number;
                /** @enum {string} */
                state: "held" | "sold" | "released" | "unknown";
            }[];
        };
        AllocationsRequest: {
            allocation_ids: string[];
        };
        Availability: {
            available_seats: number;
            by_type: components["schemas"]["TicketTypeAvailability"][];
            /** Format: date-time */
            last_updated: string;
            on_sale: boolean;
            /** @enum {string} */
            status: "published" | "sold_out" | "cancelled";
        };
        AvailabilityChange: {
            available_seats: number;
            /** Format: uuid */
            event_id: string;
            /** @enum {string} */
            status: "published" | "sold_out";
            version: number;
        };
        BlockRequest: {
            /** @default 24 */
            hours: number;
        };
        BookableEvent: {
            available_seats: number;
            base_price: number;
            by_type?: components["schemas"]["TicketTypeAvailability"][];
            currency: string;
            /** Format: uuid */
            event_id: string;
            max_tickets_per_booking: number;
            name: string;
            on_sale: boolean;
            refund_policy?: {
                hours_before: number;
                percent: number;
            }[];
            seat_seq: number;
            /** Format: date-time */
            start_datetime: string;
            /** @enum {string} */
            status: "published" | "sold_out";
            version: number;
        };
        BuyerBlock: {
            /** Format: date-time */
            blocked_at: string;
            /** Format: date-time */
            blocked_until: string;
            left_waitlist: boolean;
            released: components["schemas"]["HoldCount"] & unknown;
            /** Format: uuid */
            user_id: string;
        };
        BuyerUnblocked: {
            was_blocked: boolean;
        };
        CancellationPreview: {
            bookings: number;
            buyers: number;
            /** Format: uuid */
            event_id: string;
            /** @description One entry per currency; none where nothing is to be given back */
            refunds: {
                amount: number;
                currency: string;
            }[];
            tickets: number;
            waiting: {
                entries: number;
                tickets: number;
            };
        };
        Change: {
            action: string;
            /** Format: uuid */
            admin_id: string;
            admin_name: string;
            /** Format: uuid */
            change_id: string;
            /** Format: uuid */
            event_id?: string;
            fields: {
                field: string;
                from: string | number | boolean | null;
                to: string | number | boolean | null;
            }[];
            /** Format: date-time */
            happened_at: string;
            /** Format: uuid */
            subject_id: string;
            subject_name: string;
        };
        ChangeList: {
            changes: components["schemas"]["Change"][];
            /**
             * Format: uuid
             * @description `before` of the next page, if there is one
             */
            next?: string;
        };
        Changes: {
            changes: components["schemas"]["FeedItem"][];
            last: string;
            more: boolean;
            position: string;
        };
        CloseOrganiserRequest: {
            password: string;
        };
        CloseWaitlistRequest: {
            types: {
                generation: number;
                /** Format: uuid */
                ticket_type_id: string;
            }[];
        };
        CloseWaitlistResponse: {
            available_seats: number;
            closed: string[];
            seq: number;
            set_aside: number;
        };
        CommitRequest: {
            batches: {
                allocation_ids: string[];
                /** Format: uuid */
                event_id: string;
                orders?: number[];
            }[];
        };
        CommitResponse: {
            batches: {
                available_seats: number;
                results: {
                    /** Format: uuid */
                    allocation_id: string;
                    /** @enum {string} */
                    outcome: "committed" | "refused";
                }[];
                seq: number;
            }[];
        };
        CreateDraftRequest: {
            /** Format: date-time */
            end_datetime?: string;
            event_type?: string;
            name: string;
            /** Format: date-time */
            start_datetime?: string;
            total_capacity?: number;
            /** Format: uuid */
            venue_id?: string;
        };
        CreateEventRequest: {
            access_notes?: string | null;
            base_price: number;
            /** @default INR */
            currency: string;
            description?: string | null;
            /** Format: date-time */
            end_datetime: string;
            event_type: string;
            /**
             * Format: uri
             * @description A new one begins with https://
             */
            image_url?: string | null;
            max_held_per_user?: number | null;
            /** @default 10 */
            max_tickets_per_booking: number;
            name: string;
            /** @default false */
            public_counts: boolean;
            refund_policy?: {
                hours_before: number;
                percent: number;
            }[] | null;
            /** Format: date-time */
            start_datetime: string;
            timezone?: string | null;
            total_capacity: number;
            /** Format: uuid */
            venue_id: string;
        };
        CreatePoolRequest: {
            capacity: number;
            name: string;
        };
        CreateTicketTypeRequest: {
            capacity?: number | null;
            description?: string | null;
            /** @default 1 */
            gives: number;
            /** @enum {string} */
            kind?: "paid" | "free";
            max_per_buyer?: number | null;
            max_per_order?: number | null;
            /** @default 1 */
            min_per_order: number;
            name: string;
            /** @default [] */
            pools: {
                /** Format: uuid */
                pool_id: string;
                units?: number;
            }[];
            position?: number;
            price?: number;
            /** Format: date-time */
            sales_end?: string | null;
            /** Format: date-time */
            sales_start?: string | null;
            /**
             * @default active
             * @enum {string}
             */
            status: "active" | "paused" | "archived";
        };
        CreateVenueRequest: {
            address: string;
            capacity: number;
            city: string;
            /** @default India */
            country: string;
            latitude?: number | null;
            layout_config?: {
                [key: string]: unknown;
            } | null;
            longitude?: number | null;
            name: string;
            postal_code?: string | null;
            state?: string | null;
            timezone?: string | null;
        };
        CreateWebhookRequest: {
            description?: string | null;
            /**
             * @default active
             * @enum {string}
             */
            status: "active" | "paused";
            topics: ("event.published" | "event.changed" | "event.cancelled" | "event.sold_out" | "event.available" | "booking.confirmed" | "booking.cancelled" | "booking.payment_returned" | "booking.refunded" | "waitlist.joined" | "waitlist.offered" | "waitlist.offer_lapsed" | "waitlist.converted")[];
            url: string;
        };
        DuplicateEventRequest: {
            name?: string;
            /** Format: date-time */
            start_datetime?: string;
        };
        Error: {
            /** @enum {string} */
            code: "VALIDATION_FAILED" | "INVALID_JSON" | "INVALID_HOST" | "UNAUTHORIZED" | "FORBIDDEN" | "INVALID_API_KEY" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "REQUEST_TIMEOUT" | "PAYLOAD_TOO_LARGE" | "RATE_LIMITED" | "INTERNAL" | "UNAVAILABLE" | "EMAIL_TAKEN" | "BAD_CREDENTIALS" | "WRONG_PASSWORD" | "ACCOUNT_HAS_TICKETS" | "BAD_REFRESH_TOKEN" | "BAD_ACCOUNT_LINK" | "REGISTRATION_CLOSED" | "USER_NOT_FOUND" | "EVENT_NOT_FOUND" | "EVENT_NOT_BOOKABLE" | "EVENT_STATE_CONFLICT" | "CAPACITY_BELOW_SOLD" | "STALE_VERSION" | "POOL_NOT_FOUND" | "POOL_IN_USE" | "TICKET_TYPE_NOT_FOUND" | "LAST_TICKET_TYPE" | "OFFER_FULL" | "VENUE_NOT_FOUND" | "UNKNOWN_VENUE" | "VENUE_IN_USE" | "NOT_ENOUGH_SEATS" | "ORGANISATION_NOT_FOUND" | "MEMBER_NOT_FOUND" | "LAST_OWNER" | "ACCOUNT_HAS_EVENTS" | "LAST_SUPER_ADMIN" | "ALREADY_MEMBER" | "ORGANISATION_FULL" | "INVITATION_NOT_FOUND" | "BAD_INVITATION" | "INVITATION_FOR_ANOTHER" | "WEBHOOK_NOT_FOUND" | "WEBHOOK_LIMIT_REACHED" | "WEBHOOK_PAUSED" | "DELIVERY_NOT_FOUND" | "EVENT_UNKNOWN" | "TOO_MANY_TICKETS" | "TICKET_TYPE_NOT_ON_SALE" | "MIN_QUANTITY" | "BUYER_LIMIT_REACHED" | "RESERVATIONS_BLOCKED" | "BLOCKS_FULL" | "IDEMPOTENCY_KEY_REUSED" | "PAYMENT_PROVIDER_NOT_FOUND" | "WEBHOOK_FORGED" | "RESERVATION_EXPIRED" | "BOOKING_NOT_FOUND" | "BOOKING_NOT_YOURS" | "BOOKING_STATE_CONFLICT" | "REFUND_TOO_LARGE" | "PAYMENT_NOT_FOUND" | "PAYMENT_DECLINED" | "PAYMENT_IN_PROGRESS" | "SEATS_AVAILABLE" | "WAITLIST_CLOSED" | "NOT_ON_WAITLIST" | "NO_OPEN_OFFER" | "WAITLIST_STATE_CONFLICT";
            details?: {
                message: string;
                path: string;
            }[];
            error: string;
            request_id: string;
        };
        Event: {
            access_notes?: string;
            available_seats: number;
            base_price: number;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            created_by: string;
            currency: string;
            description?: string;
            /** Format: date-time */
            end_datetime: string;
            /** Format: uuid */
            event_id: string;
            event_type: string;
            /** Format: uri */
            image_url?: string;
            latitude?: number;
            longitude?: number;
            max_held_per_user?: number;
            max_tickets_per_booking: number;
            name: string;
            on_sale: boolean;
            organiser_name: string;
            price_range: {
                max: number;
                min: number;
            };
            public_counts: boolean;
            refund_policy?: {
                hours_before: number;
                percent: number;
            }[];
            /** Format: date-time */
            start_datetime: string;
            /** @enum {string} */
            status: "draft" | "published" | "sold_out" | "cancelled";
            timezone: string;
            total_capacity: number;
            /** Format: date-time */
            updated_at: string;
            venue_address: string;
            venue_city: string;
            venue_country: string;
            /** Format: uuid */
            venue_id: string;
            venue_name: string;
            venue_postal_code?: string;
            venue_state?: string;
            version: number;
        };
        EventAnalytics: {
            available_seats: number;
            base_price: number;
            by_type: {
                estimated_revenue: number;
                held: number;
                name: string;
                sold: number;
                /** Format: uuid */
                ticket_type_id: string;
            }[];
            capacity_utilization: number;
            currency: string;
            estimated_revenue: number;
            /** Format: uuid */
            event_id: string;
            gross: number;
            held_seats: number;
            name: string;
            net: number;
            other_takings?: {
                currency: string;
                gross: number;
                net: number;
                refunded: number;
            }[];
            refunded: number;
            /** @enum {string} */
            status: "draft" | "published" | "sold_out" | "cancelled";
            tickets_sold: number;
            total_capacity: number;
        };
        EventCancellation: {
            /** @description Cancelled, or still to be */
            bookings: number;
            cancelled: number;
            currency: string;
            /** Format: date-time */
            done_at?: string;
            /** Format: uuid */
            event_id: string;
            /** @description Refunds that failed so far and are tried again */
            failed: number;
            refund_amount: number;
            /** @description Those of `refunds` that are made */
            refunded: number;
            refunded_amount: number;
            /** @description Promised so far, those of before included */
            refunds: number;
        };
        EventList: {
            events: components["schemas"]["Event"][];
            has_more: boolean;
            limit: number;
            page: number;
            total: number;
        };
        EventSales: {
            before: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
            };
            /** @description By position, archived types only if they sold */
            by_type: {
                before: {
                    gross: number;
                    tickets: number;
                };
                currency: string;
                name: string;
                points: {
                    /** Format: date-time */
                    at: string;
                    gross: number;
                    tickets: number;
                }[];
                /** Format: uuid */
                ticket_type_id: string;
                total: {
                    gross: number;
                    tickets: number;
                };
            }[];
            /** @description One entry per currency in which the events sell or sold */
            currencies: {
                before: {
                    points: {
                        /** Format: date-time */
                        at: string;
                        bookings: number;
                        gross: number;
                        refunded: number;
                        /** @description `gross` less `refunded` */
                        revenue: number;
                        tickets: number;
                    }[];
                    total: {
                        bookings: number;
                        gross: number;
                        refunded: number;
                        /** @description `gross` less `refunded` */
                        revenue: number;
                        tickets: number;
                    };
                };
                currency: string;
                points: {
                    /** Format: date-time */
                    at: string;
                    bookings: number;
                    gross: number;
                    refunded: number;
                    /** @description `gross` less `refunded` */
                    revenue: number;
                    tickets: number;
                }[];
                total: {
                    bookings: number;
                    gross: number;
                    refunded: number;
                    /** @description `gross` less `refunded` */
                    revenue: number;
                    tickets: number;
                };
            }[];
            /** Format: date-time */
            from: string;
            /** @enum {string} */
            step: "minute" | "hour" | "day";
            timezone: string;
            /**
             * Format: date-time
             * @description The end of the last step
             */
            to: string;
        };
        EventSummary: {
            currency: string;
            /** Format: date-time */
            end_datetime: string;
            /** Format: uuid */
            event_id: string;
            event_type: string;
            /** Format: uri */
            image_url?: string;
            latitude?: number;
            longitude?: number;
            name: string;
            organiser_name: string;
            refund_policy?: {
                hours_before: number;
                percent: number;
            }[];
            /** Format: date-time */
            start_datetime: string;
            /** @enum {string} */
            status: "draft" | "published" | "sold_out" | "cancelled";
            timezone: string;
            venue_address: string;
            venue_city: string;
            venue_country: string;
            venue_name: string;
            venue_postal_code?: string;
            venue_state?: string;
            version: number;
        };
        ExtendRequest: {
            items: {
                /** Format: uuid */
                allocation_id: string;
                /** Format: date-time */
                expires_at: string;
            }[];
        };
        ExtendResponse: {
            results: {
                /** Format: uuid */
                allocation_id: string;
                /** @enum {string} */
                outcome: "extended" | "refused";
            }[];
            seq: number;
        };
        FeedItem: {
            change: number;
            event?: components["schemas"]["SearchDocument"];
            /** Format: uuid */
            event_id: string;
        };
        HoldCount: {
            bookings: number;
            tickets: number;
        };
        HoldOutcomes: {
            lapsed: components["schemas"]["HoldCount"];
            /** @description Of the reservations that ended, from 0 to 1; absent if none did */
            lapsed_share?: number;
            paid: components["schemas"]["HoldCount"];
        };
        HoldRequest: {
            batches: {
                /** Format: uuid */
                event_id: string;
                items: {
                    /** Format: uuid */
                    allocation_id: string;
                    /** Format: uuid */
                    buyer_id?: string;
                    /** Format: date-time */
                    expires_at: string;
                    order?: number;
                    quantity: number;
                    /** Format: uuid */
                    ticket_type_id?: string;
                    unit_price_minor?: number;
                }[];
            }[];
            /** @default false */
            revive: boolean;
            /**
             * @default public
             * @enum {string}
             */
            source: "public" | "waitlist";
        };
        HoldResponse: {
            batches: {
                available_seats: number;
                event: {
                    currency: string | null;
                    max_tickets_per_booking: number | null;
                    on_sale: boolean;
                    refund_policy: {
                        hours_before: number;
                        percent: number;
                    }[] | null;
                    /** Format: date-time */
                    start_datetime: string | null;
                    ticket_name: string | null;
                    types?: {
                        [key: string]: {
                            available: number;
                            gives: number;
                            is_default: boolean;
                            max_per_order: number;
                            min_per_order: number;
                            name: string;
                            unit_price_minor: number;
                        };
                    };
                    unit_price_minor: number | null;
                    waitlist_open: boolean;
                };
                results: ({
                    /** Format: uuid */
                    allocation_id: string;
                    /** @enum {string} */
                    outcome: "held";
                } | {
                    /** Format: uuid */
                    allocation_id: string;
                    /** Format: date-time */
                    expires_at: string | null;
                    gives: number;
                    /** @enum {string} */
                    outcome: "existing";
                    quantity: number;
                    /** @enum {string} */
                    state: "held" | "sold" | "released";
                    /** Format: uuid */
                    ticket_type_id?: string;
                    unit_price_minor: number;
                } | {
                    /** Format: uuid */
                    allocation_id: string;
                    /** @enum {string} */
                    outcome: "refused";
                    /** @enum {string} */
                    reason?: "not_on_sale" | "type_required" | "min" | "max" | "waitlist" | "buyer_limit" | "seats" | "key_reused";
                    /** Format: uuid */
                    ticket_type_id?: string;
                })[];
                seq: number;
                set_aside: number;
            }[];
        };
        Invitation: {
            /** Format: date-time */
            created_at: string;
            /** Format: email */
            email: string;
            /** Format: date-time */
            expires_at: string;
            /** Format: uuid */
            invitation_id: string;
            /** @description The name of who invited */
            invited_by: string;
            /**
             * @description Owners decide who belongs to it, managers change its events, analysts read
             * @enum {string}
             */
            role: "owner" | "manager" | "analyst";
        };
        InvitationList: {
            invitations: components["schemas"]["Invitation"][];
        };
        InvitationTokenRequest: {
            token: string;
        };
        InviteRequest: {
            /** Format: email */
            email: string;
            /**
             * @description Owners decide who belongs to it, managers change its events, analysts read
             * @enum {string}
             */
            role: "owner" | "manager" | "analyst";
        };
        LedgerEntries: {
            entries: {
                available: number;
                /** @description The account that the seats went to */
                credit: string;
                /** @description The account that the seats left */
                debit: string;
                hash: string;
                held: number;
                operation: string;
                /** @description Absent: the house */
                pool?: number;
                /** Format: date-time */
                recorded_at: string;
                seats: number;
                seq: number;
                set_aside: number;
                sold: number;
            }[];
            has_more: boolean;
            limit: number;
            page: number;
            total: number;
        };
        LookupRequest: {
            event_ids: string[];
        };
        LookupResponse: {
            events: components["schemas"]["EventSummary"][];
        };
        ManagedBooking: {
            /** Format: date-time */
            booked_at: string;
            /** Format: uuid */
            booking_id: string;
            booking_reference: string;
            buyer_email?: string;
            buyer_name?: string;
            /** Format: date-time */
            confirmed_at?: string;
            currency: string;
            /**
             * Format: date-time
             * @description Cancelled or expired
             */
            ended_at?: string;
            /**
             * Format: date-time
             * @description Of a pending one
             */
            expires_at?: string;
            /** @description What was bought, as it was then */
            lines: {
                name: string;
                quantity: number;
                /** Format: uuid */
                ticket_type_id: string;
                total: number;
                unit_price: number;
            }[];
            payment_status: string;
            quantity: number;
            /** @description Promised so far */
            refund_amount: number;
            /** @enum {string} */
            status: "pending" | "confirmed" | "cancelled" | "expired";
            total_amount: number;
            /** Format: uuid */
            user_id: string;
        };
        ManagedBookingDetail: components["schemas"]["ManagedBooking"] & {
            payments: {
                amount: number;
                /** Format: date-time */
                finished_at?: string;
                method: string;
                /** Format: uuid */
                payment_id: string;
                provider: string;
                /** Format: date-time */
                started_at: string;
                status: string;
                transaction_id?: string;
            }[];
            /** @description The most that a refund can be */
            refundable_amount: number;
            refunds: {
                amount: number;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                done_at?: string;
                /** @description Of the organiser */
                note?: string;
                /** @description `cancelled`: by the buyer. `organiser`: a part that the organiser gave back */
                reason: string;
                /** Format: uuid */
                refund_id: string;
                /** @enum {string} */
                status: "pending" | "done";
            }[];
        };
        ManagedBookingList: {
            bookings: components["schemas"]["ManagedBooking"][];
            has_more: boolean;
            limit: number;
            page: number;
            total: number;
        };
        ManagedEvent: components["schemas"]["Event"] & {
            held_seats: number;
            /** Format: uuid */
            organisation_id: string;
            /** @description Paid less refunds, one entry per currency; of a list with `include=revenue` */
            revenue?: {
                amount: number;
                currency: string;
            }[];
            /** @description Seats kept for those who wait */
            set_aside_seats: number;
            /** @description Seats sold now */
            tickets_sold: number;
        };
        ManagedEventList: components["schemas"]["EventList"] & {
            events?: components["schemas"]["ManagedEvent"][];
        };
        ManagedTicketType: {
            available: number;
            capacity?: number;
            /** Format: date-time */
            created_at: string;
            currency: string;
            description?: string;
            gives: number;
            held: number;
            /** @enum {string} */
            kind: "paid" | "free";
            max_per_buyer?: number;
            max_per_order?: number;
            min_per_order: number;
            name: string;
            pools: {
                /** Format: uuid */
                pool_id: string;
                units: number;
            }[];
            position: number;
            price: number;
            /** Format: date-time */
            sales_end?: string;
            /** Format: date-time */
            sales_start?: string;
            sold: number;
            /** @enum {string} */
            state: "on_sale" | "soon" | "ended" | "sold_out" | "waitlist" | "paused" | "archived";
            /** @enum {string} */
            status: "active" | "paused" | "archived";
            /** Format: uuid */
            ticket_type_id: string;
            /** Format: date-time */
            updated_at: string;
            version: number;
        };
        ManagedTicketTypeList: {
            ticket_types: components["schemas"]["ManagedTicketType"][];
        };
        ManagedWaitlist: {
            entries: {
                buyer_email?: string;
                /** @description Absent if the account is gone */
                buyer_name?: string;
                /** Format: date-time */
                expires_at?: string;
                /** Format: date-time */
                joined_at: string;
                min_quantity: number;
                offer?: {
                    last: boolean;
                    partial: boolean;
                    quantity: number;
                    /** Format: uuid */
                    reservation_id: string;
                    /** Format: uuid */
                    ticket_type_id: string;
                };
                /** Format: date-time */
                offered_at?: string;
                /** @description Seats that went past the entry since its last offer */
                passed: number;
                /** @description The latest first */
                passes: {
                    /** Format: date-time */
                    at: string;
                    by_position?: number;
                    kept: number;
                    seats: number;
                }[];
                /** @description From 1; 0 while there is an offer */
                position: number;
                quantity: number;
                /** @enum {string} */
                status: "waiting" | "offered";
                /** @description In order of preference */
                ticket_type_ids: string[];
                /** Format: uuid */
                user_id: string;
                /** Format: uuid */
                waitlist_id: string;
                why?: components["schemas"]["WaitlistWhy"];
            }[];
            has_more: boolean;
            limit: number;
            page: number;
            paused: boolean;
            /** Format: date-time */
            paused_at?: string;
            total: number;
        };
        Member: {
            /** Format: uuid */
            admin_id: string;
            /** Format: email */
            email: string;
            /** Format: date-time */
            joined_at: string;
            name: string;
            /**
             * @description Owners decide who belongs to it, managers change its events, analysts read
             * @enum {string}
             */
            role: "owner" | "manager" | "analyst";
        };
        MemberList: {
            members: components["schemas"]["Member"][];
        };
        MemberRoleRequest: {
            /**
             * @description Owners decide who belongs to it, managers change its events, analysts read
             * @enum {string}
             */
            role: "owner" | "manager" | "analyst";
        };
        Message: {
            message: string;
        };
        OpenWaitlistRequest: {
            wanted: {
                min_quantity: number;
                ticket_type_ids: string[];
            }[];
        };
        OpenWaitlistResponse: {
            /** @enum {string} */
            outcome: "unknown_event";
        } | {
            /** @enum {string} */
            outcome: "not_on_sale";
        } | {
            available_seats: number;
            /** @enum {string} */
            outcome: "opened";
            results: ("waits" | "available" | "no_such_type" | "not_on_sale" | "too_many")[];
            seq: number;
            set_aside: number;
        };
        Organisation: {
            /** Format: date-time */
            created_at: string;
            name: string;
            /** Format: uuid */
            organisation_id: string;
            /**
             * @description Yours; absent if you do not belong to it
             * @enum {string}
             */
            role?: "owner" | "manager" | "analyst";
        };
        OrganisationList: {
            organisations: components["schemas"]["Organisation"][];
        };
        OrganisationRequest: {
            name: string;
        };
        OrganiserExport: {
            changes: {
                action: string;
                fields: {
                    field: string;
                    from: string | number | boolean | null;
                    to: string | number | boolean | null;
                }[];
                /** Format: date-time */
                happened_at: string;
                /** Format: uuid */
                organisation_id: string;
                subject_name: string;
            }[];
            /** Format: date-time */
            exported_at: string;
            invitations: {
                /** Format: date-time */
                accepted_at?: string;
                /** Format: date-time */
                created_at: string;
                /** Format: email */
                email: string;
                organisation_name: string;
                /** @enum {string} */
                role: "owner" | "manager" | "analyst";
                sent_by_you: boolean;
            }[];
            organisations: {
                /** Format: date-time */
                joined_at: string;
                name: string;
                /** Format: uuid */
                organisation_id: string;
                /** @enum {string} */
                role: "owner" | "manager" | "analyst";
            }[];
            profile: {
                /** Format: uuid */
                admin_id: string;
                /** Format: date-time */
                created_at: string;
                /** Format: email */
                email: string;
                email_verified: boolean;
                language: string;
                name: string;
                phone_number?: string;
                role: string;
            };
        };
        Overview: {
            events: {
                cancelled: number;
                draft: number;
                past: number;
                published: number;
            };
            /** @description Of published events that have not ended */
            held_seats: number;
            /** @description At most 20 events, the soonest first */
            needs_you: {
                available_seats: number;
                /** Format: uuid */
                event_id: string;
                /** @enum {string} */
                kind: "draft_starts_soon" | "sold_out" | "few_left" | "people_wait";
                name: string;
                /** Format: date-time */
                start_datetime: string;
                total_capacity: number;
                waiting: number;
            }[];
            /** @description Of yours, that the platform paused as they failed */
            paused_webhooks: {
                url: string;
                /** Format: uuid */
                webhook_id: string;
            }[];
            /** @description For published events that have not begun */
            waiting: {
                entries: number;
                tickets: number;
            };
        };
        Pool: {
            available: number;
            capacity: number;
            held: number;
            name: string;
            /** Format: uuid */
            pool_id: string;
            set_aside: number;
            sold: number;
        };
        PoolList: {
            pools: components["schemas"]["Pool"][];
        };
        PublicEvent: components["schemas"]["Event"] & {
            /**
             * Format: date-time
             * @description When the sale of its first ticket type begins; while `state` is `soon`
             */
            sales_start?: string;
            /**
             * @description Of all ticket types. `soon`: the sale begins at `sales_start`. `ended`: the sale is over, or the event has begun. `waitlist`: sold out, and people wait for it
             * @enum {string}
             */
            state: "on_sale" | "soon" | "ended" | "sold_out" | "waitlist" | "cancelled";
            ticket_types: components["schemas"]["TicketType"][];
        };
        ReceivedInvitation: {
            /** Format: email */
            email: string;
            /** Format: date-time */
            expires_at: string;
            /** @description Whether an account has the address */
            has_account: boolean;
            invited_by: string;
            /** Format: uuid */
            organisation_id: string;
            organisation_name: string;
            /**
             * @description Owners decide who belongs to it, managers change its events, analysts read
             * @enum {string}
             */
            role: "owner" | "manager" | "analyst";
        };
        RefundedBooking: {
            amount: number;
            /** Format: uuid */
            booking_id: string;
            booking_reference: string;
            /** Format: date-time */
            created_at: string;
            currency: string;
            /**
             * Format: date-time
             * @description When the payment provider had made it
             */
            done_at?: string;
            reason?: string;
            /** Format: uuid */
            refund_id: string;
            /** @enum {string} */
            status: "pending" | "done";
        };
        RefundRequest: {
            amount: number;
            idempotency_key?: string;
            reason?: string | null;
        };
        RegisterAdminRequest: {
            /**
             * Format: email
             * @description International domains and names are welcome
             */
            email: string;
            /** @description The token of an invitation to an organisation */
            invitation?: string | null;
            /**
             * @description BCP 47; of mails and messages
             * @enum {string}
             */
            language?: "en" | "hi";
            name: string;
            password: string;
            phone_number?: string | null;
            /**
             * @default event_manager
             * @enum {string}
             */
            role: "super_admin" | "event_manager" | "analyst";
        };
        ReleaseResponse: {
            batches: {
                available_seats: number;
                results: {
                    /** Format: uuid */
                    allocation_id: string;
                    /** @enum {string} */
                    outcome: "released" | "unchanged";
                }[];
                seq: number;
                set_aside: number;
            }[];
        };
        RemovedTicketType: {
            archived: boolean;
            message: string;
        };
        ReturnSeatsRequest: {
            quantity: number;
            version: number;
        };
        Sales: {
            before: {
                /** Format: date-time */
                from: string;
                /** Format: date-time */
                to: string;
            };
            /** @description One entry per currency in which the events sell or sold */
            currencies: {
                before: {
                    points: {
                        /** Format: date-time */
                        at: string;
                        bookings: number;
                        gross: number;
                        refunded: number;
                        /** @description `gross` less `refunded` */
                        revenue: number;
                        tickets: number;
                    }[];
                    total: {
                        bookings: number;
                        gross: number;
                        refunded: number;
                        /** @description `gross` less `refunded` */
                        revenue: number;
                        tickets: number;
                    };
                };
                currency: string;
                points: {
                    /** Format: date-time */
                    at: string;
                    bookings: number;
                    gross: number;
                    refunded: number;
                    /** @description `gross` less `refunded` */
                    revenue: number;
                    tickets: number;
                }[];
                total: {
                    bookings: number;
                    gross: number;
                    refunded: number;
                    /** @description `gross` less `refunded` */
                    revenue: number;
                    tickets: number;
                };
            }[];
            /** @description Whose sales these are */
            events: number;
            /** @description There are older events */
            events_left_out: boolean;
            /** Format: date-time */
            from: string;
            /** @enum {string} */
            step: "minute" | "hour" | "day";
            timezone: string;
            /**
             * Format: date-time
             * @description The end of the last step
             */
            to: string;
        };
        SearchDocument: {
            available_later?: {
                available_seats: number;
                from: string;
            }[];
            available_seats: number;
            base_price: number;
            /** Format: date-time */
            created_at: string;
            currency: string;
            description?: string;
            /** Format: date-time */
            end_datetime: string;
            /** Format: uuid */
            event_id: string;
            event_type: string;
            /** Format: uri */
            image_url?: string;
            latitude?: number;
            longitude?: number;
            name: string;
            organiser_name: string;
            prices?: number[];
            seats_taken?: number;
            /** Format: date-time */
            start_datetime: string;
            /** @enum {string} */
            status: "draft" | "published" | "sold_out" | "cancelled";
            timezone: string;
            total_capacity: number;
            /** Format: date-time */
            updated_at: string;
            venue_address: string;
            venue_city: string;
            venue_country: string;
            /** Format: uuid */
            venue_id: string;
            venue_name: string;
            venue_state?: string;
            version: number;
        };
        SeatAudit: {
            accounts: {
                available: number;
                held: number;
                set_aside: number;
                sold: number;
            };
            consistent: boolean;
            discrepancies: {
                /** Format: uuid */
                allocation_id?: string;
                /** @enum {string} */
                kind: "entry_altered" | "entry_missing" | "entry_unexpected" | "entry_unbalanced" | "inventory_differs" | "allocation_differs" | "buyer_differs" | "plain_differs" | "set_aside_differs" | "waitlist_differs";
                message: string;
                pool?: number;
                seq?: number;
            }[];
            entries: number;
            head_hash: string;
            pools: {
                accounts: {
                    available: number;
                    held: number;
                    set_aside: number;
                    sold: number;
                };
                pool: number;
            }[];
        };
        SeatProof: {
            adds_up: boolean;
            capacity: number;
            counts?: {
                available: number;
                held: number;
                set_aside: number;
                sold: number;
            };
            /** Format: uuid */
            event_id: string;
            head_hash: string;
            pools: {
                adds_up: boolean;
                capacity: number;
                counts?: {
                    available: number;
                    held: number;
                    set_aside: number;
                    sold: number;
                };
                name: string;
                /** Format: uuid */
                pool_id: string;
                seq: number;
            }[];
            seq: number;
            time: string;
        };
        SoldAllocations: {
            allocations: {
                /** Format: uuid */
                allocation_id: string;
                /** Format: uuid */
                event_id: string;
            }[];
            next?: {
                after_allocation: string;
                after_event: string;
            };
        };
        TicketType: {
            available: number;
            description?: string;
            gives: number;
            /** @enum {string} */
            kind: "paid" | "free";
            max_per_buyer?: number;
            max_per_order: number;
            min_per_order: number;
            name: string;
            price: number;
            /** Format: date-time */
            sales_end?: string;
            /** Format: date-time */
            sales_start?: string;
            /** @enum {string} */
            state: "on_sale" | "soon" | "ended" | "sold_out" | "waitlist";
            /** Format: uuid */
            ticket_type_id: string;
        };
        TicketTypeAvailability: {
            available: number;
            /** @enum {string} */
            state: "on_sale" | "soon" | "ended" | "sold_out" | "waitlist";
            /** Format: uuid */
            ticket_type_id: string;
        };
        Tokens: {
            access_token: string;
            refresh_token: string;
        };
        UnpaidHolds: {
            /** @description The ten with the most unpaid tickets, at least two reservations each */
            accounts: {
                /** Format: date-time */
                blocked_until?: string;
                held: components["schemas"]["HoldCount"];
                last_day: {
                    lapsed: components["schemas"]["HoldCount"];
                    paid: components["schemas"]["HoldCount"];
                };
                last_hour: {
                    lapsed: components["schemas"]["HoldCount"];
                    paid: components["schemas"]["HoldCount"];
                };
                /** Format: uuid */
                user_id: string;
            }[];
            blocks: {
                /** Format: date-time */
                blocked_at: string;
                /** Format: date-time */
                blocked_until: string;
                /** Format: uuid */
                user_id: string;
            }[];
            /** @description Open reservations that nobody is paying, and how many accounts have them */
            held: components["schemas"]["HoldCount"] & {
                accounts: number;
            };
            last_day: components["schemas"]["HoldOutcomes"];
            last_hour: components["schemas"]["HoldOutcomes"];
            paying: components["schemas"]["HoldCount"];
            total_capacity: number;
            /**
             * @description Hardly any reservation of the last hour was paid: a few accounts hold seats again and again, or many do, or payments fail
             * @enum {string}
             */
            warning?: "few_accounts" | "many_accounts";
        };
        UpdateAvailabilityRequest: {
            quantity: number;
            version: number;
        };
        UpdateEventRequest: {
            access_notes?: string | null;
            base_price?: number;
            currency?: string;
            description?: string | null;
            /** Format: date-time */
            end_datetime?: string;
            event_type?: string;
            /**
             * Format: uri
             * @description A new one begins with https://
             */
            image_url?: string | null;
            max_held_per_user?: number | null;
            max_tickets_per_booking?: number;
            name?: string;
            public_counts?: boolean;
            refund_policy?: {
                hours_before: number;
                percent: number;
            }[] | null;
            /** Format: date-time */
            start_datetime?: string;
            /** @enum {string} */
            status?: "draft" | "published" | "sold_out" | "cancelled";
            timezone?: string | null;
            total_capacity?: number;
            /** Format: uuid */
            venue_id?: string;
            version?: number | null;
        };
        UpdatePoolRequest: {
            capacity?: number;
            name?: string;
        };
        UpdateTicketTypeRequest: {
            capacity?: number | null;
            description?: string | null;
            gives?: number;
            /** @enum {string} */
            kind?: "paid" | "free";
            max_per_buyer?: number | null;
            max_per_order?: number | null;
            min_per_order?: number;
            name?: string;
            pools?: {
                /** Format: uuid */
                pool_id: string;
                units?: number;
            }[];
            position?: number;
            price?: number;
            /** Format: date-time */
            sales_end?: string | null;
            /** Format: date-time */
            sales_start?: string | null;
            /** @enum {string} */
            status?: "active" | "paused" | "archived";
            version?: number | null;
        };
        UpdateVenueRequest: {
            address?: string;
            capacity?: number;
            city?: string;
            country?: string;
            latitude?: number | null;
            layout_config?: {
                [key: string]: unknown;
            } | null;
            longitude?: number | null;
            name?: string;
            postal_code?: string | null;
            state?: string | null;
            timezone?: string | null;
        };
        UpdateWebhookRequest: {
            description?: string | null;
            /** @enum {string} */
            status?: "active" | "paused";
            topics?: ("event.published" | "event.changed" | "event.cancelled" | "event.sold_out" | "event.available" | "booking.confirmed" | "booking.cancelled" | "booking.payment_returned" | "booking.refunded" | "waitlist.joined" | "waitlist.offered" | "waitlist.offer_lapsed" | "waitlist.converted")[];
            url?: string;
        };
        Venue: {
            address: string;
            capacity: number;
            city: string;
            country: string;
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            created_by: string;
            latitude?: number;
            layout_config?: {
                [key: string]: unknown;
            };
            longitude?: number;
            name: string;
            /** Format: uuid */
            organisation_id: string;
            postal_code?: string;
            state?: string;
            timezone?: string;
            /** Format: date-time */
            updated_at: string;
            /** Format: uuid */
            venue_id: string;
        };
        VenueList: {
            has_more: boolean;
            limit: number;
            page: number;
            total: number;
            venues: components["schemas"]["Venue"][];
        };
        WaitlistPause: {
            paused: boolean;
            /** Format: date-time */
            paused_at?: string;
        };
        WaitlistSupply: {
            events: {
                /** Format: uuid */
                event_id: string;
                on_sale: boolean;
                seq: number;
                set_aside: {
                    [key: string]: number;
                };
                /** Format: date-time */
                start_datetime: string;
                types: {
                    generation: number;
                    largest_order: number;
                    min_per_order: number;
                    open: boolean;
                    pools: number[];
                    /** Format: date-time */
                    sales_end?: string;
                    /** Format: date-time */
                    sales_start?: string;
                    /** @enum {string} */
                    status: "active" | "paused" | "archived";
                    /** Format: uuid */
                    ticket_type_id: string;
                    units: number[];
                }[];
            }[];
        };
        WaitlistSupplyRequest: {
            event_ids: string[];
        };
        /** @description Why there is no offer now */
        WaitlistWhy: {
            /** @enum {string} */
            code: "NOTHING_FREE" | "OTHERS_FIRST" | "GATHERING" | "BEHIND_A_GROUP" | "STANDING_BACK" | "NOT_ON_SALE" | "PAUSED" | "CLOSED";
            entries?: number;
            kept?: number;
            of?: number;
            passed?: number;
            /** @enum {string} */
            reason?: "event_over" | "starts_soon" | "types_ended" | "buyer_limit";
            seats?: number;
            /** Format: date-time */
            until?: string;
        };
        WantedFacts: {
            events: {
                /** Format: uuid */
                event_id: string;
                topics: string[];
            }[];
        };
        WantedFactsRequest: {
            event_ids: string[];
        };
        Webhook: {
            /** Format: date-time */
            created_at: string;
            /** Format: uuid */
            created_by: string;
            description?: string;
            /**
             * Format: date-time
             * @description The first failed attempt since the last delivery
             */
            failing_since?: string;
            /**
             * Format: uuid
             * @description It is told of this organisation's events
             */
            organisation_id: string;
            /** Format: date-time */
            paused_at?: string;
            /**
             * @description Why the platform paused it: it answered 410, or took nothing for three days. Absent if its owner paused it
             * @enum {string}
             */
            paused_because?: "gone" | "failing";
            /**
             * Format: date-time
             * @description Until then the previous secret signs, too
             */
            previous_secret_until?: string;
            /** @enum {string} */
            status: "active" | "paused";
            topics: string[];
            /** Format: date-time */
            updated_at: string;
            url: string;
            /** Format: uuid */
            webhook_id: string;
        };
        WebhookDelivery: {
            /** Format: date-time */
            attempted_at?: string;
            attempts: number;
            /** Format: date-time */
            created_at: string;
            /**
             * Format: uuid
             * @description The `webhook-id` of the message
             */
            delivery_id: string;
            duration_ms?: number;
            error?: string;
            /** Format: uuid */
            event_id?: string;
            /** Format: date-time */
            next_attempt_at?: string;
            /** @description The first bytes of the last answer */
            response_start?: string;
            response_status?: number;
            /** @enum {string} */
            status: "pending" | "delivered" | "failed";
            topic: string;
        };
        WebhookDeliveryList: {
            deliveries: components["schemas"]["WebhookDelivery"][];
            has_more: boolean;
            limit: number;
            page: number;
            total: number;
        };
        WebhookFacts: {
            deliveries: number;
        };
        WebhookFactsRequest: {
            facts: {
                /** Format: date-time */
                created_at: string;
                data: {
                    /** Format: date-time */
                    booked_at?: string;
                    /** Format: uuid */
                    booking_id?: string;
                    booking_reference?: string;
                    cancelled_at?: string;
                    /** Format: date-time */
                    confirmed_at?: string;
                    currency?: string;
                    expired_at?: string;
                    /** Format: date-time */
                    expires_at?: string;
                    joined_at?: string;
                    lines?: {
                        name: string;
                        quantity: number;
                        /** Format: uuid */
                        ticket_type_id: string;
                        total: number;
                        unit_price: number;
                    }[];
                    min_quantity?: number;
                    offered_at?: string;
                    payment_status?: string;
                    quantity?: number;
                    refund?: {
                        amount: number;
                        currency: string;
                        reason: string;
                        /** Format: uuid */
                        refund_id: string;
                    };
                    refund_amount?: number;
                    refunded_amount?: number;
                    status?: string;
                    total_amount?: number;
                    /** Format: uuid */
                    user_id?: string;
                    /** Format: uuid */
                    waitlist_id?: string;
                };
                /** Format: uuid */
                event_id: string;
                /** Format: uuid */
                message_id: string;
                topic: string;
            }[];
        };
        WebhookList: {
            has_more: boolean;
            limit: number;
            page: number;
            total: number;
            webhooks: components["schemas"]["Webhook"][];
        };
        WebhookPing: {
            /** Format: uuid */
            delivery_id: string;
        };
        WebhookWithSecret: components["schemas"]["Webhook"] & {
            /** @description Shown now and never again */
            secret: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listManagedEvents: {
        parameters: {
            query?: {
                include?: "revenue";
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
                q?: string;
                sort?: "created" | "start" | "-start";
                state?: "draft" | "published" | "past" | "cancelled";
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEventList"];
                    "text/csv": string;
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateEventRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getManagedEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateEventRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancelEvent: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    version?: number | null;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getEventAnalytics: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventAnalytics"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    auditEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeatAudit"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listEventBookings: {
        parameters: {
            query?: {
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
                q?: string;
                status?: "pending" | "confirmed" | "cancelled" | "expired";
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedBookingList"];
                    "text/csv": string;
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getEventBooking: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                booking_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedBookingDetail"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    refundBooking: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                booking_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefundedBooking"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The idempotency key was used for another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getEventCancellation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventCancellation"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    previewEventCancellation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancellationPreview"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    duplicateEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DuplicateEventRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getEventHolds: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnpaidHolds"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    blockEventBuyer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlockRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BuyerBlock"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unblockEventBuyer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BuyerUnblocked"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listLedgerEntries: {
        parameters: {
            query?: {
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerEntries"];
                    "text/csv": string;
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listPools: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolList"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createPool: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePoolRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updatePool: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
                pool_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdatePoolRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pool"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deletePool: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
                pool_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getEventSales: {
        parameters: {
            query?: {
                /** @description A day, or a time as RFC 3339 */
                from?: string;
                step?: "minute" | "hour" | "day";
                timezone?: "" | string;
                /** @description A day, which is in the period, or a time */
                to?: string;
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventSales"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listManagedTicketTypes: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedTicketTypeList"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createTicketType: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTicketTypeRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedTicketType"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateTicketType: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
                ticket_type_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateTicketTypeRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedTicketType"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteTicketType: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
                ticket_type_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    version?: number | null;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovedTicketType"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listEventWaitlist: {
        parameters: {
            query?: {
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedWaitlist"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    pauseEventWaitlist: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitlistPause"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resumeEventWaitlist: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitlistPause"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateDraftRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ManagedEvent"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationTokenRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listOrganisations: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganisationList"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createOrganisation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganisationRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getOrganisation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    renameOrganisation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrganisationRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organisation"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listChanges: {
        parameters: {
            query?: {
                /** @description The last change of the page before, as `next` has it */
                before?: string;
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeList"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    inviteMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; see `Retry-After` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
                invitation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    changeMemberRole: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                admin_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberRoleRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                admin_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSales: {
        parameters: {
            query?: {
                /** @description A day, or a time as RFC 3339 */
                from?: string;
                step?: "minute" | "hour" | "day";
                timezone?: "" | string;
                /** @description A day, which is in the period, or a time */
                to?: string;
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sales"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listVenues: {
        parameters: {
            query?: {
                city?: string;
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
                search?: string;
                state?: string;
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VenueList"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createVenue: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateVenueRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Venue"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateVenue: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateVenueRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Venue"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteVenue: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhookRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWebhookRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
            };
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    retryWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                delivery_id: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    pingWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPing"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Narrows the request to one of your organisations */
                "Organisation-Id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    closeAdminAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseOrganiserRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; see `Retry-After` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    exportAdminAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrganiserExport"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    forgotPasswordAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Seconds that the link of the mail works */
                        link_expires_in: number;
                        message: string;
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; see `Retry-After` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    viewInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InvitationTokenRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceivedInvitation"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; see `Retry-After` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    logInAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminSession"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; see `Retry-After` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    logOutAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    refresh_token?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    logOutAdminEverywhere: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    refreshAdminSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    refresh_token?: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    registerAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterAdminRequest"];
            };
        };
        responses: {
            /** @description Success */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminSession"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; see `Retry-After` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    resetPasswordAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    token: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; see `Retry-After` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    verifyEmailAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; see `Retry-After` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    sendVerificationAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too many requests; see `Retry-After` */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                city?: string;
                date_from?: string;
                date_to?: string;
                /** @description Taken into 1 to 100, never refused for being out of it */
                limit?: number;
                /** @description Taken into 1 to 100000, never refused for being out of it */
                page?: number;
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublicEvent"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getAvailability: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Availability"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    watchAvailability: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last message that the reader has */
                "last-event-id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages until somebody ends it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSeatProof: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeatProof"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    checkEventReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        database: "connected";
                        /** @enum {string} */
                        redis?: "connected" | "refusing" | "disconnected";
                        /** @enum {string} */
                        service: "event-service";
                        /** @enum {string} */
                        status: "ready" | "degraded";
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    checkLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "healthy";
                    };
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listSoldAllocations: {
        parameters: {
            query?: {
                after_allocation?: string;
                after_event?: string;
                /** @description Taken into 1 to 500, never refused for being out of it */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SoldAllocations"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getEventInternal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BookableEvent"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    returnSeats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReturnSeatsRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailabilityChange"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    extendSeats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtendRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtendResponse"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    lookUpAllocations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AllocationsRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllocationLookup"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    updateAvailability: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateAvailabilityRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailabilityChange"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The current state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    closeWaitlist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseWaitlistRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CloseWaitlistResponse"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    openWaitlist: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenWaitlistRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenWaitlistResponse"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listEventChanges: {
        parameters: {
            query?: {
                after?: string;
                /** @description Taken into 16 to 500, never refused for being out of it */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changes"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    lookUpEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookupRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LookupResponse"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    commitSeats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommitRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommitResponse"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    holdSeats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldResponse"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    releaseSeats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AllocationBatches"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseResponse"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readWaitlistSupply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WaitlistSupplyRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WaitlistSupply"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    recordWebhookFacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookFactsRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookFacts"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    findWantedFacts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WantedFactsRequest"];
            };
        };
        responses: {
            /** @description Success */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WantedFacts"];
                };
            };
            /** @description The request breaks a rule, which `details` names */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description No valid credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Not allowed */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body did not come in time */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Something that is needed does not answer; see `Retry-After` */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
