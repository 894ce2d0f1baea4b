import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { closePage, logins, openPage } from "../testing/account";
import { issued, key, SECRET, terms } from "../testing/documents";
import { FakeServer } from "../testing/fakeServer";

let server: FakeServer;
const user = userEvent.setup({ document });

beforeEach(() => {
  server = new FakeServer();
});

afterEach(() => {
  closePage();
  mock.restoreAll();
});

async function choose(action: string): Promise<void> {
  await user.click(await screen.findByRole("button", { name: "Actions for ci" }));
  await user.click(screen.getByRole("menuitem", { name: action }));
}

async function openForm(): Promise<void> {
  await user.click(await screen.findByTestId("create-key"));
  await user.type(screen.getByLabelText(/^Name/), "ci-deploy");
}

test("a key above the limit is said to wait", async () => {
  server.keys = [key({ suspended: true, expiresAt: new Date().toISOString() })];
  await openPage();

  const row = await screen.findByTestId("key-aBcDeFgHiJkL");
  assert.ok(within(row).getByText("Suspended"));
});

test("lists keys with what they were used for", async () => {
  server.keys = [key({ scopes: ["a", "b", "c"], description: "builds" })];
  await openPage();

  const row = await screen.findByTestId("key-aBcDeFgHiJkL");
  assert.ok(within(row).getByText("kc_sk_aBcDe…"));
  assert.ok(within(row).getByText("a, b +1"));
  assert.ok(within(row).getByText("Active"));
  assert.ok(within(row).getByRole("img", { name: "Uses in the last 30 days: 42" }));
  assert.equal(screen.getByTestId("key-count").textContent, "1 of 3 keys");
});

test("an administrator's disabling is named, and not offered for undoing", async () => {
  server.keys = [key({ status: "disabled", enabled: false, disabledBy: "administrator" })];
  await openPage();

  const row = await screen.findByTestId("key-aBcDeFgHiJkL");
  assert.ok(within(row).getByText("By an administrator"));
  await user.click(within(row).getByRole("button"));
  assert.deepEqual(screen.getAllByRole("menuitem").map((item) => item.textContent), ["Edit name", "Delete"]);
});

test("a key that its owner disabled is offered for enabling", async () => {
  server.keys = [key({ status: "disabled", enabled: false, disabledBy: "owner" })];
  await openPage();

  await choose("Enable");
  assert.ok((await screen.findByTestId("toast")).textContent?.includes("ci is enabled."));
});

test("says when a key was created", async () => {
  server.keys = [key({ createdAt: new Date(Date.now() - 3 * 86_400_000).toISOString() })];
  await openPage();

  assert.equal((await screen.findByTestId("created")).textContent, "Created 3 days ago");
});

test("says what keys are for where there is none", async () => {
  server.keys = [];
  await openPage();
  assert.ok(await screen.findByText("No API keys yet"));
});

test("sends people without a plan to where plans are", async () => {
  server.keys = [];
  server.terms = terms({ mayCreate: false, reason: "plan-required", upgradeUrl: "https://example.org/plans" });
  await openPage();

  const link = await screen.findByTestId("upgrade");
  assert.equal(link.getAttribute("href"), "https://example.org/plans");
  assert.equal(screen.queryByTestId("create-key"), null);
});

test("a new key is shown once, and leaves nothing behind", async () => {
  await openPage();
  await openForm();
  await user.click(screen.getByTestId("create-submit"));

  const input = await screen.findByTestId<HTMLInputElement>("secret");
  assert.equal(input.value, SECRET);
  assert.equal(document.activeElement, input);
  await user.click(screen.getByTestId("done"));

  await waitFor(() => assert.equal(screen.queryByTestId("reveal"), null));
  assert.ok(!document.documentElement.outerHTML.includes(SECRET));
  assert.ok(!JSON.stringify({ ...sessionStorage, ...localStorage }).includes(SECRET));
  assert.ok(server.asked.every((one) => !JSON.stringify(one).includes(SECRET)));
});

test("the key does not go by Esc", async () => {
  await openPage();
  await openForm();
  await user.click(screen.getByTestId("create-submit"));
  await screen.findByTestId("reveal");

  await user.keyboard("{Escape}{Escape}");

  assert.ok(screen.getByText(/Have you saved the key/));
  assert.ok(screen.getByTestId("secret"));
});

test("a fault is shown next to its field", async () => {
  await openPage();
  await openForm();
  server.problem(400, "invalid-request", { errors: [{ field: "allowedIps[0]", detail: "must be an address" }] });
  await user.click(screen.getByTestId("create-submit"));

  const field = await screen.findByLabelText(/^Allowed addresses/);
  assert.equal(field.getAttribute("aria-invalid"), "true");
  const help = document.getElementById(field.getAttribute("aria-describedby") ?? "");
  assert.equal(help?.textContent, "must be an address");
  assert.equal(screen.getByLabelText<HTMLInputElement>(/^Name/).value, "ci-deploy");
});

test("a name that is taken is a fault of the name", async () => {
  await openPage();
  await openForm();
  server.problem(409, "name-taken");
  await user.click(screen.getByTestId("create-submit"));

  await screen.findByText("Another key has this name already.");
  assert.equal(screen.getByLabelText(/^Name/).getAttribute("aria-invalid"), "true");
});

test("signing in again loses nothing that was typed", async () => {
  await openPage();
  await openForm();
  server.problem(403, "reauthentication-required");
  await user.click(screen.getByTestId("create-submit"));
  await user.click(await screen.findByTestId("sign-in-again"));
  assert.deepEqual(logins, [{ prompt: "login" }]);

  // The browser leaves the page and comes back to it.
  await openPage();

  await screen.findByTestId("create");
  assert.equal(screen.getByLabelText<HTMLInputElement>(/^Name/).value, "ci-deploy");
});

test("a dialog that was closed does not come back", async () => {
  await openPage();
  await openForm();
  await user.keyboard("{Escape}");
  await waitFor(() => assert.equal(screen.queryByTestId("create"), null));

  await openPage();

  await screen.findByTestId("keys");
  assert.equal(screen.queryByTestId("create"), null);
});

test("rotating again after a lost answer is the same rotation", async () => {
  await openPage();
  await choose("Rotate");
  mock.method(globalThis, "fetch", async () => Promise.reject(new TypeError("offline")), { times: 1 });
  await user.click(screen.getByTestId("rotate-submit"));
  await screen.findByText(/cannot be reached/);
  await user.click(screen.getByTestId("rotate-submit"));
  await screen.findByTestId("reveal");

  const [rotation] = server.changes();
  assert.deepEqual(rotation?.body, { gracePeriod: "PT24H", endOnFirstUse: false });
  assert.match(rotation?.headers["Idempotency-Key"] ?? "", /^[0-9a-f]{32}$/);
});

test("a key in use is deleted only by who types its name", async () => {
  server.keys = [key({ lastUsedAt: new Date().toISOString() })];
  await openPage();
  await choose("Delete");
  const button = screen.getByTestId<HTMLButtonElement>("delete-submit");
  assert.equal(button.disabled, true);

  await user.type(screen.getByLabelText(/^Type ci to confirm/), "ci");
  await user.click(button);

  await screen.findByText("No API keys yet");
  assert.deepEqual(server.changes().map((one) => `${one.method} ${one.path}`), ["DELETE /aBcDeFgHiJkL"]);
  await waitFor(() => assert.equal(document.activeElement, screen.getByTestId("page-heading")));
});

test("a dialog does not close while a key is being created", async () => {
  await openPage();
  await openForm();
  let answer: (response: Response) => void = () => undefined;
  mock.method(globalThis, "fetch", () => new Promise<Response>((resolve) => (answer = resolve)), { times: 1 });
  await user.click(screen.getByTestId("create-submit"));
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  await user.click(screen.getByTestId("create-submit"));

  answer(Response.json(issued({}), { status: 201 }));

  assert.equal((await screen.findByTestId<HTMLInputElement>("secret")).value, SECRET);
  assert.equal(server.changes().length, 0);
});

test("what another tab did is seen when this one is looked at again", async () => {
  await openPage();
  await screen.findByTestId("key-aBcDeFgHiJkL");
  server.keys = [];

  document.dispatchEvent(new Event("visibilitychange"));

  assert.ok(await screen.findByText("No API keys yet"));
});

test("a key that another tab deleted goes from the list once that is known", async () => {
  await openPage();
  await screen.findByTestId("keys");
  server.problem(404, "not-found");
  server.keys = [];
  await choose("Disable");

  assert.ok(await screen.findByText(/This key is gone/));
  assert.ok(await screen.findByText("No API keys yet"));
});

test("a search asks the server, and says so when nothing is found", async () => {
  server.keys = Array.from({ length: 11 }, (_, index) => key({ id: `key${index}`, name: `key ${index}` }));
  await openPage();
  const field = await screen.findByRole("searchbox");
  server.keys = [];
  await user.type(field, "lost");

  assert.ok(await screen.findByText("No key was found."));
  assert.ok(screen.getByRole("searchbox"));
});

test("a search for a whole key asks for its public part", async () => {
  server.keys = Array.from({ length: 11 }, (_, index) => key({ id: `key${index}`, name: `key ${index}` }));
  await openPage();
  await user.click(await screen.findByRole("searchbox"));
  await user.paste("kc_sk_aBcDeFgHiJkLMnOpQrStUvWxYz0123456789aBcDeFgHiJkLmN");

  await waitFor(() => assert.ok(server.asked.some((one) => one.query === "?first=0&max=100&q=kc_sk_aBcDeFgHiJkL")));
});

test("a list that cannot be loaded is offered again", async () => {
  mock.method(globalThis, "fetch", async (address: string) =>
    address.includes("/resources/") ? Response.json([]) : Promise.reject(new TypeError("offline")),
  );
  await openPage();
  const retry = await screen.findByTestId("retry");
  server = new FakeServer();
  await user.click(retry);

  assert.ok(await screen.findByTestId("keys"));
});

test("without permission to read the page says so", async () => {
  mock.method(globalThis, "fetch", async (address: string) =>
    address.includes("/resources/") ? Response.json([]) : Response.json({ type: "x/forbidden" }, { status: 403 }),
  );
  await openPage();

  assert.ok(await screen.findByText("Your administrator has not enabled API keys for you."));
});

test("without permission for keys the page says so and does not ask to sign in again", async () => {
  server.refuses = true;
  await openPage();
  assert.ok(await screen.findByText("Your administrator has not enabled API keys for you."));
  assert.ok(!screen.queryByTestId("sign-in-again"));
});
