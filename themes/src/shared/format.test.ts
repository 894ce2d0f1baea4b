import assert from "node:assert/strict";
import { test } from "node:test";
import { formatFor } from "./format";
import { lifetime } from "./lifetime";

const now = new Date("2030-01-31T12:00:00Z");
const before = (milliseconds: number): Date => new Date(now.getTime() - milliseconds);
const MINUTE = 60_000;

test("says how long ago in the largest unit that is full", () => {
  const format = formatFor("en");
  assert.equal(format.relative(before(0), now), "now");
  assert.equal(format.relative(before(59 * MINUTE), now), "59 minutes ago");
  assert.equal(format.relative(before(60 * MINUTE), now), "1 hour ago");
  assert.equal(format.relative(before(24 * 60 * MINUTE), now), "yesterday");
  assert.equal(format.relative(before(-90 * 24 * 60 * MINUTE), now), "in 3 months");
});

test("speaks the language of the console, however Keycloak writes it", () => {
  assert.equal(formatFor("de").number(1234.5), "1.234,5");
  assert.equal(formatFor("zh_Hans").locale, "zh-Hans");
  assert.equal(formatFor("no such language!").locale, "en");
});

test("says how long something lives as the language says it", () => {
  const lengths = [lifetime("P90D"), lifetime("PT36H"), lifetime("PT90M"), lifetime("PT5S")];
  assert.deepEqual(lengths.map(formatFor("en").length), ["90 days", "36 hours", "90 minutes", "5 seconds"]);
  assert.equal(formatFor("de").length(lifetime("P1D")), "1 Tag");
});
