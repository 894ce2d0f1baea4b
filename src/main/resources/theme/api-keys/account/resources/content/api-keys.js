// Never changes between releases: servers and browsers keep theme files for a month. The page itself comes from the
// provider, which says by an ETag whether it is still the same.
import { createElement, lazy } from "react";

const { serverBaseUrl, realm } = JSON.parse(document.getElementById("environment").textContent);
const Page = lazy(() => import(`${serverBaseUrl}/realms/${encodeURIComponent(realm)}/api-keys/ui/account.js`));

export default () => createElement(Page);
