import english from "texts:account";
import { adoptStyles } from "../shared/dom";
import { findSession, type Environment } from "../shared/host";
import { PageRoot } from "../shared/PageRoot";
import styles from "./account.css";
import { ApiKeysPage } from "./ApiKeysPage";

const base = (host: Environment): string => `${host.serverBaseUrl}/realms/${encodeURIComponent(host.realm)}/api-keys`;

adoptStyles(styles);

/** The page of the account console. */
export default function AccountPage(): JSX.Element {
  return (
    <PageRoot console="account" english={english} base={base} session={findSession}>
      <ApiKeysPage />
    </PageRoot>
  );
}
