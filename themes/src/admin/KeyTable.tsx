import type { TextKey } from "../generated/textKeys";
import type { ApiKey } from "../shared/keys";
import { Created, RelativeTime } from "../shared/RelativeTime";
import { usePage } from "../shared/page";
import { pf, screenReader } from "../shared/pf";
import { StatusLabel, StatusNote } from "../shared/StatusLabel";
import { useAdmin } from "./admin";
import { KeyActions } from "./KeyActions";
import { hashOf } from "./route";

interface Props {
  readonly keys: readonly ApiKey[];
  /** Called when a key was changed, with the text to announce. */
  readonly onChanged: (text: string | undefined) => void;
  /** The text where there is no key. */
  readonly empty: TextKey;
}

export function KeyTable({ keys, onChanged, empty }: Props): JSX.Element {
  const { t } = usePage();
  const { route } = useAdmin();
  const owned = route.owner === undefined;
  const heads: readonly TextKey[] = ["apiKeysName", ...(owned ? (["apiKeysAdminOwner"] as const) : []), "apiKeysKey", "apiKeysStatus", "apiKeysLastUsed", "apiKeysExpires"];
  if (keys.length === 0) {
    return <p className="ak-empty">{t(empty)}</p>;
  }
  return (
    <table className={pf("table", "grid-lg")} aria-label={t("apiKeys")}>
      <thead className={`${pf("table")}__thead`}>
        <tr className={`${pf("table")}__tr`}>
          {heads.map((head) => (
            <th key={head} scope="col" className={`${pf("table")}__th`}>
              {t(head)}
            </th>
          ))}
          <td className={`${pf("table")}__td`}>
            <span className={screenReader()}>{t("apiKeysActions")}</span>
          </td>
        </tr>
      </thead>
      <tbody className={`${pf("table")}__tbody`}>
        {keys.map((key) => (
          <Row key={key.id} apiKey={key} owned={owned} onChanged={onChanged} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly apiKey: ApiKey;
  readonly owned: boolean;
  readonly onChanged: Props["onChanged"];
}

function Row({ apiKey, owned, onChanged }: RowProps): JSX.Element {
  const { t } = usePage();
  const { route } = useAdmin();
  const now = new Date();
  const cell = `${pf("table")}__td`;
  return (
    <tr className={`${pf("table")}__tr`}>
      <th scope="row" className={`${cell} ak-name`} data-label={t("apiKeysName")}>
        <span>
          <a href={hashOf({ ...route, key: apiKey.id })}>{apiKey.name}</a>
          {apiKey.description && (
            <small className="ak-muted ak-clip" title={apiKey.description}>
              {apiKey.description}
            </small>
          )}
        </span>
      </th>
      {owned && (
        <td className={`${cell} ak-words`} data-label={t("apiKeysAdminOwner")}>
          <OwnerOf apiKey={apiKey} />
        </td>
      )}
      <td className={cell} data-label={t("apiKeysKey")}>
        <code className="ak-mono" dir="ltr">
          {apiKey.preview.replace(/\.\.\.$/, "…")}
        </code>
        <Created apiKey={apiKey} now={now} />
      </td>
      <td className={cell} data-label={t("apiKeysStatus")}>
        <span>
          <StatusLabel apiKey={apiKey} now={now} />
          <StatusNote apiKey={apiKey} />
        </span>
      </td>
      <td className={cell} data-label={t("apiKeysLastUsed")}>
        <RelativeTime at={apiKey.lastUsedAt} now={now} never={t("apiKeysAdminNever")} />
      </td>
      <td className={cell} data-label={t("apiKeysExpires")}>
        <RelativeTime at={apiKey.expiresAt} now={now} never={t("apiKeysNoExpiry")} />
      </td>
      <td className={`${cell} ${pf("table")}__action`}>
        <KeyActions apiKey={apiKey} onChanged={onChanged} />
      </td>
    </tr>
  );
}

/** The name leads to all keys of the same owner. */
export function OwnerOf({ apiKey }: { readonly apiKey: ApiKey }): JSX.Element {
  const { t } = usePage();
  const { route } = useAdmin();
  const { type, id, name } = apiKey.owner;
  const owner = { type: type === "user" ? "user" : "client", id } as const;
  return (
    <>
      <a href={hashOf({ realm: route.realm, view: "keys", owner })}>{name ?? id}</a>
      {type === "service-account" && <div className="ak-muted">{t("apiKeysAdminServiceAccount")}</div>}
    </>
  );
}
