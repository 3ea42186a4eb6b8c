import assert from "node:assert/strict";
import { daysAhead, eventDocument } from "../../../services/search/testing/world.ts";
import { add, namesFound, type Register } from "./changes.ts";

/** Tests full-text matching and ranking. */
export function testWords(test: Register): void {
  const diwali = () => eventDocument({ name: "Diwali Lights", venueCity: "Mumbai" });

  test("finds words in name, description, venue, city and type", async (index) => {
    await add(
      index,
      eventDocument({
        name: "Alpha",
        description: "with bravo",
        venueName: "Charlie Hall",
        venueCity: "Deltaville",
        eventType: "echo",
      }),
      eventDocument(),
    );
    for (const text of ["alpha", "bravo", "charlie", "deltaville", "echo", "alpha echo"]) {
      assert.deepEqual(await namesFound(index, { text }), ["Alpha"], text);
    }
    assert.deepEqual(await namesFound(index, { text: "alpha zulu" }), []);
  });

  test("forgives one typo in a short word and two in a longer one", async (index) => {
    await add(index, diwali(), eventDocument({ name: "Jazz Night" }));
    for (const text of ["diwali", "diwalli", "dewali", "dwiali", "diwaly mumbay"]) {
      assert.deepEqual(await namesFound(index, { text }), ["Diwali Lights"], text);
    }
    assert.deepEqual(await namesFound(index, { text: "jaz night" }), ["Jazz Night"]);
    assert.deepEqual(await namesFound(index, { text: "dxxxli" }), []);
  });

  test("forgives typos among many similar words", async (index) => {
    const neighbours = [
      "Dinner",
      "Dialogue",
      "Disco",
      "Divali",
      "Dive",
      "Dance",
      "Desert",
      "Dewdrop",
    ];
    await add(index, diwali(), ...neighbours.map((name) => eventDocument({ name })));
    const found = await namesFound(index, { text: "dewalli" });
    assert.ok(found.includes("Diwali Lights"), `found ${found}`);
  });

  test("ranks the word as typed before similar words", async (index) => {
    await add(
      index,
      eventDocument({ name: "Rack" }),
      eventDocument({ name: "An evening of many long songs, and some rock" }),
      eventDocument({ name: "Lock" }),
    );
    const [first] = await namesFound(index, { text: "rock" });
    assert.match(first ?? "", /some rock/);
  });

  test("ranks a match in the name before one in the description", async (index) => {
    await add(
      index,
      eventDocument({ name: "Other", description: "Tango" }),
      eventDocument({ name: "Tango", description: "Other", startsAt: daysAhead(20) }),
    );
    assert.deepEqual(await namesFound(index, { text: "tango" }), ["Tango", "Other"]);
  });

  test("matches the last word as a prefix and the others whole", async (index) => {
    await add(index, eventDocument({ name: "Symphony Orchestra" }));
    assert.equal((await namesFound(index, { text: "symphony orch" })).length, 1);
    assert.equal((await namesFound(index, { text: "sym orchestra" })).length, 0);
  });

  test("ignores case, accents and apostrophes", async (index) => {
    await add(index, eventDocument({ name: "Café Zürich’s Ørsted" }));
    for (const text of ["CAFE", "cafe", "café", "zurichs", "zurich's", "orsted"]) {
      assert.equal((await namesFound(index, { text })).length, 1, text);
    }
  });

  test("finds words of other scripts and JavaScript property names", async (index) => {
    await add(index, eventDocument({ name: "दिवाली मेला" }), eventDocument({ name: "constructor" }));
    assert.deepEqual(await namesFound(index, { text: "मेला" }), ["दिवाली मेला"]);
    assert.deepEqual(await namesFound(index, { text: "constructor" }), ["constructor"]);
    assert.deepEqual(await namesFound(index, { text: "toString" }), []);
  });

  test("finds words in scripts without spaces", async (index) => {
    await add(
      index,
      eventDocument({ name: "東京ジャズ祭" }),
      eventDocument({ name: "上海国际音乐节" }),
      eventDocument({ name: "เทศกาลดนตรีกรุงเทพ" }),
    );
    for (const text of ["ジャズ", "祭 東京", "ジャ", "東京ジャズ", '"東京ジャズ"']) {
      assert.deepEqual(await namesFound(index, { text }), ["東京ジャズ祭"], text);
    }
    assert.deepEqual(await namesFound(index, { text: "音乐节" }), ["上海国际音乐节"]);
    assert.deepEqual(await namesFound(index, { text: "ดนตรี" }), ["เทศกาลดนตรีกรุงเทพ"]);
    assert.deepEqual(await namesFound(index, { text: '"ジャズ東京"' }), []);
  });

  test("matches a quoted phrase only as an exact phrase", async (index) => {
    await add(
      index,
      eventDocument({ name: "Night of Jazz" }),
      eventDocument({ name: "Café Jazz Night" }),
      eventDocument({ name: "Other", description: "A jazz night." }),
    );
    const found = await namesFound(index, { text: '"jazz night"' });
    assert.deepEqual(found, ["Café Jazz Night", "Other"]);
    assert.deepEqual(await namesFound(index, { text: "“cafe jazz” night" }), ["Café Jazz Night"]);
    assert.equal((await namesFound(index, { text: '"jazz nigh"' })).length, 0);
  });

  test("ranks adjacent words first", async (index) => {
    await add(
      index,
      eventDocument({ name: "Night of Jazz", startsAt: daysAhead(1) }),
      eventDocument({ name: "The Jazz Night", startsAt: daysAhead(2) }),
    );
    const found = await namesFound(index, { text: "jazz night" });
    assert.deepEqual(found, ["The Jazz Night", "Night of Jazz"]);
    assert.equal((await namesFound(index, { text: "night jazz" })).length, 2);
  });

  test("matches no similar word if the exact one exists", async (index) => {
    await add(
      index,
      eventDocument({ name: "Rack", basePrice: 1 }),
      eventDocument({ name: "Rock", basePrice: 2 }),
    );
    assert.deepEqual(await namesFound(index, { text: "rock", sort: "price" }), ["Rock"]);
  });

  test("treats query language syntax as plain text", async (index) => {
    await add(index, eventDocument({ name: "Rock and Roll" }), eventDocument({ name: "Tango" }));
    for (
      const text of ["name:tango OR rock", "rock NOT roll", "(rock", "*", "rock~2 roll^9", "/.*/"]
    ) {
      const found = await namesFound(index, { text });
      assert.ok(!found.includes("Tango") || text.includes("tango"), `${text}: ${found}`);
    }
  });

  test("finds nothing for a text without words", async (index) => {
    await add(index, eventDocument());
    assert.deepEqual(await namesFound(index, { text: "?!" }), []);
  });

  test("tolerates one unmatched word in a long query", async (index) => {
    await add(index, diwali());
    assert.equal((await namesFound(index, { text: "diwali lights in mumbai" })).length, 1);
  });

  test("joins words across punctuation, in events and in queries", async (index) => {
    const names = ["AC/DC", "Co-op", "P!nk", "M.I.A.", "Ke$ha", "back\\slash", "Acdc tribute"];
    await add(index, ...names.map((name) => eventDocument({ name })));
    const expected = {
      "acdc": ["AC/DC", "Acdc tribute"],
      "AC/DC": ["AC/DC", "Acdc tribute"],
      "ac dc": ["AC/DC"],
      '"ac dc"': ["AC/DC"],
      "coop": ["Co-op"],
      "co op": ["Co-op"],
      "pink": ["P!nk"],
      "P!NK": ["P!nk"],
      "pnk": ["P!nk"],
      "mia": ["M.I.A."],
      "m.i.a.": ["M.I.A."],
      "kesha": ["Ke$ha"],
      "backslash": ["back\\slash"],
      "back\\slash": ["back\\slash"],
    };
    for (const [text, found] of Object.entries(expected)) {
      assert.deepEqual((await namesFound(index, { text })).toSorted(), found, text);
    }
  });

  test("splits words at case changes and at digits", async (index) => {
    await add(
      index,
      eventDocument({ name: "JazzFest2027" }),
      eventDocument({ name: "Jazzclub 2026" }),
      eventDocument({ name: "U2 and 2 more" }),
    );
    for (const text of ["2027", "jazz fest", "jazzfest", "jazzfest2027", "fest 2027", "JazzFest"]) {
      assert.deepEqual(await namesFound(index, { text }), ["JazzFest2027"], text);
    }
    assert.deepEqual(await namesFound(index, { text: "jazzclub2026" }), ["Jazzclub 2026"]);
    assert.deepEqual(await namesFound(index, { text: "u2" }), ["U2 and 2 more"]);
    assert.deepEqual(await namesFound(index, { text: "u3" }), []);
  });

  test("finds names that consist only of punctuation or emoji", async (index) => {
    await add(
      index,
      eventDocument({ name: "!!!" }),
      eventDocument({ name: "🎉" }),
      eventDocument({ name: "Party ❤️ Night" }),
      eventDocument({ name: "Rock" }),
    );
    assert.deepEqual(await namesFound(index, { text: "!!!" }), ["!!!"]);
    assert.deepEqual(await namesFound(index, { text: "🎉" }), ["🎉"]);
    assert.deepEqual(await namesFound(index, { text: "❤" }), ["Party ❤️ Night"]);
    assert.deepEqual(await namesFound(index, { text: "rock !!!" }), ["Rock"]);
    assert.deepEqual(await namesFound(index, { text: "???" }), []);
  });

  test("finds the longest names that may be stored", async (index) => {
    const names = ["long ".repeat(100).trim(), "x".repeat(500), "🎉".repeat(250)];
    await add(index, ...names.map((name) => eventDocument({ name })));
    for (const name of names) assert.deepEqual(await namesFound(index, { text: name }), [name]);
  });
}
