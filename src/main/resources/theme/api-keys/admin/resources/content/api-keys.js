// Never changes between releases: servers and browsers keep theme files for a month. The page itself comes from the
// provider, which says by an ETag whether it is still the same.
const { adminBaseUrl, realm } = JSON.parse(document.getElementById("environment").textContent);

import(`${adminBaseUrl}/realms/${encodeURIComponent(realm)}/api-keys/ui/admin.js`);
