import { Menu, type MenuItem } from "../shared/Menu";
import { Created, RelativeTime } from "../shared/RelativeTime";
import { alive, mayToggle, type ApiKey, type DailyUsage } from "../shared/keys";
import { usePage } from "../shared/page";
import { pf, screenReader } from "../shared/pf";
import { StatusLabel, StatusNote } from "../shared/StatusLabel";
import type { Text } from "../shared/texts";
import { UsageChart } from "../shared/UsageChart";

export type Action = "rotate" | "toggle" | "rename" | "delete";

interface Props {
  readonly list: readonly ApiKey[];
  readonly usage: ReadonlyMap<string, DailyUsage>;
  readonly now: Date;
  readonly onAction: (action: Action, key: ApiKey) => void;
}

export function KeysTable({ list, usage, now, onAction }: Props): JSX.Element {
  const { t } = usePage();
  const head = (text: string): JSX.Element => (
    <th scope="col" className={`${pf("table")}__th`}>
      {text}
    </th>
  );
  return (
    <table className={pf("table", "grid-lg")} aria-label={t("apiKeys")} data-testid="keys">
      <thead className={`${pf("table")}__thead`}>
        <tr className={`${pf("table")}__tr`}>
          {head(t("apiKeysName"))}
          {head(t("apiKeysKey"))}
          {head(t("apiKeysAccess"))}
          {head(t("apiKeysStatus"))}
          {head(t("apiKeysUsage"))}
          {head(t("apiKeysExpires"))}
          <th scope="col" className={`${pf("table")}__th`}>
            <span className={screenReader()}>{t("apiKeysActions")}</span>
          </th>
        </tr>
      </thead>
      <tbody className={`${pf("table")}__tbody`}>
        {list.map((key) => (
          <Row key={key.id} apiKey={key} usage={usage.get(key.id)} now={now} onAction={(action) => onAction(action, key)} />
        ))}
      </tbody>
    </table>
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
  const cell = `${pf("table")}__td`;
  return (
    <tr className={`${pf("table")}__tr`} data-testid={`key-${apiKey.id}`}>
      <th scope="row" className={`${cell} ak-name`} data-label={t("apiKeysName")}>
        <span>
          {apiKey.name}
          {apiKey.description && (
            <small className="ak-muted ak-clip" title={apiKey.description}>
              {apiKey.description}
            </small>
          )}
        </span>
      </th>
      <td className={cell} data-label={t("apiKeysKey")}>
        <code className="ak-mono" dir="ltr" translate="no">
          {apiKey.preview.replace(/\.\.\.$/, "…")}
        </code>
        <Created apiKey={apiKey} now={now} />
      </td>
      <td className={`${cell} ak-words`} data-label={t("apiKeysAccess")}>
        <Access apiKey={apiKey} />
      </td>
      <td className={cell} data-label={t("apiKeysStatus")}>
        <span>
          <StatusLabel apiKey={apiKey} now={now} />
          <StatusNote apiKey={apiKey} />
        </span>
      </td>
      <td className={cell} data-label={t("apiKeysUsage")}>
        <span className="ak-usage">
          <UsageChart usage={usage} now={now} />
          <small className="ak-muted">
            {apiKey.lastUsedAt && `${t("apiKeysLastUsed")} `}
            <RelativeTime at={apiKey.lastUsedAt} now={now} never={t("apiKeysNeverUsed")} />
          </small>
        </span>
      </td>
      <td className={cell} data-label={t("apiKeysExpires")}>
        <RelativeTime at={apiKey.expiresAt} now={now} never={t("apiKeysNoExpiry")} />
      </td>
      <td className={`${cell} ${pf("table")}__action`}>
        <Menu label={t("apiKeysActionsOf", { name: apiKey.name })} items={actions(apiKey, t, onAction)} />
      </td>
    </tr>
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
