import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { closeAdmin, openAdmin } from "../testing/admin";
import { AdminServer } from "../testing/adminServer";
import { key } from "../testing/documents";

let server: AdminServer;
const user = userEvent.setup({ document });

beforeEach(() => {
  server = new AdminServer();
});

afterEach(() => {
  closeAdmin();
  mock.restoreAll();
});

async function choose(action: string): Promise<void> {
  await openAdmin("#/demo/api-keys");
  await user.click(await screen.findByRole("button", { name: "Actions for ci" }));
  await user.click(screen.getByRole("menuitem", { name: action }));
}

test("the restrictions stay open while the last of them is removed", async () => {
  server.keys = [key({ allowedIps: ["10.0.0.0/8"] })];
  await choose("Edit");
  const addresses = await screen.findByLabelText("Allowed addresses");
  await user.clear(addresses);
  assert.ok(addresses.closest("details")?.open);
});

test("a dialog does not close over what is under way", async () => {
  await choose("Revoke");
  let answer: (nothing?: unknown) => void = () => undefined;
  const slow = new Promise((resolve) => (answer = resolve));
  server.held.set("/api-keys/aBc", () => slow);
  await user.click(screen.getByRole("button", { name: "Revoke" }));
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  assert.ok(screen.queryByRole("dialog"));

  answer();

  await waitFor(() => assert.ok(!screen.queryByRole("dialog")));
});

test("texts that are there already are not asked for again", async () => {
  await openAdmin("#/demo/api-keys");
  await screen.findByRole("link", { name: "ci" });
  assert.ok(!server.asked.some((one) => one.path.startsWith("/resources/")));
});

test("saving moves the focus to what is wrong", async () => {
  await choose("Edit");
  const name = await screen.findByLabelText(/^Name( \*)?$/);
  const errors = [{ field: "name", detail: "must not be blank" }];
  server.next = Response.json({ type: "https://latchkey.io/problems/invalid-request", errors }, { status: 400 });
  await user.clear(name);
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => assert.equal(document.activeElement, name));
});

test("a replaced key says until when it works", async () => {
  server.keys = [key({ status: "rotating", graceUntil: "2030-01-02T12:00:00Z" })];
  await openAdmin("#/demo/api-keys");
  assert.ok(await screen.findByText(/^Works until Jan 2, 2030/));
});

for (const [kind, text] of [
  ["forbidden", "You are not allowed to do that."],
  ["too-large", "That is more than the server takes at once. Shorten it."],
  ["idempotency-key-reused", "This was sent before with other settings. Reload the page and try again."],
] as const) {
  test(`that something is ${kind} is said in words`, async () => {
    await choose("Revoke");
    server.next = Response.json({ type: `https://latchkey.io/problems/${kind}` }, { status: 409 });
    await user.click(screen.getByRole("button", { name: "Revoke" }));
    assert.ok(await screen.findByText(text));
  });
}
