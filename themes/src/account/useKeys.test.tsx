import assert from "node:assert/strict";
import { test } from "node:test";
import { key } from "../testing/documents";
import { sorted } from "./useKeys";

test("what works comes first, then what was switched off, then what is over; newest first", () => {
  const list = [
    key({ id: "over", status: "expired", createdAt: "2030-01-09T00:00:00Z" }),
    key({ id: "off", status: "disabled", createdAt: "2030-01-08T00:00:00Z" }),
    key({ id: "old", createdAt: "2030-01-01T00:00:00Z" }),
    key({ id: "new", status: "rotating", createdAt: "2030-01-02T00:00:00Z" }),
  ];
  assert.deepEqual(sorted(list).map((one) => one.id), ["new", "old", "off", "over"]);
});

test("a key that slipped from one part of the list into the next is there once", () => {
  assert.equal(sorted([key({ name: "before" }), key({ name: "after" })]).length, 1);
});
