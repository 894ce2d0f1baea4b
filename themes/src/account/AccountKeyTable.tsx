import { Menu, type MenuItem } from "../shared/Menu";
import { RelativeTime } from "../shared/RelativeTime";
import { alive, mayToggle, type ApiKey, type DailyUsage } from "../shared/keys";
import { ActionsCell, Cell, KeyRow, KeyTable, NameCell, PreviewCell, StatusCell } from "../shared/keyTable";
import { usePage } from "../shared/page";
import type { Text } from "../shared/texts";
import { UsageChart } from "../shared/UsageChart";

export type Action = "rotate" | "toggle" | "rename" | "delete";

interface Props {
  readonly list: readonly ApiKey[];
  readonly usage: ReadonlyMap<string, DailyUsage>;
  readonly now: Date;
  readonly onAction: (action: Action, key: ApiKey) => void;
}

export function AccountKeyTable({ list, usage, now, onAction }: Props): JSX.Element {
  return (
    <KeyTable testId="keys" heads={["apiKeysName", "apiKeysKey", "apiKeysAccess", "apiKeysStatus", "apiKeysUsage", "apiKeysExpires"]}>
      {list.map((key) => (
        <Row key={key.id} apiKey={key} usage={usage.get(key.id)} now={now} onAction={(action) => onAction(action, key)} />
      ))}
    </KeyTable>
  );
}

interface RowProps {
  readonly apiKey: ApiKey;
  readonly usage: DailyUsage | undefined;
  readonly now: Date;
  readonly onAction: (action: Action) => void;
}

function Row({ apiKey, usage, now, onAction }: RowProps): JSX.Element {
  const { t } = usePage();
  return (
    <KeyRow testId={`key-${apiKey.id}`}>
      <NameCell apiKey={apiKey} />
      <PreviewCell apiKey={apiKey} now={now} />
      <Cell label="apiKeysAccess" look="ak-words">
        <Access apiKey={apiKey} />
      </Cell>
      <StatusCell apiKey={apiKey} now={now} />
      <Cell label="apiKeysUsage">
        <span className="ak-usage">
          <UsageChart usage={usage} now={now} />
          <small className="ak-muted">
            {apiKey.lastUsedAt && `${t("apiKeysLastUsed")} `}
            <RelativeTime at={apiKey.lastUsedAt} now={now} never={t("apiKeysNeverUsed")} />
          </small>
        </span>
      </Cell>
      <Cell label="apiKeysExpires">
        <RelativeTime at={apiKey.expiresAt} now={now} never={t("apiKeysNoExpiry")} />
      </Cell>
      <ActionsCell>
        <Menu label={t("apiKeysActionsOf", { name: apiKey.name })} items={actions(apiKey, t, onAction)} />
      </ActionsCell>
    </KeyRow>
  );
}

/** The first scopes and how many more; all of them for those who point at it. */
function Access({ apiKey }: { readonly apiKey: ApiKey }): JSX.Element {
  const { t, format } = usePage();
  const [first, second, ...others] = apiKey.scopes;
  if (first === undefined) {
    return <span className="ak-muted">{t("apiKeysAccessAllShort")}</span>;
  }
  const shown = [first, second].filter(Boolean).join(", ");
  return <span title={apiKey.scopes.join(", ")}>{others.length > 0 ? `${shown} +${format.number(others.length)}` : shown}</span>;
}

function actions(key: ApiKey, t: Text, act: (action: Action) => void): readonly MenuItem[] {
  const usable = key.status === "active" || key.status === "disabled";
  return [
    ...(key.status === "active" ? [{ label: t("apiKeysRotate"), onSelect: () => act("rotate") }] : []),
    ...((usable || key.status === "rotating") && mayToggle(key)
      ? [{ label: t(key.enabled ? "apiKeysDisable" : "apiKeysEnable"), onSelect: () => act("toggle") }]
      : []),
    ...(alive(key) ? [{ label: t("apiKeysRename"), onSelect: () => act("rename") }] : []),
    { label: t("apiKeysDelete"), danger: true, onSelect: () => act("delete") },
  ];
}
