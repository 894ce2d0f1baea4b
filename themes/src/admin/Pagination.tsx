import { Button } from "../shared/Button";
import { usePage } from "../shared/page";

export const PAGE = 20;

interface Props {
  readonly first: number;
  readonly count: number;
  readonly onMove: (first: number) => void;
}

/** Which part of the list is seen, and the ways to the others. */
export function Pagination({ first, count, onMove }: Props): JSX.Element | null {
  const { t, format } = usePage();
  const last = Math.max(0, Math.floor((count - 1) / PAGE) * PAGE);
  if (count <= PAGE && first === 0) {
    return null;
  }
  return (
    <nav className="ak-pages" aria-label={t("apiKeysAdminPages")}>
      <span role="status">
        {t("apiKeysAdminRange", { from: format.number(Math.min(first + 1, count)), to: format.number(Math.min(first + PAGE, count)), count: format.number(count) })}
      </span>
      <Button look="secondary" disabled={first === 0} onClick={() => onMove(0)}>
        {t("apiKeysAdminFirst")}
      </Button>
      <Button look="secondary" disabled={first === 0} onClick={() => onMove(Math.max(0, first - PAGE))}>
        {t("apiKeysAdminPrevious")}
      </Button>
      <Button look="secondary" disabled={first >= last} onClick={() => onMove(first + PAGE)}>
        {t("apiKeysAdminNext")}
      </Button>
      <Button look="secondary" disabled={first >= last} onClick={() => onMove(last)}>
        {t("apiKeysAdminLast")}
      </Button>
    </nav>
  );
}
