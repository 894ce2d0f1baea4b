// Calls a server with the client that is generated from the document; OpenApiIT reads what it prints.
import createClient from "openapi-fetch";
import type { paths } from "./latchkey.js";

const [keycloak = "", realm = "", token = "", basic = ""] = process.argv.slice(2);
const path = { realm };
const person = createClient<paths>({ baseUrl: keycloak, headers: { Authorization: `Bearer ${token}` } });
const api = createClient<paths>({ baseUrl: keycloak, headers: { Authorization: `Basic ${basic}` } });

const made = await person.POST("/realms/{realm}/api-keys", { params: { path }, body: { name: "from TypeScript" } });
const issued = made.data;
if (!issued) {
  throw new Error(JSON.stringify(made.error));
}
const listed = await person.GET("/realms/{realm}/api-keys", { params: { path, query: { status: "active" } } });
const verdict = await api.POST("/realms/{realm}/api-keys/verify", { params: { path }, body: { key: issued.key } });
const refused = await person.POST("/realms/{realm}/api-keys", { params: { path }, body: { name: "from TypeScript" } });

console.log(
  JSON.stringify({
    id: issued.id,
    listed: listed.data?.map((key) => key.id),
    code: verdict.data?.code,
    owner: verdict.data?.owner?.name,
    problem: refused.error?.type,
  }),
);
