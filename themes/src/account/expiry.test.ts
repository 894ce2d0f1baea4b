import assert from "node:assert/strict";
import { test } from "node:test";
import { inputDate } from "../shared/days";
import { days, lifetime } from "../shared/lifetime";
import { terms } from "../testing/documents";
import { endOf, expiryChoices, lastDay, usualExpiry } from "./expiry";

const now = new Date(2030, 0, 31, 12, 0, 0);

test("offers what the policy allows", () => {
  assert.deepEqual(expiryChoices(terms({})), ["7", "30", "60", "90", "365", "custom", "never"]);
  assert.deepEqual(expiryChoices(terms({ maxLifetime: "P30D", defaultLifetime: "P30D" })), ["7", "30", "custom"]);
  assert.deepEqual(expiryChoices(terms({ maxLifetime: "PT12H", defaultLifetime: "PT12H" })), ["default", "custom"]);
});

test("suggests the policy's own lifetime", () => {
  assert.equal(usualExpiry(terms({})), "90");
  assert.equal(usualExpiry(terms({ defaultLifetime: "never" })), "never");
  assert.equal(usualExpiry(terms({ defaultLifetime: "P10D" })), "default");
});

test("a date means its end, where the reader is", () => {
  assert.deepEqual(endOf("custom", "2030-02-02", terms({}), now), new Date(2030, 1, 2, 23, 59, 59));
  assert.equal(endOf("custom", "", terms({}), now), undefined);
});

test("never is null", () => {
  assert.equal(endOf("never", "", terms({}), now), null);
});

test("the last day that is allowed is cut to what is left of it, a later one is left to the server to refuse", () => {
  const strict = terms({ maxLifetime: "P30D", defaultLifetime: "P30D" });
  const limit = now.getTime() + 30 * 24 * 60 * 60 * 1000;

  const last = endOf("custom", lastDay(strict, now) ?? "", strict, now);
  assert.ok(last && last.getTime() < limit && last.getTime() > limit - 10 * 60_000);
  const preset = endOf("30", "", strict, now);
  assert.ok(preset && preset.getTime() < limit);
  assert.deepEqual(endOf("custom", "2030-04-01", strict, now), new Date(2030, 3, 1, 23, 59, 59));
});

const ZONES = [
  ["Europe/Berlin", "2030-03-31", "2030-10-27"],
  // At midnight: an hour is missing, or 23:00 to 24:00 comes twice.
  ["America/Santiago", "2030-09-08", "2030-04-07"],
  ["America/Havana", "2030-03-10", "2030-11-03"],
  ["Australia/Lord_Howe", "2030-10-06", "2030-04-07"],
  ["UTC", "2030-01-01"],
] as const;

/** Every five minutes of the two days before the end would fall on that day or the next one. */
function* moments(day: string, length: number): Generator<Date> {
  const changed = Date.parse(`${day}T12:00:00Z`);
  for (let minute = -2 * 24 * 60; minute <= 24 * 60; minute += 5) {
    yield new Date(changed + minute * 60_000);
    yield new Date(changed + minute * 60_000 - length);
  }
}

function inZone(zone: string, run: () => void): void {
  const before = process.env["TZ"];
  process.env["TZ"] = zone;
  try {
    run();
  } finally {
    process.env["TZ"] = before ?? "";
  }
}

for (const [zone, ...changes] of ZONES) {
  for (const maxLifetime of ["P30D", "PT36H", "P1D", "PT12H", "PT10M"]) {
    test(`the last day that is offered is one that the server allows: ${maxLifetime} in ${zone}`, () => {
      const most = lifetime(maxLifetime);
      const strict = terms({ maxLifetime, defaultLifetime: maxLifetime });
      inZone(zone, () => {
        for (const moment of changes.flatMap((day) => [...moments(day, most)])) {
          const last = lastDay(strict, moment) ?? "";
          const end = endOf("custom", last, strict, moment);
          assert.ok(end && end > moment, `${last} is over at ${moment.toISOString()}`);
          assert.ok(end.getTime() < moment.getTime() + most, `${last} is too late at ${moment.toISOString()}`);
          const next = endOf("custom", inputDate(new Date(end.getTime() + days(1) + 7_200_000)), strict, moment);
          assert.ok(next && next.getTime() > moment.getTime() + most, "a day after the last one is the server's to refuse");
        }
      });
    });
  }

  test(`today is not over before it ends in ${zone}`, () => {
    inZone(zone, () => {
      for (const moment of changes.flatMap((day) => [...moments(day, 0)])) {
        const end = endOf("custom", inputDate(moment), terms({}), moment);
        assert.ok(end && end > moment, moment.toISOString());
        assert.equal(inputDate(end), inputDate(moment));
      }
    });
  });
}

test("a year of five digits is later than any that is allowed", () => {
  const strict = terms({ maxLifetime: "P30D", defaultLifetime: "P30D" });
  assert.equal(endOf("custom", "20300-02-01", strict, now)?.getFullYear(), 20300);
});
