import type { ApiKey } from "./keys";
import { usePage } from "./page";

interface Props {
  readonly at: string | null;
  readonly now: Date;
  /** What to say where there is no moment. */
  readonly never: string;
}

/** "3 days ago", with the exact time for those who point at it and for programs. */
export function Moment({ at, now, never }: Props): JSX.Element {
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

/** When a key was made, in a line of its own below something else. */
export function Created({ apiKey, now }: { readonly apiKey: ApiKey; readonly now: Date }): JSX.Element {
  const { t } = usePage();
  return (
    <small className="ak-muted ak-block" data-testid="created">
      {`${t("apiKeysCreatedAt")} `}
      <Moment at={apiKey.createdAt} now={now} never="–" />
    </small>
  );
}
