import english from "texts:account";
import { findSession, type Environment } from "../shared/host";
import { PageRoot } from "../shared/PageRoot";
import { usePage } from "../shared/page";

const base = (host: Environment): string => `${host.serverBaseUrl}/realms/${encodeURIComponent(host.realm)}/api-keys`;

/** The page of the account console. */
export default function AccountPage(): JSX.Element {
  return (
    <PageRoot console="account" english={english} base={base} session={findSession}>
      <Heading />
    </PageRoot>
  );
}

function Heading(): JSX.Element {
  return <h1>{usePage().t("apiKeys")}</h1>;
}
