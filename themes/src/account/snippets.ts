/** Where a key is turned into a token, and where that is used. */
export interface Route {
  readonly tokenUrl: string;
  readonly apiUrl: string;
  /** Whether the realm serves no request that names no client. */
  readonly clientRequired: boolean;
}

const GRANT = "urn:latchkey:oauth:grant-type:api-key";
const CLIENT = "YOUR_CLIENT";

/** For a shell, in one piece whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** In lines that fit into the dialog; a refusal is an error that is seen, and not silence. */
export function curlSnippet(key: string, route: Route): string {
  const client = route.clientRequired ? ` -d client_id=${CLIENT}` : "";
  return [
    `KEY=${key}`,
    'TOKEN=$(curl -fsS -H "X-API-Key: $KEY" \\',
    `  -d grant_type=${GRANT}${client} \\`,
    `  ${quoted(route.tokenUrl)} \\`,
    `  | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    `curl -fsS -H "Authorization: Bearer $TOKEN" ${quoted(route.apiUrl)}`,
  ].join("\n");
}

/** Needs nothing that does not come with Python 3. */
export function pythonSnippet(key: string, route: Route): string {
  const form: Record<string, string> = { grant_type: GRANT, ...(route.clientRequired && { client_id: CLIENT }) };
  return [
    "import json",
    "from urllib.parse import urlencode",
    "from urllib.request import Request, urlopen",
    "",
    `key = ${JSON.stringify(key)}`,
    `form = urlencode(${JSON.stringify(form)}).encode()`,
    "answer = urlopen(Request(",
    `    ${JSON.stringify(route.tokenUrl)},`,
    '    form, {"X-API-Key": key}))',
    'token = json.load(answer)["access_token"]',
    "",
    "request = Request(",
    `    ${JSON.stringify(route.apiUrl)},`,
    '    headers={"Authorization": "Bearer " + token})',
    "print(urlopen(request).read().decode())",
  ].join("\n");
}
