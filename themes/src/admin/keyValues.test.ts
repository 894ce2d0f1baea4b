import assert from "node:assert/strict";
import { test } from "node:test";
import { key } from "../testing/documents";
import { documentOf, endOf, NEW_KEY, valuesOf } from "./keyValues";

const now = new Date("2030-01-31T12:00:00Z");

test("an end that is left to the policy is not sent", () => {
  assert.ok(!("expiresAt" in documentOf({ ...NEW_KEY, name: "ci" }, now)));
  assert.equal(endOf({ ...NEW_KEY, expiry: "never" }, now), null);
  assert.equal(endOf({ ...NEW_KEY, expiry: "30" }, now), "2030-03-02T11:55:00.000Z");
});

test("a date means the whole of that day", () => {
  const end = endOf({ ...NEW_KEY, expiry: "date", date: "2030-02-01" }, now);
  assert.equal(end, new Date("2030-02-01T23:59:59").toISOString());
});

test("today ends later than now, also in an hour that comes twice", () => {
  const zone = process.env["TZ"];
  process.env["TZ"] = "America/Santiago";
  try {
    // The clocks went back from 24:00 to 23:00.
    const end = endOf({ ...NEW_KEY, expiry: "date", date: "2030-04-06" }, now);
    assert.equal(end, "2030-04-07T03:59:59.000Z");
  } finally {
    process.env["TZ"] = zone ?? "";
  }
});

test("a date that is none is the server's to refuse", () => {
  assert.equal(endOf({ ...NEW_KEY, expiry: "date", date: "" }, now), "");
});

test("words are parted by spaces, commas and lines", () => {
  const document = documentOf({ ...NEW_KEY, name: " ci ", allowedIps: "10.0.0.0/8,\n::1 " }, now);
  assert.equal(document.name, "ci");
  assert.deepEqual(document.allowedIps, ["10.0.0.0/8", "::1"]);
  assert.deepEqual(document.scopes, []);
});

test("a key that is saved as it was stays as it was", () => {
  const before = key({ scopes: ["a", "b"], description: "builds", allowedOrigins: ["https://app.example.org"], expiresAt: "2031-01-01T00:00:00Z" });
  const { kind, name, description, scopes, audiences, allowedIps, allowedOrigins } = before;
  assert.deepEqual(documentOf(valuesOf(before), now), { kind, name, description, scopes, audiences, allowedIps, allowedOrigins });
});
