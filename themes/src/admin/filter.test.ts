import assert from "node:assert/strict";
import { test } from "node:test";
import { filterOf, NO_CHOICE, revocable } from "./filter";

const now = new Date("2030-01-31T12:00:00Z");

test("nothing chosen is no filter at all", () => {
  assert.deepEqual(filterOf({ ...NO_CHOICE, q: "  " }, now), {});
});

test("days are counted from now", () => {
  assert.deepEqual(filterOf({ ...NO_CHOICE, use: "30", expiry: "7" }, now), {
    unusedSince: "2030-01-01T12:00:00.000Z",
    expiringBefore: "2030-02-07T12:00:00.000Z",
  });
});

test("every choice narrows", () => {
  assert.deepEqual(filterOf({ q: " ci ", status: "disabled", use: "never", expiry: "", owner: { id: "u1", name: "alice" } }, now), {
    q: "ci",
    status: "disabled",
    neverUsed: true,
    owner: "u1",
  });
});

test("what has ended is not ended again", () => {
  assert.ok(revocable({}));
  assert.ok(revocable({ status: "expired" }));
  assert.ok(!revocable({ status: "revoked" }));
});
