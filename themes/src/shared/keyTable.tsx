import type { ReactNode } from "react";
import type { TextKey } from "../generated/textKeys";
import type { ApiKey } from "./keys";
import { usePage } from "./page";
import { pf, screenReader } from "./pf";
import { Created } from "./RelativeTime";
import { StatusLabel, StatusNote } from "./StatusLabel";

interface TableProps {
  /** Texts of all columns but the last, which has the actions. */
  readonly heads: readonly TextKey[];
  readonly testId?: string;
  /** The rows. */
  readonly children: ReactNode;
}

/** The list of keys of both consoles; on narrow pages each cell shows its `data-label`. */
export function KeyTable({ heads, testId, children }: TableProps): JSX.Element {
  const { t } = usePage();
  const block = pf("table");
  return (
    <table className={pf("table", "grid-lg")} aria-label={t("apiKeys")} data-testid={testId}>
      <thead className={`${block}__thead`}>
        <tr className={`${block}__tr`}>
          {heads.map((head) => (
            <th key={head} scope="col" className={`${block}__th`}>
              {t(head)}
            </th>
          ))}
          <td className={`${block}__td`}>
            <span className={screenReader()}>{t("apiKeysActions")}</span>
          </td>
        </tr>
      </thead>
      <tbody className={`${block}__tbody`}>{children}</tbody>
    </table>
  );
}

export function KeyRow({ testId, children }: { readonly testId?: string; readonly children: ReactNode }): JSX.Element {
  return (
    <tr className={`${pf("table")}__tr`} data-testid={testId}>
      {children}
    </tr>
  );
}

interface CellProps {
  readonly label: TextKey;
  readonly look?: string;
  readonly children: ReactNode;
}

export function Cell({ label, look = "", children }: CellProps): JSX.Element {
  const { t } = usePage();
  return (
    <td className={`${pf("table")}__td ${look}`.trim()} data-label={t(label)}>
      {children}
    </td>
  );
}

/** Name and description; the name may be a link. */
export function NameCell({ apiKey, name = apiKey.name }: { readonly apiKey: ApiKey; readonly name?: ReactNode }): JSX.Element {
  const { t } = usePage();
  return (
    <th scope="row" className={`${pf("table")}__td ak-name`} data-label={t("apiKeysName")}>
      <span>
        {name}
        {apiKey.description && (
          <small className="ak-muted ak-clip" title={apiKey.description}>
            {apiKey.description}
          </small>
        )}
      </span>
    </th>
  );
}

/** First characters of the key, and when it was created. */
export function PreviewCell({ apiKey, now }: { readonly apiKey: ApiKey; readonly now: Date }): JSX.Element {
  return (
    <Cell label="apiKeysKey">
      <code className="ak-mono" dir="ltr" translate="no">
        {apiKey.preview.replace(/\.\.\.$/, "…")}
      </code>
      <Created apiKey={apiKey} now={now} />
    </Cell>
  );
}

export function StatusCell({ apiKey, now }: { readonly apiKey: ApiKey; readonly now: Date }): JSX.Element {
  return (
    <Cell label="apiKeysStatus">
      <span>
        <StatusLabel apiKey={apiKey} now={now} />
        <StatusNote apiKey={apiKey} />
      </span>
    </Cell>
  );
}

export function ActionsCell({ children }: { readonly children: ReactNode }): JSX.Element {
  return <td className={`${pf("table")}__td ${pf("table")}__action`}>{children}</td>;
}
