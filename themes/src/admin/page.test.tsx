import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { closeAdmin, openAdmin, session } from "../testing/admin";
import { access } from "../testing/adminDocuments";
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

  await waitFor(() => assert.ok(!screen.queryByTestId("reveal")));
  assert.ok(!document.documentElement.outerHTML.includes(SECRET));
  assert.ok(!JSON.stringify({ ...sessionStorage, ...localStorage }).includes(SECRET));
  assert.deepEqual((server.changes()[0]?.body as { owner: unknown }).owner, { type: "user", name: "alice" });
});

test("an owner who does not exist is a fault of the name", async () => {
  await openAdmin(KEYS);
  const errors = [{ field: "owner.name", detail: "there is no such owner" }];
  server.next = Response.json({ type: "https://latchkey.io/problems/invalid-request", errors }, { status: 400 });
  await createFor("unknown");

  await waitFor(() => assert.equal(screen.getByLabelText(/^Username/).getAttribute("aria-invalid"), "true"));
  assert.ok(screen.getByText("there is no such owner"));
});

test("all that a filter finds is revoked once its number is typed", async () => {
  await openAdmin(KEYS);
  await user.selectOptions(await screen.findByLabelText("Use"), "never");
  await user.click(await screen.findByRole("button", { name: "Revoke all 1 keys" }));
  const revoke = screen.getByRole<HTMLButtonElement>("button", { name: "Revoke" });
  assert.ok(revoke.disabled);

  await user.type(screen.getByLabelText(/^Type 1 to confirm/), "1");
  await user.click(revoke);

  await waitFor(() => assert.deepEqual(server.changes().map((one) => one.body), [{ neverUsed: true }]));
});

test("everything is only revoked on purpose", async () => {
  await openAdmin(KEYS);
  await user.click(await screen.findByRole("button", { name: "Revoke all 1 keys" }));
  assert.ok(screen.getByText(/Every key of the realm demo/));
  await user.type(screen.getByLabelText(/^Type 1 to confirm/), "1{Enter}");

  await waitFor(() => assert.deepEqual(server.changes().map((one) => one.body), [{ all: true }]));
});

test("nothing is revoked by a filter whose keys are not on screen", async () => {
  await openAdmin(KEYS);
  assert.ok(await screen.findByRole("button", { name: "Revoke all 1 keys" }));
  let fail: (reason: Error) => void = () => undefined;
  server.held.set("neverUsed=true", () => new Promise((_, reject) => (fail = reject)));

  await user.selectOptions(screen.getByLabelText("Use"), "never");
  await waitFor(() => assert.ok(server.asked.some((one) => one.path.includes("neverUsed"))));
  assert.ok(!screen.queryByRole("button", { name: /^Revoke all/ }));

  fail(new TypeError("offline"));
  await screen.findByTestId("alert-danger");
  assert.ok(!screen.queryByRole("button", { name: /^Revoke all/ }));
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

test("only changed fields are sent, and only with the version that was read", async () => {
  await openAdmin(KEYS);
  await screen.findByRole("link", { name: "ci" });
  // The list is old by now.
  server.keys = [key({ allowedIps: ["10.0.0.0/8"] })];
  await choose("Edit");
  const name = await within(screen.getByRole("dialog")).findByLabelText(/^Name/);
  assert.equal(screen.getByLabelText<HTMLTextAreaElement>("Allowed addresses").value, "10.0.0.0/8");
  await user.type(name, "2");
  server.next = Response.json({ type: "https://latchkey.io/problems/precondition-failed" }, { status: 412 });
  await user.click(screen.getByRole("button", { name: "Save" }));

  assert.ok(await screen.findByText(/was changed meanwhile|changed/i));
  assert.deepEqual(server.changes()[0]?.body, { name: "ci2" });
  assert.equal(server.changes()[0]?.headers["If-Match"], '"7"');
});

test("who may only look is offered nothing else", async () => {
  server.access = access({ manageKeys: false, issueKeys: false });
  await openAdmin(KEYS);
  await screen.findByRole("link", { name: "ci" });

  assert.deepEqual(screen.queryAllByRole("button"), []);
  assert.ok(screen.getByText(/Your permissions allow you to look/));
});

test("without permission for all keys the page names where keys may be", async () => {
  server.access = access({ viewKeys: false });
  await openAdmin(KEYS);
  assert.ok(await screen.findByText(/Open a user to see the keys of that user/));
  assert.ok(!server.asked.some((one) => one.path.startsWith("/api-keys?")));
});

test("the page of one owner creates for that owner", async () => {
  await openAdmin(`${KEYS}?user=u1`);
  await screen.findByText("API keys of alice");
  await user.click(await screen.findByRole("button", { name: "Create API key" }));
  assert.ok(!screen.queryByLabelText(/^Username/));
  await user.type(within(screen.getByRole("dialog")).getByLabelText(/^Name/), "made");
  await user.click(screen.getByRole("button", { name: "Create" }));

  await screen.findByTestId("secret");
  assert.deepEqual((server.changes()[0]?.body as { owner: unknown }).owner, { type: "user", id: "u1" });
});

test("what was typed for one owner is offered to no other", async () => {
  const page = await openAdmin(`${KEYS}?user=u1`);
  await user.click(await screen.findByRole("button", { name: "Create API key" }));
  await user.type(within(screen.getByRole("dialog")).getByLabelText(/^Name/), "for alice");
  page.unmount();

  await openAdmin(`${KEYS}?user=u2`);
  await screen.findByRole("link", { name: "ci" });
  assert.ok(!screen.queryByRole("dialog"));

  await openAdmin(`${KEYS}?user=u1`);
  assert.equal(within(await screen.findByRole("dialog")).getByLabelText<HTMLInputElement>(/^Name/).value, "for alice");
});

test("what one administrator has typed is offered to no other", async () => {
  const page = await openAdmin(KEYS);
  await user.click(await screen.findByRole("button", { name: "Create API key" }));
  page.unmount();
  session.idTokenParsed = { sub: "other" };

  await openAdmin(KEYS);
  await screen.findByRole("link", { name: "ci" });

  assert.ok(!screen.queryByRole("dialog"));
});

test("the list says when a key was created", async () => {
  server.keys = [key({ createdAt: new Date(Date.now() - 3 * 86_400_000).toISOString() })];
  await openAdmin(KEYS);

  assert.equal((await screen.findByTestId("created")).textContent, "Created 3 days ago");
});

test("an administrator enables what an administrator disabled", async () => {
  server.keys = [key({ status: "disabled", enabled: false, disabledBy: "administrator" })];
  await openAdmin(KEYS);
  await choose("Enable");
  await user.click(screen.getByRole("button", { name: "Enable" }));

  assert.ok((await screen.findByTestId("toast")).textContent?.includes("The key ci is enabled."));
});
