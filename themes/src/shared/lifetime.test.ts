import assert from "node:assert/strict";
import { test } from "node:test";
import { days, lifetime } from "./lifetime";

test("reads durations as the server does", () => {
  assert.equal(lifetime("P90D"), days(90));
  assert.equal(lifetime("P1Y"), days(365));
  assert.equal(lifetime("P1M"), days(30));
  assert.equal(lifetime("P2W"), days(14));
  assert.equal(lifetime("PT36H"), days(1.5));
  assert.equal(lifetime("P1DT30M"), days(1) + 30 * 60_000);
  assert.equal(lifetime("never"), Infinity);
});
