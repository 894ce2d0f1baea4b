import type { ApiKey } from "./keys";
import { usePage } from "./page";

interface Props {
  readonly at: string | null;
  readonly now: Date;
  /** Text where there is no time. */
  readonly never: string;
}

/** Shows "3 days ago", with the exact time as tooltip and attribute. */
export function RelativeTime({ at, now, never }: Props): JSX.Element {
  const { format } = usePage();
  if (at === null) {
    return <span className="ak-muted">{never}</span>;
  }
  const moment = new Date(at);
  return (
    <time dateTime={at} title={format.dateTime(moment)}>
      {format.relative(moment, now)}
    </time>
  );
}

/** Shows when a key was created, in a line of its own. */
export function Created({ apiKey, now }: { readonly apiKey: ApiKey; readonly now: Date }): JSX.Element {
  const { t } = usePage();
  return (
    <small className="ak-muted ak-block" data-testid="created">
      {`${t("apiKeysCreatedAt")} `}
      <RelativeTime at={apiKey.createdAt} now={now} never="–" />
    </small>
  );
}
