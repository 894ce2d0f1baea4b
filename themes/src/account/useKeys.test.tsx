import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { closePage, openPage } from "../testing/account";
import { key } from "../testing/documents";
import { FakeServer } from "../testing/fakeServer";
import { sorted } from "./useKeys";

const user = userEvent.setup({ document });

afterEach(() => {
  closePage();
  mock.restoreAll();
});

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

test("more of a list is not put beneath another one", async () => {
  const server = new FakeServer();
  server.keys = Array.from({ length: 100 }, (_, at) => key({ id: `key-${at}`, name: `many-${at}` }));
  let answer: (nothing?: unknown) => void = () => undefined;
  const slow = new Promise((resolve) => (answer = resolve));
  server.held.set("first=100", () => slow);
  await openPage();
  await user.click(await screen.findByTestId("more"));
  server.keys = [key({ name: "found" })];
  await user.type(screen.getByRole("searchbox"), "f");
  await waitFor(() => assert.equal(screen.getAllByRole("row").length, 2));

  answer();
  await new Promise((afterwards) => setTimeout(afterwards));

  assert.equal(screen.getAllByRole("row").length, 2);
});
