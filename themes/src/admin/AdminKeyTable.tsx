import type { TextKey } from "../generated/textKeys";
import type { ApiKey } from "../shared/keys";
import { RelativeTime } from "../shared/RelativeTime";
import { ActionsCell, Cell, KeyRow, KeyTable, NameCell, PreviewCell, StatusCell } from "../shared/keyTable";
import { usePage } from "../shared/page";
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

export function AdminKeyTable({ keys, onChanged, empty }: Props): JSX.Element {
  const { t } = usePage();
  const { route } = useAdmin();
  const owned = route.owner === undefined;
  if (keys.length === 0) {
    return <p className="ak-empty">{t(empty)}</p>;
  }
  return (
    <KeyTable
      heads={["apiKeysName", ...(owned ? (["apiKeysAdminOwner"] as const) : []), "apiKeysKey", "apiKeysStatus", "apiKeysLastUsed", "apiKeysExpires"]}
    >
      {keys.map((key) => (
        <Row key={key.id} apiKey={key} owned={owned} onChanged={onChanged} />
      ))}
    </KeyTable>
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
  return (
    <KeyRow>
      <NameCell apiKey={apiKey} name={<a href={hashOf({ ...route, key: apiKey.id })}>{apiKey.name}</a>} />
      {owned && (
        <Cell label="apiKeysAdminOwner" look="ak-words">
          <OwnerOf apiKey={apiKey} />
        </Cell>
      )}
      <PreviewCell apiKey={apiKey} now={now} />
      <StatusCell apiKey={apiKey} now={now} />
      <Cell label="apiKeysLastUsed">
        <RelativeTime at={apiKey.lastUsedAt} now={now} never={t("apiKeysAdminNever")} />
      </Cell>
      <Cell label="apiKeysExpires">
        <RelativeTime at={apiKey.expiresAt} now={now} never={t("apiKeysNoExpiry")} />
      </Cell>
      <ActionsCell>
        <KeyActions apiKey={apiKey} onChanged={onChanged} />
      </ActionsCell>
    </KeyRow>
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
