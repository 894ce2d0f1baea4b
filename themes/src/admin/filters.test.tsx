import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { closeAdmin, openAdmin } from "../testing/admin";
import { AdminServer } from "../testing/adminServer";

let server: AdminServer;
const user = userEvent.setup({ document });

beforeEach(async () => {
  server = new AdminServer();
  server.users = { alice: "u1", bob: "u2" };
  await openAdmin("#/demo/api-keys");
  await screen.findByRole("link", { name: "ci" });
});

afterEach(() => {
  closeAdmin();
  mock.restoreAll();
});

async function askFor(owner: string): Promise<void> {
  const field = screen.getByLabelText("Owner");
  await user.clear(field);
  await user.type(field, owner);
}

const asked = (part: string): boolean => server.asked.some((one) => one.path.includes(part));

test("an owner who is not known has no keys, least of all those of everybody", async () => {
  await askFor("unknown");

  await waitFor(() => assert.ok(!screen.queryByRole("link", { name: "ci" })));
  assert.equal(screen.getByLabelText("Owner").getAttribute("aria-invalid"), "true");
  assert.ok(!screen.queryByRole("button", { name: /^Revoke all/ }));
});

test("an owner who cannot be looked up has none either, and it says why", async () => {
  server.held.set("username=alice", () => Promise.reject(new TypeError("offline")));
  await askFor("alice");

  assert.ok(await screen.findByText(/cannot be reached/));
  await waitFor(() => assert.ok(!screen.queryByRole("link", { name: "ci" })));
});

test("of two owners the one counts who was typed last, however slow the other is", async () => {
  let answer: (nothing?: unknown) => void = () => undefined;
  server.held.set("username=alice", () => new Promise((resolve) => (answer = resolve)));
  await askFor("alice");
  await waitFor(() => assert.ok(asked("username=alice")));
  await askFor("bob");
  await waitFor(() => assert.ok(asked("/api-keys?owner=u2")));

  answer();
  await user.clear(screen.getByLabelText("Owner"));

  await waitFor(() => assert.ok(server.asked.at(-1)?.path.startsWith("/api-keys?first")));
  assert.ok(!asked("owner=u1"));
});

const WHOLE = "kc_sk_aBcDeFgHiJkLMnOpQrStUvWxYz0123456789aBcDeFgHiJkLmN";

test("a pasted key is looked up in a body and is in no address", async () => {
  await user.click(screen.getByLabelText("Name or key"));
  await user.paste(` ${WHOLE} `);

  await waitFor(() => assert.deepEqual(server.changes().map((one) => [one.path, one.body]), [["/api-keys/lookup", { key: WHOLE }]]));
  assert.ok(await screen.findByRole("link", { name: "ci" }));
  // Nothing was filtered, and nothing may be revoked by a filter that was not seen.
  assert.ok(!screen.queryByRole("button", { name: /^Revoke all/ }));
  assert.ok(server.asked.every((one) => !one.path.includes("MnOp")));
});

test("a pasted key that the realm does not have is said to be none of it", async () => {
  server.keys = [];
  await user.click(screen.getByLabelText("Name or key"));
  await user.paste(WHOLE);

  assert.ok(await screen.findByText("This realm has no such key."));
});

test("a key that is pasted in place of an owner is in no address", async () => {
  await user.click(screen.getByLabelText("Owner"));
  await user.paste(WHOLE);

  await waitFor(() => assert.equal(screen.getByLabelText("Owner").getAttribute("aria-invalid"), "true"));
  assert.ok(server.asked.every((one) => !one.path.includes("MnOp")));
});
