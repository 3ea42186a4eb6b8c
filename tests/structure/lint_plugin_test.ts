import assert from "node:assert/strict";
import plugin from "./lint_plugin.ts";

/** The messages for a source text at a path of the repository. */
function lint(source: string, path = "/repo/services/user/a.ts"): string[] {
  return Deno.lint.runPlugin(plugin, path, source).map(({ message }) => message);
}

Deno.test("lint: bindings, functions and members are in camelCase", () => {
  const found = [
    "const event_id = 1;",
    "function find_event() {}",
    "function find(event_id: string) {}",
    "const find = (event_id = 1) => event_id;",
    "const find = (...event_ids: string[]) => event_ids;",
    "class A { seats_left = 1; }",
    "class A { seats_left() {} }",
    "interface A { seats_left(): number }",
  ];
  for (const source of found) {
    assert.match(lint(source).join(), /^\w+ is not in camelCase$/, source);
  }
});

Deno.test("lint: a type has properties in camelCase or in snake_case, not both", () => {
  const message = ["seats_left stands among properties in camelCase"];
  assert.deepEqual(lint("interface A { eventId: string; seats_left: number }"), message);
  assert.deepEqual(lint("type A = { eventId: string; seats_left: number };"), message);
  assert.equal(lint("interface A { startsIn_ms: number }").length, 1);
});

Deno.test("lint: rows, wire shapes, constants and private names keep their form", () => {
  const fine = [
    "interface Row { event_id: string; seats: number }",
    "const { event_id } = row;",
    "const body = { event_id: 1, eventId: 2 };",
    "const MAX_EVENTS = 1;",
    "const _unused = 1;",
    "row.event_id = 1;",
  ];
  for (const source of fine) assert.deepEqual(lint(source), [], source);
});

Deno.test("lint: only programs and tests read the environment", () => {
  const source = `Deno.env.get("PORT");`;
  assert.deepEqual(lint(source), ["Only programs read the environment"]);
  assert.deepEqual(lint(source, "/repo/services/user/main.ts"), []);
  assert.deepEqual(lint(source, "/repo/services/user/a_test.ts"), []);
  assert.deepEqual(lint(source, "/repo/shared/testing/a.ts"), []);
});

Deno.test("lint: what people read stands in no component", () => {
  const page = "/repo/services/web/app/parts/a.tsx";
  const found = [
    "<p>Sold out</p>",
    "<>बिक गया</>",
    "<p>{'Sold out'}</p>",
    "<p>{isFull ? 'Sold out' : texts.left}</p>",
    "<p>{isFull && 'Sold out'}</p>",
    "<p>{`${count} left`}</p>",
    "<img alt='A poster' />",
    "<button aria-label={isOpen ? texts.close : 'Open'} />",
    "<Field label={`Name`} />",
  ];
  for (const source of found) {
    assert.deepEqual(lint(`const a = ${source};`, page), ["A text stands in a component"], source);
  }
  const fine = [
    "<p>{texts.soldOut}{' '}·{\"\\u00a0\"}</p>",
    "<p className='small' id='when'>{count} × {name}</p>",
    "<a href={`/events/${id}`} aria-label={texts.open} alt=''>{texts.of(`${first} ${last}`)}</a>",
  ];
  for (const source of fine) assert.deepEqual(lint(`const a = ${source};`, page), [], source);
  assert.deepEqual(lint("const a = <p>Sold out</p>;", "/repo/services/user/a.tsx"), []);
});
