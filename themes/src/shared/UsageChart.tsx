import type { DailyUsage } from "./keys";
import { days } from "./lifetime";
import { usePage } from "./page";

const DAYS = 30;
const BAR = 3;
const GAP = 1;
const HEIGHT = 24;

/** Accepted uses on each of the last 30 days, oldest first, today last; days are those of UTC, as the server counts them. */
export function lastDays(usage: Pick<DailyUsage, "days"> | undefined, now: Date): readonly number[] {
  const counts = new Map(usage?.days.map((entry) => [entry.day, entry.accepted]));
  return Array.from({ length: DAYS }, (_, index) => {
    const day = new Date(now.getTime() - days(DAYS - 1 - index)).toISOString().slice(0, 10);
    return counts.get(day) ?? 0;
  });
}

/** Shows thirty bars and their sum, which is also the text for screen readers. */
export function UsageChart({ usage, now }: { readonly usage: Pick<DailyUsage, "days"> | undefined; readonly now: Date }): JSX.Element {
  const { t, format } = usePage();
  const counts = lastDays(usage, now);
  const most = Math.max(...counts, 1);
  const sum = counts.reduce((all, day) => all + day, 0);
  const words = t("apiKeysUsesIn30Days", { uses: format.number(sum) });
  return (
    <span className="ak-chart" title={words}>
      <svg viewBox={`0 0 ${DAYS * (BAR + GAP) - GAP} ${HEIGHT}`} role="img" aria-label={words}>
        {counts.map((count, index) => {
          const height = count === 0 ? 1 : Math.max(2, Math.round((count / most) * HEIGHT));
          return (
            <rect
              key={index}
              className={count === 0 ? "ak-chart__none" : undefined}
              x={index * (BAR + GAP)}
              y={HEIGHT - height}
              width={BAR}
              height={height}
            />
          );
        })}
      </svg>
      <span aria-hidden="true">{format.number(sum)}</span>
    </span>
  );
}
