import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { closeAdmin, openAdmin } from "../testing/admin";
import { access, inForce } from "../testing/adminDocuments";
import { AdminServer } from "../testing/adminServer";
import { key, SECRET } from "../testing/documents";

const KEYS = "#/demo/api-keys";

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
  await user.click(await screen.findByRole("button", { name: "Actions for ci" }));
  await user.click(screen.getByRole("menuitem", { name: action }));
}

async function createFor(owner: string): Promise<void> {
  await user.click(await screen.findByRole("button", { name: "Create API key" }));
  await user.type(screen.getByLabelText(/^Username/), owner);
  await user.type(within(screen.getByRole("dialog")).getByLabelText(/^Name/), "made");
  await user.click(screen.getByRole("button", { name: "Create" }));
}

test("lists keys with their owners, who lead to all of their keys", async () => {
  await openAdmin(KEYS);
  const owner = await screen.findByRole("link", { name: "alice" });
  assert.equal(owner.getAttribute("href"), "#/demo/api-keys?user=u1");
});

test("a search is asked for once, when the typing has paused", async () => {
  await openAdmin(KEYS);
  await user.type(await screen.findByLabelText("Name or key"), "dep");

  await waitFor(() => assert.ok(server.asked.some((one) => one.path.startsWith("/api-keys?q=dep&"))));
  assert.ok(!server.asked.some((one) => /[?&]q=d(e)?(&|$)/.test(one.path)));
});

test("a new key is shown once, and leaves nothing behind", async () => {
  await openAdmin(KEYS);
  await createFor("alice");

  assert.equal((await screen.findByTestId<HTMLInputElement>("secret")).value, SECRET);
  await user.keyboard("{Escape}");
  assert.ok(screen.getByTestId("secret"));
  await user.click(screen.getByRole("button", { name: "Done, I have saved it" }));

  await waitFor(() => assert.equal(screen.queryByTestId("reveal"), null));
  assert.ok(!document.documentElement.outerHTML.includes(SECRET));
  assert.ok(!JSON.stringify({ ...sessionStorage, ...localStorage }).includes(SECRET));
  assert.deepEqual((server.changes()[0]?.body as { owner: unknown }).owner, { type: "user", name: "alice" });
});

test("an owner who does not exist is a fault of the name", async () => {
  await openAdmin(KEYS);
  const errors = [{ field: "owner.name", detail: "there is no such owner" }];
  server.next = Response.json({ type: "https://latchkey.io/problems/invalid-request", errors }, { status: 400 });
  await createFor("nobody");

  await waitFor(() => assert.equal(screen.getByLabelText(/^Username/).getAttribute("aria-invalid"), "true"));
  assert.ok(screen.getByText("there is no such owner"));
});

test("all that a filter finds is revoked once its number is typed", async () => {
  await openAdmin(KEYS);
  await user.selectOptions(await screen.findByLabelText("Use"), "never");
  await user.click(await screen.findByRole("button", { name: "Revoke all 1 keys" }));
  const revoke = screen.getByRole<HTMLButtonElement>("button", { name: "Revoke" });
  assert.ok(revoke.disabled);

  await user.type(screen.getByLabelText("Type 1 to confirm"), "1");
  await user.click(revoke);

  await waitFor(() => assert.deepEqual(server.changes().map((one) => one.body), [{ neverUsed: true }]));
});

test("everything is only revoked on purpose", async () => {
  await openAdmin(KEYS);
  await user.click(await screen.findByRole("button", { name: "Revoke all 1 keys" }));
  assert.ok(screen.getByText(/Every key of the realm demo/));
  await user.type(screen.getByLabelText("Type 1 to confirm"), "1{Enter}");

  await waitFor(() => assert.deepEqual(server.changes().map((one) => one.body), [{ all: true }]));
});

test("a key that is in use has to be named before it is revoked", async () => {
  server.keys = [key({ lastUsedAt: new Date().toISOString() })];
  await openAdmin(KEYS);
  await choose("Revoke");
  const revoke = screen.getByRole<HTMLButtonElement>("button", { name: "Revoke" });
  assert.ok(revoke.disabled);

  await user.type(screen.getByLabelText(/^Type ci to confirm/), "ci");
  await user.click(revoke);

  await waitFor(() => assert.equal(server.changes()[0]?.method, "DELETE"));
});

test("who may only look is offered nothing else", async () => {
  server.access = access({ manageKeys: false, issueKeys: false });
  await openAdmin(KEYS);
  await screen.findByRole("link", { name: "ci" });

  assert.deepEqual(screen.queryAllByRole("button"), []);
  assert.ok(screen.getByText(/Your permissions allow you to look/));
});

test("who may not see all keys is told where some may be", async () => {
  server.access = access({ viewKeys: false });
  await openAdmin(KEYS);
  assert.ok(await screen.findByText(/Open a user to see the keys of that user/));
  assert.ok(!server.asked.some((one) => one.path.startsWith("/api-keys?")));
});

test("each fault of a policy stands at its field", async () => {
  await openAdmin(`${KEYS}/policy`);
  const most = await screen.findByLabelText("Most keys");
  await user.clear(most);
  await user.type(most, "many");
  const errors = [{ field: "maxKeys", detail: "must be a whole number from 0 to 10000" }];
  server.next = Response.json({ type: "https://latchkey.io/problems/invalid-request", errors }, { status: 400 });
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => assert.equal(document.activeElement, most));
  assert.equal(most.getAttribute("aria-invalid"), "true");
  assert.equal((server.changes()[0]?.body as { maxKeys: unknown }).maxKeys, "many");
});

test("attributes that are wrong are named", async () => {
  server.policy = inForce({ faults: [{ attribute: "latchkey.brand", detail: "must be 2 to 10 of a-z" }] });
  await openAdmin(`${KEYS}/policy`);
  assert.ok(await screen.findByText("latchkey.brand must be 2 to 10 of a-z"));
});

test("edits of a policy outlive the page, and are gone once they are taken back", async () => {
  await openAdmin(`${KEYS}/policy`);
  await user.type(await screen.findByLabelText("Scopes"), "email");
  // The browser leaves the page and comes back to it, while somebody else has changed another setting.
  server.policy = inForce({ maxKeys: 7 });
  await openAdmin(`${KEYS}/policy`);
  assert.equal((await screen.findByLabelText<HTMLInputElement>("Scopes")).value, "email");
  assert.equal(screen.getByLabelText<HTMLInputElement>("Most keys").value, "7");

  await user.click(screen.getByRole("button", { name: "Revert" }));
  await openAdmin(`${KEYS}/policy`);

  assert.equal((await screen.findByLabelText<HTMLInputElement>("Scopes")).value, "");
});

test("a policy that may only be seen cannot be changed", async () => {
  server.access = access({ managePolicy: false });
  await openAdmin(`${KEYS}/policy`);
  assert.ok((await screen.findByLabelText<HTMLInputElement>("Brand")).readOnly);
  assert.ok(screen.getByLabelText<HTMLSelectElement>("Creation").disabled);
  assert.equal(screen.queryByRole("button", { name: "Save" }), null);
});

test("plans are named with what they say in vain", async () => {
  const faults = [{ attribute: "latchkey.session", detail: "has no effect on a role" }];
  server.plans = [{ role: "pro", maxKeys: 50, defaultLifetime: null, maxLifetime: null, faults }];
  await openAdmin(`${KEYS}/plans`);
  const row = await screen.findByRole("row", { name: /pro/ });
  assert.ok(within(row).getByText("50"));
  assert.ok(within(row).getByText("latchkey.session has no effect on a role"));
});

test("the page of one owner creates for that owner", async () => {
  await openAdmin(`${KEYS}?user=u1`);
  await screen.findByText("API keys of alice");
  await user.click(await screen.findByRole("button", { name: "Create API key" }));
  assert.equal(screen.queryByLabelText(/^Username/), null);
  await user.type(within(screen.getByRole("dialog")).getByLabelText(/^Name/), "made");
  await user.click(screen.getByRole("button", { name: "Create" }));

  await screen.findByTestId("secret");
  assert.deepEqual((server.changes()[0]?.body as { owner: unknown }).owner, { type: "user", name: "alice" });
});
